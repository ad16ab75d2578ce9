"""Decision files as users give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology import LeviersError
from ontology.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.decisions import Decision


def read_files(paths: Iterable[Path], problems: list[str]) -> tuple[Decision, ...]:
    """The decisions of these files, in their order; a line that is none goes to ``problems``, and the others count.

    Raises:
        LeviersError: a file cannot be read.
    """
    from graph.decisions import read_decisions

    found: list[Decision] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise LeviersError(f"{path} : fichier de décisions illisible ({system_reason(error)})") from None
        except UnicodeDecodeError:
            raise LeviersError(f"{path} : le fichier de décisions doit être en UTF-8") from None
        found += read_decisions(text, path.name, problems)
    return tuple(found)
