"""`leviers sparql`: one query on the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontology import PREFIXES, BadQuery

if TYPE_CHECKING:
    from queries.context import Context

_MEDIA = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}
_FORMS = ("construct", "describe")


@click.command(
    epilog="""\b
Exemples :
  leviers sparql "SELECT ?l WHERE { ?x a lv:Irritant ; skos:prefLabel ?l } LIMIT 5"
  leviers sparql --format csv ma-requete.rq > reponses.csv
  echo "ASK { ?x a lv:Lever }" | leviers sparql -
"""
)
@click.argument("query", metavar="REQUÊTE")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_MEDIA]),
    help="Format de la réponse ; par défaut tsv, ou ttl pour un graphe.",
)
@click.pass_obj
def command(obj: Context, query: str, form: str | None) -> None:
    """Pose une requête SPARQL 1.1 : le texte lui-même, un fichier .rq, ou « - » pour l’entrée standard.

    Les préfixes usuels (lv:, id:, skos:, dcterms:…) sont déjà là ; tous les documents sont réunis par défaut.
    """
    text = _prefixed(_text(query))
    words = text.lower().split()
    graph = any(word.startswith(_FORMS) for word in words) and "select" not in words and "ask" not in words
    answer = obj.store().answer(text, _MEDIA[form or ("ttl" if graph else "tsv")])
    sys.stdout.write(answer.decode("utf-8"))
    if answer and not answer.endswith(b"\n"):
        sys.stdout.write("\n")


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if not query.endswith((".rq", ".sparql")):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuery(f"{query} : fichier de requête illisible ({error})") from None


def _prefixed(query: str) -> str:
    said = query.lower()
    lines = [
        f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items() if f"prefix {prefix}:" not in said
    ]
    return "\n".join((*lines, query))
