"""Sessions and those who took part: each shape of the form is read as printed, and no name of a person is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.archive import Archive, from_json, to_json
from graph.library import Library
from graph.memory import MemoryStore
from graph.rdf import document_lines
from ingest import read_document, read_report
from ingest.document import Document
from ingest.participants import is_format, number_in
from ingest.roles import actor_or_words, nameless, roles
from ingest.sessions import dates, place_in
from ontology import ID, LV, Participation, Reading, Session
from queries.quality import inspect

if TYPE_CHECKING:
    from pathlib import Path

REST = "\n\nFreins\n\n- Réseau lent\n"
Counted = tuple[str, bool | None, int | None, int | None, str]


def read(text: str) -> Reading:
    """An invented report, with one list so that it is kept."""
    return read_document(Document("essai.txt", text + REST, "0", "text/plain"))


def only(text: str) -> Session:
    (session,) = read(text).sessions
    return session


def told(session: Session) -> list[Counted]:
    return [
        (one.category, one.ticked, one.participants, one.establishments, one.text) for one in session.participations
    ]


TABLE = (
    "Nom de la Région académique\tBretagne\t\n"
    "Date(s) et lieu(x) de la session\tMardi 6 octobre 2020 14h-16h Mairie de Brest\t\n"
    'Format de la session <i>Cocher</i>\t<input type="checkbox"/> Présentiel\t'
    '<input type="checkbox"/> Distanciel\n'
    '\t\t<input checked="" type="checkbox"/> Les 2\n'
    "Animateurs de la session\tLuc Petit, chargé de mission DANE, Zoé Roux, chargée de mission DANE.\t\n"
    'Participants <i>Cocher les cases</i>\t<input checked="" type="checkbox"/> Équipes du premier degré\t'
    "Nombre de participants : 5 (CPD) Nombre d'établissements représentés : 70\n"
    '\t<input type="checkbox"/> Équipes du second degré\tNombre de participants : 12\n'
    '\t<input type="checkbox"/> Chercheurs\tNombre de participants : à compléter\n'
    '\t<input checked="" type="checkbox"/> Élus\tNombre de participants : 0\n'
    '<input checked="" type="checkbox"/> Filière EdTech\tNombre de participants : 1 (a) + 2 (b)\t\n'
)
LINES = """Nom de la Région académique Bretagne

Date(s) et lieu(x) de la session

Format de la session
Cocher la case

☐ En présence                   ☒ Distanciel      ☐ Les 2

Animateurs

Anne MARTIN, Déléguée au Numérique
Luc Petit (le matin), banque des territoires

Participants

Cocher les cases utiles
puis compléter le nombre de
participants

☒ Équipes pédagogiques du

premier degré

Nombre de participants : 6
Nombre d’établissements représentés : 4

☐ Associations de la sphère
locale Nombre de participants : 24 (dont une vingtaine de

bénévoles)

