"""Which actors are named in the words of other reports, and what the words around a common word make of it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.actors import context as actor_context
from ingest.actors.scan import spot
from ontology import ID
from ontology.folding import search_key
from queries.cli import main

LISTS = Path(__file__).parent / "actors"


class Item(NamedTuple):
    """One line of a list."""

    cell: bool
    text: str
    actors: frozenset[str]
    unknown: frozenset[str]

    def found(self) -> frozenset[str]:
        """The actors read, without the beginning of their identifiers."""
        return frozenset(actor.removeprefix(f"{ID}actor/") for actor in spot(self.text, cell=self.cell).actors)


def items(name: str) -> list[Item]:
    lines = (LISTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    cells = [(*line.split("\t"), "", "")[:4] for line in lines if line and not line.startswith("#")]
    return [
        Item(
            where == "cell",
            text.replace("\\n", "\n"),
            frozenset(actors.split()),
            frozenset(filter(None, unknown.split("|"))),
        )
        for where, text, actors, unknown in cells
    ]


def check(text: str, expected: str, *, cell: bool = False) -> None:
    assert Item(cell, text, frozenset(), frozenset()).found() == set(expected.split())


# -- unseen wordings -----------------------------------------------------------------------------------------------
LEAST = {  # lines of each list
    "tuning": 100, "frozen": 100, "second": 75, "third": 50, "fourth": 60, "fifth": 40, "sixth": 60, "seventh": 60,
    "eighth": 60, "ninth": 55, "tenth": 40, "eleventh": 60, "twelfth": 80,
    "thirteenth": 60, "fourteenth": 60, "fifteenth": 50, "sixteenth": 40, "seventeenth": 80, "eighteenth": 75,
}  # fmt: skip


@pytest.mark.parametrize("name", LEAST)
def test_unseen_wordings_give_the_whole_set_of_actors(name):
    exact, told = 0.95 if name == "tuning" else 0.9, items(name)
    assert len(told) >= LEAST[name]
    found = [item.found() for item in told]
    right = sum(len(item.actors & got) for item, got in zip(told, found, strict=True))
    wrong = [
        (item.text, sorted(item.actors ^ got)) for item, got in zip(told, found, strict=True) if item.actors != got
    ]
    assert len(wrong) <= (1 - exact) * len(told), wrong
    assert right >= 0.96 * sum(map(len, found)), wrong
    assert right >= 0.93 * sum(len(item.actors) for item in told), wrong


def test_words_that_mean_something_else_name_nobody():
    told = items("decoys")
    assert len(told) >= 110
    assert [(item.text, item.found()) for item in told if item.found() != item.actors][2:] == []


ODD = [item for name in LEAST for item in items(name) if item.unknown]


@pytest.mark.parametrize("item", ODD, ids=lambda item: item.text)
def test_what_is_unknown_is_reported_and_never_guessed(item):
    seen = spot(item.text, cell=item.cell)
    assert item.unknown <= {*seen.unknown, *seen.left}


def test_what_is_said_of_each_and_heads_of_other_things_are_no_actors():
    check("Un référent par établissement", "personne-ressource", cell=True)
    check("Prévoir une heure par école", "")
    check("Formation par Canopé", "canope", cell=True)
    check("Directrice du service éducation", "service-education", cell=True)
    check("La directrice, les ATSEM", "directeur-ecole atsem", cell=True)
    check("L’association Les Francas", "francas", cell=True)
    check("L’association Emmaüs Connect", "emmaus-connect", cell=True)
    check("Convaincre la région", "conseil-regional")
    check("Opérateurs (Orange, SFR)", "operateur-telecom", cell=True)
    check("Ministère de la Pêche", "", cell=True)
    check("Un poste élève, La Poste", "la-poste", cell=True)


# -- a common word among others ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tablettes fournies par la Région", "conseil-regional"),
        ("Dans cette région, peu de fibre", ""),
        ("DANS LA REGION", ""),
        ("Un poste financé par la commune", "commune"),
        ("Le haut débit de la commune", ""),
        ("Ville Montigny : prêt de tablettes", "commune"),
        ("Ville et campagne", ""),
        ("CD 72 : équipement des salles", "conseil-departemental"),
        ("Service du CD93", "conseil-departemental"),
        ("Un CD de 12 chansons", ""),
        ("Convention entre la mairie, la région et le département", "commune conseil-regional conseil-departemental"),
        ("Équiper tous les personnels", "personnel-education"),
        ("Un usage personnel des outils", ""),
        ("Réunir les partenaires", "partenaires"),
        ("Chercher un partenaire", ""),
        ("Les élèves et la direction", "eleves equipe-direction"),
        ("La direction à suivre", ""),
        ("La région finance des tablettes", "conseil-regional"),
        ("La commune mesure des progrès", ""),
        ("Dans la région peut naître un réseau", ""),
        ("Que le département équipe les salles", "conseil-departemental"),
        ("Avec le soutien de la commune", "commune"),
        ("Le plan de la commune", ""),
        ("Demander à la région une aide", "conseil-regional"),
        ("Informer davantage les communes", "commune"),
        ("Équiper les PE", "professeur-ecoles"),
        ("Le PE de l’école", ""),
        ("Mission confiée à la ville/agglomération", ""),
        ("Des avis de représentants de la commune", "commune"),
        ("L’académie propose un parcours", "rectorat"),
        ("Les écoles de l’académie", ""),
        ("Dans la Région, peu de fibre", ""),
        ("Le rôle du directeur", "directeur-ecole"),
        ("Le directeur de la publication", ""),
        ("Les principaux et les proviseurs", "chef-etablissement"),
        ("Les principaux freins", ""),
        ("Les agents conversationnels", ""),
        ("Tous les agents", "agent-territorial"),
        ("Un outil au service des écoles", ""),
        ("Demander au service des écoles de passer", "service-education"),
        ("Former les enseignants aux ressources", "enseignant"),
        ("La région a livré des tablettes", "conseil-regional"),
        ("La région à majorité rurale", ""),
        ("Le réseau des écoles est lent", ""),
        ("Un réseau d’écoles actif", "reseau-ecoles"),
        ("Une famille de logiciels", ""),
        ("La famille de l’élève", "familles"),
        ("Projet de la mairie / agglomération", "commune epci"),
    ],
)
def test_in_a_statement(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Conseillers municipaux et départementaux", "elu conseiller-departemental"),
        ("Conseil départemental et régional", "conseil-departemental conseil-regional"),
        ("Référents numérique et harcèlement", "referent-numerique referent-harcelement"),
        ("Associations de parents et enseignants", "association-parents enseignant"),
        ("La DANE et son équipe", "dane"),
        ("Les chefs détablissement", "chef-etablissement"),
        ("IEN-ET", "ien-et-eg"),
        ("IEN ET CPC", "ien cpc"),
        ("DSDEN49, Canopé49", "dsden canope"),
        ("Tous", "communaute-educative"),
        ("Tous les IEN", "ien"),
        ("Lab28, An@é", "lab28 ane"),
        ("Le proviseur et ses adjoints", "chef-etablissement adjoint-chef-etablissement"),
        ("Le DASEN et son adjointe", "dasen daasen"),
        ("Médecins et infirmières scolaires", "medecin-scolaire infirmier"),
        ("Représentants légaux", "familles"),
        ("Secrétaires généraux", "secretaire-general-dsden"),
        ("À voir en équipe, IEN", "ien"),
        ("Des élus et de la direction", "elu equipe-direction"),
        ("rupn, le dan et les ian", "rupn dan ian"),
        ("Les ars du spectacle", ""),
        ("IEN Gestionnaires CPE", "ien adjoint-gestionnaire cpe"),
        ("Ensei-gnants, éco-délégués", "enseignant eco-delegue"),
        ("Conseil departementale", "conseil-departemental"),
        ("Direction des affaires maritimes", ""),
        ("Personnel administratif et de direction", "personnel-administratif personnel-direction"),
        ("Entreprises (SFR)", "operateur-telecom"),
        ("Directions des 3 collèges", "equipe-direction"),
        ("DRANE (ex-DANE)", "drane"),
        ("Les régions pour les lycées", "conseil-regional"),
        ("DSI pour les zones blanches\nANCT", "dsi anct"),
        ("Prise de décision en équipe, DANE", "dane"),
        ("Coordo ULIS, conseiller péda", "coordonnateur-ulis conseiller-pedagogique"),
    ],
)
def test_in_a_list(text, expected):
    check(text, expected, cell=True)


def test_what_is_left_of_a_list_is_no_actor_but_is_told():
    seen = spot("IEN, gardiens du square, Angers, 12, pour la sécurité ; Collège Ada Lovelace")
    assert seen.left == ("gardiens du square",)
    assert seen.unknown == ()
    assert spot("Priorité : informer les parents").left == ()
    assert spot("Offrir du temps, aux IEN", cell=False).left == ()


def test_words_of_the_data_file_are_all_read_and_written_as_they_are_compared():
    said = tomllib.loads(Path(actor_context.__file__).with_name("actors.toml").read_text(encoding="utf-8"))
    lists = said["folded"] | said["written"]
    read = {name.lower() for name, value in vars(actor_context).items() if isinstance(value, frozenset)}
    assert read == {*lists, "acting"}
    assert all(len(getattr(actor_context, name.upper())) == len(words) for name, words in lists.items())
    assert "aupre" in actor_context.DOERS  # as the words of a text are folded
    stands = actor_context.spelled()
    assert set(stands) == {*said["feminine"].values(), *(word for words in said["spelled"].values() for word in words)}
    assert stands["coordo"] == "coordonnateur"
    assert stands["rectrice"] == "recteur"
    assert not stands.keys() & set(stands.values())
    assert [word for word in (*stands, *stands.values()) if search_key(word) != word] == []


# -- the report of a run -------------------------------------------------------------------------------------------
WORKSHOP = """\
# Atelier d’essai

