"""The phrases of `headers.toml`, and the words of a header as they are compared with them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ontology import fold, search_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASKED = (
    (re.compile(r"\bqu est ce (?=qu)"), "ce "),
    (re.compile(r"\bqu\b"), "que"),
    (re.compile(r"(?<!comment )\bon (?=(?:mesur|verifi|evalu)\w+)"), "comment "),
    (re.compile(r"\b(?:avon|avez|ont)\b"), "a"),
    (re.compile(r"\b(?:le plus|le mieux|surtout|particulierement|vraiment|principalement) (?=\w)"), ""),
    (re.compile(r"\b(?:encore|toujours|souvent|aujourd hui) (?=\w)"), ""),
)
# A header without any of these words is changed by none of the above.
_CHANGING = frozenset(
    "qu on avon avez ont plus mieux surtout particulierement vraiment principalement encore toujours souvent hui"
    " quel quelle".split()
)
_WHICH = re.compile(
    r"^quel(?:le)? (?:sont|seraient|serait|etaient|ont ete|est) (?:selon \w+ )?(?:les?|la|l|vos|nos|leur) (?=\w)"
)
_SIGN = re.compile(r"^\W*?(?:les\s+)?([+–−-])\W*$", re.IGNORECASE)  # a whole header
_SIGNS = {"+": "les plus", "-": "les moins", "–": "les moins", "−": "les moins"}
RANKED = re.compile(r"^\W*(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,3}[.)]?\s*[-–—:]?\s+(?=\D)")  # "2.1 Les freins"
_SHORT_PLURALS = {f"{word}s": word for word in ("dur", "cle", "but", "cap", "mot", "nom")}
_ASKED_RANK = re.compile(r"^q ?\d{1,2} (?=[a-z])")  # « Q2. Difficultés rencontrées »
_CLAUSE = re.compile(r"(?:^|\b)(?:ce|que|qui|dont|quel|quelle|quoi|si|ca)\b")
_RANK = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h]) ")  # of a part of the report
_LONGEST_CLAUSE = 10  # words
_MODAL = "pourr"  # of a verb that says nothing beside another one: "ce qui pourrait nous freiner"
_DENIES = {"pas", "peu", "moin", "moins", "jamais", "ne"}
_ASKED_ROLE = "question"
_ROLES = "roles"  # the section of the names of roles
_PRONOUNS = frozenset(("nous", "vous", "on"))
_SPEAKING = ["nous"], ["on"], ["ils"], ["elles"], ["je"]
_LONGEST_SAYING = 5  # words of a clause that is a name


@lru_cache(maxsize=8192)
def header_key(text: str) -> str:
    """The words of a header in one person: what is asked, told and found by a group is one thing.

    >>> header_key("Qu’est-ce qui vous a gênés ?") == header_key("Ce qui nous a gêné")
    True
    """
    if sign := _SIGN.match(text):
        return search_key(_SIGNS[sign[1]])
    key = _ASKED_RANK.sub("", search_key(RANKED.sub("", text) if "." in text else text))
    words = key.split()
    if not _CHANGING.isdisjoint(words):
        for asked, told in _ASKED:
            key = asked.sub(told, key)
        words = _WHICH.sub("", key).split()
    return " ".join(_SHORT_PLURALS.get(word, word) for word in words if word not in _PRONOUNS)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of a data file, ready to be looked for in folded text."""

    names: dict[str, str]
    begun: dict[str, list[str]]  # phrases by their first words, the longest first

    @classmethod
    def of(cls, table: dict[str, list[str]]) -> Phrases:
        """From name → phrases; the longest phrase is tried first."""
        names = {header_key(phrase): name for name, phrases in table.items() for phrase in phrases}
        begun: dict[str, list[str]] = {}
        for phrase in sorted(names, key=lambda phrase: (-len(phrase), phrase)):
            begun.setdefault(phrase.partition(" ")[0], []).append(phrase)
        return cls(names, begun)

    def within(self, key: str) -> Iterator[tuple[str, int, int]]:
        """The phrases of some folded words, one behind another: with offset and words before."""
        start, end = 0, 0
        for place, word in enumerate(key.split()):
            if word in self.begun and start >= end and (phrase := self._at(key, start, word)):
                yield phrase, start, place
                end = start + len(phrase)
            start += len(word) + 1

    def first(self, text: str) -> tuple[str, int] | None:
        """Name of the phrase that begins earliest, and the number of words before it."""
        found = next(self.within(header_key(text)), None)
        return (self.names[found[0]], found[2]) if found else None

    def opening(self, text: str) -> tuple[str, str] | None:
        """Name and phrase, where a text begins with one."""
        key = header_key(text)
        phrase = self._at(key, 0, key.partition(" ")[0])
        return (self.names[phrase], phrase) if phrase else None

    def _at(self, key: str, start: int, word: str) -> str:
        """The longest phrase that stands in a text at the place where a word begins; "" for none."""
        for phrase in self.begun.get(word, ()):
            end = start + len(phrase)
            if key.startswith(phrase, start) and (end == len(key) or key[end] == " "):
                return phrase
        return ""


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("ingest.words").joinpath("headers.toml").read_text(encoding="utf-8"))


def words_of(section: str) -> dict[str, list[str]]:
    """One section of `headers.toml` as it is written."""
    return _data()[section]


@cache
def phrases(section: str) -> Phrases:
    """The phrases of one section of `headers.toml`."""
    return Phrases.of(_with_closing() if section == _ROLES else _data()[section])


def _with_closing() -> dict[str, list[str]]:
    """The names of roles, with those that also close a report."""
    closing = _data()["closing"]
    return {role: [*said, *closing.get(role, ())] for role, said in _data()[_ROLES].items()}


@cache
def _stems() -> dict[str, str]:
    found = {fold(stem) + "$" * stem.endswith("$"): name for name, stems in _data()["stems"].items() for stem in stems}
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))  # the longest is tried first


def told_by_stem(text: str) -> str | None:
    """The role that a question or a relative clause tells by the beginning of one of its words.

    >>> told_by_stem("Ce que les équipes souhaitent"), told_by_stem("Ce qui n’a pas été facilité")
    ('need', 'irritant')
    """
    key = _RANK.sub("", header_key(text))
    words = key.split()
    if text.lstrip().startswith("«") or not _CLAUSE.search(key) or len(words) > _LONGEST_CLAUSE:
        return None
    return _of_words(words)


def told_by_clause(text: str) -> str | None:
    """The role that a short clause of those who speak tells, as a name of a column or a title does.

    >>> told_by_clause("On propose"), told_by_clause("Nous regrettons"), told_by_clause("Réseau")
    ('lever', 'irritant', None)
    """
    words = fold(text).split()
    if words[:1] not in _SPEAKING or len(words) > _LONGEST_SAYING:
        return None
    said = phrases("announcing").first(text)
    return said[0] if said else _of_words(header_key(text).split())


def _of_words(words: list[str]) -> str | None:
    """The role that the beginnings of words tell, in a clause that says no more."""
    found = [role for word in words if (role := _role_of_word(word))]
    if _ASKED_ROLE in found:
        return _ASKED_ROLE  # "Ce que nous n’avons pas réussi à trancher"
    modal = len(found) > 1 and any(word.startswith(_MODAL) for word in words) and found[0] == "lever"
    role = found[modal] if found else None
    return "irritant" if role == "strength" and _DENIES & set(words) else role


def _role_of_word(word: str) -> str | None:
    return next((role for stem, role in _stems().items() if f"{word}$".startswith(stem)), None)
