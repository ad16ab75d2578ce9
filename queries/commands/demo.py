"""`leviers demo`: from nothing to an answer and a page, on the packaged example."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontology import LV, PREFIXES, LeviersError, NotAStore
from queries.context import Context, say

if TYPE_CHECKING:
    from collections.abc import Callable

_IRRITANT = "zones blanches"


@click.command(
    epilog="""\b
Exemples :
  leviers demo
  leviers demo --semantic
  leviers demo --store ma-base -o page.html
"""
)
@click.option(
    "-o",
    "--output",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("leviers-demo.html"),
    help="Page à écrire (par défaut : leviers-demo.html).",
)
@click.option(
    "--semantic",
    is_flag=True,
    help="Apprend aussi le sens des énoncés, pour « search » : 10 s, une fois (extra « semantic »).",
)
@click.pass_obj
def command(obj: Context, output: Path, *, semantic: bool) -> None:
    """Construit le graphe d’exemple, répond à la question phare et écrit la page. Sans serveur, en quelques secondes.

    L’exemple : cinq résumés des comptes rendus de 2015 et 2020, et les rapprochements décidés entre leurs énoncés.
    La base d’essai est à part : celle de l’utilisateur n’est pas touchée.
    """
    from queries.commands.ingest import tell_meaning
    from queries.commands.viz import write_page
    from queries.pages import page, readings_of

    _load(obj, tell_meaning if semantic else None)
    _count(obj)
    _answer(obj, "acteurs-pour-irritant", "irritant", _IRRITANT)
    for lever in _levers(obj):
        _answer(obj, "echeances-pour-levier", "levier", lever)
        _answer(obj, "indicateurs-pour-levier", "levier", lever)
    archive = readings_of(obj.address)
    write_page(output, page(obj.store(), title="Irritants, leviers, acteurs : l’exemple", archive=archive))
    click.echo(f"La page du graphe : {output.resolve()}")
    leviers = _command()
    click.echo(f'\nÀ vous :\n  {leviers} query --store "{obj.address}"')
    click.echo(f'  {leviers} search --store "{obj.address}" "prêter des ordis"')
    click.echo(f"  {leviers} ingest MES-COMPTES-RENDUS/")
    if hint := _meaning(obj, leviers):
        click.echo(hint)


def _meaning(obj: Context, leviers: str) -> str:
    """What search would gain by the language model; nothing where it has it already."""
    from graph.search.filling import index_of
    from graph.semantic import installed

    with index_of(obj.store()) as index:
        if not index.unvectored():
            return ""
    gain = "la recherche comprend aussi le sens"
    if installed():
        return f"Avec « {leviers} demo --semantic », {gain} (10 s, une fois)."
    return f'Avec l’extra « semantic » (pip install "leviers[semantic]"), {gain}.'


def _load(obj: Context, meaning: Callable[[int, int], object] | None) -> None:
    from queries.loading import ingest

    own = _folder()
    try:
        ingest(obj.address or str(own), [_examples()], meaning=meaning, say=say)
    except NotAStore:
        if obj.address:
            raise
        shutil.rmtree(own)  # of another version of leviers
        ingest(str(own), [_examples()], meaning=meaning, say=say)
    obj.address = obj.address or str(own)


def _command() -> str:
    """How to call leviers again from here: by its name where the system finds it."""
    if shutil.which("leviers"):
        return "leviers"
    place = Path(sys.argv[0])
    return str(place.relative_to(Path.cwd()) if place.is_absolute() and place.is_relative_to(Path.cwd()) else place)


def _count(obj: Context) -> None:
    rows = (
        obj.store()
        .select(
            f"SELECT (COUNT(DISTINCT ?d) AS ?documents) (COUNT(DISTINCT ?m) AS ?mentions) WHERE {{ ?m <{LV}inRow> ?r . "
            f"?r <{PREFIXES['dcterms']}isPartOf> ?d }}"
        )
        .rows
    )
    documents, mentions = rows[0]
    click.secho(f"Le graphe d’exemple : {documents} documents, {mentions} énoncés.", bold=obj.color)


def _answer(obj: Context, question: str, parameter: str, value: str) -> None:
    from queries.ask import ask
    from queries.render import render

    click.echo(f'\n$ leviers query {question} --{parameter} "{value}"\n')
    click.echo(render(ask(obj.store(), question, {parameter: value}), "table", width=obj.width, color=obj.color))


def _levers(obj: Context) -> list[str]:
    """The levers through which the headline question finds its actors."""
    from queries.ask import ask

    rows = ask(obj.store(), "acteurs-pour-irritant", {"irritant": _IRRITANT}).rows
    return list(dict.fromkeys(str(row.values["lever"]) for row in rows))[:1]


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("leviers", appauthor=False) / "demo"


def _examples() -> Path:
    from importlib.resources import files

    folder = files("ingest").joinpath("examples", "egn")
    if not isinstance(folder, Path):
        raise LeviersError("l’exemple n’est lisible que d’une installation en fichiers : réinstallez leviers avec pip")
    return folder
