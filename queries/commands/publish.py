"""`leviers publish`: the graph on a server of others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from queries.context import Context, say

if TYPE_CHECKING:
    from graph.publishing import Published


@click.command(
    epilog="""\b
Exemples :
  leviers publish neo4j://localhost:7687
  leviers publish neo4j+s://graphe.exemple.fr:7687/ateliers
  leviers query irritants-sans-levier --store neo4j://localhost:7687
"""
)
@click.argument("address", metavar="ADRESSE")
@click.pass_obj
def command(obj: Context, address: str) -> None:
    """Tient une copie du graphe à jour dans Neo4j : neo4j://… ou bolt://…, suivi de /base au besoin.

    Une seconde publication ne change que ce qui a changé ; ce que le graphe n’a plus disparaît de la copie, et ce que
    d’autres y gardent n’est pas touché. Nom et mot de passe : dans l’adresse, ou dans les variables
    LEVIERS_STORE_USER et LEVIERS_STORE_PASSWORD.
    """
    done = _publish(obj, address)
    click.echo(f"{done.address} : {done.holds}")
    say(f"Cette fois : {done.changes}" if done.changes else "Rien n’avait changé")


def _publish(obj: Context, address: str) -> Published:
    from graph.publishing import publish

    store = obj.store()
    if not sys.stderr.isatty():
        return publish(store, address)
    with click.progressbar(length=1, label="Publication", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return publish(store, address, progress)
