"""First pages of reports in forms of their own: who met, when, where and how, against what a person reads in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from session_forms import only, read, told

from ingest import read_report
from ontology import ID

if TYPE_CHECKING:
    from ontology import Session

FORMS = Path(__file__).parent / "sessions"
GOLD: dict[str, dict[str, Any]] = json.loads((FORMS / "gold.json").read_text(encoding="utf-8"))
# A name that is a common word, at the head of a title; a format told in a sentence.
BEYOND = {("somme.txt", "territory"), ("gard.txt", "format")}


def facts(session: Session) -> dict[str, Any]:
    return {
        "territory": (session.territory or "").rpartition("/")[2],
        "dates": list(session.dates),
        "place": session.place,
        "format": session.meeting_format,
        "facilitators": [role.removeprefix(f"{ID}actor/") for role in session.facilitators],
        "people": [[one.category, one.ticked, one.participants, one.establishments] for one in session.participations],
    }


@pytest.mark.parametrize("name", GOLD)
def test_first_pages(name: str, tmp_path: Path) -> None:
    """Seen once before any change made for them: 28 of 48 facts, then 25 of 30 on the last five."""
    page = (FORMS / name).read_text(encoding="utf-8")
    report = tmp_path / name
    report.write_text(page if "Freins" in page else f"{page}\n\nFreins\n\n- Réseau lent\n", encoding="utf-8")
    reading = read_report(report)
    (session,) = reading.sessions
    found = facts(session)
    assert {fact for fact in GOLD[name] if found[fact] != GOLD[name][fact]} <= {
        fact for form, fact in BEYOND if form == name
    }
    for one in session.participations:
        assert one.category.split()[0] in one.span.of(reading.text)


def test_signs_that_are_bullets_are_boxes_only_beside_their_other_half() -> None:
    assert told(only("Participants\n\n■ Élus : 3\n■ Familles : 2\n")) == [
        ("Élus", None, 3, None, "3"),
        ("Familles", None, 2, None, "2"),
    ]
    levels = only("Participants\n\n● Premier degré\n○ IEN : 3\n○ CPC : 2\n")
    assert {one.ticked for one in levels.participations} == {None}
    assert told(only("Participants\n\n□ Élus : 3\n■ Familles : 2\n")) == [
        ("Élus", False, 3, None, "3"),
        ("Familles", True, 2, None, "2"),
    ]
    assert only("Format : ○ présentiel ● distanciel\n").meeting_format == "distanciel"


def test_questions_of_a_plan_are_no_fields_of_a_session() -> None:
    text = "Freins\n\n- Salle fermée\n\nActions\n\n- Ouvrir la salle\n\nQuand ? le 15 janvier 2021\nOù ? salle 3\n"
    (session,) = read(text).sessions
    assert (session.dates, session.place) == ((), "")


@pytest.mark.parametrize("words", ["Qui anime ? Les ERUN", "Qui a animé : les ERUN"])
def test_who_leads_asked_for_at_the_head_of_a_report(words: str) -> None:
    assert only(f"Compte rendu du 3 mai 2021\n\n{words}\n").facilitators == (f"{ID}actor/erun",)


def test_a_table_of_numbers_by_category() -> None:
    session = only(
        "| Public | Effectif | Établissements |\n|---|---|---|\n| IEN | 2 | |\n| RUPN | 12 (dont 3 LP) | 9 |\n"
        "| Total | 14 | 9 |\n"
    )
    assert told(session) == [
        ("IEN", None, 2, None, "2"),
        ("RUPN", None, 12, 9, "12 (dont 3 LP) ; 9 (établissements)"),
    ]


def test_a_number_before_a_colon_is_no_day() -> None:
    assert only("Session 2 : les 7 et 8 décembre 2020\n").dates == ("2020-12-07", "2020-12-08")
