"""Whether a word that may be common is a name where it stands, going by the words around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.actors import context
from ingest.actors.words import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.actors.labels import Label
    from ingest.actors.words import Token

JOINERS = frozenset({",", "/", "-", "–"})  # and "et", "ou"
_PARTICIPLE = re.compile(r"(?:é|i|u|is|it|ert)$")
_DEPARTEMENT = re.compile(r"\d\d\d?|2[aAbB]")


def _behind(words: Sequence[Token], place: int) -> Token | None:
    return words[place + 1] if place + 1 < len(words) else None


def _is_of(word: Token | None) -> bool:
    """Whether a word says of whom or of what the one before it is: "de l’école", "des écoles"."""
    return word is not None and (word.of or "des" in word.led)


def is_saying(label: Label, words: Sequence[Token], place: int) -> bool:
    """Whether a set phrase or a former name stands here: "à voir en équipe", "au service des écoles", "ex-DANE"."""
    first = words[place]
    if place and words[place - 1].word in context.FORMER:
        return True
    if place and words[place - 1].word == "en" and context.MANNERS.issuperset(label.words):
        return True
    served = first.word == "service" and "au" in first.led and label.words[:1] == ("service",)
    asked = place > 0 and words[place - 1].word in context.ACTING
    return served and not asked and place + 1 < len(words) and bool(words[place + 1].led)


def is_each(words: Sequence[Token], place: int) -> bool:
    """Whether the word says for each of what something is: "un référent par établissement"."""
    first = words[place]
    one = first.raw.islower() and not first.led and first.raw[-1] not in "sx"
    return one and place > 0 and words[place - 1].word == "par"


def is_head(label: Label, words: Sequence[Token], place: int) -> bool:
    """Whether the word is said of what comes next, and that is no school: "directeur du service"."""
    if len(label.words) > 1 or label.words[0] not in context.HEADS or not _is_of(_behind(words, place)):
        return False
    counted = (token for token in words[place + 1 :] if token.word not in context.QUANTIFIERS and token.word.isalpha())
    return next(counted, words[place]).word not in context.SCHOOLS


def is_sort(words: Sequence[Token], place: int) -> bool:
    """Whether the word says of what sort things are: "une famille de logiciels"."""
    first, after = words[place], _behind(words, place)
    one = first.word in context.SORTS and first.raw[-1] not in "sx"
    return one and after is not None and _is_of(after) and after.word not in context.YOUNG


def is_numbered(words: Sequence[Token], place: int) -> bool:
    """Whether the number of a département follows ("CD 49")."""
    after = _behind(words, place)
    return after is not None and not after.led and _DEPARTEMENT.fullmatch(after.raw) is not None


def is_introduced(label: Label, words: Sequence[Token], place: int, *, listed: bool) -> bool:
    """Whether the words around a common word make it a name: "la Région", "financé par la région", "les personnels"."""
    first, before = words[place], words[place - 1] if place else None
    if is_head(label, words, place):
        return False
    listed = listed and before is not None and (before.word == MARK or before.word in {"et", "ou"})
    if _is_people(label, words, place):
        return context.LOOSE.isdisjoint(label.words) or _is_last(words, place)
    if first.led and ((listed and not first.of) or _acts(words, place, place + len(label.words))):
        return True
    if listed and before and before.raw in JOINERS - {","}:
        return True
    written = first.raw[0].isupper() and not first.raw.isupper()
    if not written or label.article in {"les", "l’"} or (before and before.word in context.INSIDE):
        return False
    if first.led:
        return True
    named = place + len(label.words) < len(words) and words[place + len(label.words)].raw[0].isupper()
    return named and (before is None or before.word == MARK)


def _is_people(label: Label, words: Sequence[Token], place: int) -> bool:
    """Whether an article tells of people: "les personnels", "du directeur", not "le médiateur de la ville"."""
    first, after = words[place], _behind(words, place)
    plural = first.raw[-1] in "sx" or first.raw.isupper()
    if plural and (label.article == "les" or label.someone):
        return not context.PLURALS.isdisjoint(first.led)
    one = label.someone and context.LOOSE.isdisjoint(label.words) and not {"d", "de"}.issuperset(first.led)
    return one and not _is_of(after)


def _is_last(words: Sequence[Token], place: int) -> bool:
    """Whether a noun phrase ends here: "les principaux et les IEN", not "les principaux freins"."""
    after = _behind(words, place)
    return after is None or bool(after.led) or after.word in {MARK, "et", "ou"}


def _acts(words: Sequence[Token], place: int, end: int) -> bool:
    """Whether somebody acts or is asked to, going by the word before or the verb behind: "la région finance"."""
    first = words[place]
    verb = words[end] if end < len(words) else None
    begun = place == 0 or words[place - 1].word in context.BEGINNERS
    if begun and verb and _is_verb(verb) and context.ARTICLES.issuperset(first.led):
        return True
    if place == 0:
        return False
    if first.of:
        return words[place - 1].word in context.BACKERS
    before = place - 1
    while before and words[before].word in context.ADVERBS:
        before -= 1
    return words[before].word in context.ACTING or (before == 0 and words[0].word == "que")


def _is_verb(word: Token) -> bool:
    """Whether a word tells what somebody does or did: "finance", "a livré"."""
    return (word.raw in context.VERBS and not word.led) or (
        word.led == ("a",) and _PARTICIPLE.search(word.raw) is not None
    )


def begins_name(words: Sequence[Token], place: int) -> bool:
    """Whether a name may begin here: not inside a noun phrase that began before ("le comité de l’EPLE")."""
    if words[place].of:
        return False
    before = words[place - 1].word if place else MARK
    return before == MARK or before in context.OPENERS or context.INFINITIVE.fullmatch(before) is not None
