"""What coordinators have on disk besides the form: spreadsheets, notes with arrows, letters, minutes, grids of four."""

from __future__ import annotations

import pytest
from test_everyday_forms import read, rows, told

from ingest.actors.scan import spot
from ingest.prose.told import told as sentences_told
from ingest.tables.delimited import delimited_rows
from ingest.words.headers import column_role, loose_role, title_role
from ontology import Span

COLUMNS = {
    "irritant": "Freins repérés|Ce qui nous freine|Points durs|Nœuds à dénouer|Ce qui a déplu|Ce qui a fait défaut",
    "strength": "Ce qui a porté ses fruits|Ce qui a plu|Acquis de la période|Ce qui a fait ses preuves",
    "need": "Ce qu’attend le terrain|De quoi a-t-on besoin ?|Demandes des familles|Réponses attendues",
    "lever": "Voies d’amélioration|Ce qu’on pourrait essayer|Pistes de solution|Décision (quoi)|Idées à creuser",
    "action": "Concrètement|Première étape|Ce qui a été décidé|Comment s’y prend-on|Suites à donner",
    "actor": "Cheville ouvrière|Pilote / co-pilote|Qui est à la manœuvre ?|Structures impliquées|Avec qui",
    "timeframe": "À quelle échéance|Délais de mise en œuvre|Pour quand ?|CT / MT / LT|À quel moment ?",
    "indicator": "Marque de succès|On saura que c’est gagné quand…|Ce qui prouvera que c’est réussi|KPI|Résultat visé",
    "experience": "Situation partagée|Récit|Dispositif présenté",
    "question": "Points à débattre|Ce qui reste à trancher",
    "theme": "Entrée|Domaine|Sujet",
}


@pytest.mark.parametrize(
    ("role", "name"), [(role, name) for role, names in COLUMNS.items() for name in names.split("|")]
)
def test_names_of_columns(role: str, name: str) -> None:
    assert column_role(name) == role


@pytest.mark.parametrize("name", ["Qui a animé ?", "Budget", "Commentaires", "Coût estimé"])
def test_what_helps_only_who_keeps_the_table_has_no_role(name: str) -> None:
    assert column_role(name) is None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Quels sont les points durs signalés par les équipes ?", "irritant"),
        ("Le groupe retient deux leviers pour le bassin :", "lever"),
        ("Il nous faudrait (pour finir) :", "need"),
        ("Ce qui reste à débattre", "question"),
        ("Rencontre des partenaires", None),
        ("Nombre de réponses", None),
        ("Reste ouvert : qui finance les clés ?", None),
        ("« On nous demande de faire avec »", None),
    ],
)
def test_titles(title: str, role: str | None) -> None:
    assert title_role(title) == role


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Constats des équipes", "irritant"),
        ("Idées lancées", "lever"),
        ("Bruit des couloirs", None),
        ("Qui sait ?", None),
    ],
)
def test_what_a_noun_and_its_complement_say_of_a_line_that_is_a_title(title: str, role: str | None) -> None:
    assert loose_role(title) == role


# -- tables saved as text ------------------------------------------------------------------------------------------
def test_a_spreadsheet_saved_with_semicolons() -> None:
    reading = read('Frein;Levier;Qui\nDébit faible;"Prêter des clés; louer";DANE\nPostes vieux;Renouveler;région\n')
    assert told(reading) == [
        ("irritant", "Débit faible"),
        ("lever", "Prêter des clés"),
        ("lever", "louer"),
        ("actor", "DANE"),
        ("irritant", "Postes vieux"),
        ("lever", "Renouveler"),
        ("actor", "région"),
    ]
    assert rows(reading) == [1, 1, 1, 1, 2, 2, 2]


def test_commas_part_no_list_of_a_label() -> None:
    reading = read("Besoins en formation : montage, évaluation, son\nBesoins en matériel : casques, micros, câbles\n")
    assert {kind for kind, _ in told(reading)} == {"need"}


# -- arrows --------------------------------------------------------------------------------------------------------
def test_arrows_lead_from_a_difficulty_to_who_answers_it() -> None:
    reading = read("- wifi saturé -> des bornes -> région\n- mails le soir -> ??? (à revoir)\n")
    assert told(reading) == [
        ("irritant", "wifi saturé"),
        ("lever", "des bornes"),
        ("actor", "région"),
        ("irritant", "mails le soir"),
    ]


def test_a_legend_says_what_the_arrows_part() -> None:
    reading = read("besoin → levier → quand\n- du temps → banaliser une heure → janvier\n")
    assert told(reading) == [("need", "du temps"), ("lever", "banaliser une heure"), ("timeframe", "janvier")]


def test_one_arrow_alone_is_no_chain() -> None:
    assert told(read("Gouvernance -> angles juridique et éthique\n")) == []


