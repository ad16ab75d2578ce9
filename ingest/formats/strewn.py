"""Text whose tables were printed cell by cell, line after line, in an order of the printing tool's own.

`pdftotext` without its layout, and most libraries that take the text out of a PDF, print a table so. Its header is
found by its words, its lines are put back into columns and rows, and the text is written again with its tables as rows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial
from itertools import takewhile
from typing import TYPE_CHECKING

from ingest.formats.strewn_data import data, is_brief
from ingest.formats.strewn_header import Heading, Printed, headings, is_name
from ingest.formats.strewn_labels import theme_state
from ingest.formats.strewn_lines import printed_lines
from ingest.formats.strewn_order import are_titles, is_strewn, is_strict, parts_cells
from ingest.formats.strewn_pieces import is_reference
from ingest.formats.strewn_tables import assemble
from ingest.formats.strewn_words import bare_word, joined, unfinished
from ingest.formats.writer import Converted, Writer
from ingest.tables.lost import named_columns
from ingest.words.headers import Role, starts_report, title_role
from ingest.words.phrases import phrases
from ontology import fold, search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_RANK = re.compile(r"^\d{1,2}\s?[.)]\s*")
_FIELD = re.compile(r"^[^\W\d_][^:]{2,40}\s?:\s")
_LONGEST_NAMES = 16  # lines of the names of a header, below a title
_JOINING = frozenset({"et", "ou"})  # words of a title that says two names
_LEAST_ROLES = 3  # columns of a header that is surely one
_PAIR = 2  # columns
_LONGEST, _LONGEST_LINE, _MOST_LINES = 1_000_000, 2_000, 8_000  # characters of a text, of a line; lines of tables


def gather(text: str) -> Converted | None:
    """The text with its tables as rows of cells; None where none was printed so, or all can be read as is."""
    if len(text) > _LONGEST or "\t" in text or "\n|" in text or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        return None
    lines, notes = printed_lines(text)
    lines = _titles_first(lines)
    printed = headings(lines, cache(partial(_stops, lines)))
    found = [heading for heading in printed if _heads(lines, heading) and not are_titles(lines, heading)]
    if not found or len(lines) - found[0].lines[0] > _MOST_LINES or not is_strewn(lines, found):
        return None
    return _written(lines, found, notes)


def _heads(lines: Sequence[Printed], heading: Heading) -> bool:
    """Whether a header is one, and not the titles of two lists."""
    if len(heading.roles) >= _LEAST_ROLES or {Role.THEME, Role.REFERENCE} & set(heading.roles):
        return True
    said = " ".join(lines[n].text for n in heading.lines)
    whole = search_key(said) == search_key(" ".join(name for _, name in heading.columns))
    alone = all(role.kind for role in heading.roles) and not set(fold(said).split()) & _JOINING
    return whole and alone and all(name[:1].isupper() for _, name in heading.columns)


def _titles_first(lines: Sequence[Printed]) -> list[Printed]:
    """The lines, with the names of columns under the title that was printed below them, above the other names."""
    found = list(lines)
    for place in range(1, len(found) - 1):
        names = place
        while names and is_name(found[names - 1].text):
            names -= 1
        titled = names < place and not is_name(found[place].text) and is_name(found[place + 1].text)
        below_it = found[place + 1 : place + 1 + _LONGEST_NAMES]
        if titled and _stops(found, place) and _completes(found[names:place], below_it):
            found[names : place + 1] = [found[place], *found[names:place]]
    return found


def _completes(names: Sequence[Printed], below: Sequence[Printed]) -> bool:
    """Whether the names of columns, and those at the head of other lines, are parts of one header."""
    others = takewhile(lambda line: is_name(line.text), below)
    one, other = (named_columns([line.text for line in run]) for run in (names, others))
    return bool(one) and Heading([], other).joined(Heading([], one)) is not None


# -- where tables stand ----------------------------------------------------------------------------------------------
def _stops(lines: Sequence[Printed], place: int) -> bool:
    """Whether a line is a title, or a field of a form: no table goes on there."""
    line = lines[place]
    text, words = line.text, len(line.text.split())
    if line.marked or not text[:1].isalnum() or text[:1].islower() or is_reference(text):
        return False
    if _is_field(text):
        return True
    if is_reference(joined([text, *(other.text for other in lines[place + 1 : place + 2])])):
        return False
    if words > data()["title"]["words"] or text.endswith(";") or (unfinished(text) and not text.endswith(":")):
        return False
    if starts_report(text):
        return True
    section = phrases("sections").opening(_RANK.sub("", text))
    if section is not None and (" " in section[1] or len(search_key(text).split()) <= 2):
        return True
    if not line.blank:
        return False
    ranked = _RANK.match(text) is not None and any(is_name(other.text) for other in lines[place + 1 : place + 2])
    return ranked or (is_name(text) and title_role(text) is not None and _is_phrase(text))


def _is_field(text: str) -> bool:
    """Whether a line is a field of a form: « Lieu : … »; a date has a number."""
    name, _, said = text.partition(":")
    found = phrases("session").first(name) if _FIELD.match(text) else None
    return found is not None and found[1] <= 1 and (found[0] != "date" or any(map(str.isdigit, said)))


def _is_phrase(text: str) -> bool:
    found = phrases("roles").opening(text)
    return found is not None and found[1] == search_key(text)


def _above(lines: Sequence[Printed], heading: Heading, least: int, *, strict: bool) -> int:
    """Where the titles begin that stand right above a header."""
    start = first = heading.lines[0]
    above = range(max(least, first - data()["title"]["above"]), first)
    ends = [n for n in above if is_reference(lines[n].text)]  # the last cell of the table above
    while start > least and first - start < data()["title"]["above"]:
        line = lines[start - 1]
        text = line.text
        known = _stops(lines, start - 1) or theme_state("", text) is True
        beside = bool(ends) if strict else not lines[start].blank
        loose = (beside or (strict and title_role(text) is not None)) and text[:1].isupper()
        loose = loose and len(text.split()) <= data()["title"]["words"] and not text.endswith((".", ",", ";"))
        if line.marked or is_reference(text) or not (known or loose) or unfinished(text):
            break
        if start - 1 > least and unfinished(lines[start - 2].text) and not line.blank:
            break
        start -= 1
    return start


def _written(lines: Sequence[Printed], found: list[Heading], notes: list[str]) -> Converted:
    strict = is_strict(lines[found[0].lines[0] :])
    known = frozenset(bare_word(word) for line in lines for word in line.text.split()[1:-1])
    parts = list(_tables(lines, found, strict=strict))
    strict = strict or not parts_cells(parts)
    tables = assemble([(heading, body) for _, _, heading, body in parts], found, known, strict=strict)
    writer, place = Writer(), 0
    for (start, end, _, _), table in zip(parts, tables, strict=True):
        _text(writer, lines[place:start])
        writer.write([table])
        place = end
    _text(writer, lines[place:])
    doubtful = sum(all(one.doubtful for row in table.rows[1:] for cell in row for one in cell) for table in tables)
    told = [f"colonnes perdues : {doubtful} tableaux sur {len(tables)} recomposés avec doute, à relire"]
    return writer.text([*notes, *told[: doubtful > 0]])


def _tables(
    lines: Sequence[Printed], found: list[Heading], *, strict: bool
) -> Iterator[tuple[int, int, Heading, list[Printed]]]:
    """Where each table begins and ends, its header, and the lines under it; a header printed again goes on with it."""
    table = 0
    while table < len(found):
        first = last = found[table]
        body: list[Printed] = []
        while True:
            limit = found[table + 1].lines[0] if table + 1 < len(found) else len(lines)
            end = _above(lines, found[table + 1], last.lines[-1] + 1, strict=strict) if limit < len(lines) else limit
            stop = next((n for n in range(last.lines[0], end) if n not in last.lines and _stops(lines, n)), end)
            under = {} if strict else _below(lines, last, stop)
            body += [replace(lines[n], under=under.get(n)) for n in range(last.lines[0], stop) if n not in last.lines]
            table += 1
            if not (stop == limit < len(lines) and _same(found[table], first)):
                break
            last = found[table]
        yield first.lines[0], stop, first, body


def _below(lines: Sequence[Printed], heading: Heading, end: int) -> dict[int, Role]:
    """The lines, by place, that stand right below the name of one column, apart from the other names.

    Of two columns, all that stands below the name of each, up to the end of the table.
    """
    apart = len(heading.roles) == _PAIR and heading.lines[-1] - heading.lines[0] > len(heading.lines)
    found: dict[int, Role] = {}
    place = 0
    while place < len(heading.lines):
        run = [heading.lines[place]]
        while place + len(run) < len(heading.lines) and heading.lines[place + len(run)] == run[-1] + 1:
            run.append(run[-1] + 1)
        place += len(run)
        columns = named_columns([lines[n].text for n in run])
        after = run[-1] + 1
        while len(columns) == 1 and after < end and (apart or not lines[after].blank) and after not in heading.lines:
            found[after] = columns[0][0]
            after += 1
    return found


def _same(one: Heading, other: Heading) -> bool:
    """Whether two headers are the same; a name may have been printed elsewhere, so that one of them is not whole."""
    fewer, more = sorted((one, other), key=lambda heading: len(heading.roles))
    whole = fewer.whole or is_brief(fewer.roles)
    return set(fewer.roles) <= set(more.roles) and (len(fewer.roles) == len(more.roles) or not whole)


def _text(writer: Writer, lines: Sequence[Printed]) -> None:
    for line in lines:
        writer.line(line.text, line.page, apart=line.blank)
