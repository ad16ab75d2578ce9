"""`leviers serve`: the SPARQL service and the page, on this machine."""

from __future__ import annotations

import click

from queries.context import Context, say


@click.command(
    epilog="""\b
Exemples :
  leviers serve
  leviers serve --port 8080 --timeout 30
  curl -G http://127.0.0.1:8000/sparql --data-urlencode "query=ASK { ?x a ?y }"
"""
)
@click.option(
    "--host",
    metavar="ADRESSE",
    default="127.0.0.1",
    help="Adresse d’écoute (par défaut 127.0.0.1 : cette machine seulement).",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="Port (par défaut 8000).")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=10.0, help="Secondes accordées à une requête (par défaut 10)."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processus de réponse (par défaut : deux par cœur, au moins 4)."
)
@click.pass_obj
def command(obj: Context, host: str, port: int, timeout: float, workers: int | None) -> None:
    """Ouvre le service SPARQL 1.1 (lecture seule) sur /sparql et la page interactive sur /.

    Un nouveau chargement est vu dès la requête suivante. Ctrl-C pour arrêter.
    """
    from graph.backends import open_store, snapshot
    from queries.endpoint import serve
    from queries.pages import page, readings_of

    address = obj.address
    snapshot(address)  # says at once when there is nothing to serve
    serve(
        lambda: snapshot(address), lambda: page(open_store(address), archive=readings_of(address)),
        host=host, port=port, timeout=timeout, workers=workers, announce=say,
    )  # fmt: skip
