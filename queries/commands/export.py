"""`leviers export`: the whole graph in an exchange format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ontology import LeviersError
from ontology.errors import system_reason
from queries.context import Context, say

FORMATS = ("ttl", "nq", "jsonld", "graphml", "csv", "jsonl", "cypher", "n10s")


@click.command(
    epilog="""\b
Exemples :
  leviers export --format jsonl > enonces.jsonl
  leviers export --format graphml -o graphe.graphml
  leviers export --format nq -o sauvegarde.nq
"""
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    help="ttl, nq, jsonld : le graphe RDF ; graphml : pour Gephi ; csv, jsonl : un énoncé par ligne ; cypher : pour "
    "cypher-shell ; n10s : pour que Neo4j lise lui-même le Turtle (docs/neo4j.md).",
)
@click.option(
    "-o",
    "--output",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fichier à écrire ; par défaut la sortie standard.",
)
@click.pass_obj
def command(obj: Context, form: str, output: Path | None) -> None:
    """Écrit tout le graphe. Le même graphe donne toujours les mêmes octets."""
    from queries.exports import parts

    written = parts(obj.store(), form)
    if output is None:
        for part in written:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    size = 0
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with output.open("wb") as file:
            for part in written:
                size += file.write(part)
    except OSError as error:
        raise LeviersError(f"{output} : ce fichier ne peut pas être écrit ({system_reason(error)})") from None
    say(f"{output} : {size:,} octets".replace(",", " "))
