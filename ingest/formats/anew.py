"""Whether a line of a cell without bullets begins another item, by its words: where widths tell nothing.

A logistic model over the words on both sides of the end of a full line; its weights are in `anew.json`, fitted by
`tools/fit_anew.py` on cells whose items are known, broken at many widths.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ingest.actors.scan import spot
from ingest.formats.strewn_data import words_of
from ingest.formats.strewn_words import bare_word, ended, unfinished
from ingest.words.classes import words
from ingest.words.headers import Role
from ingest.words.wording import GUESSED, costs, is_infinitive, is_opening, is_seen, opens
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"[^\W\d_][a-zà-ÿ][A-Z]")  # a name: OnBoard
_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+ [A-ZÀ-Ý][a-zà-ÿ]+")  # two words
_ADJECTIVE = re.compile(
    r"(?:ees?|es?|ifs?|ives?|iques?|aux|ales?|els|elles|ants?|antes?|eux|euses?|aires?|ables?|ibles?)$"
)
_NOUN = re.compile(r"(?:tion|ance|ence|ite)s?$")
_GOES_ON = ("(", ")", "»", "/", "+", "&", "=", "→")
_DASHES = ("–", "—")
_ARTICLES = words("articles")
_OF = frozenset("de du d".split())
_QUANTITIES = words("quantities")
_FUNCTION = words("calling") | words("adding") | words("governing") | words_of("unfinished") - _ARTICLES - _OF
_MOST_COST, _MOST_JOINED = 5.0, 4.0  # nats
_LONGEST_ACRONYM, _LONGEST_ACTOR, _SHORT = 7, 6, 4  # letters; words of a line that is an actor; letters
_WEIGHT = 2.0  # lines that what is believed of a column counts for, or what is known of it for one of its cells

_LEFT, _LEFT_CALLED = 12.0, 5.0  # nats for a line that leaves all of its column empty; for one that calls for more

_MOST = 8.0  # nats


class Style(NamedTuple):
    """How the items of a cell are written: the share that a full stop ends, and that a small letter begins.

    Attributes:
        role: what its column holds, by its header.
    """

    stops: float = 0.2
    small: float = 0.2
    role: Role | None = None

    def seen(self, begun: Sequence[str], done: Sequence[str]) -> Style:
        """The same, once some lines were seen that surely begin an item, and some that surely end one."""
        return Style(
            _share(self.stops, [ended(line) for line in done]),
            _share(self.small, [line[:1].islower() for line in begun]),
            self.role,
        )


USUAL = Style()


def _share(before: float, told: list[bool]) -> float:
    return (sum(told) + before * _WEIGHT) / (len(told) + _WEIGHT)


def begins_anew(
    text: str, before: str, names: frozenset[str], style: Style = USUAL, left: float = 0.0, item: str = ""
) -> bool:
    """Whether a line begins an item, right below a full line.

    Args:
        text: the line.
        before: the one above.
        names: words of the document that have a capital wherever they stand.
        style: of the cell that they stand in.
        left: share of the column's width that the line above leaves empty, where widths are only roughly known.
        item: all that stands above in the item that the line may go on with, where that is known.

    >>> begins_anew("Conseil pédagogique", "Équipes de direction", frozenset())
    True
    >>> begins_anew("Conseil pédagogique", "Avis du", frozenset())
    False
    """
    told = anew(text, before, names, style, item)
    return told + left * (_LEFT_CALLED if unfinished(before) else _LEFT) > 0


def anew(text: str, before: str, names: frozenset[str], style: Style = USUAL, item: str = "") -> float:
    """How much more likely a line begins an item than goes on, right below another one: in nats, at most a few."""
    if before.endswith(_DASHES):
        return -_MOST
    weights = _weights()
    told = sum(weights.get(name, 0.0) * value for name, value in evidence(text, before, names, style, item))
    return max(-_MOST, min(_MOST, told))


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = json.loads(files("ingest.formats").joinpath("anew.json").read_text(encoding="utf-8"))
    return found


def evidence(
    text: str, before: str, names: frozenset[str], style: Style, item: str = ""
) -> Iterator[tuple[str, float]]:
    """What the two lines tell, each with how much it counts."""
    case = _case(text)
    last = before.split()[-1] if before.split() else ""
    calls = unfinished(before) and not (_is_acronym(last) and not before.isupper())
    yield case, 1.0
    yield from ((f"{case} {sign}", 1.0) for sign in _signs(before))
    yield "goes on", float(text.startswith(_GOES_ON))
    yield "bracket", float(before.count("(") > before.count(")") or before.count("«") > before.count("»"))
    if calls:
        yield f"{case} called", 1.0
        return
    if ended(before):
        yield f"{case} stop", 1.0
        yield f"{case} stop, stops", style.stops
    else:
        yield f"{case} open, stops", style.stops
    yield f"{case}, small", style.small
    share = style.small if case == "lower" else 1.0
    yield from ((f"{case} {sign}", value * share) for sign, value in _alike(text, item or before))
    yield f"{case} after quantity", float(bare_word(last) in _QUANTITIES or last.isdigit())
    if style.role in GUESSED:
        alone, joined = _worded(text, item or before, style.role)
        yield f"{case} cost", alone
        yield f"{case} joined", joined * share
    if style.role is Role.ACTOR:
        yield f"{case} in actors", 1.0
        both = not before.endswith(",") and _is_actor(text) and _is_actor(item or before)
        yield f"{case} both actors", float(both)
        yield "acronym both actors", float(both and _is_acronym(text.split()[0]))
    if case == "capital":
        yield from ((name, 1.0) for name in _capital(text, before, last, names))
    elif case == "lower":
        yield from _lower(text, last, style.small)


def _case(text: str) -> str:
    said = text.lstrip('«“"( ')
    if text[:1].isdigit():
        return "digit"
    return "capital" if said[:1].isupper() else "lower" if text[:1].islower() else "sign"


def _alike(text: str, item: str) -> Iterator[tuple[str, float]]:
    """Whether a line begins as the item above it does, and with words that were seen to begin passages."""
    one, (word, *after) = _class(_first(item)), [fold(found) for found in _WORD.findall(text)[:2]] or [""]
    kind = _class(word)
    yield f"begins as {one}", float(one == kind)
    yield f"{kind} after {'infinitive' if one == 'infinitive' else 'other'}", 1.0
    yield "pair", float(kind not in {"of", "function"} and bool(after) and is_opening(word, after[0]))


def _first(text: str) -> str:
    word = _WORD.search(text)
    return fold(word[0]) if word else ""


@lru_cache(maxsize=4096)
def _worded(text: str, item: str, role: Role) -> tuple[float, float]:
    """How unlikely a line alone is in its column, and how much less likely it makes the item above it, in nats."""
    longer = costs(f"{item} {text}", GUESSED)[role] - costs(item, GUESSED)[role]
    return min(_MOST_COST, costs(text, GUESSED)[role]), max(-_MOST_JOINED, min(_MOST_JOINED, longer))


def _signs(before: str) -> Iterator[str]:
    signs = {"comma": ",", "semicolon": ";", "colon": ":"}
    yield from (name for name, sign in signs.items() if before.endswith(sign))


def _capital(text: str, before: str, last: str, names: frozenset[str]) -> Iterator[str]:
    word = _WORD.search(text)
    first = word[0] if word else ""
    folded = fold(first)
    if _is_acronym(first):
        yield "acronym"
    elif first.lower() in names or _INSIDE.search(first):
        yield "name"
    elif opens(folded):
        yield "capital opens"
    elif is_infinitive(folded):
        yield "capital infinitive"
    elif is_seen(first):
        yield "capital seen"
    if _NAME.match(text):
        yield "capital twice"
    if last[:1].isupper() and not ended(before):
        yield "after acronym" if _is_acronym(last) else "after capital alone" if last == before else "after name"
    if _is_actor(text):
        yield "capital actor"
    if _is_actor(before):
        yield "capital after actor"


def _lower(text: str, last: str, small: float) -> Iterator[tuple[str, float]]:
    word = _WORD.search(text)
    folded = fold(word[0]) if word else ""
    kind, before = _class(folded), _class(fold(last).split(" ")[-1])
    yield f"lower {kind}, small", small
    yield f"lower {kind}", 1.0
    yield "lower opens, small", small * opens(folded)
    yield "lower after function", float(bare_word(last) in _FUNCTION)
    if before == "infinitive" and kind in {"infinitive", "noun", "article"}:
        yield f"infinitive {kind}", 1.0
    if before != "infinitive" and kind == "infinitive":
        yield "before infinitive, small", small
    if before == kind == "noun" and not opens(folded):
        yield "noun noun, small", small


@lru_cache(maxsize=4096)
def _class(word: str) -> str:
    """What kind of word a folded one seems to be, by its form."""
    if not word:
        return "none"
    if word in _OF:
        return "of"
    if word in _ARTICLES:
        return "article"
    if word in _QUANTITIES:
        return "quantity"
    if word in _FUNCTION:
        return "function"
    if is_infinitive(word):
        return "infinitive"
    ends = len(word) > _SHORT and _ADJECTIVE.search(word) and not _NOUN.search(word)
    return "adjective" if ends and not opens(word) else "noun"


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM


def _is_actor(line: str) -> bool:
    return len(line.split()) <= _LONGEST_ACTOR and bool(spot(line, cell=True).actors)
