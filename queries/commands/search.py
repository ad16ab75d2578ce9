"""`leviers search`: free text, ranked things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from queries.context import Context, say
from queries.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIMIT = 10


@click.command(
    epilog="""\b
Exemples :
  leviers search "wifi trop lent"
  leviers search "teacher training" --kind levier --kind besoin
  leviers search tablettes --territoire Vendée --limit 5
  leviers search "mot de passe" --format json
"""
)
@click.argument("words", metavar="TEXTE…", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    metavar="NATURE",
    multiple=True,
    help="Ne cherche que des irritants, leviers, besoins, acteurs… ; peut être répété.",
)
@click.option("--theme", metavar="TEXTE", help="Ne garde que ce qui est dit dans cette thématique.")
@click.option("--territoire", metavar="TEXTE", help="Ne garde que ce qui est dit dans ce territoire et ses parties.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=_LIMIT,
    help=f"Nombre de réponses (par défaut {_LIMIT}).",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="Par défaut table.")
@click.option("--no-semantic", is_flag=True, help="Ne regarde que les mots, sans le modèle de langue.")
@click.pass_obj
def command(
    obj: Context,
    words: Sequence[str],
    kinds: Sequence[str],
    theme: str | None,
    territoire: str | None,
    limit: int,
    form: str,
    no_semantic: bool,
) -> None:
    """Cherche dans tous les énoncés, acteurs, thématiques et territoires, du plus proche au plus lointain.

    Les fautes de frappe, les accents oubliés, les mots de tous les jours et l’anglais sont compris ; chaque réponse
    dit pourquoi elle est là. Avec l’extra « semantic », le sens compte aussi.
    """
    from ontology import UnknownName, fold
    from queries.render.found import render
    from queries.resolve import refuse_empty, resolve, short
    from queries.searching import search

    text = " ".join(" ".join(words).split())
    store = obj.store(cypher=True)
    refuse_empty(store)
    if not fold(text):
        raise UnknownName(f"« {short(text)} » : rien à chercher ; écrivez quelques mots, en français ou en anglais")
    asked = {"theme": theme, "territory": territoire}
    places = {kind: resolve(store, kind, name) for kind, name in asked.items() if name is not None}
    for place in places.values():
        if place.how == "near":
            say(f"Compris : « {place.label} »")
    found = search(
        store,
        text,
        kinds=[_kind(name) for name in kinds],
        places=[place.iri for place in places.values()],
        limit=limit,
        semantic=not no_semantic,
        say=say,
    )
    if not found:
        say(f"Rien de proche de « {short(text)} » : essayez d’autres mots, ou moins de mots")
    click.echo(render(text, found, form, width=obj.width, color=obj.color), nl=False)


def _kind(name: str) -> str:
    from queries.kinds import KINDS, kind_named
    from queries.resolve import short

    found = kind_named(name)
    if not found:
        known = ", ".join(french.lower() for french in KINDS.values())
        raise click.UsageError(f"--kind {short(name)} : nature inconnue ; il y a {known}")
    return found