☒ Chercheurs Nombre de participants : 0
☐ Opérateurs Nombre de participants :
"""


def test_the_rows_of_a_table() -> None:
    session = only(TABLE)
    assert session.territory == f"{ID}territory/region-academique-bretagne"
    assert (session.dates, session.place, session.meeting_format) == (("2020-10-06",), "Mairie de Brest", "Les 2")
    assert session.facilitators == ("chargé de mission DANE", "chargée de mission DANE")
    assert told(session) == [
        ("Équipes du premier degré", True, 5, 70, "5 (CPD)"),
        ("Équipes du second degré", False, 12, None, "12"),
        ("Chercheurs", False, None, None, ""),
        ("Élus", True, 0, None, "0"),
        ("Filière EdTech", True, 3, None, "1 (a) + 2 (b)"),
    ]


def test_the_same_rows_between_bars() -> None:
    rows = ["| " + row.replace("\t", " | ") + " |" for row in TABLE.splitlines()]
    barred = only(
        "\n".join([rows[0], "|---|---|---|", *rows[1:]]).replace('<input checked="" type="checkbox"/>', "[x]")
    )
    assert told(barred) == told(only(TABLE))
    assert (barred.dates, barred.meeting_format) == (("2020-10-06",), "Les 2")


def test_the_form_printed_line_by_line() -> None:
    session = only(LINES)
    assert session.meeting_format == "Distanciel"
    assert session.facilitators == ("Déléguée au Numérique", f"{ID}actor/banque-territoires")
    assert told(session) == [
        ("Équipes pédagogiques du premier degré", True, 6, 4, "6"),
        ("Associations de la sphère locale", False, 24, None, "24 (dont une vingtaine de bénévoles)"),
        ("Chercheurs", True, 0, None, "0"),
        ("Opérateurs", False, None, None, ""),
    ]


def test_a_form_filled_in_twice_is_two_sessions() -> None:
    second = (
        "Nom de la Région académique\n\nBretagne – rencontres départementales\n\n"
        "Date(s) et lieu(x) de la session\n\nDu 28/09 au 09/10 : Morbihan\n29/09, 12/10 et 13/10 : Finistère\n"
        "Le 14/10 : Ille-et-Vilaine\n\nFormat de la session\n\n☐ En présence ☐ Distanciel ☒ Les 2\n\n"
        "Participants à la session\n\n☒ Élus Nombre de participants : 9\n"
    )
    first = LINES.replace("session\n\nFormat", "session Les lundi 5 et mardi 6 octobre 2020\n\nFormat", 1)
    reading = read(f"{first}{second}")
    one, other = reading.sessions
    assert one.dates == ("2020-10-05", "2020-10-06")
    assert other.dates == ("2020-09-28", "2020-09-29", "2020-10-09", "2020-10-12", "2020-10-13", "2020-10-14")
    assert (
        other.date_text
        == "Du 28/09 au 09/10 : Morbihan ; 29/09, 12/10 et 13/10 : Finistère ; Le 14/10 : Ille-et-Vilaine"
    )
    assert other.place == "Morbihan, Finistère, Ille-et-Vilaine"
    assert (one.title, other.title) == ("Bretagne", "Bretagne – rencontres départementales")
    assert (one.meeting_format, other.meeting_format) == ("Distanciel", "Les 2")
    assert told(one) == told(only(LINES))
    assert told(other) == [("Élus", True, 9, None, "9")]
    assert {reading.row(mention.row).session for mention in reading.mentions} == {other.id}


def test_fields_on_free_lines() -> None:
    session = only(
        "# Compte rendu du comité\n\nDate : 13 octobre 2020\nLieu : Rectorat de Rennes\nTerritoire : Morbihan\n"
        "Format : présentiel\nParticipants : équipes du premier degré, 4 ; élèves : 12 (dont 3 délégués) ; 2 IEN ;"
        " familles, 2 238\nAnimateur : Mme Petit, IEN de circonscription\n"
    )
    assert (session.dates, session.place, session.meeting_format) == (
        ("2020-10-13",),
        "Rectorat de Rennes",
        "présentiel",
    )
    assert session.territory == f"{ID}territory/morbihan"
    assert told(session) == [
        ("équipes du premier degré", None, 4, None, "4"),
        ("élèves", None, 12, None, "12 (dont 3 délégués)"),
        ("IEN", None, 2, None, "2"),
        ("familles", None, 2238, None, "2 238"),
    ]
    assert len(session.facilitators) == 1
    assert "Petit" not in session.facilitators[0]


def test_sections_with_lists_of_roles() -> None:
    session = only(
        "Relevé de conclusions\n\nAnimateur et animatrice\n\nMme Petit-Roux, DAASEN\nL. Martin, Adjoint au maire\n\n"
        "Témoins\n\n- M. Dubois, maire\n\nParticipants\n\nIEN de circonscription\nRUPN\n- 3 ERUN\n"
        "- Zoé DURAND (Collège Ada Lovelace).....\n- Mme LE GOFF Anne, professeure, lycée Curie\n-\n\n"
        "UNE DATE\n\nJeudi 8 octobre 2020 de 17h00 à\n18h30\n\nMODALITES\n\nGroupe de réflexion\n\n"
        "Réunion à distance\n\nPARTIE 1 : durée 20 mn\n"
    )
    assert session.facilitators == (f"{ID}actor/daasen", f"{ID}actor/elu")
    assert told(session) == [
        ("IEN de circonscription", None, None, None, ""),
        ("RUPN", None, None, None, ""),
        ("ERUN", None, 3, None, "3"),
        ("Collège Ada Lovelace", None, None, None, ""),
        ("professeure, lycée Curie", None, None, None, ""),
    ]
    assert (session.dates, session.date_text) == (("2020-10-08",), "Jeudi 8 octobre 2020 de 17h00 à 18h30")
    assert session.meeting_format == "Groupe de réflexion, Réunion à distance"


def test_counts_without_boxes() -> None:
    session = only(
        "Participants à la session\n\nÉquipes du premier degré\nNombre de participants : 5\n"
        "Nombre d'établissements représentés : 3 (dont 2 écoles)\nÉlus Nombre de participants : une dizaine\n"
    )
    assert told(session) == [
        ("Équipes du premier degré", None, 5, 3, "5 ; 3 (dont 2 écoles) (établissements)"),
        ("Élus", None, None, None, "une dizaine"),
    ]


def test_a_table_without_boxes_and_a_count_on_a_row_of_its_own() -> None:
    session = only(
        "Participants\tÉquipes du second degré\tNombre de participants : 8\n"
        "\t\tNombre d'établissements représentés : 2\n\tUsagers\tNombre de participants : 30 à 40\n"
    )
    assert told(session) == [
        ("Équipes du second degré", None, 8, 2, "8"),
        ("Usagers", None, None, None, "30 à 40"),
    ]


def test_boxes_that_follow_their_labels() -> None:
    session = only(
        "Format de la session\tPrésentiel ☐\tDistanciel ☒\nParticipants\tÉlus ☒ Nombre de participants : 2\t\n"
    )
    assert session.meeting_format == "Distanciel"
    assert told(session) == [("Élus", True, 2, None, "2")]


def test_an_empty_form_tells_of_no_session() -> None:
    empty = "".join(
        f'\t<input type="checkbox"/> {name}\tNombre de participants : à compléter\n' for name in ("Élus", "Familles")
    )
    session = only(f"Participants\tCocher les cases\t\n{empty}")
    assert [one.present for one in session.participations] == [False, False]


def test_boxes_elsewhere_are_no_participants() -> None:
    assert only("Atelier du lundi\n\n[ ] acheter des câbles\n[x] réserver la salle\n").participations == ()


# -- counts --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("7", 7), ("2 238 (dont 92 parents)", 2238), ("1\u202f260", 1260), ("0", 0), ("4 (CPD)", 4), ("environ 30", 30),
        ("15 dont 3 lycées", 15), ("1 ((a) + 2 (b)", 3), ("30 à 40", None), ("une vingtaine", None),
        ("plus de 30", None), ("", None), ("12/15", None),
    ],
)  # fmt: skip
def test_a_number_is_read_where_there_is_one(words: str, number: int | None) -> None:
    assert number_in(words) == number


COUNTS = st.tuples(
    st.booleans(), st.one_of(st.none(), st.integers(0, 3000)), st.one_of(st.none(), st.integers(0, 400)),
    st.sampled_from(["", " (dont 2 élus)", " (CPD)"]),
)  # fmt: skip
NAMES = ["Équipes du premier degré", "Représentants des usagers (familles et élèves)", "Chercheurs", "Opérateurs"]


@given(st.lists(COUNTS, min_size=1, max_size=4), st.sampled_from(["lines", "tabs", "bars"]))
def test_every_printed_count_is_kept(rows: list[tuple[bool, int | None, int | None, str]], shape: str) -> None:
    printed, expected = [], []
    for name, (ticked, count, places, remark) in zip(NAMES, rows, strict=False):
        box = "☒" if ticked else "☐"
        number = "à compléter" if count is None else f"{count}{remark}"
        more = "" if places is None else f"Nombre d’établissements représentés : {places}"
        lines = [f"{box} {name}", f"Nombre de participants : {number}", more]
        cells = ["", f"{box} {name}", " ".join(lines[1:])]
        row = {"lines": "\n".join(lines), "tabs": "\t".join(cells), "bars": f"| {' | '.join(cells)} |"}
        printed.append(row[shape])
        expected.append((name, ticked, count, places, "" if count is None else number))
    reading = read("Participants à la session\n\n" + "\n".join(printed))
    (session,) = reading.sessions
    assert told(session) == expected
    for one in session.participations:
        words = one.span.of(reading.text)
        assert words.startswith(("☒", "☐"))
        assert all(str(number) in words for number in (one.participants, one.establishments) if number is not None)


@given(st.text(st.sampled_from("☐☒[x] \n\t|:,;()+-0123àéMAn.Nombre de participants"), max_size=200))
def test_any_form_is_read_without_harm(text: str) -> None:
    for session in read(f"Participants à la session\n{text}").sessions:
        for one in session.participations:
            assert one.category
            assert 0 <= one.span.start < one.span.end


# -- days, places, formats -----------------------------------------------------------------------------------------
def test_days_without_a_year_or_in_figures() -> None:
    assert dates("6/10 et 14/10", "2020", brief=True) == ("2020-10-06", "2020-10-14")
    assert dates("1/2 journée", "2020") == ()
    assert dates("du 28 septembre au 9 octobre 2020") == ("2020-09-28", "2020-10-09")
    assert dates("le 05/10/20 puis le 31.12.2021") == ("2020-10-05", "2021-12-31")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("5 octobre 2020", ""), ("Jeudi 1er octobre 2015 - Paris", "Paris"), ("le 6/10 à la mairie", "la mairie"),
        ("Lundi 3 mai 2021 de 18h00 à 19h30", ""), ("Septembre 2020", ""),
    ],
)  # fmt: skip
def test_a_place_is_what_stands_beside_the_day(words: str, place: str) -> None:
    assert place_in(words) == place


def test_formats_are_told_from_categories() -> None:
    assert all(map(is_format, ["Présentiel", "En présentiel", "Distanciel", "Les 2", "à distance", "Hybride"]))
    assert not any(map(is_format, ["Élus", "Représentants académiques", ""]))


# -- roles ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MARTIN Anne, CP IENA – DSDEN - BREST PETIT Luc, Principal adjoint Collège Curie VANNES",
         ("CP IENA – DSDEN - BREST", "Principal adjoint Collège Curie VANNES")),
        ("M. et Mme Petit, parents d’élèves", ("parents d’élèves",)),
        ("A. Martin, IEN", ("IEN",)),
        ("Anne MARTIN et Luc PETIT, représentants de la Ville", ("représentants de la Ville",)),
        ("Frédéric LE GOFF (Collège ADA de Vannes).......", ("Collège ADA de Vannes",)),
        ("ERUN (Zoé Roux)", ("ERUN",)),
        ("Zoé Roux", ()),
        ("Jean-Luc Petit-Roux – conseiller pédagogique", ("conseiller pédagogique",)),
        ("Lycée Auguste et Jean RENOIR", ("Lycée Auguste et Jean RENOIR",)),
        ("Réseau Canopé", ("Réseau Canopé",)),
        ("Ille-et-Vilaine", ("Ille-et-Vilaine",)),
        ("Mme la Rectrice", ("Rectrice",)),
        ("ien@exemple.invalid, IEN", ("IEN",)),
    ],
)  # fmt: skip
def test_roles_are_kept_without_names(words: str, expected: tuple[str, ...]) -> None:
    assert roles(words) == expected


def test_a_lone_surname_goes_where_a_person_is_expected() -> None:
    assert roles("Petitjean, chargée de mission", facilitators=True) == ("chargée de mission",)
    assert roles("Bénévoles, associations") == ("Bénévoles, associations",)
    assert nameless("1 (M. Petitjean, CPD)") == "1 (CPD)"


def test_a_role_of_the_vocabulary_is_its_actor() -> None:
    assert actor_or_words("DAASEN") == f"{ID}actor/daasen"
    assert actor_or_words("chargé de mission DANE") == "chargé de mission DANE"


# -- the graph -----------------------------------------------------------------------------------------------------
def test_participations_survive_the_archive() -> None:
    reading = read(TABLE)
    assert from_json(to_json(reading)).sessions == reading.sessions
    old = json.loads(to_json(reading))
    for session in old["sessions"]:
        del session["participations"], session["facilitators"]
    assert from_json(json.dumps(old)).sessions[0].participations == ()


def test_participations_as_triples() -> None:
    reading = read(TABLE + "Animateurs\tMme Petit, DAASEN\t\n")
    lines = document_lines(reading, lambda concept: concept)
    first = f"<{ID}participation/essai.s1.p1>"
    said = {line.split(" ", 2)[1]: line.split(" ", 2)[2] for line in lines if line.startswith(f"{first} ")}
    assert said[f"<{LV}category>"] == '"Équipes du premier degré"@fr .'
    assert said[f"<{LV}participants>"].startswith('"5"')
    assert said[f"<{LV}establishments>"].startswith('"70"')
    assert said[f"<{LV}ticked>"].startswith('"true"')
    assert said[f"<{LV}participantsText>"] == '"5 (CPD)"@fr .'
    assert f"<{ID}session/essai.s1> <{LV}hasParticipation> {first} ." in lines
    assert f'<{ID}session/essai.s1> <{LV}facilitatorText> "chargé de mission DANE"@fr .' in lines
    assert sum(f"<{LV}hasParticipation>" in line for line in lines) == 5


def test_no_name_reaches_the_graph() -> None:
    reading = read(
        "Relevé de conclusions\n\nAnimateurs\n\nMme Petitjean, IEN\nLuc Grandpré, chargé de mission DANE\n\n"
        "Participants\n\n- Zoé DURANDEAU (Collège Curie)\n- M. Martineau, CPC 1^{er} degré\n"
    )
    graph = "\n".join(document_lines(reading, lambda concept: concept))
    assert "chargé de mission" in graph
    assert "Collège Curie" in graph
    assert not [name for name in ("Petitjean", "Grandpré", "Luc", "Zoé", "DURANDEAU", "Martineau") if name in graph]


def test_an_unticked_box_with_a_count_is_listed(tmp_path: Path) -> None:
    store, archive = MemoryStore(), Archive(tmp_path / "archive")
    Library(store, archive, "0").load([read(TABLE)])
    remarks = [remark for remark in inspect(store, archive, shapes=False) if remark.topic == "séance"]
    assert [(remark.line, remark.text) for remark in remarks] == [(7, "Équipes du second degré")]
    assert "12" in remarks[0].advice
    assert not remarks[0].blocking


def test_what_present_and_counted_mean() -> None:
    def one(ticked: bool | None, text: str = "") -> Participation:
        return Participation("Élus", ticked, None, None, text, read(TABLE).sessions[0].participations[0].span)

    assert [one(False).present, one(False, "une dizaine").present, one(None).present, one(True).present] == [
        False, True, True, True,
    ]  # fmt: skip


# -- the real reports ----------------------------------------------------------------------------------------------
def test_the_real_forms(corpus: Path) -> None:
    readings = {path.name[:3]: read_report(path) for path in sorted(corpus.glob("00[0-4]_*.txt"))}
    if len(readings) < 5:
        pytest.skip("les cinq comptes rendus vérifiés ne sont pas tous à portée")

    def numbers(key: str, session: int) -> list[tuple[bool | None, int | None, int | None]]:
        said = readings[key].sessions[session].participations
        return [(one.ticked, one.participants, one.establishments) for one in said if one.present]

    assert numbers("000", 0) == [(True, 5, 70), (True, 3, 15), (True, 2, None), (True, 3, None)]
    assert numbers("001", 0) == [
        (True, 7, 7), (True, 65, 33), (True, 7, None), (True, 0, None), (True, 0, None), (True, 7, None),
        (True, 24, None), (True, 3, None), (True, 3, None),
    ]  # fmt: skip
    assert numbers("001", 1) == [
        (True, 328, 215), (True, 183, 76), (True, 4, None), (True, 2238, None), (True, 15, None), (True, 69, None),
        (True, 1, None), (True, 7, None), (True, 0, None),
    ]  # fmt: skip
    assert numbers("003", 1) == [(True, 4, 4), (False, 15, 15)]
    assert [len(session.participations) for session in readings["000"].sessions] == [9, 4, 0, 4, 7, 8]
    assert [session.meeting_format for session in readings["001"].sessions] == ["Distanciel", "Les 2"]
    assert [len(session.facilitators) for session in readings["001"].sessions] == [4, 0]


def test_the_example_tells_who_took_part(example: Path) -> None:
    readings = [read_report(path) for path in sorted(example.glob("[!L]*.md"))]
    counted = [one for reading in readings for session in reading.sessions for one in session.participations]
    assert sum(one.participants or 0 for one in counted) == 4 + 15 + 5 + 3 + 2 + 3 + 116 + 2845
    assert sum(one.participants is None for one in counted) == 4
