"""Where a query stops making sense, and what to write instead.

The parser reports the furthest character it looked at, up to fourteen after the mistake, sometimes on another line.
So the mistake is searched for: a beginning of the query is sound when the parser, given blank lines after it,
reads on into them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from typing import NamedTuple

from ontology.terms import PREFIXES
from queries.endpoint.files import read
from queries.endpoint.guards import syntax_error

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\n]*|[?$@]?[\w.:%-]*[\w:]|\S',
    re.DOTALL,
)
_SHOWN = 40
_BLANK_LINES = 40  # more than the longest keyword has letters
_REPORTED = re.compile(r"error at (\d+):")
_PREFIXED = re.compile(r"([^\W\d][\w.-]*|):[^:]*")
# Read now: a worker can open no file once it is locked down.
_RULES: dict[str, str] = json.loads(read("rules.json"))


class Mistake(NamedTuple):
    """A place in a query (line and column from 1) and one French line."""

    line: int
    column: int
    message: str


def find_mistake(text: str, error: SyntaxError, base: str | None = None) -> Mistake:
    """The place of a syntax error and what is wrong there."""
    tokens = [match for match in _TOKEN.finditer(text) if not match[0].startswith("#")]
    sound = bisect_left(range(len(tokens)), True, key=lambda i: not _reads_past(text[: tokens[i].end()], base))
    if sound < len(tokens):
        start, advice = tokens[sound].start(), _advice(tokens[sound][0], text)
    else:
        start = len(text.rstrip())
        advice = "la requête s’arrête trop tôt : il manque sans doute une accolade, un motif ou un guillemet"
    broken_rule = next((french for rule, french in _RULES.items() if rule in str(error)), None)
    line = text.count("\n", 0, start) + 1
    return Mistake(line, start - text.rfind("\n", 0, start), broken_rule or advice)


def _reads_past(beginning: str, base: str | None) -> bool:
    error = syntax_error(beginning + "\n" * _BLANK_LINES, base)
    reported = error and _REPORTED.match(str(error))
    return not reported or int(reported[1]) > beginning.count("\n") + _BLANK_LINES // 2


def _advice(found: str, text: str) -> str:
    if found in {'"', "'"}:
        return f"guillemet « {found} » jamais refermé"
    shown = " ".join(found.split())
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    prefixed = _PREFIXED.fullmatch(found)
    if prefixed and not re.search(rf"\bprefix\s+{re.escape(prefixed[1])}\s*:", text, re.IGNORECASE):
        namespace = PREFIXES.get(prefixed[1], "…")
        return f"« {shown} » : préfixe non déclaré, ajoutez en tête PREFIX {prefixed[1]}: <{namespace}>"
    if found.startswith("<") and len(found) > 1:
        return f"« {shown} » n’est pas attendu ici, ou n’est pas une adresse complète (<https://…>)"
    return f"« {shown} » n’est pas attendu ici"
