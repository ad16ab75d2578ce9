"""`leviers sparql`: one query on the store."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontology import PREFIXES, BadQuery, expand
from ontology.errors import system_reason

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
_PROLOGUE = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items())
# Strings, addresses and comments are passed over.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*|\b(?P<id>id:[a-z]+/[\w-]+)'
)


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
    text = _expanded(_text(query))
    _refuse(text)
    answer = obj.store().answer(f"{_PROLOGUE}\n{text}", _MEDIA[form] if form else "")
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
    except FileNotFoundError:
        raise BadQuery(f"{query} : fichier de requête introuvable") from None
    except OSError as error:
        raise BadQuery(f"{query} : fichier de requête illisible ({system_reason(error)})") from None
    except UnicodeDecodeError:
        raise BadQuery(f"{query} : le fichier de requête doit être en UTF-8") from None


def _expanded(query: str) -> str:
    """The query with identifiers as other commands print them (id:actor/erun), which SPARQL writes in full."""
    return _TOKEN.sub(lambda match: f"<{expand(match['id'])}>" if match["id"] else match[0], query)


def _refuse(text: str) -> None:
    from queries.endpoint.diagnosis import find_mistake
    from queries.endpoint.guards import is_update, syntax_error, uses

    whole = f"{_PROLOGUE}\n{text}"
    if error := syntax_error(whole):
        if is_update(text):
            raise BadQuery("requête SPARQL refusée : la base se lit ici, elle se charge par « leviers ingest »")
        mistake = find_mistake(whole, error)
        raise BadQuery(f"requête SPARQL, ligne {mistake.line - 1}, colonne {mistake.column} : {mistake.message}")
    if uses("service", whole):
        raise BadQuery("requête SPARQL refusée : SERVICE appellerait une autre machine")
