"""The phrases of `headers.toml`, and the words of a header as they are compared with them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ontology import fold, search_key

_ASKED = (
    (re.compile(r"\bqu est ce (?=qu)"), "ce "),
    (re.compile(r"\bqu\b"), "que"),
    (re.compile(r"\b(?:avon|avez|ont)\b"), "a"),
    (re.compile(r"\b(?:le plus|le mieux|surtout|particulierement|vraiment|principalement) (?=\w)"), ""),
    (re.compile(r"\b(?:encore|toujours|souvent|aujourd hui) (?=\w)"), ""),
)
_WHICH = re.compile(
    r"^quel(?:le)? (?:sont|seraient|serait|etaient|ont ete|est) (?:selon \w+ )?(?:les?|la|l|vos|nos|leur) (?=\w)"
)
_SIGN = re.compile(r"^\W*?(?:les\s+)?([+–−-])\W*$", re.IGNORECASE)  # a whole header
_SIGNS = {"+": "les plus", "-": "les moins", "–": "les moins", "−": "les moins"}
RANKED = re.compile(r"^\W*(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,3}[.)]?\s*[-–—:]?\s+(?=\D)")  # "2.1 Les freins"
_SHORT_PLURALS = {f"{word}s": word for word in ("dur", "cle", "but", "cap", "mot", "nom")}
_CLAUSE = re.compile(r"(?:^|\b)(?:ce|que|qui|dont|quel|quelle|quoi|si|ca)\b")
_RANK = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h]) ")  # of a part of the report
_LONGEST_CLAUSE = 10  # words
_DENIES = {"pas", "peu", "moin", "moins", "jamais", "ne"}
_PRONOUNS = frozenset(("nous", "vous", "on"))


@lru_cache(maxsize=8192)
def header_key(text: str) -> str:
    """The words of a header in one person: what is asked, told and found by a group is one thing.

    >>> header_key("Qu’est-ce qui vous a gênés ?") == header_key("Ce qui nous a gêné")
    True
    """
    if sign := _SIGN.match(text):
        return search_key(_SIGNS[sign[1]])
    key = search_key(RANKED.sub("", text))
    for asked, told in _ASKED:
        key = asked.sub(told, key)
    said = (word for word in _WHICH.sub("", key).split() if word not in _PRONOUNS)
    return " ".join(_SHORT_PLURALS.get(word, word) for word in said)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of a data file, ready to be looked for in folded text."""

    pattern: re.Pattern[str]
    names: dict[str, str]

    @classmethod
    def of(cls, table: dict[str, list[str]]) -> Phrases:
        """From name → phrases; the longest phrase is tried first."""
        names = {header_key(phrase): name for name, phrases in table.items() for phrase in phrases}
        longest = sorted(names, key=lambda phrase: (-len(phrase), phrase))
        return cls(re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest)) + r")(?!\S)"), names)

    def first(self, text: str) -> tuple[str, int] | None:
        """Name of the phrase that begins earliest, and the number of words before it."""
        key = header_key(text)
        found = self.pattern.search(key)
        return (self.names[found[0]], key.count(" ", 0, found.start())) if found else None

    def opening(self, text: str) -> tuple[str, str] | None:
        """Name and phrase, where a text begins with one."""
        found = self.pattern.match(header_key(text))
        return (self.names[found[0]], found[0]) if found else None


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("ingest.words").joinpath("headers.toml").read_text(encoding="utf-8"))


def words_of(section: str) -> dict[str, list[str]]:
    """One section of `headers.toml` as it is written."""
    return _data()[section]


@cache
def phrases(section: str) -> Phrases:
    """The phrases of one section of `headers.toml`."""
    return Phrases.of(_data()[section])


@cache
def _stems() -> dict[str, str]:
    return {fold(stem): name for name, stems in _data()["stems"].items() for stem in stems}


def told_by_stem(text: str) -> str | None:
    """The role that a question or a relative clause tells by the beginning of one of its words.

    >>> told_by_stem("Ce que les équipes souhaitent"), told_by_stem("Ce qui n’a pas été facilité")
    ('need', 'irritant')
    """
    key = _RANK.sub("", header_key(text))
    words = key.split()
    if text.lstrip().startswith("«") or not _CLAUSE.search(key) or len(words) > _LONGEST_CLAUSE:
        return None
    for word in words:
        role = next((role for stem, role in _stems().items() if word.startswith(stem)), None)
        if role is not None:
            return "irritant" if role == "strength" and _DENIES & set(words) else role
    return None
