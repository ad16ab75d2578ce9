"""What a free text found, for people and for programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontology import compact
from queries.kinds import kind_of
from queries.render.layout import hanging
from queries.render.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.searching import Result

COLUMNS = ("id", "kind", "label", "wordings", "score", "why")
_NARROW = re.compile(r" (?=[:;?!»])|(?<=«) ")
_BOLD, _DIM, _END = "\033[1m", "\033[2m", "\033[0m"


def render(text: str, found: Sequence[Result], form: str, *, width: int = 80, color: bool = False) -> str:
    """The things found in one of `queries.render.FORMATS`, with a final newline; nothing for no thing in a table."""
    if form == "json":
        import json

        return json.dumps({"query": text, "rows": [_row(one) for one in found]}, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        return _csv(found)
    if form == "md":
        return _markdown(text, found)
    return "".join(f"{line}\n" for one in found for line in _lines(one, width, color))


def _row(one: Result) -> dict[str, object]:
    hit = one.hit
    return dict(zip(COLUMNS, (hit.iri, hit.kind, hit.label, list(hit.wordings), hit.score, one.why), strict=True))


def _csv(found: Sequence[Result]) -> str:
    import csv
    import io

    from queries.render.data import inert

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in map(_row, found):
        row["wordings"] = " | ".join(map(str, row["wordings"]))  # type: ignore[call-overload]
        writer.writerow([inert(value) for value in row.values()])  # type: ignore[arg-type]
    return text.getvalue()


def _markdown(text: str, found: Sequence[Result]) -> str:
    from queries.render.markdown import escaped

    head = ["| Élément | Nature | Pourquoi | Source |", "| --- | --- | --- | --- |"]
    rows = [
        f"| {' | '.join(escaped(plain(cell)) for cell in (one.hit.label, kind_of(one.hit.iri), one.why, one.source))} |"
        for one in found
    ]
    title = f"## {escaped(plain(f'« {text} »'))}"
    return "\n".join([title, "", *(head + rows if rows else ["Rien de proche."])]) + "\n"


def _held(text: str) -> str:
    """The text with the spaces of French typography that hold words together."""
    return _NARROW.sub("\u00a0", text)


def _lines(one: Result, width: int, color: bool) -> list[str]:
    """Kind and label; under them, why and where."""
    first, *more = hanging(f"{kind_of(one.hit.iri)} : {plain(one.hit.label)}", width, "", "  ")
    said = f" ; {one.hit.said} séances" if one.hit.said > 1 else ""
    source = f"{one.source}{said}" if one.source else "vocabulaire"
    under = hanging(_held(f"{plain(one.why)} · {source} · {compact(one.hit.iri)}"), width, "    ", "    ")
    if not color:
        return [first, *more, *under]
    return [*(f"{_BOLD}{line}{_END}" for line in (first, *more)), *(f"{_DIM}{line}{_END}" for line in under)]
