"""Those who took part, in the archive, in the graph and in the quality remarks; no name of a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from session_forms import TABLE, read

from graph.archive import Archive, from_json, to_json
from graph.library import Library
from graph.memory import MemoryStore
from graph.rdf import document_lines
from ontology import ID, LV, Participation
from queries.quality import inspect

if TYPE_CHECKING:
    from pathlib import Path


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
