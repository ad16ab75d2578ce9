"""How many: the numbers beside a category, in their own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.actors.roles import nameless

NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)|\d+"
_SUM = re.compile(
    rf"^(?:environ\s|env\.?\s|près de\s|~|≈)?\s*((?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))*)(?![\d.,/:h])(.*)$", re.DOTALL
)
_RANGE = re.compile(r"^\s*(?:[-–—/]|à|ou|et)\s*\d")
BRACKETS = re.compile(r"\(+[^()]*(?:\([^()]*\)[^()]*)*\)+|\([^()]*$")
# As in: équipes du premier degré, 5 – élèves : 12 (dont 3 délégués) – 12 élèves – élèves (12).
_AFTER = re.compile(rf"(?:[,:=–—]|(?<=\s)-)\s*(?P<count>(?:environ\s|~)?(?:{NUMBER})(?!\w))")
_LETTER = re.compile(r"[^\W\d]")
_BEFORE = re.compile(rf"^(?P<count>{NUMBER})\s+(?P<who>[^\W\d].*)$", re.DOTALL)
_WITHIN = re.compile(r"^(?P<who>(?:\w+[sx]|[A-Z]{2,})\b[^()]*?)\s*\((?P<count>\d{1,4}(?:\s[^()]*)?)\)$", re.DOTALL)
_ALIGNED = re.compile(
    rf"^(?P<who>\S.*?)(?:\s{{3,}}|\t\s*|\s?(?:\.{{3,}}|…)[.…\s]*)(?P<count>{NUMBER})(?P<more>\s*\([^()]*\))?$"
)
_PEOPLE = re.compile(
    rf"(?<!\d)(?P<count>{NUMBER})\s+(?:participant|personne|présent|membre|inscrit|connecté)", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,|et|\+|/)\s*")
_HELD = re.compile(
    rf"(?<!\d)(?P<count>{NUMBER})\s+(?:établissement|etablissement|école|ecole|collège|lycée|structure)s?\b",
    re.IGNORECASE,
)

TAG = re.compile(r"<(?!input\b)[^<>]*>|\|", re.IGNORECASE)
COUNTED = re.compile(
    r"(?:\bnombre|\bnbre|\bnb|\bn(?:ombre)?\s?°)\.?\s+(?:total\s+)?(?:de\s+|d\s?['’]\s?)"
    r"(?P<what>participant|personne|présent|membre|inscrit|établissement|etablissement|école|ecole|structure)"
    r"\w*(?:[(·.-]e?s?\)?)?(?:\s+(?:représent|present|présent|concern)\w*(?:\(\w+\))?)?\s*:?\s*"
    r"|(?:\beffectifs?|\(?\bnombre|\(nb)\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """What was printed beside a category."""

    participants: int | None = None
    establishments: int | None = None
    text: str = ""


def has_count(text: str) -> bool:
    """Whether a text has a field for a number of participants or establishments."""
    return bool(COUNTED.search(TAG.sub(" ", text)))


def number_in(words: str) -> int | None:
    """The one number that a count tells: a sum is added up, remarks in brackets are left out.

    >>> number_in("2 238 (dont 92 parents)"), number_in("1 (a) + 2 (b)"), number_in("30 à 40")
    (2238, 3, None)
    """
    match = _SUM.match(BRACKETS.sub(" ", words).strip())
    if match is None or _RANGE.match(match[2]):
        return None
    return sum(int(re.sub(r"\D", "", part)) for part in re.findall(NUMBER, match[1]))


def inline(words: str, *, strict: bool = False) -> tuple[str, Count]:
    """A category and the count that stands beside it without a field of its own."""
    if told := _counted_words(words):
        return told
    who, count = _after(words) or ("", "")
    if not count:
        match = _WITHIN.match(words) or (None if strict else _BEFORE.match(words))
        if match is None:
            return words, Count()
        who, count = match["who"], match["count"]
    count = count.strip(" .;")
    return who.strip(" ,:–—-"), Count(number_in(count), None, nameless(count))


def _after(words: str) -> tuple[str, str] | None:
    """A category and the count at its end, which neither a comma nor a semicolon parts from there."""
    letter = _LETTER.search(words)
    comma, semicolon = words.rfind(","), words.rfind(";")
    start = max(comma, semicolon + 1, letter.end() if letter else len(words))
    match = _AFTER.search(words, start)
    return (words[: match.start()].rstrip(), words[match.start("count") :]) if match else None


def aligned(line: str) -> tuple[str, Count] | None:
    """A category and the count that white or dots part from it: "Personnels de direction ....... 4"."""
    match = _ALIGNED.match(line.strip())
    if match is None:
        return None
    told = f"{match['count']}{match['more'] or ''}"
    return match["who"].rstrip(" .…"), Count(number_in(told), _held(match["more"] or ""), nameless(told))


def _counted_words(words: str) -> tuple[str, Count] | None:
    """A category whose counts name what they count: "Équipes du premier degré : 14 participants (9 écoles)"."""
    people, places = _PEOPLE.search(words), _HELD.search(words)
    told = people["count"] if people else ""
    first = min((match.start() for match in (people, places) if match), default=0)
    category = words[:first].strip(" ,:–—-.…(")
    if not category or number_in(category) is not None or re.search(r"\d\s*$", category):
        after = _after(category) if places and not people else None
        if after is None:
            return None
        category, told = after
    participants = number_in(told) if told else None
    return category, Count(participants, _held(words), nameless(words[first:]))


def _held(words: str) -> int | None:
    """How many establishments are told, kind by kind: "2 collèges, 1 lycée"; "dont" tells some of them again."""
    told = list(_HELD.finditer(words))
    if not told:
        return None
    total, end = number_in(told[0]["count"]) or 0, told[0].end()
    for match in told[1:]:
        if not _AND.fullmatch(words[end : match.start()]):
            break
        total, end = total + (number_in(match["count"]) or 0), match.end()
    return total
