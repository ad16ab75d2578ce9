from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sample_graph as sample

from graph.memory import MemoryStore
from graph.oxigraph import OxigraphStore
from ontology import GRAPH, ID, LV, Proof, StoreEmpty
from queries import catalogue
from queries.ask import ask

if TYPE_CHECKING:
    from graph.store import Store

ZONES, TIME = "zones blanches", "manque de temps"
POINT, FIBRE = "ouvrir un point d’accès", "installer la fibre"
ERUN, DANE = "Enseignant référent aux usages du numérique", "Délégation académique au numérique éducatif"
PARENTS = "Parents d’élèves"


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


def answers(store: Store, name: str, weakest: str = "close", **parameters: str) -> list[tuple[Any, ...]]:
    """Each answer as its cells and its proof."""
    answer = ask(store, name, parameters, weakest=Proof(weakest))
    return [(*row.values.values(), row.proof.value) for row in answer.rows]


def test_levers_of_an_irritant(store: Store) -> None:
    point = ("Ouvrir un point d’accès", "Se connecter partout", 2, "row")
    assert answers(store, "leviers-pour-irritant", irritant=ZONES) == [
        point,
        ("Installer la fibre", None, 1, "close"),
    ]
    assert answers(store, "leviers-pour-irritant", "row", irritant=ZONES) == [point]
    assert answers(store, "leviers-pour-irritant", irritant=TIME) == [
        ("Libérer du temps", "Du temps commun", 1, "row"),
        ("Dégager du temps", "Du temps commun", 1, "close"),
    ]


def test_a_theme_suggests_only_when_asked(store: Store) -> None:
    suggested = answers(store, "leviers-pour-irritant", "theme", irritant="débit insuffisant")
    assert suggested == [
        ("Installer la fibre", None, 1, "close"),
        ("Ouvrir un point d’accès", "Se connecter partout", 2, "theme"),
    ]
    assert answers(store, "leviers-pour-irritant", irritant="débit insuffisant") == suggested[:1]
    assert answers(store, "leviers-pour-irritant", "same", irritant="débit insuffisant") == []


def test_a_close_statement_serves_once(store: Store) -> None:
    # Débit insuffisant is close to Réseau trop lent, which is close to Zones blanches: nothing leads that far.
    levers = {row[0] for row in answers(store, "leviers-pour-irritant", irritant="débit insuffisant")}
    assert levers == {"Installer la fibre"}


def test_actors_of_an_irritant(store: Store) -> None:
    mairie = "Équiper la mairie ; Afficher les horaires"
    same = [
        ("Commune", "Ouvrir un point d’accès", mairie, "same"),
        (ERUN, "Ouvrir un point d’accès", mairie, "same"),
    ]
    close = (DANE, "Installer la fibre", "Raccorder les écoles", "close")
    assert answers(store, "acteurs-pour-irritant", irritant=ZONES) == [*same, close]
    assert answers(store, "acteurs-pour-irritant", "same", irritant=ZONES) == same
    assert answers(store, "acteurs-pour-irritant", "row", irritant=ZONES) == []


def test_actors_of_an_irritant_in_one_row(store: Store) -> None:
    found = answers(store, "acteurs-pour-irritant", "row", irritant="outils trop nombreux")
    assert found == [(PARENTS, "Choisir un outil commun", None, "row")]


def test_actors_by_a_lever_close_to_the_one_that_answers(store: Store) -> None:
    action = "Banaliser une demi-journée"
    close = [(DANE, "Dégager du temps", action, "close"), (ERUN, "Dégager du temps", action, "close")]
    assert answers(store, "acteurs-pour-irritant", irritant=TIME) == close
    with_theme = answers(store, "acteurs-pour-irritant", "theme", irritant=TIME)
    assert with_theme == [*close, (PARENTS, "Choisir un outil commun", None, "theme")]


def test_the_confidence_of_a_close_answer_is_kept(store: Store) -> None:
    rows = ask(store, "acteurs-pour-irritant", {"irritant": TIME}).rows
    assert {row.confidence for row in rows} == {"moyenne"}
    rows = ask(store, "acteurs-pour-irritant", {"irritant": ZONES}).rows
    assert [row.confidence for row in rows] == ["", "", "forte"]


def test_needs_of_an_irritant(store: Store) -> None:
    assert answers(store, "besoins-pour-irritant", irritant=ZONES) == [("Se connecter partout", "row")]
    assert answers(store, "besoins-pour-irritant", irritant="réseau trop lent") == [("Se connecter partout", "close")]


