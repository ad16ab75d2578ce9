"""Items that run together in a cell without bullets: parted at ends of sentences and where a new one plainly begins.

The cells of a "relevé de conclusions" lost their line breaks: "Les contacts, Le recensement des besoins La réactivité".
A capital inside the line opens an item when the word is of those that open one (an article, an infinitive,
a noun of action, a word that opened several of the passages that the wording is learnt from) and the word before can
end one (not an article or a preposition, which call for a noun).
"""

from __future__ import annotations

import re

from ingest.actors.scan import spot
from ingest.words.classes import words
from ingest.words.wording import opens
from ontology import Span, fold

_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[«\"“]?\s?[A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ])")
_ARTICLES = words("calling_articles")
_OPENS_NOUN = _ARTICLES | words("calling")
_INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")
_ACTION_NOUN = re.compile(r"(?:tion|sion|ment|age|ite|ance|ence|ure|tise|ise|omie|ie|ude|esse|isme|at|rche|inage)s?$")
_ACTION_WORDS = words("action_nouns")
_SHORTEST = 4  # letters of an infinitive or a noun that opens an item
_ABBREVIATION = 4  # characters, with the full stop
_ABBREVIATED = re.compile(r"(?:\b(?:M|Mme|Mr|cf|ex|etc|p|n|art|env|max|min|St|Ste|tél)|\b[A-Z])\.$")


def split(text: str, span: Span) -> list[Span]:
    """The items that run together in a passage, edges trimmed; one where nothing parts them."""
    found: list[Span] = []
    for sentence in sentences(text, span):
        start = sentence.start
        for cut in _openings(text, sentence):
            found.append(_trimmed(text, Span(start, cut)))
            start = cut
        found.append(_trimmed(text, Span(start, sentence.end)))
    return [piece for piece in found if piece.start < piece.end]


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of a passage, brackets and quotations kept whole."""
    passage, start, found = span.of(text), 0, []
    for match in _SENTENCE.finditer(passage):
        if _ABBREVIATED.search(passage, max(0, match.start() - _ABBREVIATION), match.start()) or _depth(
            passage, start, match.start()
        ):
            continue
        found.append(Span(span.start + start, span.start + match.start()))
        start = match.end()
    return [*found, Span(span.start + start, span.end)]


def _openings(text: str, span: Span) -> list[int]:
    passage, cuts = span.of(text), []
    before: re.Match[str] | None = None
    for word in _WORD.finditer(passage):
        if before is not None and word[0][0].isupper() and _opens(word[0]) and not _depth(passage, 0, word.start()):
            between = passage[before.end() : word.start()]
            comma = between.strip() in {",", ";"}
            if comma or (between.isspace() and can_end(before[0])):
                cuts.append(span.start + word.start())
        before = word
    return cuts


def _opens(word: str) -> bool:
    folded = fold(word).split()
    if (word.isupper() and len(word) > 1) or not folded:
        return False
    first = folded[0]
    if first in _ARTICLES or first in _ACTION_WORDS:
        return True
    formed = _INFINITIVE.search(first) or _ACTION_NOUN.search(first)
    return len(first) >= _SHORTEST and bool(formed or (opens(first) and not _names_one(word)))


def _names_one(word: str) -> bool:
    """Whether a word names one actor, and so may stand with a capital inside an item: "Région", "Canopé"."""
    return not fold(word).endswith(("s", "x")) and bool(spot(word, cell=True).actors)


def opens_action(word: str, before: str) -> bool:
    """Whether a capital infinitive begins an item, after a word that can end one: "… la ressourcerie" / "Ouvrir"."""
    said = fold(word).split()
    infinitive = len(said) == 1 and len(said[0]) > _SHORTEST and bool(_INFINITIVE.search(said[0]))
    return word[:1].isupper() and not word.isupper() and infinitive and can_end(before)


def can_end(word: str) -> bool:
    """Whether a word may be the last one of an item: no article, and none that calls for a noun."""
    folded = fold(word).split()
    if not folded or folded[-1] in _OPENS_NOUN:
        return False
    return word.isupper() or not word[0].isupper() or len(folded) > 1


def _depth(passage: str, start: int, end: int) -> int:
    part = passage[start:end]
    return max(0, part.count("(") - part.count(")")) + max(0, part.count("«") - part.count("»"))


def _trimmed(text: str, span: Span) -> Span:
    passage = span.of(text)
    return Span(
        span.start + len(passage) - len(passage.lstrip()), span.end - (len(passage) - len(passage.rstrip(" \t\n,;")))
    )
