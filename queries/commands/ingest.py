"""`leviers ingest`: reports into the graph."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontology import LeviersError
from queries.context import Context, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from queries.loading import Deciding, Report, Summary

_YOUNG = 200_000  # objects before a search for cycles, of which readings have few: it took a twentieth of the time
_NAMED = 5
_KEYS = 5  # keys that name nothing, of which a file may hold hundreds
_SHOWN = 90  # characters of a passage


@click.command(
    epilog="""\b
Exemples :
  leviers ingest comptes-rendus/
  leviers ingest atelier.txt bassin.md --details
  leviers ingest comptes-rendus/ --decisions rapprochements.jsonl --strict
  leviers ingest --decisions rapprochements.jsonl
"""
)
@click.argument("paths", metavar="[CHEMIN…]", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--decisions",
    metavar="FICHIER",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rapprochements décidés, en lignes JSON ; la base s’en souvient. Peut être répété ; sans CHEMIN, s’applique à "
    "ce que la base contient.",
)
@click.option("--no-decisions", is_flag=True, help="Laisse de côté les rapprochements livrés avec leviers.")
@click.option("--details", is_flag=True, help="Liste chaque passage laissé de côté, avec sa ligne et la raison.")
@click.option("--strict", is_flag=True, help="Échoue si un fichier ou un passage de tableau n’a pas pu être lu.")
@click.option("--no-semantic", is_flag=True, help="Charge sans le modèle de langue : plus vite, par les mots seuls.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 8),
    show_default="un par cœur",
    help="Processus de lecture.",
)
@click.pass_obj
def command(
    obj: Context,
    paths: Sequence[Path],
    decisions: Sequence[Path],
    no_decisions: bool,
    details: bool,
    strict: bool,
    no_semantic: bool,
    jobs: int,
) -> None:
    """Lit des comptes rendus (fichiers ou dossiers) et les charge dans le graphe.

    Chaque puce, chaque case de tableau est rangée avec sa place exacte, ou listée avec la raison pour laquelle elle
    ne l’est pas. Relire le même fichier ne change rien ; un fichier modifié remplace ce qui venait de lui.
    """
    gc.set_threshold(_YOUNG)

    from queries.loading import decide, ingest
    from queries.reviewing.files import read_files

    if not paths and not decisions:
        raise click.UsageError("donnez des fichiers ou des dossiers à lire, ou --decisions FICHIER")
    broken: list[str] = []
    own = read_files(decisions, broken)
    shipped = not no_decisions
    if paths:
        report = ingest(
            obj.address,
            paths,
            decisions=own,
            shipped=shipped,
            jobs=jobs,
            details=details,
            progress=_progress,
            meaning=None if no_semantic else tell_meaning,
            say=say,
        )
    else:
        report = decide(obj.address, own, shipped=shipped)
    for summary in sorted(report.summaries, key=lambda one: one.name):
        _tell(summary, report, details=details)
    tell_decisions(report.deciding, broken)
    _conclude(obj, report)
    _refuse(report, broken)
    if report.summaries and not details:
        say("Pour la suite : « leviers query » ; les passages laissés de côté : --details.")
    if strict and report.outcome.unplaced:
        left = _many(report.outcome.unplaced, "passage de tableau non rangé", "passages de tableaux non rangés")
        raise LeviersError(f"--strict : {left} (voir --details)")


def _refuse(report: Report, broken: Sequence[str]) -> None:
    """Fail where files or decisions could not be read.

    Raises:
        LeviersError: some could not; the rest is loaded.
    """
    wrong = [
        _many(len(lines), one, several)
        for lines, one, several in (
            (report.problems, "fichier non lu", "fichiers non lus"),
            (broken, "ligne de décisions non lue", "lignes de décisions non lues"),
        )
        if lines
    ]
    if wrong:
        raise LeviersError(f"{', '.join(wrong)}, le reste est chargé")


def tell_decisions(deciding: Deciding | None, broken: Sequence[str]) -> None:
    """Say what became of the decisions that were given, and what is wrong with them; ``broken`` lines are not read."""
    for line in (*broken, *(deciding.broken if deciding else ())):
        say(f"Non lue : {line}")
    if deciding is None:
        return
    for line in deciding.strangers[:_KEYS]:
        say(f"Clé inconnue : {line}")
    if len(deciding.strangers) > _KEYS:
        say(f"… et {len(deciding.strangers) - _KEYS} autres clés inconnues (« leviers check --all » les liste)")
    for line in deciding.contradictions:
        say(f"Décision contredite : {line}")
    if deciding.given:
        known = deciding.given - deciding.news
        already = f", {_many(known, 'déjà connue', 'déjà connues')}" if known else ""
        click.echo(f"Décisions : {_many(deciding.news, 'nouvelle', 'nouvelles')}{already}")


def _progress(names: Iterator[str], count: int) -> Iterable[str]:
    if not sys.stderr.isatty() or count < 2:
        yield from names
        return
    with click.progressbar(names, length=count, label="Lecture", file=sys.stderr, item_show_func=str) as bar:
        yield from bar


def tell_meaning(done: int, count: int) -> None:
    """Show how far the language model has come."""
    if sys.stderr.isatty():
        click.echo(f"\rModèle de langue : {done} énoncés sur {count}", nl=done == count, err=True)


def _tell(summary: Summary, report: Report, *, details: bool) -> None:
    counts = (
        _many(summary.rows, "ligne", "lignes"),
        _many(summary.mentions, "énoncé", "énoncés"),
        _many(summary.reasons.total(), "passage laissé de côté", "passages laissés de côté"),
    )
    state = "remplacé" if summary.name in report.outcome.changed else "chargé"
    click.echo(f"{summary.name} : {state} ; {', '.join(counts)}")
    for warning in summary.warnings:
        click.echo(f"  attention : {warning}")
    if summary.doubtful:
        click.echo(f"  {_many(summary.doubtful, 'colonne douteuse', 'colonnes douteuses')} (voir « leviers check »)")
    if summary.unplaced:
        from queries.loading import UNPLACED

        said = ", ".join(
            f"{summary.reasons[reason]} « {reason} »" for reason in sorted(UNPLACED & set(summary.reasons))
        )
        click.echo(f"  non rangés : {said} (lignes {summary.unplaced[0]} à {summary.unplaced[1]})")
    if details:
        _detail(summary)


def _detail(summary: Summary) -> None:
    for reason, count in sorted(summary.reasons.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"  {reason} ({count})")
        for aside in summary.asides:
            if aside.reason is reason and aside.text:
                click.echo(f"    l. {aside.line} : {_cut(aside.text)}")


def _conclude(obj: Context, report: Report) -> None:
    outcome = report.outcome
    for problem in report.problems:
        say(f"Non lu : {' '.join(problem.split())}")
    if report.left:
        names = f"{', '.join(report.left[:_NAMED])}{', …' if len(report.left) > _NAMED else ''}"
        many = _many(
            len(report.left), "fichier d’un format qui n’est pas lu", "fichiers de formats qui ne sont pas lus"
        )
        say(f"Laissé de côté : {many} ({names}) ; à exporter en .docx, .odt ou .pdf")
    for part, work in sorted(outcome.works.items()):
        if part in {*outcome.added, *outcome.changed}:
            click.echo(f"{part} reprend {work}, qui fait référence : ce qu’ils disent tous deux compte une fois")
    done = ((outcome.added, "nouveau"), (outcome.changed, "remplacé"), (outcome.unchanged, "inchangé"))
    parts = [_many(len(names), word, f"{word}{'x' if word.endswith('u') else 's'}") for names, word in done if names]
    from graph.backends import folder_of

    where = obj.address if obj.address == "memory:" else folder_of(obj.address)
    read = _many(len(report.summaries) + len(outcome.unchanged), "compte rendu", "comptes rendus")
    if parts:
        click.echo(f"{read} ({', '.join(parts)}) dans la base {where}")
    else:
        click.echo(f"Base mise à jour : {where}")


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count < 2 else several}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"
