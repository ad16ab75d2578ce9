"""Which actors of the vocabulary a text names.

The text is read from left to right and the longest label that fits is taken, so a name that holds a comma, "et" or
another name stays whole. Words are compared folded and in the singular, without articles and the prepositions of names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ontology.folding import search_key, without_tags
from ontology.vocabulary import FUNCTION_WORDS, actors, find_territory, not_actors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MARK = ","  # stands for any mark that parts names
_FUZZY_LETTERS = 7
_SHORT_ACRONYM = 3
_LONGEST_ACRONYM = 7
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_TOKEN = re.compile(r"[^\W_]+|(?P<mark>[,;:/()\[\]•▪►▶!?+&|–—→]|\.(?!\w)|(?<=\s)-(?=\s))")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_DOTTED = re.compile(rf"\b(?:[{_CAPITAL}]\.){{2,}}(?:[{_CAPITAL}]\b)?")
_PLURAL_ACRONYM = re.compile(rf"\b([{_CAPITAL}]{{2,}})s\b")
_ACRONYM = re.compile(rf"\b[{_CAPITAL}][{_CAPITAL}0-9]+\b")
# as in "enseignant·e·s", "acteur·ices", "élu(e)s", "formateur/trice", "parent(s)", "jugé.e.s"
_INCLUSIVE = re.compile(
    r"(?<=[^\W\d_]{2})(?:[·•‧∙][^\W\d_]{1,5}(?:[·•‧∙]s)?|\((?:e|ne|le|fe|ère|euse|trice|s|x)\)s?"
    r"|[./-](?:(?:e|ne|fe|ve|ère|ière|euse|trice|rice|ice)(?:[./-]?s)?|(?:le|te|se)[./-]?s))(?!\w)"
)
_INFINITIVE = re.compile(r"\w{3,}[ei]r")
_TITLE = r"(?:MM|M|Mr|Mmes?|Mlle|Dr|Monsieur|Messieurs|Madame|Mesdames)"
_TITLED = re.compile(rf"\b{_TITLE}\b\.?((?:\s+(?:[{_CAPITAL}]\.|[{_CAPITAL}][\w'’-]+))+)")
# as in "DUPONT Anne" or "Anne DUPONT", between two marks
_FIRST = rf"[{_CAPITAL}][a-zà-ÿ]+(?:-[{_CAPITAL}][a-zà-ÿ]+)?"
_SURNAME = re.compile(
    rf"(?:^\W*|(?<=[,;:(•–—]))\s*(?:[{_CAPITAL}-]{{3,}}\s+{_FIRST}|{_FIRST}\s+[{_CAPITAL}-]{{3,}})\s*(?=$|[,;:()•–—]|-\s)"
)
# After these words a name begins.
_OPENERS = frozenset({
    "ainsi", "ancien", "aupres", "autour", "autre", "avec", "certain", "chaque", "chez", "comme", "dont", "ensemble",
    "entre", "et", "futur", "notamment", "nouveau", "nouvelle", "ou", "par", "pour", "puis", "que", "sauf", "tous",
    "tout", "toute", "voire",
})  # fmt: skip
_QUANTIFIERS = frozenset({"chaque", "ensemble", "plusieurs", "tous", "tout", "toute"})
_SPELLED = {"1er": "premier", "2nd": "second"}


@dataclass(frozen=True, slots=True)
class Spotted:
    """What was found: IRIs of actors in order of appearance, and wordings that the vocabulary lacks."""

    actors: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def spot(text: str, *, cell: bool = True) -> Spotted:
    """The actors that a text names, and what it names that is unknown.

    Args:
        text: one item of a table, a list or a sentence.
        cell: the text stands where actors are listed: typos, clipped forms and common words ("direction") count there,
            the subject of a purpose ("pour la présentation des outils") does not, and a text in which nothing was found
            is unknown as a whole. Elsewhere only what is sure counts.

    >>> spot("CNIL et/ou RSSI pour la prévention des risques").actors
    ('https://w3id.org/leviers/id/actor/cnil', 'https://w3id.org/leviers/id/actor/rssi')
    """
    clean = _clean(text)
    tokens = list(_tokens(clean, fuzzy=cell))
    matches = list(_scan(tokens, _purposes(tokens) if cell else frozenset(), cell=cell))
    if cell and not any(match.label.actor for match in matches):  # then a common word counts wherever it stands
        matches = list(_scan(tokens, frozenset(), cell=True, anywhere=True))
    found = tuple(dict.fromkeys(match.label.actor for match in matches if match.label.actor))
    unknown = tuple(dict.fromkeys(_unknown_acronyms(clean, matches)))
    if cell and not found and not unknown and any(_is_left(token, matches) for token in tokens):
        unknown = (text.strip(),)
    return Spotted(found, unknown)


# -- the text ------------------------------------------------------------------------------------------------------
class _Token(NamedTuple):
    raw: str
    word: str  # folded, singular; or _MARK
    of: bool  # "de" stands just before
    start: int
    end: int
    near: tuple[str, ...] = ()  # words of the labels that are a typo away

    def fits(self, word: str) -> bool:
        return word == self.word or word in self.near


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", without_tags(text))
    text = _ADDRESS.sub(f" {_MARK} ", text)
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    text = _PLURAL_ACRONYM.sub(r"\1", text)
    text = _INCLUSIVE.sub("", text).replace("·", "")
    return _SURNAME.sub(_without_surname, _TITLED.sub(_without_name, text))


def _without_name(match: re.Match[str]) -> str:
    """The words after a person's title, from the first that may begin an actor's name."""
    words = match[1].split()
    kept = next((place for place, word in enumerate(words) if search_key(word) in _index()), len(words))
    return f" {_MARK} {' '.join(words[kept:])}"


def _without_surname(match: re.Match[str]) -> str:
    """A mark, where a surname in capitals stands beside a first name; the words themselves where they may be others."""
    words = match[0].split()
    known = any(word in _known_acronyms() or _is_shouted(word) or find_territory(word) for word in words)
    return match[0] if known or any(word in _index() for word in search_key(match[0]).split()) else f" {_MARK} "


def _tokens(text: str, *, fuzzy: bool) -> Iterator[_Token]:
    of = False
    for match in _TOKEN.finditer(text):
        if match["mark"]:
            yield _Token(match[0], _MARK, False, match.start(), match.end())
            of = False
            continue
        for word in search_key(match[0]).split():
            if word in FUNCTION_WORDS:
                of = of or word in {"d", "de", "du"}
                continue
            plain, near = _SPELLED.get(word, word), _near(word) if fuzzy else ()
            yield _Token(match[0], plain, of, match.start(), match.end(), near)
            of = False


# -- the labels ----------------------------------------------------------------------------------------------------
class _Label(NamedTuple):
    words: tuple[str, ...]
    actor: str  # IRI; empty for a phrase that names no actor
    sure: bool  # counts outside a list of actors too
    exact: str = ""  # how it must be written, where capitals tell it from a common word
    capital: bool = False  # likewise, for its first letter


@cache
def _index() -> Mapping[str, tuple[_Label, ...]]:
    """Labels by their first word, the longest first."""
    labels: dict[tuple[str, ...], _Label] = {}
    for actor in actors():  # where wordings have one key, the last decides: hidden labels are not sure
        found = (_label(actor.label, actor.id), *map(partial(_label, actor=actor.id, capital=True), actor.alts))
        labels.update((label.words, label) for label in found)
        hidden = (_label(text, actor.id, sure=False, capital=True) for text in actor.hidden)
        labels.update((label.words, label) for label in hidden)
    for term in not_actors():
        phrases = (_label(text, "", capital=True) for text in (term.label, *term.alts))
        labels.update((label.words, label) for label in phrases)
    index: dict[str, list[_Label]] = {}
    for label in sorted(labels.values(), key=lambda label: -len(label.words)):
        index.setdefault(label.words[0], []).append(label)
    return {word: tuple(begun) for word, begun in index.items()}


def _label(text: str, actor: str, *, sure: bool = True, capital: bool = False) -> _Label:
    words = tuple(token.word for token in _tokens(text, fuzzy=False))
    if len(words) > 1:
        return _Label(words, actor, sure)
    exact = text if text.isupper() and len(text) <= _SHORT_ACRONYM else ""
    return _Label(words, actor, sure, exact, capital and text[0].isupper() and not (actor and text.isupper()))


@cache
def _known_acronyms() -> frozenset[str]:
    terms = (*actors(), *not_actors())
    return frozenset(label.upper() for term in terms for label in (term.label, *term.alts, *term.hidden))


# -- typos ---------------------------------------------------------------------------------------------------------
@cache
def _long_words() -> frozenset[str]:
    words = (word for labels in _index().values() for label in labels for word in label.words)
    return frozenset(word for word in words if len(word) >= _FUZZY_LETTERS)


@lru_cache(maxsize=16384)
def _near(word: str) -> tuple[str, ...]:
    """The long words of the labels that are a slip away: a letter too many, missing, wrong, or two swapped."""
    if len(word) < _FUZZY_LETTERS:
        return ()
    near = process.extract(word, _long_words(), scorer=OSA.distance, score_cutoff=1, limit=None)
    return tuple(sorted(other for other, _, _ in near if _is_slip(word, other)))


def _is_slip(word: str, other: str) -> bool:
    """Whether two words differ inside, or by a silent e: another ending makes another word (chercher, enseignent)."""
    if word == other or word[0] != other[0] or {word[-3:], other[-3:]} == {"ant", "ent"}:
        return False
    return word[-2:] == other[-2:] or (abs(len(word) - len(other)) == 1 and word.rstrip("e") == other.rstrip("e"))


# -- the scan ------------------------------------------------------------------------------------------------------
class _Match(NamedTuple):
    label: _Label
    start: int  # of the text
    end: int


def _scan(tokens: Sequence[_Token], dropped: frozenset[int], *, cell: bool, anywhere: bool = False) -> Iterator[_Match]:
    place = 0
    while place < len(tokens):
        label = None if place in dropped else _longest(tokens, place, cell=cell, anywhere=anywhere)
        if label is None:
            place += 1
            continue
        last = place + len(label.words)
        yield _Match(label, tokens[place].start, tokens[last - 1].end)
        place = last


def _longest(tokens: Sequence[_Token], place: int, *, cell: bool, anywhere: bool = False) -> _Label | None:
    first = tokens[place]
    labels = [label for word in (first.word, *first.near) for label in _index().get(word, ())]
    if first.near:
        labels.sort(key=lambda label: (-len(label.words), label.words[0] != first.word))
    for label in labels:
        there = tokens[place : place + len(label.words)]
        if len(there) < len(label.words) or not all(map(_Token.fits, there, label.words)):
            continue
        if _counts(label, first, cell=cell) and (
            anywhere or (label.sure and (first.word == label.words[0] or len(there) > 1)) or _begins_name(tokens, place)
        ):
            return label
    return None


def _counts(label: _Label, first: _Token, *, cell: bool) -> bool:
    """Whether a label may be meant here, going by its capitals; a word that is spelled right is no typo of another."""
    if not (cell or label.sure):
        return False
    only = label.words[0]
    if len(label.words) == 1 and first.word != only and (first.word in _long_words() or first.word[-2:] != only[-2:]):
        return False
    if label.exact:
        return first.raw == label.exact
    return not label.capital or first.raw[0].isupper() or (cell and label.sure and bool(label.actor))


def _begins_name(tokens: Sequence[_Token], place: int) -> bool:
    """Whether a name may begin here: not inside a noun phrase that began before ("le comité de l’EPLE")."""
    if tokens[place].of:
        return False
    before = tokens[place - 1].word if place else _MARK
    return before == _MARK or before in _OPENERS or _INFINITIVE.fullmatch(before) is not None


def _purposes(tokens: Sequence[_Token]) -> frozenset[int]:
    """Places of the tokens that say what for, where that is a subject: "pour la présentation de…"."""
    dropped: set[int] = set()
    for place, token in enumerate(tokens):
        if token.word != "pour" or place in dropped:
            continue
        after = place + 1
        while after < len(tokens) and tokens[after].word in _QUANTIFIERS:
            after += 1
        person = _longest(tokens, after, cell=True) if after < len(tokens) else None
        if after == len(tokens) or _INFINITIVE.fullmatch(tokens[after].word) or (person and person.actor):
            continue
        end = next((later for later in range(after, len(tokens)) if tokens[later].word == _MARK), len(tokens))
        dropped.update(range(place, end))
    return frozenset(dropped)


# -- what is unknown -----------------------------------------------------------------------------------------------
def _unknown_acronyms(text: str, matches: Sequence[_Match]) -> Iterator[str]:
    written = list(_ACRONYM.finditer(text))
    if any(_is_shouted(word[0]) for word in written):
        return
    for word in written:
        known = word[0] in _known_acronyms() or find_territory(word[0])
        if not known and not any(match.start <= word.start() < match.end for match in matches):
            yield word[0]


def _is_shouted(word: str) -> bool:
    """Whether a word in capitals shows that the text is in capitals, and its words no acronyms."""
    return len(word) > _LONGEST_ACRONYM or (word != "CE" and word.lower() in FUNCTION_WORDS)


def _is_left(token: _Token, matches: Sequence[_Match]) -> bool:
    return token.word != _MARK and not any(match.start <= token.start < match.end for match in matches)
