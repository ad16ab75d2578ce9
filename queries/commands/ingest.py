"""`leviers ingest`: reports into the graph."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontology import LeviersError, Reason
from queries.context import Context, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.reconcile import Decision
    from ontology import Aside, Reading
    from queries.loading import Report

_UNPLACED = {Reason.LAYOUT, Reason.UNKNOWN_TABLE}
_SHOWN = 90  # characters of a passage


@click.command(
    epilog="""\b
Exemples :
  leviers ingest comptes-rendus/
  leviers ingest atelier.txt bassin.md --details
  leviers ingest comptes-rendus/ --decisions rapprochements.jsonl --strict
"""
)
@click.argument("paths", metavar="CHEMIN…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--decisions",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Rapprochements décidés, en lignes JSON ; la base s’en souvient.",
)
@click.option("--no-decisions", is_flag=True, help="Laisse de côté les rapprochements livrés avec leviers.")
@click.option("--details", is_flag=True, help="Liste chaque passage laissé de côté, avec sa ligne et la raison.")
@click.option("--strict", is_flag=True, help="Échoue si un fichier ou un passage de tableau n’a pas pu être lu.")
@click.pass_obj
def command(
    obj: Context, paths: Sequence[Path], decisions: Path | None, no_decisions: bool, details: bool, strict: bool
) -> None:
    """Lit des comptes rendus (fichiers ou dossiers) et les charge dans le graphe.

    Chaque puce, chaque case de tableau est rangée avec sa place exacte, ou listée avec la raison pour laquelle elle
    ne l’est pas. Relire le même fichier ne change rien ; un fichier modifié remplace ce qui venait de lui.
    """
    from queries.loading import ingest

    report = ingest(obj.address, paths, decisions=_own(decisions), shipped=not no_decisions, progress=_progress)
    for reading in sorted(report.readings, key=lambda one: one.name):
        _tell(reading, report, details=details)
    _conclude(obj, report)
    unplaced = sum(len(_unplaced(reading)) for reading in report.readings)
    if report.problems:
        raise LeviersError(f"{_many(len(report.problems), 'fichier non lu', 'fichiers non lus')}, le reste est chargé")
    if strict and unplaced:
        left = _many(unplaced, "passage de tableau non rangé", "passages de tableaux non rangés")
        raise LeviersError(f"--strict : {left} (voir --details)")


def _own(path: Path | None) -> tuple[Decision, ...]:
    if path is None:
        return ()
    from graph.reconcile import read_decisions

    try:
        return read_decisions(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        raise LeviersError(f"{path} : fichier de décisions illisible ({error.strerror})") from None
    except UnicodeDecodeError:
        raise LeviersError(f"{path} : le fichier de décisions doit être en UTF-8") from None


def _progress(reports: Sequence[tuple[Path, str]]) -> Iterable[tuple[Path, str]]:
    if not sys.stderr.isatty() or len(reports) < 2:
        yield from reports
        return
    with click.progressbar(
        reports, label="Lecture", file=sys.stderr, item_show_func=lambda one: one[1] if one else ""
    ) as bar:
        yield from bar


def _tell(reading: Reading, report: Report, *, details: bool) -> None:
    state = (
        "inchangé"
        if reading.name in report.outcome.unchanged
        else "remplacé"
        if reading.name in report.outcome.changed
        else "chargé"
    )
    counts = (
        _many(len(reading.rows), "ligne", "lignes"), _many(len(reading.mentions), "énoncé", "énoncés"),
        _many(len(reading.asides), "passage laissé de côté", "passages laissés de côté"),
    )  # fmt: skip
    click.echo(f"{reading.name} : {state} ; {', '.join(counts)}")
    for warning in reading.warnings:
        click.echo(f"  attention : {warning}")
    reasons = Counter(aside.reason for aside in reading.asides)
    if unplaced := _unplaced(reading):
        said = ", ".join(f"{reasons[reason]} « {reason} »" for reason in sorted(_UNPLACED & set(reasons)))
        click.echo(f"  non rangés : {said} (lignes {unplaced[0].line} à {unplaced[-1].line})")
    if details:
        for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
            click.echo(f"  {reason} ({count})")
            for aside in reading.asides:
                if aside.reason is reason and aside.text:
                    click.echo(f"    l. {aside.line} : {_cut(aside.text)}")


def _conclude(obj: Context, report: Report) -> None:
    outcome = report.outcome
    for problem in report.problems:
        say(f"Non lu : {problem}")
    for part, work in sorted(outcome.works.items()):
        if part in {*outcome.added, *outcome.changed}:
            click.echo(f"{part} reprend {work}, qui fait référence : ce qu’ils disent tous deux compte une fois")
    for decision in outcome.contradictions:
        why = decision.note or decision.who
        say(f"Décision contredite, non suivie : {decision.kind} {decision.a} = {decision.b} (« {why} »)")
    done = ((outcome.added, "nouveau"), (outcome.changed, "remplacé"), (outcome.unchanged, "inchangé"))
    parts = [_many(len(names), word, f"{word}{'x' if word.endswith('u') else 's'}") for names, word in done if names]
    from graph.backends import folder_of

    where = obj.address if obj.address == "memory:" else folder_of(obj.address)
    click.echo(
        f"{_many(len(report.readings), 'compte rendu', 'comptes rendus')} ({', '.join(parts)}) dans la base {where}"
    )


def _unplaced(reading: Reading) -> list[Aside]:
    return [aside for aside in reading.asides if aside.reason in _UNPLACED]


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count < 2 else several}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"
