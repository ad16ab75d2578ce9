"""The packaged summaries: their form, their decisions, and, with the reports at hand, their faithfulness."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest import read_document
from ingest.document import load
from ontology.folding import content_key, fold
from ontology.kinds import Kind
from tools.copied_passages import corpus_folder, passages, runs

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ingest" / "examples" / "egn"
SUMMARIES = sorted(path for path in FOLDER.glob("*.md") if path.name != "LISEZMOI.md")
HEADERS = {
    "RETEX | Irritants | Points forts",
    "Irritants principaux | Besoin | Axes d’amélioration ou leviers",
    "Axes d’amélioration principaux (Quoi) | Actions (Comment) | Acteurs mobilisés | Temporalité souhaitée"
    " | Indicateurs et facteurs de réussite",
    "L’expérience relatée | Ce qui a bien fonctionné | Ce qui n’a pas fonctionné | Des besoins identifiés"
    " | Des leviers identifiés",
    "Freins | Appui",
    "Difficultés rencontrées | Leviers | Exemples de réussites",
    "Expérience | Acteurs",
    "Objectifs | Échéance",
    "Actions à mener",
    "Questions débattues",
    "Ambitions",
    "Partenaires",
    "Les + du partenariat",
    "Bénéfices",
    "Perspectives",
}
OPTIONAL = {"Thématique concernée", "Territoire"}
SESSION = ("Date", "Lieu", "Territoire", "Format", "Thématique", "Participants", "Rencontres départementales")
REFERENCE = re.compile(r"(?P<name>[^;,]+?)(?: \d+(?: bis)?)?, l\. (?P<first>\d+)(?:-(?P<last>\d+))?")
# What opens, in a report, the part that a reference names; compared with folded lines.
OPENINGS = {
    "RETEX": "^retex [1-9]", "Diagnostic": "retex irritants points forts", "Synthèse": "irritants principaux besoin",
    "Plan d’action": "acteurs mobilises", "Relevé": "^l experience relatee", "Questions": "^les questions |^questions ",
    "Sujets": "^egal acces de tous|^freins?$|^appui$", "Réponses": "^comment lutter", "Freins": "^freins?$",
    "Appui": "^appui$", "Difficultés": "^quelles sont les difficultes", "Leviers": "^quels sont les leviers",
    "Réussites": "^exemples de reussites", "Expérience": "^presentation d une experience|^experiences d",
    "Conclusion": "^experiences d", "Contribution": "^retour d experience de", "Actions prévues": "^cette annee encore",
    "Projet": "^presentation du projet", "Objectifs à court terme": "^nos objectifs a court",
    "Objectifs à moyen terme": "^nos objectifs a moyen", "Objectifs à long terme": "^nos objectifs a long",
    "Ambition": "^nos objectifs a long", "Contexte": "^nos objectifs a long", "Principe": "^des phases a relier",
    "Étapes": "^un travail en reseau ouvert", "Phases": "^des phases a relier", "Partenaires": "^1 1 les partenaires$",
    "Convention": "^1 1 les partenaires$", "Ambitions": "^1 2 l ambition commune$", "Les +": "^les du partenariat$",
    "Table ronde": "table ronde la continuite", "Bénéfices": "^les benefices",
    "Perspectives": "perspectives pour le comite",
}  # fmt: skip
THEMES = ("un egal acces", "garantir un egal", "travailler ens", "gouvernance et", "numerique resp", "enseigner et")
BULLETED = {"Diagnostic", "Synthèse", "Plan d’action"}


class Grid(NamedTuple):
    """A pipe table; the rows are split in cells, the rule is left out."""

    headers: list[str]
    rows: list[list[str]]
    rule: str


class Place(NamedTuple):
    """One range of a reference; lines count from 1, both ends included."""

    name: str
    first: int
    last: int


def front_matter(path: Path) -> dict[str, str]:
    _, matter, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    return dict(line.split(": ", 1) for line in matter.splitlines())


def split(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]


def grids(path: Path) -> list[Grid]:
    blocks = re.findall(r"(?:^\|.*\n)+", path.read_text(encoding="utf-8"), re.MULTILINE)
    lines = [block.splitlines() for block in blocks]
    return [Grid(split(header), [split(row) for row in rows], rule) for header, rule, *rows in lines]


def items(cell: str) -> list[str]:
    return [item.removeprefix("▶").strip() for item in cell.split("<br>") if item]


def places(reference: str) -> list[Place]:
    found = [REFERENCE.fullmatch(part) for part in reference.split(" ; ")]
    return [Place(match["name"], int(match["first"]), int(match["last"] or match["first"])) for match in found if match]


def source(path: Path) -> list[str]:
    """Lines of the report that a summary stands for; skips the test when it is not at hand."""
    report = corpus_folder() / front_matter(path)["source"]
    if not report.is_file():
        pytest.skip(f"rapport source absent : {report.name} (dossier du corpus ou LEVIERS_CORPUS)")
    return report.read_text(encoding="utf-8").split("\n")


def labels() -> dict[Kind, set[str]]:
    found: dict[Kind, set[str]] = defaultdict(set)
    for mention in (mention for path in SUMMARIES for mention in read_document(load(path, path.name)).mentions):
        found[mention.kind].add(content_key(mention.kind, mention.text))
    return found


def decisions() -> list[dict[str, str]]:
    text = (FOLDER / "decisions.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


summary = pytest.mark.parametrize("path", SUMMARIES, ids=lambda path: path.stem)


def test_there_is_one_summary_for_each_source() -> None:
    assert len({front_matter(path)["source"] for path in SUMMARIES}) == len(SUMMARIES) == 5
    assert all(front_matter(path)["titre"] for path in SUMMARIES)


@summary
def test_tables_have_known_headers_and_even_rows(path: Path) -> None:
    for headers, rows, rule in grids(path):
        assert headers[-1] == "Réf."
        assert " | ".join(header for header in headers[:-1] if header not in OPTIONAL) in HEADERS
        assert rule == "|" + "---|" * len(headers)
        assert rows
        assert {len(row) for row in rows} == {len(headers)}


@summary
def test_nothing_stands_outside_tables_but_titles_and_facts(path: Path) -> None:
    _, _, body = path.read_text(encoding="utf-8").split("---\n", 2)
    blocks = re.split(r"^# .+\n", body, flags=re.MULTILINE)
    assert not blocks[0].strip()
    assert all(re.match(r"\n(?:Date|Territoire) : ", block) and "Territoire : " in block for block in blocks[1:])
    others = [line for line in body.splitlines() if line and line[0] not in "|#"]
    assert [line for line in others if line.split(" : ")[0] not in SESSION] == []


@summary
def test_cells_are_written_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "'" not in text
    assert text.endswith("|\n")
    for cell in (cell for grid in grids(path) for row in grid.rows for cell in row):
        parts = cell.split("<br>")
        assert all(part.startswith("▶ ") for part in parts) if len(parts) > 1 else "▶" not in cell
        assert all(0 < len(item.split()) <= 30 for item in items(cell))
        assert len(items(cell)) == len({fold(item) for item in items(cell)})


@summary
def test_each_row_says_something_and_where_it_comes_from(path: Path) -> None:
    for grid in grids(path):
        assert all(any(row[:-1]) for row in grid.rows)
        found = [places(row[-1]) for row in grid.rows]
        assert all(len(spots) == row[-1].count(", l. ") > 0 for spots, row in zip(found, grid.rows, strict=True))
        lines = [line for spots in found for spot in spots for line in (spot.first, spot.last)]
        assert lines == sorted(lines), grid.headers


@summary
def test_experiences_referred_to_by_number_are_told_before(path: Path) -> None:
    told: set[tuple[str, str]] = set()
    for headers, rows, _ in grids(path):
        for row in rows:
            theme = row[0] if headers[0] == "Thématique concernée" else ""
            if "Expérience" in headers:
                told.update((theme, name) for name in re.findall(r"^RETEX \d", row[headers.index("Expérience")]))
            elif "RETEX" in headers and re.match(r"RETEX \d", row[1]):
                assert {(theme, name) for name in row[1].split(", ")} <= told


def test_the_two_extractions_of_one_document_are_told_in_the_same_words() -> None:
    whole, part = (grids(FOLDER / f"{name}pays-de-la-loire-2020.md") for name in ("", "egal-acces-"))
    for one, other in zip(part, whole, strict=False):
        assert [row[:-1] for row in one.rows] == [row[:-1] for row in other.rows]


def test_decisions_are_about_labels_of_the_summaries() -> None:
    keys = labels()
    assert 60 <= len(decisions()) <= 200
    for decision in decisions():
        assert list(decision) == ["kind", "a", "b", "verdict", "who", "when", "note"]
        assert {decision["a"], decision["b"]} <= keys[Kind(decision["kind"])], decision["note"]
        assert decision["verdict"] in {"same", "close", "different"}
        assert 0 < len(decision["note"].split()) <= 12


def test_decisions_do_not_contradict_each_other() -> None:
    group = {key: key for decision in decisions() for key in (decision["a"], decision["b"])}
    for decision in decisions():
        if decision["verdict"] == "same":
            kept, dropped = group[decision["a"]], group[decision["b"]]
            group.update({key: kept for key, of in group.items() if of == dropped})
    apart = [decision for decision in decisions() if decision["verdict"] != "same"]
    assert [decision["note"] for decision in apart if group[decision["a"]] == group[decision["b"]]] == []
    assert len({frozenset((decision["a"], decision["b"])) for decision in decisions()}) == len(decisions())


@summary
def test_references_lead_to_the_part_of_the_report_they_name(path: Path) -> None:
    lines = source(path)
    folded = [fold(line) for line in lines]
    openings = [number for number, line in enumerate(folded, 1) if any(re.search(o, line) for o in OPENINGS.values())]
    for name, first, last in (spot for grid in grids(path) for row in grid.rows for spot in places(row[-1])):
        assert last <= len(lines)
        assert folded[first - 1], (name, first)
        assert folded[last - 1], (name, last)
        opening = max(number for number in openings if number < first + (name == "RETEX"))
        assert re.search(OPENINGS[name], folded[opening - 1]), (name, first, lines[opening - 1])


@summary
def test_every_bullet_of_a_row_has_its_label(path: Path) -> None:
    lines = source(path)
    for row in (row for grid in grids(path) for row in grid.rows):
        (name, first, last), *_ = places(row[-1])
        if name in BULLETED:
            text = re.sub(r"<[^<>]+>", " ", "\n".join(lines[first - 1 : last]))
            bullets = [bullet for part in re.split("[▶►]", text)[1:] if (bullet := fold(part))]
            said = [bullet for bullet in bullets if not bullet.startswith(THEMES)]
            assert len(said) == sum(len(items(cell)) for cell in row[1:-1]), row[-1]


@summary
def test_no_passage_of_the_reports_is_copied(path: Path) -> None:
    source(path)
    known = runs(sorted(corpus_folder().glob("*.txt")))
    assert list(passages(path.read_text(encoding="utf-8"), known)) == []


def check(root: Path, corpus: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-m", "tools.copied_passages", str(corpus), "--root", str(root)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_the_check_finds_what_is_copied_and_says_where(tmp_path: Path) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "depot"
    corpus.mkdir()
    root.mkdir()
    subprocess.run(["git", "init", "-q", "."], cwd=root, check=True)
    (corpus / "r.txt").write_text("Un deux trois quatre cinq six\nsept huit médico-\nsocial dix onze", encoding="utf-8")
    (root / ".gitignore").write_text("prive.md\n", encoding="utf-8")
    (root / "prive.md").write_text("un deux trois quatre cinq six sept huit médico-social\n", encoding="utf-8")
    (root / "bref.md").write_text("un deux trois quatre cinq six sept huit\n", encoding="utf-8")
    assert check(root, corpus).returncode == 0
    copied = "# Titre\n\n| UN | deux<br>trois quatre |\ncinq, six sept huit medico-social dix\n"
    (root / "b.md").write_text(copied, encoding="utf-8")
    found = check(root, corpus)
    assert found.returncode == 1
    assert "b.md:3: comme dans r.txt : « un deux trois quatre cinq six sept huit medico social dix »" in found.stdout
    assert "prive" not in found.stdout


def test_the_check_says_when_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    found = check(ROOT, tmp_path)
    assert found.returncode == 0
    assert found.stdout == "contrôle des copies : ignoré, aucun rapport source à portée\n"
