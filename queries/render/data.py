"""Answers for programs: the fixed JSON form, and CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from queries.render.words import one_line

if TYPE_CHECKING:
    from graph.store import Cell
    from queries.ask import Answer, Evidence

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@")


def as_dict(answer: Answer) -> dict[str, Any]:
    """The fixed form of an answer: query, parameters, columns, rows."""
    return {
        "query": answer.query.name,
        "parameters": answer.parameters,
        "columns": [column.name for column in answer.columns],
        "rows": [
            {
                **row.values,
                "id": row.id,
                "proof": row.proof.value,
                "confidence": row.confidence,
                "decided_by": [decision._asdict() for decision in row.decided],
                "evidence": [evidence._asdict() for evidence in row.evidence],
            }
            for row in answer.rows
        ],
    }


def as_json(answer: Answer) -> str:
    """The answer as JSON."""
    return json.dumps(as_dict(answer), ensure_ascii=False, indent=1) + "\n"


def as_csv(answer: Answer) -> str:
    """The answer as CSV: comma, quotes where needed, one line an answer, its evidence in the last cell."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [column.name for column in answer.columns]
    writer.writerow([*names, "id", "proof", "confidence", "decided_by", "evidence"])
    for row in answer.rows:
        signed = ", ".join(dict.fromkeys(" ".join(filter(None, (one.who, one.when))) for one in row.decided))
        cited = " | ".join(map(_cited, row.evidence))
        cells = (*row.values.values(), row.id, row.proof.value, row.confidence, signed, cited)
        writer.writerow([inert(cell) for cell in cells])
    return text.getvalue()


def _cited(evidence: Evidence) -> str:
    return f"« {one_line(evidence.quote)} » ({evidence.document}, {evidence.section}, {evidence.row})"


def inert(cell: Cell) -> Cell:
    """A cell on one line that no spreadsheet takes for a formula."""
    if not isinstance(cell, str):
        return cell
    text = one_line(cell)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
