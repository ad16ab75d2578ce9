"""Sessions and those who took part: each shape of the form is read as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_forms import LINES, TABLE, only, read, told

from ingest import read_report
from ingest.sessions.participants import number_in
from ontology import ID

if TYPE_CHECKING:
    from pathlib import Path


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
