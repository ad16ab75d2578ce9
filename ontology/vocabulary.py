"""The vocabularies beside this file (actors, territories, themes), read once, and what a text names of them.

In a vocabulary an altLabel names its thing wherever it stands; a hiddenLabel is a typo, a shortened form or a word too
common to be trusted outside a place made for it, the preferred label in lower case included ("commune").
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, TypedDict, TypeVar

from pyoxigraph import Literal, RdfFormat, parse

from ontology.folding import search_key
from ontology.terms import ID, LV, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable

FUNCTION_WORDS = frozenset({
    "a", "au", "aux", "ce", "ces", "cet", "cette", "d", "de", "des", "du", "l", "la", "le", "les", "leur", "leurs",
    "nos", "notre", "sa", "ses", "son", "un", "une", "vos", "votre",
})  # fmt: skip
_ACTORS, _TERRITORIES, _THEMES = "acteurs.ttl", "territoires.ttl", "themes.ttl"
_NAMES = ("leviers.ttl", _ACTORS, _TERRITORIES, _THEMES)
_SKOS = PREFIXES["skos"]
_TYPE = PREFIXES["rdf"] + "type"
_CODE = r"(\d\d\d?|2[abAB])"
# as in "(85)", "DSDEN 49", "dsden85", "CD 44", "département 53"
_CODED = re.compile(rf"\(\s*{_CODE}\s*\)|\b(?:dsden|cd|canop[eé]|d[eé]partement|dpt)\s*-?\s*{_CODE}\b", re.IGNORECASE)
_IS_CODE = re.compile(_CODE)
_ANNOUNCES = re.compile(
    r"^\W*(?:th[ée]matique|th[èe]me|atelier|axe|table ronde)\s*(?:n\s?°\s?)?\w{0,4}\s*[:.–—-]\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing of a vocabulary; ``id`` is its IRI, labels are French."""

    id: str
    label: str
    alts: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Term):
    """One of the five themes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Term):
    """Somebody to mobilise; ``kind`` is the class name: Role, Organisation, LocalAuthority, Body or Audience."""

    kind: str
    level: str
    acronym: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory(Term):
    """A place; ``part_of`` is the IRI of the next larger one, ``code`` the official geographic code.

    Attributes:
        ambiguous: its name is also a common word, and counts only as a whole text.
    """

    level: str
    code: str = ""
    part_of: str = ""
    ambiguous: bool = False


Found = TypeVar("Found", bound=Term)


class _Label(NamedTuple):
    key: str  # folded, singular, without function words
    alone: bool  # counts only as the whole text


def actors() -> tuple[Actor, ...]:
    """Every actor, in the order of the file."""
    return _people().actors


def themes() -> tuple[Theme, ...]:
    """The five themes, in the order of the file."""
    return _places().themes


def territories() -> tuple[Territory, ...]:
    """Every territory, from the largest to the smallest."""
    return _places().territories


def not_actors() -> tuple[Term, ...]:
    """Acronyms and set phrases that look like actors and name none (ENT, état des lieux)."""
    return _people().not_actors


@lru_cache(maxsize=4096)
def find_theme(text: str) -> Theme | None:
    """The theme whose longest label is the text, or stands in it as whole words.

    >>> find_theme("THEMATIQUE N°3 : Gouvernance et anticipation").id
    'https://w3id.org/leviers/id/theme/gouvernance'
    """
    labels = _places().theme_labels
    return _find(text, labels) or (_find(text[match.end() :], labels) if (match := _ANNOUNCES.match(text)) else None)


@lru_cache(maxsize=4096)
def find_territory(text: str) -> Territory | None:
    """The territory whose longest label is the text, or stands in it as whole words; failing that, whose code does.

    >>> find_territory("Atelier de Segré, DSDEN du Maine-et-Loire").label
    'Maine-et-Loire'
    >>> find_territory("Lycée professionnel (85)").label
    'Vendée'
    """
    known = _places()
    if found := _find(text, known.territory_labels):
        return found
    codes = (known.departements.get((match[1] or match[2]).upper()) for match in _CODED.finditer(text))
    return next(filter(None, codes), None)


def is_within(one: str | None, other: str) -> bool:
    """Whether a territory stands inside another one, by their IRIs."""
    larger = _larger()
    while one and one != other:
        one = larger.get(one)
        if one == other:
            return True
    return False


@cache
def _larger() -> dict[str, str]:
    """The next larger territory of each, empty where there is none."""
    return {territory.id: territory.part_of for territory in territories()}


def turtle_files() -> tuple[Traversable, ...]:
    """The files to load in a store: the ontology, then its vocabularies."""
    return tuple(files("ontology").joinpath(name) for name in _NAMES)


@cache
def vocabulary_digest() -> str:
    """Twelve hexadecimal digits that change with the ontology or its vocabularies, whatever the line endings."""
    digest = hashlib.sha256()
    for file in turtle_files():
        digest.update(file.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:12]


def content_words(text: str) -> str:
    """The search key without articles, possessives and the prepositions that join names.

    >>> content_words("la Direction de l’établissement")
    'direction etablissement'
    """
    return " ".join(word for word in search_key(text).split() if word not in FUNCTION_WORDS)


def _find(text: str, labels: Mapping[str, Sequence[tuple[int, _Label, Found]]]) -> Found | None:
    padded, best = f" {(key := content_words(text))} ", None
    for word in set(key.split()):
        for rank, label, term in labels.get(word, ()):
            if best and best[0] <= rank:
                break
            if label.key == key or (not label.alone and f" {label.key} " in padded):
                best = rank, term
                break
    return best[1] if best else None


# -- reading -------------------------------------------------------------------------------------------------------
class _People(NamedTuple):
    actors: tuple[Actor, ...]
    not_actors: tuple[Term, ...]


class _Places(NamedTuple):
    themes: tuple[Theme, ...]
    territories: tuple[Territory, ...]
    theme_labels: Mapping[str, Sequence[tuple[int, _Label, Theme]]]
    territory_labels: Mapping[str, Sequence[tuple[int, _Label, Territory]]]
    departements: Mapping[str, Territory]


@cache
def _people() -> _People:
    actors: list[Actor] = []
    others: list[Term] = []
    for iri, properties in _said(_ACTORS).items():
        kinds = _kinds(properties)
        if "Actor" in kinds:
            actors.append(_actor(iri, properties, next(kind for kind in kinds if kind != "Actor")))
        elif _one(properties, _SKOS + "inScheme") == ID + "hors-acteurs":
            others.append(Term(**_names(iri, properties)))
    return _People(tuple(actors), tuple(others))


@cache
def _places() -> _Places:
    """Territories and themes: a question about a place need not read the many actors."""
    said = _said(_TERRITORIES)
    ambiguous = set(said[ID + "noms-ambigus"][_SKOS + "member"])
    territories = tuple(
        _territory(iri, properties, iri in ambiguous) for iri, properties in said.items()
        if _kinds(properties) == ["Territory"]
    )  # fmt: skip
    themes = tuple(Theme(**_names(iri, said)) for iri, said in _said(_THEMES).items() if _kinds(said) == ["Theme"])
    return _Places(
        themes, territories,
        _longest_first((label, theme) for theme in themes for label in _theme_labels(theme)),
        _longest_first((label, territory) for territory in territories for label in _territory_labels(territory)),
        {territory.code: territory for territory in territories if territory.level == "département"},
    )  # fmt: skip


def _said(name: str) -> dict[str, dict[str, list[str]]]:
    """What a file says of each thing, in French or in no language."""
    said: dict[str, dict[str, list[str]]] = {}
    for triple in parse(input=files("ontology").joinpath(name).read_bytes(), format=RdfFormat.TURTLE):
        value = triple.object
        if not isinstance(value, Literal) or value.language in {None, "fr"}:
            said.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(value.value)
    return said


def _kinds(properties: Mapping[str, list[str]]) -> list[str]:
    return [name.removeprefix(LV) for name in properties.get(_TYPE, ()) if name.startswith(LV)]


def _one(properties: Mapping[str, list[str]], name: str) -> str:
    return next(iter(properties.get(name, ())), "")


class _Names(TypedDict):
    id: str
    label: str
    alts: tuple[str, ...]
    hidden: tuple[str, ...]
    definition: str


def _names(iri: str, properties: Mapping[str, list[str]]) -> _Names:
    return {
        "id": iri,
        "label": properties[_SKOS + "prefLabel"][0],
        "alts": tuple(properties.get(_SKOS + "altLabel", ())),
        "hidden": tuple(properties.get(_SKOS + "hiddenLabel", ())),
        "definition": _one(properties, _SKOS + "definition"),
    }


def _actor(iri: str, properties: Mapping[str, list[str]], kind: str) -> Actor:
    acronym = _one(properties, LV + "acronym")
    return Actor(**_names(iri, properties), kind=kind, level=properties[LV + "level"][0], acronym=acronym)


def _territory(iri: str, properties: Mapping[str, list[str]], ambiguous: bool) -> Territory:
    return Territory(
        **_names(iri, properties),
        level=properties[LV + "level"][0],
        code=_one(properties, PREFIXES["igeo"] + "codeINSEE"),
        part_of=_one(properties, PREFIXES["dcterms"] + "isPartOf"),
        ambiguous=ambiguous,
    )


def _theme_labels(theme: Theme) -> Iterable[_Label]:
    for label in (theme.label, *theme.alts, *theme.hidden):
        key = content_words(label)
        yield _Label(key, alone=" " not in key)


def _territory_labels(territory: Territory) -> Iterable[_Label]:
    for label in (territory.label, *territory.alts, *territory.hidden):
        key = content_words(label)
        yield _Label(key, alone=_IS_CODE.fullmatch(label) is not None or (territory.ambiguous and " " not in key))


def _longest_first(labels: Iterable[tuple[_Label, Found]]) -> dict[str, list[tuple[int, _Label, Found]]]:
    begun: dict[str, list[tuple[int, _Label, Found]]] = {}
    for rank, (label, term) in enumerate(sorted(labels, key=lambda pair: -len(pair[0].key))):
        begun.setdefault(label.key.partition(" ")[0], []).append((rank, label, term))
    return begun
