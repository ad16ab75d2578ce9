"""What people do, without who they are: "Mme Dupont, IEN" says "IEN"."""

from __future__ import annotations

import re
from functools import cache

from ontology import search_key
from ontology.vocabulary import actors, content_words, find_territory, not_actors

_MARK = "\x00"  # stands for a name
_UP = "A-ZÀ-ÖØ-Þ"
_LOW = "a-zß-öø-ÿ"
_CAPITAL = rf"[{_UP}][\w'’.-]*"
_PARTICLE = r"(?:(?:de la|de|du|des|d['’]|van|von|el|ben)\s*)"
_TITLE = r"(?:MM|M|Mr|Mrs|Mmes?|Mlles?|Dr|Pr|Monsieur|Messieurs|Madame|Mesdames|Mademoiselle)"
_TITLED = re.compile(
    rf"(?<![\w'’-]){_TITLE}\b\.?\s+(?:(?:et|&)\s+{_TITLE}\b\.?\s+)?(?P<name>{_PARTICLE}?{_CAPITAL}(?:\s+{_PARTICLE}?{_CAPITAL})*)"
)
_POLITE = re.compile(rf"(?<![\w'’-]){_TITLE}\b\.?\s+(?:le |la |les |l['’])")  # "Mme la Rectrice"
_CAPS = rf"[{_UP}][{_UP}'’-]+"
_FIRST = rf"[{_UP}][{_LOW}]+(?:[ -][{_UP}][{_LOW}]+)?"
_SURNAME = rf"(?:(?:LE|LA|DE|DU|DES|VAN|BEN|EL)\s+)*{_CAPS}"
# "DUPONT Anne" and "Anne DUPONT": at the beginning of a part, or wherever a mark follows.
_SHOUTED = re.compile(
    rf"(?:(?:^|(?<=[,;:(/&•\x00])\s*|(?<=\x00 et )|(?<= [-–—] ))(?:{_SURNAME}\s+{_FIRST}|{_FIRST}\s+{_SURNAME})(?!\w)"
    rf"|(?<!\w)(?<![{_UP}’'-][’'-]){_CAPS}\s+[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?(?=\s*[,(:]))"
)
_INITIAL = re.compile(
    rf"(?:^|(?<=[,;:(/&•\x00])\s*|(?<=\x00 et )|(?<= [-–—] ))(?:[{_UP}]\.[ -]?)+\s*{_CAPITAL}(?:\s+{_CAPITAL})?"
)
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+")
_PARTS = re.compile(r"(\s*[,;:()•/\x00]\s*|\s+[-–—]\s+|\s+et\s+)")
_LISTED = re.compile(r"\s*[,;/]\s*|\s+(?:et|puis)\s+")
_LEADERS = re.compile(r"\.{3,}|…")
_EDGES = " ,;:.…()[]/•*_–—-\x00"
_MOST_NAMES = 4  # words of a name
_LEAST_LETTERS = 3
_SURNAMES = frozenset({"petit", "grand", "grande", "nouveau", "premier", "bon", "bien"})  # and first words of names
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "van", "von"})


def roles(text: str, *, facilitators: bool = False) -> tuple[str, ...]:
    """The roles that a text tells, in order, without the names of those who hold them.

    Args:
        text: cleaned; one entry of a list, or several that run on.
        facilitators: each entry begins with a person, so a lone unknown word there is a surname.

    >>> roles("Anne MARTIN, RUPN, collège Ada Lovelace")
    ('RUPN, collège Ada Lovelace',)
    >>> roles("Luc Petit, chargé de mission DANE, Zoé Roux, chargée de mission DANE")
    ('chargé de mission DANE', 'chargée de mission DANE')
    >>> roles("Chefs d’établissement")
    ('Chefs d’établissement',)
    """
    marked = _without_plain_names(_marked(_LEADERS.sub(" ", text)), facilitators=facilitators)
    found = (_tidy(piece) for piece in marked.split(_MARK))
    return tuple(piece for piece in found if re.search(r"\w{2}", piece))


def nameless(text: str) -> str:
    """The text without the names that a title or capitals give away.

    >>> nameless("4 (dont Mme Martin, CPD)"), nameless("2 (réseau Canopé)")
    ('4 (dont CPD)', '2 (réseau Canopé)')
    """
    marked = _marked(text)
    return re.sub(rf"{_MARK}\s*[,;]?\s*", "", marked) if _MARK in marked else text


def actor_or_words(role: str) -> str:
    """The vocabulary's actor whose name a role is, else the role as worded."""
    return _by_key().get(search_key(role)) or _by_content().get(content_words(role), role)


