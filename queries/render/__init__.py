"""An answer for people (table, Markdown) and for programs (CSV, JSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queries.ask import Answer

FORMATS = ("table", "csv", "json", "md")
ENDINGS = {".csv": "csv", ".json": "json", ".md": "md", ".txt": "table"}


def render(answer: Answer, form: str, *, width: int = 80, color: bool = False, language: str = "fr") -> str:
    """The answer in one of `FORMATS`, with a final newline; width and colour are for tables.

    Raises:
        ValueError: there is no such format.
    """
    if form == "json":
        from queries.render.data import as_json

        return as_json(answer)
    if form == "csv":
        from queries.render.data import as_csv

        return as_csv(answer)
    if form == "md":
        from queries.render.markdown import as_markdown

        return as_markdown(answer, language)
    if form != "table":
        raise ValueError(f"no such format: {form}")
    from queries.render.table import as_table

    return as_table(answer, width, color=color, language=language)
