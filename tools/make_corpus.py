"""Writes a synthetic corpus: plausible reports in the layouts and formats that leviers reads, for measures.

Usage: python tools/make_corpus.py FOLDER [COUNT]      the same COUNT always gives the same files
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from make_variants import Report, as_docx, as_html, as_odt, as_pdf, from_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

_LACKS = "manque de|difficulté avec|absence de|peur de|trop de|pas assez de|coût de".split("|")
_ACTS = "former aux|partager les|acheter des|prêter des|harmoniser les|mutualiser les|accompagner vers les".split("|")
_THINGS = (
    "tablettes|ordinateurs|connexions|mots de passe|salles|outils|ressources|horaires|logiciels|imprimantes|réseaux"
)
_PLACES = "à l’école|au collège|au lycée|à la maison|dans la commune|en zone rurale|pendant les congés".split("|")
_ACTORS = "ERUN|RUPN|mairie|conseil d’école|parents d’élèves|DANE|réseau Canopé|IEN|familles".split("|")
_TIMES = "à la rentrée|moyen terme|année scolaire 2021-2022|dès mai|toute l’année".split("|")
_THEMES = (
    "Garantir un égal accès au numérique pour tous",
    "Travailler ensemble autrement",
    "Enseigner et apprendre avec le numérique",
)
_COUNTIES = "Sarthe|Mayenne|Vendée|Finistère|Gard|Isère|Nord|Var".split("|")


class Writer:
    """One report's words."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def said(self, openings: list[str]) -> str:
        """A statement."""
        pick = self.dice.choice
        text = f"{pick(openings)} {pick(_THINGS.split('|'))} {pick(_PLACES)}"
        return text[0].upper() + text[1:]

    def items(self, openings: list[str], most: int = 4) -> list[str]:
        """Several."""
        return [self.said(openings) for _ in range(self.dice.randint(1, most))]

    def rows(self, count: int) -> list[list[list[str]]]:
        """Rows of a plan: theme, axis, actions, actors, times, indicators."""
        pick = self.dice.choice
        return [
            [
                [pick(_THEMES)],
                [self.said(_ACTS)],
                self.items(_ACTS),
                self.dice.sample(_ACTORS, 3),
                [pick(_TIMES)],
                [f"Nombre de {pick(_THINGS.split('|'))} en service"],
            ]
            for _ in range(count)
        ]


def trame(writer: Writer) -> str:
    """The form's tables, cells parted by tabs."""
    lines = [
        "Trame de restitution\n",
        f"DSDEN de {writer.dice.choice(_COUNTIES)}\n",
        f"Date : {writer.dice.randint(1, 28)} octobre 2020\n",
        "Irritants\tBesoin\tLeviers",
    ]
    for _ in range(4):
        cells = [writer.items(_LACKS), writer.items(["besoin de"], 2), writer.items(_ACTS)]
        lines.append("\t".join(_bulleted(cell) for cell in cells))
    lines.append("\nPlan d’action\n\nThématique\tAxes\tActions\tActeurs\tÉchéance\tIndicateurs")
    lines += ["\t".join(_bulleted(cell) for cell in row) for row in writer.rows(4)]
    return "\n".join(lines) + "\n"


def notes(writer: Writer) -> str:
    """Notes of a meeting: freins, appuis."""
    lines = [f"REUNION DU BASSIN DE {writer.dice.choice(_COUNTIES).upper()}\n"]
    for subject in range(5):
        lines.append(f"Comment faire mieux, sujet {subject} ?\n")
        lines += [f"- {item}" for item in writer.items(_ACTS)]
        lines.append("\nFreins\n")
        lines += [f"- {item}" for item in writer.items(_LACKS)]
        lines.append("\nAppui :\n")
        lines += [f"- {item}" for item in writer.items(_ACTS)] + [""]
    return "\n".join(lines)


def bars(writer: Writer) -> str:
    """Markdown tables."""
    lines = ["# Atelier\n", "| Irritants | Points forts | Leviers |", "|---|---|---|"]
    for _ in range(8):
        cells = [writer.items(_LACKS), writer.items(["bon usage des"]), writer.items(_ACTS)]
        lines.append("| " + " | ".join("<br>".join(f"▶ {item}" for item in cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def lost(writer: Writer) -> str:
    """A table that lost its columns."""
    lines = ["Thématique concernée ", "", "Irritants principaux Besoin ", "Axes d’amélioration ou leviers ", ""]
    for _ in range(5):
        lines += [f"► {writer.dice.choice(_THEMES)} ", "", " ", ""]
        for cell in (writer.items(_LACKS), writer.items(["besoin de"], 2), writer.items(_ACTS)):
            for item in cell:
                lines += [f"► {item} ", ""]
            lines += [" ", ""]
    return "\n".join(lines) + "\n"


def printed(writer: Writer) -> str:
    """A table printed in columns, as a PDF's text with its layout kept."""
    width = 34
    lines = ["Synthèse des besoins & axes d’amélioration", ""]
    rows = [[["Irritants"], ["Besoin"], ["Axes d’amélioration ou leviers"]]]
    rows += [[writer.items(_LACKS), writer.items(["besoin de"], 2), writer.items(_ACTS)] for _ in range(6)]
    for number, row in enumerate(rows):
        cells = [[line for item in cell for line in _printed(item, width - 4, bullet=bool(number))] for cell in row]
        for line in range(max(map(len, cells))):
            shown = (cell[line] if line < len(cell) else "" for cell in cells)
            lines.append("".join(text.ljust(width) for text in shown).rstrip())
        lines.append("")
    return "\n".join(lines) + "\n"


def document(writer: Writer) -> Report:
    """The form's tables, as a word processor has them."""
    names = ["Thématique", "Axes (Quoi)", "Actions (Comment)", "Acteurs mobilisés", "Quand", "Indicateurs"]
    rows = [["<br>".join(f"▶ {item}" for item in cell) for cell in row] for row in writer.rows(5)]
    plan = ["| " + " | ".join(row) + " |" for row in (names, ["---"] * len(names), *rows)]
    title = f"# Trame de restitution\n\nDSDEN de {writer.dice.choice(_COUNTIES)}\n"
    return from_markdown("\n".join([title, bars(writer), "## Plan d’action\n", *plan]) + "\n")


def _printed(item: str, width: int, *, bullet: bool) -> list[str]:
    lines = wrap(item, width)
    return [("• " if not n else "  ") * bullet + line for n, line in enumerate(lines)]


def _bulleted(items: list[str]) -> str:
    return " ".join(f"▶ {item}" for item in items)


TEXTS: dict[str, Callable[[Writer], str]] = {
    "trame.txt": trame,
    "notes.txt": notes,
    "barres.md": bars,
    "perdu.txt": lost,
    "colonnes.txt": printed,
}
FILES: dict[str, Callable[[Report], str | bytes]] = {
    "page.html": as_html,
    "texte.docx": as_docx,
    "texte.odt": as_odt,
    "imprime.pdf": as_pdf,
}


def write(folder: Path, count: int, *, texts_only: bool = False) -> None:
    """Reports in turn of each layout and format."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [*TEXTS] if texts_only else [*TEXTS, *FILES]
    for number in range(count):
        name = kinds[number % len(kinds)]
        stem, ending = name.split(".")
        writer = Writer(number)
        content = TEXTS[name](writer) if name in TEXTS else FILES[name](document(writer))
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / f"{number:05d}-{stem}.{ending}").write_bytes(raw)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
