"""Reports of several blocks in one file: each statement has the territory and the day of its own block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest import read_report
from ingest.prose.blocks import ends_part, rank_of, territory_alone
from ingest.words.themes import theme_of
from ontology import compact

if TYPE_CHECKING:
    from pathlib import Path

COUNTIES = [
    ("Vendée", "85", "28 septembre 2020"),
    ("Mayenne", "53", "6 octobre 2020"),
    ("Sarthe", "72", "14 octobre 2020"),
]
TITLES = [
    "{county}",
    "{county} ({code})",
    "{rank}. {county}",
    "Annexe {rank} – {county}",
    "Département de la {county}",
    "Territoire : {county}",
    "DSDEN de la {county} – {day}",
    "Synthèse de l’atelier de la {county} ({day})",
]


def report(title: str, level: str) -> str:
    blocks = []
    for rank, (county, code, day) in enumerate(COUNTIES, 1):
        head = f"{level}{title.format(county=county, code=code, rank=rank, day=day)}\n\n"
        met = "" if "{day}" in title else f"Rencontre du {day}\n\n"
        blocks.append(
            f"{head}{met}{level}Freins\n- réseau lent {code}\n\n{level}Leviers\n- câbler les classes {code}\n\n"
        )
    return f"{level[1:]}Contribution de l’académie de Nantes\n\n" + "".join(blocks)


@pytest.mark.parametrize("level", ["", "## "])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_names_a_territory_opens_a_block(title: str, level: str, tmp_path: Path) -> None:
    path = tmp_path / ("blocs.md" if level else "blocs.txt")
    path.write_text(report(title, level), encoding="utf-8")
    reading = read_report(path)
    days = {session.id: session.dates for session in reading.sessions}
    told = [(one.text[-2:], reading.row(one.row)) for one in reading.mentions]
    found = {(code, compact(row.territory or "").rpartition("/")[2], *days[row.session]) for code, row in told}
    assert found == {
        ("85", "vendee", "2020-09-28"),
        ("53", "mayenne", "2020-10-06"),
        ("72", "sarthe", "2020-10-14"),
    }


def test_a_part_that_names_no_territory_is_of_what_stands_around(tmp_path: Path) -> None:
    path = tmp_path / "parties.md"
    path.write_text(
        "# Contribution de l’académie de Nantes\n\n## Sarthe\n\n### Freins\n- réseau lent\n\n"
        "## Suites communes\n\n### Leviers\n- câbler les classes\n",
        encoding="utf-8",
    )
    reading = read_report(path)
    told = [compact(reading.row(one.row).territory or "").rpartition("/")[2] for one in reading.mentions]
    assert told == ["sarthe", "academie-de-nantes"]


def test_titles_are_numbered_one_after_the_other() -> None:
    assert ends_part(rank_of("2.1 Nièvre"), rank_of("3. Suites"))
    assert ends_part(rank_of("II. Nièvre"), rank_of("III. Suites"))
    assert not ends_part(rank_of("2. Nièvre"), rank_of("2.1 Freins"))
    assert not ends_part(rank_of("2. Nièvre"), rank_of("1. Freins"))


def test_what_only_sounds_like_a_territory_is_none() -> None:
    assert [territory_alone(words) for words in ("Réunion", "Plan d’action de la Sarthe", "Synthèse", "Le Mans")] == [
        None
    ] * 4


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("Thème B : apprendre et enseigner grâce au numérique", "enseigner-apprendre"),
        ("Thématique 3 – décider et piloter à plusieurs", "gouvernance"),
        ("Ce que les équipes ont fait", ""),
        ("Thème 2 : divers", ""),
    ],
)
def test_a_theme_is_told_by_words_that_only_one_has(words: str, theme: str) -> None:
    found = theme_of(words)
    assert (found.id.rpartition("/")[2] if found else "") == theme
