"""The words of a text that may name actors: spellings made alike, names of persons left out, marks kept."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from ingest.actors.context import CLIPPED, spelled
from ontology.folding import search_key, without_tags
from ontology.vocabulary import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = ","  # stands for any mark that parts names
CAPITAL = "A-ZÀ-ÖØ-Þ"
_TITLE = r"(?:MM|M|Mr|Mmes?|Mlle|Dr|Monsieur|Messieurs|Madame|Mesdames)"
TITLED = re.compile(rf"\b{_TITLE}\b\.?((?:\s+(?:[{CAPITAL}]\.|[{CAPITAL}][\w'’-]+))+)")
# as in "DUPONT Anne" or "Anne DUPONT", between two marks
_FIRST = rf"[{CAPITAL}][a-zà-ÿ]+(?:-[{CAPITAL}][a-zà-ÿ]+)?"
SURNAME = re.compile(
    rf"(?:^\W*|(?<=[,;:(•–—]))\s*(?:[{CAPITAL}-]{{3,}}\s+{_FIRST}|{_FIRST}\s+[{CAPITAL}-]{{3,}})\s*(?=$|[,;:()•–—]|-\s)"
)
_TOKEN = re.compile(r"[^\W_]+|(?P<mark>[,;:/()\[\]•▪►▶!?+&|–—→]|\.(?!\w)|(?<=\s)-(?=\s))")
_PLAIN = re.compile(r"[^\W_\d]+(?:[ '’-][^\W_\d]+)*")  # words that a scan for marks would find unchanged
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+")
_DOTTED = re.compile(rf"\b(?:[{CAPITAL}]\.-?){{2,}}(?:[{CAPITAL}]\b)?")
_PLURAL_ACRONYM = re.compile(rf"\b([{CAPITAL}]{{2,}})s\b")
_NUMBERED = re.compile(r"\b([^\W\d_]{2,})(\d{2,3})\b")  # as in "CD49"
_CLIPPED = re.compile(rf"\b({'|'.join(sorted(CLIPPED))})\.(?=\s+\w|\s*$)", re.IGNORECASE)  # "prof. doc."
_BROKEN = re.compile(r"\b[^\W\d_]{3,}-[^\W\d_]{3,}\b")  # perhaps at the end of a line
# as in "enseignant·e·s", "acteur·ices", "élu(e)s", "formateur/trice", "parent(s)", "jugé.e.s", "principaux.ales"
_INCLUSIVE = re.compile(
    r"(?<=[^\W\d_]{2})(?:[·•‧∙][^\W\d_]{1,5}(?:[·•‧∙]s)?|\((?:e|ne|le|fe|ère|euse|trice|s|x)\)s?"
    r"|[./-](?:(?:e|ne|fe|ve|ère|ière|euse|trice|rice|ice|ale)(?:[./-]?s)?|(?:le|te|se)[./-]?s))(?!\w)"
)
_GENDERED = frozenset("·•‧∙(./-")  # one of which is in each of those
SPELLED = spelled()  # words that stand for another one, folded and in the singular


class Token(NamedTuple):
    """A word that counts, or a mark; ``start`` and ``end`` are code points from 0 in the text made alike."""

    raw: str
    word: str  # folded, singular; or MARK
    led: tuple[str, ...]  # the articles, possessives and "de" that stand just before
    start: int
    end: int
    near: tuple[str, ...] = ()  # words of the labels that are a typo away

    @property
    def of(self) -> bool:
        """Whether "de" stands just before."""
        return not {"d", "de", "du"}.isdisjoint(self.led)

    def fits(self, word: str) -> bool:
        """Whether this may be that word of a label."""
        return word == self.word or word in self.near


def alike(text: str, is_name: Callable[[str], bool]) -> str:
    """The text without markup, addresses, dots of acronyms and double genders; what ``is_name`` knows stays whole."""
    text = unicodedata.normalize("NFC", without_tags(text))
    if "@" in text or "www" in text or "http" in text:
        text = _ADDRESS.sub(lambda match: match[0] if is_name(match[0]) else f" {MARK} ", text)
    if "." in text:
        text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
        text = _CLIPPED.sub(r"\1", text)
    text = _PLURAL_ACRONYM.sub(r"\1", text)
    text = _NUMBERED.sub(lambda match: match[0] if is_name(match[0]) else f"{match[1]} {match[2]}", text)
    if not _GENDERED.isdisjoint(text):
        text = _INCLUSIVE.sub("", text).replace("·", "")
    return _BROKEN.sub(lambda match: _mended(match[0], is_name), text) if "-" in text else text


def _mended(word: str, is_name: Callable[[str], bool]) -> str:
    whole = word.replace("-", "")
    return whole if is_name(whole) and not is_name(word) else word


def tokens(text: str, near: Callable[[str], tuple[str, ...]] | None = None) -> Iterator[Token]:
    """The words and marks of a text, in order; ``near`` tells which words of the labels are a typo away."""
    led: tuple[str, ...] = ()
    for match in _TOKEN.finditer(text):
        if match["mark"]:
            yield Token(match[0], MARK, (), match.start(), match.end())
            led = ()
            continue
        for word in search_key(match[0]).split():
            if word in FUNCTION_WORDS:
                led = (*led, "à" if match[0] in {"à", "À"} else word)
                continue
            typos = near(word) if near else ()
            plain = _plain(word)
            if match[0] == "ET" and text[: match.start()].endswith("-"):
                plain = "-et"  # the end of an acronym (IEN-ET), not "and"
            yield Token(match[0], plain, led, match.start(), match.end(), typos)
            led = ()


def without_doubles(words: list[Token]) -> list[Token]:
    """The words, those that are said in both genders once: "inspectrices et inspecteurs de l’Éducation nationale"."""
    doubled = {
        at
        for place in range(len(words) - 2)
        for at in (place, place + 1)
        if words[place].word == words[place + 2].word != MARK
        and words[place].raw.lower() != words[place + 2].raw.lower()
        and (words[place + 1].word in {"et", "ou"} or words[place + 1].raw == "/")
    }
    return [word for place, word in enumerate(words) if place not in doubled] if doubled else words


def _plain(word: str) -> str:
    """One spelling for a word: "coordinateur" and "coordonnateur", "légal" and the "légau" of "légaux"."""
    if word.endswith("au") and not word.endswith("eau"):
        word = f"{word[:-1]}l"
    return SPELLED.get(word, word)


def label_words(label: str) -> tuple[str, ...]:
    """The words of a label, as those of a text are made."""
    if _PLAIN.fullmatch(label) and "-ET" not in label:
        return tuple(_plain(word) for word in search_key(label).split() if word not in FUNCTION_WORDS)
    return tuple(token.word for token in tokens(label))
