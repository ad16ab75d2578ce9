"""`leviers check`: is the graph sound, and what deserves a second look."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ontology import LeviersError
from queries.context import Context, say

if TYPE_CHECKING:
    from queries.quality import Remark

_FEW = 8
# Topics that only the check of shapes fills: the page does without it.
_SHAPES = {"forme", "manque"}


@click.command(
    epilog="""\b
Exemples :
  leviers check
  leviers check --all
  leviers check --format json > qualite.json
"""
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Texte (par défaut) ou JSON."
)
@click.option("--all", "everything", is_flag=True, help=f"Liste tout, et non les {_FEW} premiers de chaque sujet.")
@click.option("--no-shapes", is_flag=True, help="Sans le contrôle SHACL, plus long que le reste.")
@click.pass_obj
def command(obj: Context, form: str, everything: bool, no_shapes: bool) -> None:
    """Contrôle le graphe : données mal formées, citations orphelines, acteurs inconnus, colonnes douteuses.

    Code de sortie 1 si quelque chose est cassé (forme, citation, décision) ; les simples doutes laissent 0.
    La page (« leviers viz », « leviers serve ») montre les mêmes points dans sa vue « Qualité », sauf les formes.
    """
    from queries.pages import readings_of
    from queries.quality import TITLES, by_topic, inspect

    archive = readings_of(obj.address)
    if archive is None:
        say("Les textes lus ne sont pas sur le serveur : citations et colonnes se contrôlent sur la base d’origine.")
    remarks = inspect(obj.store(), archive, shapes=not no_shapes)
    if form == "json":
        rows = [asdict(remark) for remark in remarks]
        click.echo(json.dumps({"remarks": rows}, ensure_ascii=False, indent=1))
    else:
        for topic, group in by_topic(remarks).items():
            click.secho(f"{TITLES[topic]} ({len(group)})", bold=obj.color)
            _list(group, obj.width, everything=everything)
        if not remarks:
            click.echo("Rien à signaler.")
        elif any(remark.topic not in _SHAPES for remark in remarks):
            say("Les mêmes points, reliés aux éléments du graphe : vue « Qualité » de la page (leviers viz).")
    broken = sum(remark.blocking for remark in remarks)
    if broken:
        raise LeviersError(f"{broken} défaut{'s' if broken > 1 else ''} à corriger dans le graphe")
    say(f"Graphe sain ; {len(remarks)} point{'s' if len(remarks) > 1 else ''} à regarder.")


def _list(group: list[Remark], width: int, *, everything: bool) -> None:
    from queries.render.layout import hanging

    shown = group if everything else group[:_FEW]
    for remark in shown:
        where = f"{remark.document} l. {remark.line} : " if remark.document else ""
        for line in hanging(f"{where}{_quoted(remark.text)} : {remark.advice}", width, "  - ", "    "):
            click.echo(line)
    if len(shown) < len(group):
        more = len(group) - len(shown)
        click.echo(f"    … et {more} autre{'s' * (more > 1)} (--all)")


def _quoted(text: str) -> str:
    return text if text.startswith("«") else f"« {text} »"
