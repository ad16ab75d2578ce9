"""Checks that the documentation says what the code does: every command and every canned query is documented."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from queries.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
_MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|usr/local|Users)/\w")


def missing_commands() -> list[str]:
    """Commands that the README does not name."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return [
        f"README.md : la commande « leviers {name} » manque" for name in COMMANDS if f"leviers {name}" not in readme
    ]


def missing_queries() -> list[str]:
    """Canned queries that the list in docs/queries.md does not name."""
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    names = sorted(path.stem for path in (ROOT / "queries" / "canned").glob("[!_]*.rq"))
    return [f"docs/queries.md : la question « {name} » manque" for name in names if f"`{name}`" not in page]


def broken_links() -> list[str]:
    """Relative links of the documentation that lead nowhere, and paths of one machine."""
    found = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
        found += [
            f"{page.name} : le lien « {t} » ne mène nulle part" for t in targets if not (page.parent / t).exists()
        ]
        found += [f"{page.name} : chemin d’une machine « {match[0]}… »" for match in _MACHINE_PATH.finditer(text)]
    return found


def main() -> int:
    """All problems, one a line."""
    problems = [*missing_commands(), *missing_queries(), *broken_links()]
    for problem in problems:
        print(problem)
    print("documentation : " + (f"{len(problems)} défaut(s)" if problems else "à jour"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
