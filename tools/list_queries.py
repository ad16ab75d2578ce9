"""Writes docs/queries.md from the headers of the canned queries; with --check, says whether the page is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from queries import catalogue

PAGE = Path(__file__).resolve().parent.parent / "docs" / "queries.md"
_HEAD = """# Les questions toutes prêtes

Page écrite par `python tools/list_queries.py` d’après les en-têtes de `queries/canned/*.rq`.

Chacune se lance par `leviers query NOM --paramètre …`. Un paramètre prend un identifiant, un libellé dans n’importe
quelle formulation (casse, accents, pluriel ne comptent pas) ou des mots proches. `--preuve row|same|close|theme` donne
la preuve la plus faible acceptée (par défaut `close`), `--limit` le nombre de réponses, `--format` la forme
(`table`, `csv`, `json`, `md`), `--show` la requête elle-même. Avec les colonnes ci-dessous viennent toujours la preuve
(`proof`), l’identifiant (`id`) et les citations (`evidence`).
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for name in catalogue.names():
        query = catalogue.get(name)
        parameters = [f"`--{one.name}`{'' if one.required else ' (facultatif)'}" for one in query.parameters]
        columns = [f"`{column.name}` ({column.labels['fr'].lower()})" for column in query.columns]
        parts.append(
            f"\n## `{name}`\n\n{query.summary['fr']} {query.description['fr'].strip()}\n\n"
            f"* Paramètres : {', '.join(parameters) or 'aucun'}\n* Colonnes : {', '.join(columns)}\n"
            f"* Exemple : `{query.example}`\n"
        )
    return "".join(parts)


def main() -> int:
    """Write, or compare."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/queries.md n’est pas à jour : lancez « python tools/list_queries.py »")
    return 1


if __name__ == "__main__":
    sys.exit(main())