def test_irritants_of_a_lever(store: Store) -> None:
    assert answers(store, "irritants-pour-levier", levier=POINT) == [
        ("Zones blanches", "row"),
        ("Réseau trop lent", "close"),
    ]
    assert answers(store, "irritants-pour-levier", levier="dégager du temps") == [("Manque de temps", "close")]


def test_what_a_plan_says_of_a_lever(store: Store) -> None:
    assert answers(store, "acteurs-pour-levier", levier=POINT) == [(ERUN, "row"), ("Commune", "row")]
    assert answers(store, "actions-pour-levier", levier=POINT) == [
        ("Équiper la mairie", "row"),
        ("Afficher les horaires", "row"),
    ]
    assert answers(store, "indicateurs-pour-levier", levier=POINT) == [("Nombre de visites", "row")]
    assert answers(store, "echeances-pour-levier", levier=POINT) == [("Court terme", "court terme", "row")]
    assert answers(store, "echeances-pour-levier", levier=FIBRE) == [("Année 2021", None, "row")]


def test_what_a_plan_says_of_a_close_lever(store: Store) -> None:
    lever = "libérer du temps"
    assert answers(store, "acteurs-pour-levier", levier=lever) == [(ERUN, "close"), (DANE, "close")]
    assert answers(store, "indicateurs-pour-levier", levier=lever) == [("Heures dégagées", "close")]
    assert answers(store, "echeances-pour-levier", levier=lever) == [("Long terme", "long terme", "close")]
    assert answers(store, "acteurs-pour-levier", "row", levier=lever) == []
    assert answers(store, "acteurs-pour-levier", "theme", levier=lever)[-1] == (PARENTS, "theme")


def test_a_road_map_goes_from_near_to_far(store: Store) -> None:
    mairie = "Équiper la mairie ; Afficher les horaires"
    assert answers(store, "feuille-de-route", acteur="ERUN") == [
        ("Ouvrir un point d’accès", mairie, "Court terme", "Nombre de visites", "row"),
        ("Dégager du temps", "Banaliser une demi-journée", "Long terme", "Heures dégagées", "row"),
    ]
    assert answers(store, "feuille-de-route", acteur="parents d'eleves") == [
        ("Choisir un outil commun", None, None, None, "row")
    ]


def test_the_calendar_goes_from_near_to_far(store: Store) -> None:
    assert answers(store, "calendrier") == [
        ("court terme", "Court terme", "Ouvrir un point d’accès", f"Commune ; {ERUN}", "row"),
        ("long terme", "Long terme", "Dégager du temps", f"{DANE} ; {ERUN}", "row"),
        (None, "Année 2021", "Installer la fibre", DANE, "row"),
    ]


def test_irritants_without_lever(store: Store) -> None:
    assert answers(store, "irritants-sans-levier") == [("Téléphone en classe", "row")]
    strict = [("Débit insuffisant", "row"), ("Téléphone en classe", "row")]
    assert answers(store, "irritants-sans-levier", "row") == strict
    assert answers(store, "irritants-sans-levier", "theme") == []


def test_levers_without_actor_or_indicator(store: Store) -> None:
    assert answers(store, "leviers-sans-acteur") == [("Former entre pairs", "row")]
    assert answers(store, "leviers-sans-acteur", "same") == [("Former entre pairs", "row"), ("Libérer du temps", "row")]
    without = ["Choisir un outil commun", "Former entre pairs", "Installer la fibre"]
    assert [row[0] for row in answers(store, "leviers-sans-indicateur")] == without


def test_an_absence_is_checked_in_all_documents(store: Store) -> None:
    # Said in the Vendée without a lever there, and answered in Maine-et-Loire.
    assert answers(store, "irritants-sans-levier", territoire="Vendée") == [("Téléphone en classe", "row")]
    assert answers(store, "irritants-sans-levier", territoire="Maine-et-Loire") == []


def test_what_is_shared(store: Store) -> None:
    assert answers(store, "irritants-partages") == [("Zones blanches", 2, 2, "same")]
    assert answers(store, "leviers-partages") == [("Ouvrir un point d’accès", 2, 2, "same")]
    assert answers(store, "leviers-partages", "row") == []


def test_actors_most_asked_for(store: Store) -> None:
    assert answers(store, "acteurs-sollicites") == [
        (DANE, 2, 1, "row"),
        (ERUN, 2, 2, "row"),
        ("Commune", 1, 1, "row"),
        (PARENTS, 1, 1, "row"),
    ]


