"""Looks for passages of the source reports in the files of the repository.

Usage: ``python tools/copied_passages.py [CORPUS]``. The corpus is the folder given, else the one that
``LEVIERS_CORPUS`` names, else ``../shared/corpus`` beside the repository. The reports are not ours to copy:
nine consecutive words, compared after folding, are a passage. Exit code 1 when there is one.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ontology.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
SIZE = 9
_LINE_END_HYPHEN = re.compile(r"-[ \t]*\n")


class Passage(NamedTuple):
    """Words found in a report; ``line`` counts from 1, where the passage starts."""

    line: int
    report: str
    words: str


def corpus_folder(given: str | None = None) -> Path:
    """Where the reports should be; the folder may not exist."""
    named = given or os.environ.get("LEVIERS_CORPUS")
    return Path(named).resolve() if named else ROOT.parent / "shared" / "corpus"


def runs(reports: Iterable[Path]) -> dict[tuple[str, ...], str]:
    """Each run of nine words of the reports, with the name of the first report that holds it.

    A word cut at the end of a line is read both whole and in two, as printed text does not tell which it is.
    """
    known: dict[tuple[str, ...], str] = {}
    for report in reports:
        text = report.read_text(encoding="utf-8")
        for reading in (text, _LINE_END_HYPHEN.sub("- ", text)):
            words = fold(reading).split()
            for start in range(len(words) - SIZE + 1):
                known.setdefault(tuple(words[start : start + SIZE]), report.name)
    return known


def passages(text: str, known: dict[tuple[str, ...], str]) -> Iterator[Passage]:
    """The passages of a text that are in the reports, each as long as it goes."""
    placed = [(word, number) for number, line in enumerate(text.splitlines(), 1) for word in fold(line).split()]
    words = [word for word, _ in placed]
    start = 0
    while start <= len(words) - SIZE:
        report = known.get(tuple(words[start : start + SIZE]))
        if report is None:
            start += 1
            continue
        end = start + SIZE
        while end < len(words) and tuple(words[end - SIZE + 1 : end + 1]) in known:
            end += 1
        yield Passage(placed[start][1], report, " ".join(words[start:end]))
        start = end


def files(root: Path) -> Iterator[Path]:
    """Files that git tracks or would track, the ignored ones left out.

    Raises:
        click.ClickException: the folder is no git repository.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if listed.returncode:
        raise click.ClickException(f"{root} n’est pas un dépôt git : la liste des fichiers à contrôler manque.")
    for name in sorted(set(listed.stdout.decode("utf-8", "surrogateescape").split("\0"))):
        if name and (root / name).is_file():
            yield root / name


def texts(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The files that are text, with what they hold."""
    for path in paths:
        try:
            yield path, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            continue


@click.command()
@click.argument("corpus", required=False)
@click.option("--root", type=click.Path(file_okay=False, path_type=Path), default=ROOT, help="Dépôt à contrôler.")
def main(corpus: str | None, root: Path) -> None:
    """Cherche dans le dépôt les passages repris mot pour mot des rapports de CORPUS."""
    folder = corpus_folder(corpus)
    reports = sorted(folder.rglob("*.txt"))
    if not reports:
        click.echo("contrôle des copies : ignoré, aucun rapport source à portée")
        return
    known = runs(reports)
    checked = found = 0
    for path, text in texts(path for path in files(root) if not path.resolve().is_relative_to(folder)):
        checked += 1
        for passage in passages(text, known):
            found += 1
            name = path.relative_to(root).as_posix()
            click.echo(f"{name}:{passage.line}: comme dans {passage.report} : « {passage.words} »")
    if found:
        click.echo(f"contrôle des copies : {found} passage(s) de {SIZE} mots ou plus, à redire avec d’autres mots")
        raise SystemExit(1)
    click.echo(f"contrôle des copies : rien de repris ({checked} fichiers lus, {len(reports)} rapports)")


if __name__ == "__main__":
    main()
