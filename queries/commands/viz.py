"""`leviers viz`: the interactive page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontology import LeviersError
from ontology.errors import system_reason

if TYPE_CHECKING:
    from queries.context import Context


@click.command(
    epilog="""\b
Exemples :
  leviers viz -o page.html
  leviers viz -o egal-acces.html --theme "égal accès"
"""
)
@click.option(
    "-o",
    "--output",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("leviers.html"),
    help="Page à écrire (par défaut : leviers.html).",
)
@click.option("--theme", metavar="THÈME", help="Seulement ce thème.")
@click.option("--territoire", metavar="TERRITOIRE", help="Seulement ce territoire.")
@click.option("--titre", metavar="TEXTE", help="Titre de la page.")
@click.pass_obj
def command(obj: Context, output: Path, theme: str | None, territoire: str | None, titre: str | None) -> None:
    """Écrit une page HTML autonome : la chaîne irritant, besoin, levier, action, acteur, avec les citations.

    Sa vue « Qualité » donne les points de « leviers check », reliés aux éléments.
    Un seul fichier, sans rien à télécharger : il s’ouvre hors connexion et se joint à un message.
    """
    from queries.pages import page, readings_of

    archive = readings_of(obj.address)
    text = page(obj.store(), theme=theme, territory=territoire, title=titre, archive=archive)
    write_page(output, text)
    click.echo(f"Page écrite : {output} ({len(text.encode()) // 1024} Ko)")


def write_page(output: Path, text: str) -> None:
    """Put a page on the disk.

    Raises:
        LeviersError: it cannot be written there.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise LeviersError(
            f"{output} : cette page ne peut pas être écrite ({system_reason(error)}) ; donnez un autre -o"
        ) from None