Territoire : Sarthe

Irritants\tLeviers\tActeurs à mobiliser
• Salle fermée\t• Ouvrir la salle avec le ZQXT\t• IEN, gardiens du square
• Réseau lent\t• Demander un devis au ZQXT et à l’ENT\t• WQKZ
• Porte bloquée\t• Réparer la porte\t• CE
"""


def test_check_lists_what_the_vocabulary_lacks(tmp_path, capsys):
    report = tmp_path / "atelier.md"
    report.write_text(WORKSHOP, encoding="utf-8")
    store = ["--store", str(tmp_path / "base")]
    assert main([*store, "ingest", str(report)]) == 0
    capsys.readouterr()
    main([*store, "check", "--format", "json"])
    remarks = json.loads(capsys.readouterr().out)["remarks"]
    told = {(remark["text"], remark["advice"].partition(" (")[2]) for remark in remarks if remark["topic"] == "acteur"}
    assert {text for text, _ in told} == {"ZQXT", "gardiens du square", "WQKZ", "CE"}
    assert ("ZQXT", "sigle dans un énoncé, 2 fois)") in told
    assert ("gardiens du square", "à côté d’acteurs reconnus) ; peut-être : Agent d’accueil") in told
    ambiguous = dict(told)["CE"]
    assert "peut-être : " in ambiguous
    assert {"Chef d’établissement", "Conseil d’école"} <= set(ambiguous.partition("peut-être : ")[2].split(", "))


@pytest.mark.parametrize("words", ["Coût élevé", "des débits trop élevés", "Outil jugé complexe", "temps cadré"])
def test_a_participle_is_no_name_that_it_folds_to(words: str) -> None:
    assert spot(words, cell=False).actors == ()
    assert f"{ID}actor/elu" in spot(f"{words}, élus", cell=True).actors