def test_actors_together(store: Store) -> None:
    assert answers(store, "acteurs-ensemble") == [("Commune", ERUN, 1, "row"), (DANE, ERUN, 1, "row")]
    assert answers(store, "acteurs-ensemble", acteur="ERUN") == [(ERUN, "Commune", 1, "row"), (ERUN, DANE, 1, "row")]


def test_experiences_and_strengths(store: Store) -> None:
    told = ("Prêt de tablettes", "Maine-et-Loire", "Zones blanches", "Prêt de matériel")
    assert answers(store, "experiences") == [(*told, "row")]
    assert answers(store, "experiences", irritant=ZONES) == [(*told, "row")]
    assert answers(store, "experiences", irritant="réseau trop lent") == [(*told, "close")]
    assert answers(store, "experiences", irritant=TIME) == []
    strengths = [("Prêt de matériel", "Prêt de tablettes", "row"), ("Téléphone en classe", None, "row")]
    assert answers(store, "points-forts") == strengths


def test_counts_by_theme_and_territory(store: Store) -> None:
    egal, ensemble = "Un égal accès au numérique pour tous", "Travailler ensemble autrement"
    assert answers(store, "themes-territoires") == [
        (ensemble, "Vendée", 3, 3, 0, "row"),
        (egal, "France entière", 1, 1, 1, "row"),
        (egal, "Maine-et-Loire", 1, 1, 1, "row"),
        (ensemble, "Maine-et-Loire", 1, 1, 0, "row"),
        (egal, "Vendée", 1, 1, 0, "row"),
    ]


def test_sessions_and_documents(store: Store) -> None:
    assert answers(store, "seances") == [
        ("Séance journee", "2015-10-01", "France entière", "Distanciel", None, None, "row"),
        ("Séance atelier", "2020-10-05", "Maine-et-Loire", "Distanciel", "Opérateurs", 3, "row"),
        ("Séance atelier", "2020-10-05", "Maine-et-Loire", "Distanciel", "Premier degré", 5, "row"),
        ("Séance region", "2020-10-12", "Vendée", "Distanciel", None, None, "row"),
    ]
    assert answers(store, "documents") == [
        ("atelier.md", 4, 16, 7, "row"),
        ("copie.md", 0, 0, 4, "row"),
        ("journee.md", 3, 3, 7, "row"),
        ("region.md", 7, 20, 6, "row"),
    ]


def test_what_is_close_or_in_tension(store: Store) -> None:
    assert answers(store, "rapprochements") == [
        ("irritant", "Débit insuffisant", "Réseau trop lent", "forte", "close"),
        ("irritant", "Zones blanches", "Réseau trop lent", "forte", "close"),
        ("irritant", "Outils trop nombreux", "Prêt de matériel", "moyenne", "close"),
        ("lever", "Dégager du temps", "Libérer du temps", "moyenne", "close"),
    ]
    assert answers(store, "tensions") == [
        ("Téléphone en classe", "Téléphone en classe", "same"),
        ("Outils trop nombreux", "Prêt de matériel", "close"),
    ]


def test_what_was_said_before(store: Store) -> None:
    point = ("Ouvrir un point d’accès", "lever", "2015-10-01", "2020-10-05", "same")
    debit = ("Débit insuffisant", "irritant", "2015-10-01", "2020-10-12", "close")
    assert answers(store, "evolution") == [point, debit]
    assert answers(store, "evolution", "same") == [point]


def test_open_questions(store: Store) -> None:
    assert answers(store, "questions-ouvertes") == [("Qui paie ?", "row")]


# -- filters, evidence, order --------------------------------------------------------------------------------------
def test_a_territory_holds_its_parts(store: Store) -> None:
    assert len(answers(store, "calendrier", territoire="Pays de la Loire")) == 3
    assert [row[2] for row in answers(store, "calendrier", territoire="Vendée")] == [
        "Dégager du temps",
        "Installer la fibre",
    ]
    assert [row[2] for row in answers(store, "calendrier", theme="travailler ensemble")] == ["Dégager du temps"]


def test_every_row_on_the_way_must_pass_the_filter(store: Store) -> None:
    maine = answers(store, "acteurs-pour-irritant", irritant=ZONES, territoire="Maine-et-Loire")
    assert [row[0] for row in maine] == ["Commune", ERUN]
    vendee = answers(store, "acteurs-pour-irritant", irritant=ZONES, territoire="Vendée")
    assert [row[0] for row in vendee] == [DANE]
    assert answers(store, "acteurs-pour-irritant", irritant=ZONES, theme="travailler ensemble") == []


