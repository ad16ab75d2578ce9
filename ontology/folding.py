"""Words made comparable: what counts as the same wording, and the keys made from it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontology.kinds import Kind

_TAG = re.compile(r"<(/?)(sup|sub|b|i|em|strong|u|span|a|font|mark)(?:\s[^<>]*)?>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_RANK = re.compile(r"(?<=\d)\s+(?=<sup>\s*(?:er|re|e|ère|ème|nd|nde|d)s?\s*</sup>)", re.IGNORECASE)  # "1 <sup>er</sup>"
_RAISED = re.compile(r"\s?\^\{([^{}\n]*)\}")  # superscripts of converted PDF
_LETTER = re.compile(r"[\w\s]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LIGATURES = (("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("·", ""), ("‑", "-"))
_SHORTEST_PLURAL = 4
_INVARIABLE = re.compile(r"(?:ss|us|is|as|os)$")
_IRREGULAR = {
    "axes": "axe",
    "elus": "elu", "sociaux": "social", "departementaux": "departemental", "principaux": "principal",
    "regionaux": "regional", "municipaux": "municipal", "communaux": "communal", "locaux": "local",
    "nationaux": "national", "territoriaux": "territorial", "travaux": "travail", "reseaux": "reseau",
    "outils": "outil", "pairs": "pair", "parents": "parent", "profs": "prof", "pays": "pays", "mois": "mois",
    "acces": "acces", "temps": "temps", "cours": "cours", "tres": "tres", "plusieurs": "plusieurs", "vers": "vers",
    "coordos": "coordo", "assos": "asso",
    "avis": "avis", "relais": "relais", "francais": "francais", "permis": "permis", "jamais": "jamais",
}  # fmt: skip


def without_tags(text: str) -> str:
    """The text without its markup: inline tags join, other tags part words.

    >>> without_tags("1<sup>er</sup> degré<br>suite")
    '1er degré suite'
    """
    if "^" in text:
        text = _RAISED.sub(r"\1", text)
    return _OTHER_TAG.sub(" ", _TAG.sub("", _RANK.sub("", text))) if "<" in text else text


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Words only: no accents, case, punctuation, markup or line breaks.

    >>> fold("Le 1<sup>er</sup> réseau d’Œuvres : « e-primo »")
    'le 1er reseau d oeuvres e primo'
    """
    text = without_tags(text).lower()
    if not text.isascii():
        for sign, letters in _LIGATURES:
            text = text.replace(sign, letters)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.translate(_SIGNS).split())


class _Signs(dict[int, str]):
    """What each sign becomes: letters and digits without accents, a space for what parts words."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
        self[code] = _NOT_WORD.sub(" ", plain) if _LETTER.match(sign) else " "
        return self[code]


_SIGNS = _Signs()


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A folded word without its plural mark, as far as spelling tells.

    >>> [singular(word) for word in ("zones", "elus", "sociaux", "processus", "temps")]
    ['zone', 'elu', 'social', 'processus', 'temps']
    """
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) > _SHORTEST_PLURAL and word[-1] in "sx" and not _INVARIABLE.search(word):
        return word[:-1]
    return word


@lru_cache(maxsize=65536)
def search_key(text: str) -> str:
    """The folded text with each word in the singular: equal keys are found by each other.

    >>> search_key("Zones blanches") == search_key("zone blanche")
    True
    """
    return " ".join(map(singular, fold(text).split()))


def content_key(kind: Kind, text: str) -> str:
    """Twelve hexadecimal digits that name what a text says, for one kind."""
    import hashlib  # a reader of answers never needs it, and it is slow to load

    return hashlib.sha256(f"{kind.value}\t{fold(text)}".encode()).hexdigest()[:12]


def slug(text: str, limit: int = 60) -> str:
    """A readable name for identifiers and file names.

    >>> slug("Région académique Pays de la Loire")
    'region-academique-pays-de-la-loire'
    """
    return fold(text).replace(" ", "-")[:limit].strip("-")