# -- minutes and letters -------------------------------------------------------------------------------------------
def test_who_and_when_at_the_end_of_a_decision() -> None:
    reading = read("Décisions prises :\n- recenser les postes (ERUN, avant le 15 novembre)\n- ouvrir le CDI (midi)\n")
    assert told(reading) == [
        ("action", "recenser les postes"),
        ("actor", "ERUN"),
        ("timeframe", "avant le 15 novembre"),
        ("action", "ouvrir le CDI (midi)"),
    ]
    assert rows(reading) == [1, 1, 1, 2]


LIKELY = {
    "La connexion s’arrête dès que la neige tombe.": "irritant",
    "Bien des familles n’osent pas demander de l’aide.": "irritant",
    "Les équipes ont su garder le lien avec chacun.": "strength",
    "Les communes devraient être consultées avant les achats.": "need",
    "Une messagerie unique pourrait voir le jour.": "lever",
    "Prêter les portables qui dorment en réserve.": "lever",
    "L’inspection ouvrira une adresse dès janvier.": "action",
    "Atelier du vendredi 9 octobre à distance.": None,
    "Nous vous prions d’agréer nos salutations.": None,
    "Le collège compte douze classes et un internat.": None,
}


@pytest.mark.parametrize(("sentence", "role"), LIKELY.items())
def test_what_a_sentence_is_likely_to_say(sentence: str, role: str | None) -> None:
    found = sentences_told(sentence, Span(0, len(sentence)), likely=True)
    assert [one.role for one in found] == ([role] if role else [])
    assert not any(one.sure for one in found)


def test_a_likely_sentence_is_doubtful_and_alone_no_report() -> None:
    plain = "Les parents regrettent le nombre de codes. L’ERUN déplore l’absence de wifi. "
    reading = read(f"{plain}Bien des familles n’osent pas appeler.\n")
    assert [mention.doubtful for mention in reading.mentions] == [False, False, True]
    assert told(read("Bien des familles n’osent pas appeler.\n")) == []


def test_a_short_sentence_announces_those_behind_it() -> None:
    text = "Commençons par ce qui nous inquiète. Les devoirs arrivent par cinq chemins."
    assert [one.role for one in sentences_told(text, Span(0, len(text)), likely=True)] == ["irritant"]


def test_the_last_sentence_of_a_paragraph_announces_the_bullets_under_it() -> None:
    text = "Les CDI ont fermé. Deux choses ont freiné le travail :\n* des achats en double\n* des droits flous\n"
    assert told(read(text)) == [("irritant", "des achats en double"), ("irritant", "des droits flous")]


def test_a_paragraph_that_ends_with_a_question_is_prose() -> None:
    text = "Nous proposons que des ateliers soient organisés. Pourquoi ne pas prêter le matériel ?\n"
    assert [kind for kind, _ in told(read(text))] == ["lever", "lever"]


# -- lists ---------------------------------------------------------------------------------------------------------
def test_the_quarters_of_a_grid_share_a_row() -> None:
    reading = read("Forces\n- a b\n\nFaiblesses\n- c d\n\nOpportunités\n- e f\n\nMenaces\n- g h\n")
    assert [kind for kind, _ in told(reading)] == ["strength", "irritant", "lever", "irritant"]
    assert rows(reading) == [1, 1, 1, 1]


def test_lines_that_each_begin_with_a_capital_are_items() -> None:
    text = (
        "Freins\nChacun range à sa façon\nServeur du collège inaccessible depuis le domicile\n"
        "Crainte du regard des autres sur ses propres cours\n"
    )
    assert len(told(read(text))) == 3


def test_who_and_when_under_a_bullet_make_it_an_axis() -> None:
    text = "- Valise pédagogique\n  - comment : lister le contenu\n  - qui : Canopé\n  - on mesure : nombre de prêts\n"
    reading = read(text)
    assert told(reading) == [
        ("lever", "Valise pédagogique"),
        ("action", "lister le contenu"),
        ("actor", "Canopé"),
        ("indicator", "nombre de prêts"),
    ]
    assert set(rows(reading)) == {1}


def test_a_title_names_its_theme_before_what_it_holds() -> None:
    reading = read("## Thème A – Un égal accès pour tous : les freins\n\n- a b\n\n## Thème A – Pistes\n\n- c d\n")
    assert [kind for kind, _ in told(reading)] == ["irritant", "lever"]
    assert len({reading.row(mention.row).theme for mention in reading.mentions}) == 1


def test_both_genders_of_an_actor_are_one() -> None:
    assert spot("Inspectrices et inspecteurs de l’Éducation nationale").actors == spot("IEN").actors


def test_a_line_of_prose_with_semicolons_is_no_table() -> None:
    from ingest.document import Document

    text = "Les freins sont connus ; le débit ; le coût.\nLes leviers aussi ; le prêt ; le don.\n"
    assert delimited_rows(Document("essai.md", text, "0", "text/markdown")) == {}
