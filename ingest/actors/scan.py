"""Which actors of the vocabulary a text names.

The text is read from left to right and the longest label that fits is taken, so a name that holds a comma, "et" or
another name stays whole. Words are compared folded and in the singular, without articles and the prepositions of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from ingest.actors import context
from ingest.actors.labels import Match, index, is_label, is_one_name, is_participle, known_acronyms, long_words, near
from ingest.actors.left import is_left, is_shouted, left_alone, unknown_acronyms
from ingest.actors.sense import JOINERS, begins_name, is_each, is_head, is_introduced, is_numbered, is_saying, is_sort
from ingest.actors.words import MARK, SURNAME, TITLED, Token, alike, tokens, without_doubles
from ontology.folding import search_key
from ontology.vocabulary import find_territory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ingest.actors.labels import Label

_ARTICLE = re.compile(r"\s(?:l[ea]s?\s|l[’'])?(?:«\s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spotted:
    """What was found.

    Attributes:
        actors: IRIs in order of appearance.
        unknown: wordings that the vocabulary lacks: acronyms, or a whole item of a list of actors.
        left: what else stands between two marks of a list of actors and is perhaps one.
    """

    actors: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


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
    clean = SURNAME.sub(_without_surname, TITLED.sub(_without_name, alike(text, is_label)))
    words = without_doubles(list(tokens(clean, near if cell else None)))
    dropped = _purposes(words, clean) if cell else frozenset()
    matches = _with_shared_ends(words, _scan(words, dropped, cell=cell))
    if cell and not any(match.label.actor for match in matches):  # then a common word counts wherever it stands
        matches = list(_scan(words, frozenset(), cell=True, anywhere=True))
    named = [match for match, after in zip_longest(matches, matches[1:]) if not _is_class_of(match, after, clean)]
    found = tuple(dict.fromkeys(match.label.actor for match in named if match.label.actor))
    unknown = tuple(dict.fromkeys(unknown_acronyms(clean, matches)))
    if cell and not found and not unknown and any(is_left(token, matches) for token in words):
        unknown = (text.strip(),)
    left = tuple(left_alone(clean, words, dropped, matches)) if cell and found else ()
    return Spotted(found, unknown, left)


def _is_class_of(match: Match, after: Match | None, text: str) -> bool:
    """Whether a common word says what the name just behind it is."""
    if after is None or not after.label.actor:
        return False
    between = text[match.end : after.start]
    if context.EXAMPLED.issuperset(match.label.words) and between.strip() in {"(", ":"}:
        return True
    return context.CLASSES.issuperset(match.label.words) and _ARTICLE.fullmatch(between) is not None


# -- persons -------------------------------------------------------------------------------------------------------
def _without_name(match: re.Match[str]) -> str:
    """The words after a person's title, from the first that may begin an actor's name."""
    words = match[1].split()
    kept = next((place for place, word in enumerate(words) if search_key(word) in index()), len(words))
    return f" {MARK} {' '.join(words[kept:])}"


def _without_surname(match: re.Match[str]) -> str:
    """A mark, where a surname in capitals stands beside a first name; the words themselves where they may be others."""
    words = match[0].split()
    known = any(word in known_acronyms() or is_shouted(word) or find_territory(word) for word in words)
    return match[0] if known or any(word in index() for word in search_key(match[0]).split()) else f" {MARK} "


# -- the scan ------------------------------------------------------------------------------------------------------
def _scan(words: Sequence[Token], dropped: frozenset[int], *, cell: bool, anywhere: bool = False) -> Iterator[Match]:
    place, listed = 0, -1  # where the next name of a list would begin
    before: Match | None = None
    while place < len(words):
        label, shared = None, 0
        if place not in dropped:
            label = _longest(words, place, cell=cell, anywhere=anywhere, listed=place == listed)
        unsure = label is None or not label.sure
        if unsure and before and place == listed and words[place - 1].word != MARK and place not in dropped:
            lent, shared = _sharing(words, place, before)
            label = lent or label
        if label is None:
            place += 1
            continue
        last = place + len(label.words) - shared
        before = Match(label, place - shared, words[place].start, words[last - 1].end)
        yield before
        joined = last < len(words) and (words[last].word in {"et", "ou"} or words[last].raw in JOINERS)
        place, listed = last, last + joined if label.actor else -1


def _sharing(words: Sequence[Token], place: int, before: Match) -> tuple[Label | None, int]:
    """The label that takes its first words from the name before it, and how many: "élus municipaux et régionaux".

    Where "de" stands before what ends the one name, it stands before what ends the other; behind "et" that one may have
    it alone ("personnel administratif et de direction").
    """
    if not context.POSSESSIVES.isdisjoint(words[place].led):  # "le proviseur et son adjoint"
        whole = (*before.label.words, words[place].word)
        if label := next((label for label in index()[whole[0]].get(whole[1], ()) if label.words == whole), None):
            return label, len(before.label.words)
    joined = words[place - 1].word in {"et", "ou"}
    for shared in range(len(before.label.words) - 1, 0, -1):
        if words[place].of != words[before.place + shared].of and not (words[place].of and joined):
            continue
        kept = before.label.words[:shared]
        second = kept[1] if shared > 1 else words[place].word
        for label in index().get(kept[0], {}).get(second, ()):
            there = words[place : place + len(label.words) - shared]
            ends = tuple(token.word for token in there)
            if label.actor and label.sure and len(label.words) > shared and label.words == kept + ends:
                return label, shared
    return None, 0


def _with_shared_ends(words: Sequence[Token], matches: Iterable[Match]) -> list[Match]:
    """The matches; a common word joined to a name takes its last words: "médecins et infirmiers scolaires"."""
    found: list[Match] = []
    for match in matches:
        place = match.place - 2
        joined = place >= 0 and len(match.label.words) > 1 and words[match.place - 1].word in {"et", "ou"}
        if joined and not (found and found[-1].label.sure and found[-1].end > words[place].start):
            whole = (words[place].word, *match.label.words[1:])
            lent = next((label for label in index().get(whole[0], {}).get(whole[1], ()) if label.words == whole), None)
            if lent and lent.actor and lent.sure and whole[0] not in context.HEADS:
                if found and found[-1].place == place:
                    found.pop()
                found.append(Match(lent, place, words[place].start, words[place].end))
        found.append(match)
    return found


def _longest(
    words: Sequence[Token], place: int, *, cell: bool, anywhere: bool = False, listed: bool = False
) -> Label | None:
    first = words[place]
    for label in _begun(words, place):
        there = words[place : place + len(label.words)]
        if len(there) < len(label.words) or not all(map(Token.fits, there, label.words)):
            continue
        if not is_one_name(label, there):
            continue
        if not label.sure and label.article and is_introduced(label, words, place, listed=listed):
            return label
        if not _counts(label, words, place, cell=cell):
            continue
        plain = label.sure and (first.word == label.words[0] or len(there) > 1)
        run_on = listed and not first.of and first.raw[0].isupper()
        alike_led = listed and first.of and words[place - 1].word in {"et", "ou"}  # "des élus et de la direction"
        if anywhere or plain or not cell or run_on or alike_led or begins_name(words, place):
            return label
    return None


def _begun(words: Sequence[Token], place: int) -> list[Label]:
    """Labels whose first two words stand there, the longest first, those without a typo before the others."""
    first = words[place]
    after = words[place + 1] if place + 1 < len(words) else None
    found: list[Label] = []
    for word in (first.word, *first.near):
        if seconds := index().get(word):
            for second in dict.fromkeys((*((after.word, *after.near) if after else ()), "")):
                found += seconds.get(second, ())
    if first.near or (after and after.near):
        found.sort(key=lambda label: (-len(label.words), label.words[0] != first.word))
    return found


def _counts(label: Label, words: Sequence[Token], place: int, *, cell: bool) -> bool:
    """Whether a label may be meant here, going by its capitals; a word that is spelled right is no typo of another."""
    first, only = words[place], label.words[0]
    if len(label.words) == 1:
        if is_each(words, place) or is_head(label, words, place) or is_sort(words, place):
            return False
        if first.word == only:
            if is_participle(first):
                return False
        elif first.word in long_words() or first.word[-2:] != only[-2:]:
            return False
        if (
            only in context.QUANTIFIERS
            and not label.sure
            and any(token.word != MARK for token in words if token is not first)
        ):
            return False
    if is_saying(label, words, place):
        return False
    if not label.sure and (not cell or not context.OWNERS.isdisjoint(first.led)):
        return not cell and label.exact == first.raw and is_numbered(words, place)
    if label.exact:
        return first.raw == label.exact or (cell and label.role)
    in_list = cell and label.sure and bool(label.actor) and only not in context.STRICT
    return not label.capital or first.raw[0].isupper() or in_list


def _purposes(words: Sequence[Token], text: str) -> frozenset[int]:
    """Places of the tokens that say what for, where that is nobody: "pour la présentation de…", "pour les lycées"."""
    dropped: set[int] = set()
    for place, token in enumerate(words):
        if token.word != "pour" or place in dropped:
            continue
        after = place + 1
        while after < len(words) and words[after].word in context.QUANTIFIERS:
            after += 1
        person = _longest(words, after, cell=True) if after < len(words) else None
        named = person and person.actor and not context.SCHOOLS.issuperset(person.words)
        if after == len(words) or context.INFINITIVE.fullmatch(words[after].word) or named:
            continue
        dropped.update(range(place, _end_of_part(words, after, text)))
    return frozenset(dropped)


def _end_of_part(words: Sequence[Token], place: int, text: str) -> int:
    """The place of the next mark, or of the next word that begins a line with a capital."""
    for later in range(place, len(words)):
        begins = "\n" in text[words[later - 1].end : words[later].start] and words[later].raw[0].isupper()
        if words[later].word == MARK or begins:
            return later
    return len(words)