def test_evidence_is_the_words_of_the_way_and_nothing_else(store: Store) -> None:
    commune, _, dane = ask(store, "acteurs-pour-irritant", {"irritant": ZONES}).rows
    assert [(one.quote, one.document, one.section, one.row) for one in commune.evidence] == [
        ("Zones blanches", "atelier.md", "Synthèse", "atelier.t2r1"),
        ("Ouvrir un point d’accès", "atelier.md", "Synthèse", "atelier.t2r1"),
        ("Ouvrir un point d’accès", "atelier.md", "Plan d’action", "atelier.t3r1"),
        ("Équiper la mairie", "atelier.md", "Plan d’action", "atelier.t3r1"),
        ("Afficher les horaires", "atelier.md", "Plan d’action", "atelier.t3r1"),
        ("commune", "atelier.md", "Plan d’action", "atelier.t3r1"),
    ]
    assert [one.quote for one in dane.evidence][:2] == ["Réseau trop lent", "Installer la fibre"]
    assert {one.row for one in dane.evidence} == {"region.t1r1", "region.t2r1"}


@pytest.mark.parametrize("name", sorted({*catalogue.names()} - {"documents", "seances"}))
def test_no_answer_without_evidence(store: Store, name: str) -> None:
    given = {"irritant": ZONES, "levier": POINT, "acteur": "ERUN"}
    needed = {each.name: given[each.name] for each in catalogue.get(name).parameters if each.required}
    answer = ask(store, name, needed, weakest=Proof.CLOSE if "-sans-" in name else Proof.THEME)
    assert answer.rows
    for row in answer.rows:
        assert row.evidence
        assert row.proof in answer.query.proofs
        assert row.id.startswith(ID)


def test_an_answer_is_given_once_with_its_best_proof(store: Store) -> None:
    rows = answers(store, "leviers-pour-irritant", "theme", irritant=ZONES)
    assert len({row[0] for row in rows}) == len(rows)
    assert rows[0][-1] == "row"


def test_a_limit_keeps_the_surest_and_says_how_many_there_are(store: Store) -> None:
    every = ask(store, "acteurs-pour-irritant", {"irritant": ZONES})
    first = ask(store, "acteurs-pour-irritant", {"irritant": ZONES}, limit=2)
    assert first.rows == every.rows[:2]
    assert first.total == every.total == len(every.rows) == 3


def plan(*dates: str) -> Store:
    """A plan of one row, whose lever has these dates in this order; the sample is beside it."""
    told = sample.Told("zones", "2020-11-02", sample.MAINE, (
        sample.Said("t1r1", "Plan d’action", "plan", sample.EGAL, (
            (sample.LEV, "Prêter"), *((sample.WHEN, one) for one in dates), (sample.WHO, "erun"))),
    ))  # fmt: skip
    lever = sample.lever("Prêter")
    called = {lever: "Prêter"} | {sample.body(sample.WHEN, one): one for one in dates}
    lines = [f'<{one}> <{sample.SKOS}prefLabel> "{label}"@fr .' for one, label in called.items()]
    store = sample.fill(OxigraphStore())
    store.replace_graph(f"{GRAPH}zones", sample._document(told))
    store.replace_graph(f"{GRAPH}_more", [*lines, f'<{lever}> <{LV}searchKey> "preter" .'])
    return store


def test_dates_come_as_the_plan_gives_them() -> None:
    dates = ("Dès le mois de mai", "À la rentrée", "Chaque année")
    store = plan(*dates)
    assert [row[0] for row in answers(store, "echeances-pour-levier", levier="prêter")] == list(dates)
    assert [row[1] for row in answers(store, "calendrier")][2:] == ["Année 2021", *dates]
    (row,) = (row for row in answers(store, "feuille-de-route", acteur="ERUN") if row[0] == "Prêter")
    assert row[2] == " ; ".join(dates)


def test_a_store_without_document_says_what_to_do() -> None:
    for store in (MemoryStore(), OxigraphStore()):
        store.replace_graph(f"{GRAPH}_vocabulary", ["<urn:a> <urn:b> <urn:c> ."])
        for name, given in (("calendrier", {}), ("leviers-pour-irritant", {"irritant": ZONES})):
            with pytest.raises(StoreEmpty, match="leviers ingest"):
                ask(store, name, given)
