"""Who met, where and when, as coordinators write it in forms of their own."""

from __future__ import annotations

import pytest
from test_everyday_forms import read, rows

from ingest.sessions.meetings import met
from ontology import compact


@pytest.mark.parametrize(
    ("line", "place", "form"),
    [
        ("Arras, le 6 octobre 2020 - 14h/17h - salle des commissions", "Arras, salle des commissions", ""),
        ("Lycée de Tarbes, jeudi 15 octobre 2020 (en présence)", "Lycée de Tarbes", "en présence"),
        ("Atelier du vendredi 9 octobre 2020, à distance, 42 personnes", "", "à distance"),
        ("Présentée le 14/10/2020 à Laval", "Laval", ""),
        ("Compte rendu de la séance du 8 octobre 2020", "", ""),
    ],
)
def test_a_line_with_a_date_tells_where_and_how(line: str, place: str, form: str) -> None:
    assert met(line) == (place, form)


def test_several_fields_in_one_line() -> None:
    (session,) = read("Date : 15/10/2020 | Lieu : Agen | Format : distanciel\n\nFreins\n\n- coût\n").sessions
    assert (session.dates, session.place, session.meeting_format) == (("2020-10-15",), "Agen", "distanciel")


def test_counts_that_name_what_they_count() -> None:
    (session,) = read(
        "Présents :\n[x] Équipes du premier degré ........ 14 participants (9 écoles)\n[ ] Chercheurs ..... -\n"
        "[x] Élus : 3 participants\n\nFreins\n\n- coût\n"
    ).sessions
    assert [(one.ticked, one.participants, one.establishments) for one in session.participations] == [
        (True, 14, 9),
        (False, None, None),
        (True, 3, None),
    ]


def test_a_file_of_several_bassins() -> None:
    reading = read(
        "REMONTÉES DES BASSINS\n\nBASSIN DE CHÂTELLERAULT\n12 octobre 2020\nFreins\n- coût\n\n"
        "BASSIN DE MONTMORILLON\n15 octobre 2020\nFreins\n- distance\n"
    )
    assert [session.dates for session in reading.sessions] == [("2020-10-12",), ("2020-10-15",)]
    assert rows(reading) == [1, 2]


def test_the_theme_of_a_heading_ends_with_its_part() -> None:
    reading = read(
        "# Bilan\n\n## Thème 2 : Travailler ensemble autrement\n\n### Freins\n\n- coût\n\n"
        "## Suites\n\n### Actions\n\n- écrire\n"
    )
    themes = [reading.row(mention.row).theme for mention in reading.mentions]
    assert [theme and compact(theme) for theme in themes] == ["id:theme/travailler-ensemble", None]
