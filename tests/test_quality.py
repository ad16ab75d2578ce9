"""What the page is told of a graph's quality: remarks with their elements, shared out, cut, and those of `check`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import networkx as nx
from browser import invented, remark, remarks
from typed import run

from ontology import ID, Kind, concept_iri
from viz import draw
from viz.remarks import LIMIT, LONGEST, quality_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WORKSHOP = """\
# Atelier d’essai

Territoire : {territory}

Irritants\tLeviers\tActeurs à mobiliser
• Réparer {what}\t• Prêter {what}\t• Brigade XQZT
"""


def data_of(page: str) -> dict[str, Any]:
    """What the data block holds."""
    return dict(json.loads(page.partition('id="data">')[2].partition("</script>")[0]))


def test_remarks_point_to_elements_of_the_page() -> None:
    data = data_of(draw(invented(quality=remarks())))
    quality, texts = data["quality"], data["texts"]
    assert [texts[title] for title in quality["titles"]] == ["Sujet citation", "Sujet acteur", "Sujet colonne"]
    assert quality["topic"] == [0, 1, 2, 2, 2]
    assert quality["totals"] == [1, 1, 3]
    ids = [data["nodes"]["id"][rank] if rank >= 0 else "" for rank in quality["element"]]
    irritants = [
        concept_iri(Kind.IRRITANT, text).removeprefix(ID) for text in ("Salle fermée le samedi", "Affichage illisible")
    ]
    assert ids == ["", "actor/gardien-de-la-salle", *irritants, ""]


def test_no_remark_is_not_the_same_as_no_look() -> None:
    assert data_of(draw(invented()))["quality"] is None
    assert data_of(draw(invented(quality=[])))["quality"]["topic"] == []


def test_each_topic_keeps_its_share_and_what_is_broken_stays() -> None:
    said = [remark("a", f"a {rank}") for rank in range(LIMIT * 2)]
    said += [remark("b", f"b {rank}", blocking=rank == 900) for rank in range(901)]
    said += [remark("c", "c")]
    quality = quality_of(said, {})
    assert len(quality.remarks) == LIMIT
    assert quality.total == len(said)
    assert [topic.total for topic in quality.topics] == [1000, 901, 1]
    shown = [[each.text for each in quality.remarks if each.topic == topic] for topic in range(3)]
    assert shown[1][0] == "b 900"
    assert shown[2] == ["c"]
    assert shown[0] == [f"a {rank}" for rank in range(len(shown[0]))]
    assert abs(len(shown[0]) - len(shown[1])) <= 1


def test_long_remarks_are_cut() -> None:
    said = [remark("lecture", f"{rank} {'mot ' * 5000}", advice="é" * 5000) for rank in range(600)]
    quality = quality_of(said, {})
    assert {len(each.text) <= LONGEST and each.text.endswith("…") for each in quality.remarks} == {True}
    grown = len(draw(invented(quality=said)).encode()) - len(draw(invented()).encode())
    assert grown < 160_000


def test_an_empty_graph_tells_of_its_remarks() -> None:
    page = draw(nx.MultiDiGraph(quality=[remark("lecture", "Tableau perdu"), remark("lecture", "Autre tableau")]))
    assert "2 points à regarder" in page
    assert "leviers check --all" in page
    assert "à regarder" not in draw(nx.MultiDiGraph())


def shown_by(page: Path) -> tuple[list[tuple[str, int, str]], list[tuple[str, str]]]:
    """The remarks of a page as document, line and words; and the words of those about an element, with its identifier.

    Raises:
        TypeError: the page has none.
    """
    data = data_of(page.read_text(encoding="utf-8"))
    quality, texts = data["quality"], data["texts"]
    words = [texts[text] for text in quality["text"]]
    documents = [texts[document] for document in quality["document"]]
    about = [
        (text, data["nodes"]["id"][rank]) for text, rank in zip(words, quality["element"], strict=True) if rank >= 0
    ]
    return list(zip(documents, quality["line"], words, strict=True)), about


def test_the_page_shows_what_check_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = {"un.txt": ("Vendée", "des tablettes"), "deux.txt": ("Sarthe", "des souris")}
    for name, (territory, what) in places.items():
        (tmp_path / name).write_text(WORKSHOP.format(territory=territory, what=what), encoding="utf-8")
    assert run(capsys, "ingest", *(str(tmp_path / name) for name in places))[0] == 0
    said = json.loads(run(capsys, "check", "--no-shapes", "--format", "json")[1])["remarks"]
    assert {"acteur", "colonne"} <= {each["topic"] for each in said}
    assert "vue « Qualité » de la page" in run(capsys, "check", "--no-shapes")[2]
    page = tmp_path / "p.html"
    assert run(capsys, "viz", "-o", str(page))[0] == 0
    shown, about = shown_by(page)
    assert sorted(shown) == sorted((each["document"], each["line"], each["text"]) for each in said)
    for words in ("Réparer des tablettes", "Réparer des souris"):
        assert (words, concept_iri(Kind.IRRITANT, words).removeprefix(ID)) in about
    assert any(identifier.startswith("actor/") for _, identifier in about)
    assert run(capsys, "viz", "--territoire", "vendée", "-o", str(page))[0] == 0
    assert {document for document, _, _ in shown_by(page)[0] if document} == {"un.txt"}


def test_a_sound_graph_has_a_page_that_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sain.txt").write_text("Irritants\tLeviers\n• Zones blanches\t• Prêter\n", encoding="utf-8")
    assert run(capsys, "ingest", str(tmp_path / "sain.txt"))[0] == 0
    _, out, err = run(capsys, "check", "--no-shapes")
    assert "Rien à signaler" in out
    assert "Qualité" not in err
    assert run(capsys, "viz", "-o", str(tmp_path / "p.html"))[0] == 0
    assert shown_by(tmp_path / "p.html") == ([], [])