def each_role(words: str) -> tuple[str, ...]:
    """The roles that one entry lists, where each is the whole name of an actor: "la DANE et l’atelier Canopé"."""
    parts = [part for part in _LISTED.split(words) if part]
    return tuple(parts) if len(parts) > 1 and all(content_words(part) in _by_content() for part in parts) else (words,)


@cache
def _by_content() -> dict[str, str]:
    return {content_words(label): actor for label, actor in _labels()}


@cache
def _by_key() -> dict[str, str]:
    return {search_key(label): actor for label, actor in _labels()}


def _labels() -> list[tuple[str, str]]:
    return [(label, actor.id) for actor in actors() for label in (actor.label, *actor.alts, *actor.hidden)]


def _marked(text: str) -> str:
    text = _ADDRESS.sub(_MARK, text)
    text = _TITLED.sub(_name_in, _POLITE.sub("", text))
    for _ in range(2):  # the second of two names that "et" joins is seen once the first is marked
        text = _SHOUTED.sub(lambda match: match[0] if _is_familiar(match[0]) else _MARK, text)
        text = _INITIAL.sub(_MARK, text)
    return text


def _name_in(match: re.Match[str]) -> str:
    """The words after a title, from the first one that begins a known name: "M. Petit Maire de Saumur"."""
    words = match["name"].split()
    kept = next((place for place, word in enumerate(words) if place and _is_known(word)), len(words))
    return f"{_MARK} {' '.join(words[kept:])}"


@cache
def _known() -> frozenset[str]:
    """Words with which the vocabulary's names begin, folded and in the singular."""
    labels = [label for actor in actors() for label in (actor.label, *actor.alts, *actor.hidden)]
    labels += [label for term in not_actors() for label in (term.label, *term.alts) if " " in label]
    return frozenset(words[0] for label in labels if (words := content_words(label).split()))


@cache
def _written() -> frozenset[str]:
    """Names of tools and acronyms that name nobody, as they are written: GAIA is one, Gaia a first name."""
    return frozenset(label for term in not_actors() for label in (term.label, *term.alts) if " " not in label)


def _is_known(word: str) -> bool:
    return word in _written() or any(part in _known() - _SURNAMES for part in content_words(word).split())


def _is_familiar(words: str) -> bool:
    """Whether words in capitals name an actor or a place."""
    return any(_is_known(word) for word in words.split()) or _is_place(words)


def _without_plain_names(text: str, *, facilitators: bool) -> str:
    pieces = _PARTS.split(text)
    opens = True  # an entry begins here
    for place in range(0, len(pieces), 2):
        part = pieces[place].strip(_EDGES)
        last = place + 2 >= len(pieces)
        if _is_name(part) or (facilitators and opens and not last and _is_lone_surname(part)):
            pieces[place] = _MARK
        opens = not part
    return "".join(pieces)


def _is_name(part: str) -> bool:
    words = part.split()
    capitals = [word for word in words if word.lower() not in _PARTICLES]
    if not 1 < len(words) <= _MOST_NAMES or len(capitals) < 2:
        return False
    if not all(re.fullmatch(rf"[{_UP}][{_LOW}]+(?:[-'’][{_UP}]?[{_LOW}]+)*", word) for word in capitals):
        return False
    return words[0] in capitals and not _is_known(words[0]) and not _is_place(part)


def _is_lone_surname(part: str) -> bool:
    shaped = re.fullmatch(rf"[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?", part)
    return bool(shaped) and len(part) >= _LEAST_LETTERS and not _is_known(part) and not _is_place(part)


def _is_place(part: str) -> bool:
    territory = find_territory(part)
    if territory is None:
        return False
    known = {
        word for label in (territory.label, *territory.alts, *territory.hidden) for word in content_words(label).split()
    }
    return known.issuperset(content_words(part).split())


def _tidy(piece: str) -> str:
    """A role without what joined it to a name; a remark in brackets that stands before it goes too."""
    piece = re.sub(r"^[\s,;:]*\([^()]*\)(?=\s*[,;:–-])", "", piece.strip())
    piece = re.sub(r"^(?:(?:et|ainsi que|avec|[-–—,;:.&])\s*)+|\s+(?:et|&)$", "", piece.strip(" ,;:.…/•*_-–—"))
    if piece.startswith("(") and piece.endswith(")"):
        piece = piece[1:-1]
    if piece.count("(") != piece.count(")"):
        piece = piece.strip("()") if piece[:1] in "()" or piece[-1:] in "()" else piece
    return re.sub(r"\s+", " ", piece).strip(" ,;:.…/•*_-–—")
