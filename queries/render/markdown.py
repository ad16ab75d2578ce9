"""An answer as Markdown: a table and its source notes, as GitHub and most editors show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from queries.render.words import (
    PROOF,
    PROOFS,
    Sources,
    cell,
    decided,
    heading,
    nothing,
    one_line,
    proof,
    quoted,
    shown_columns,
    shows_proof,
)

if TYPE_CHECKING:
    from queries.ask import Answer, AnswerRow

_MARKUP = re.compile(r"([\\`*_\[\]|<>~])")


def as_markdown(answer: Answer, language: str = "fr") -> str:
    """The answer as a Markdown text."""
    title, *more = heading(answer, language)
    parts = [f"## {escaped(title)}", *(escaped(line) for line in more)]
    if not answer.rows:
        return "\n\n".join([*parts, nothing(answer, language)]) + "\n"
    sources = Sources()
    proven, columns = shows_proof(answer), shown_columns(answer)
    titles = [column.labels[language] for column in columns] + [PROOF[language]] * proven + ["Sources"]
    rules = ["--:" if column.kind == "number" else "---" for column in columns] + ["---"] * (proven + 1)
    table = [_line(titles), _line(rules)]
    for row in answer.rows:
        cells = [escaped(cell(column, row.values[column.name], language)) for column in columns]
        cells += [escaped(_proved(row, language))] * proven
        for evidence in row.evidence:
            sources.cite(evidence)
        numbers = dict.fromkeys(f"[^{sources.number(evidence.row)}]" for evidence in row.evidence)
        table.append(_line([*cells, " ".join(numbers)]))
    notes = [
        f"[^{number}]: {escaped(place)} : {' ; '.join(escaped(quoted(evidence)) for evidence in cited)}"
        for number, place, cited in sources.places()
    ]
    return "\n\n".join([*parts, "\n".join(table), *(["\n".join(notes)] if notes else [])]) + "\n"


def _proved(row: AnswerRow, language: str) -> str:
    return f"{PROOFS[language][row.proof]}, {decided(row.decided, language)}" if row.decided else proof(row, language)


def escaped(text: str) -> str:
    r"""A text that Markdown shows as it is.

    >>> print(escaped("a|b *c*"))
    a\|b \*c\*
    """
    return _MARKUP.sub(r"\\\1", one_line(text))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
