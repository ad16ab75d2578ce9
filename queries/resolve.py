"""From what a user writes for a parameter to the one thing that is meant, or an error that shows the nearest ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from graph.search.ranking import CLEAR
from graph.triples import iri, literal
from ontology import GRAPH, ID, StoreEmpty, UnknownName, compact, expand, fold, kind_in, search_key
from queries.kinds import kind_of
from queries.posing import helped
from queries.searching import documents, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.search.ranking import Hit
    from graph.store import Store

# One of them, none of them, several of them.
_WORDS = {
    "irritant": ("un irritant", "aucun irritant", "plusieurs irritants"),
    "strength": ("un point fort", "aucun point fort", "plusieurs points forts"),
    "need": ("un besoin", "aucun besoin", "plusieurs besoins"),
    "lever": ("un levier", "aucun levier", "plusieurs leviers"),
    "action": ("une action", "aucune action", "plusieurs actions"),
    "actor": ("un acteur", "aucun acteur", "plusieurs acteurs"),
    "indicator": ("un indicateur", "aucun indicateur", "plusieurs indicateurs"),
    "timeframe": ("une temporalité", "aucune temporalité", "plusieurs temporalités"),
    "experience": ("une expérience", "aucune expérience", "plusieurs expériences"),
    "objective": ("un objectif", "aucun objectif", "plusieurs objectifs"),
    "question": ("une question", "aucune question", "plusieurs questions"),
    "theme": ("une thématique", "aucune thématique", "plusieurs thématiques"),
    "territory": ("un territoire", "aucun territoire", "plusieurs territoires"),
}
SHOWN = 5
_LONGEST = 80
_AHEAD = 0.05
_LOOKED_AT = 50
_IDENTIFIER = re.compile(r"<?((?:https?://|id:)\S+?)>?")


class Resolved(NamedTuple):
    """One thing; ``how`` says what led to it: ``identifier``, ``exact`` (same words once folded) or ``near``."""

    iri: str
    label: str
    how: str


class _Named(NamedTuple):
    label: str
    wordings: set[str]


def resolve(store: Store, kind: str, text: str) -> Resolved:
    """The thing of that kind that a text means: an identifier, a label in any wording, or words near to one.

    Raises:
        UnknownName: nothing of that kind is meant, or several things are; ``candidates`` are the nearest ones.
    """
    said = " ".join(text.split())
    if match := _IDENTIFIER.fullmatch(said):
        return _identified(store, kind, expand(match[1]), said)
    key = search_key(said)
    if not key:
        raise UnknownName(f"« {short(said)} » ne désigne {_WORDS[kind][1]} : écrivez quelques mots, ou un identifiant")
    named = _of_key(store, kind, key)
    if len(named) == 1:
        return _only(named, "exact")
    if len(named) > 1:
        return _one_of(store, kind, said, named)
    return _in_vocabulary(kind, said) or _near(store, kind, said)


def candidates(store: Store, ids: Iterable[str]) -> tuple[str, ...]:
    """How these things are shown to a user who has to choose: label, kind, identifier, a document that says it."""
    things = list(ids)
    known, sources = labels(store, things), documents(store, things)
    shown = []
    for one in things:
        place = f", {sources[one]}" if one in sources else ""
        shown.append(f"« {short(known[one])} » ({kind_of(one)}, {compact(one)}{place})")
    return tuple(shown)


def labels(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """What these things are called, in the order given."""
    terms = {one: iri(one) for one in ids}
    known = helped(store, "_by-id", {"id": terms.values()}).rows
    called = {str(one): str(label) for one, label, _ in known if label}
    return {one: called.get(one) or compact(one) for one in terms}


def refuse_empty(store: Store) -> None:
    """Say what to do where nothing was loaded.

    Raises:
        StoreEmpty: the store holds no document.
    """
    if all(graph.startswith(f"{GRAPH}_") for graph in store.graphs()):
        if store.language == "cypher":
            raise StoreEmpty(f"{store.address} ne contient pas de graphe : « leviers publish » l’y met d’abord")
        raise StoreEmpty(
            "la base est vide : chargez des comptes rendus (« leviers ingest DOSSIER ») ou essayez « leviers demo »"
        )


def listed(shown: Sequence[str], count: int = 0) -> str:
    """Candidates in one line; ``count`` is how many there are in all."""
    more = count - len(shown)
    return " ; ".join(shown) + (f" ; et {more} autre{'s' if more > 1 else ''}" if more > 0 else "")


def _identified(store: Store, kind: str, identifier: str, said: str) -> Resolved:
    try:
        term = iri(identifier)
    except ValueError:
        raise UnknownName(
            f"« {short(said)} » n’est pas un identifiant : écrivez « id:{kind}/… » ou un libellé"
        ) from None
    rows = helped(store, "_by-id", {"id": [term]}).rows
    if not rows:
        raise UnknownName(
            f"la base ne connaît pas « {short(said)} » : écrivez quelques mots, pour voir les plus proches"
        )
    moved = sorted(str(now) for _, _, now in rows if now)
    if moved and not any(label for _, label, _ in rows):
        return _identified(store, kind, moved[0], said)
    found = kind_in(identifier)
    if found != kind:
        what = _WORDS.get(found, ("autre chose",))[0]
        raise UnknownName(f"« {short(said)} » est {what} ; il faut ici {_WORDS[kind][0]}")
    labels = sorted(str(label) for _, label, _ in rows if label)
    return Resolved(identifier, labels[0] if labels else compact(identifier), "identifier")


def _of_key(store: Store, kind: str, key: str) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for one, label, wording in helped(store, "_by-key", {"key": [literal(key)]}).rows:
        if str(one).startswith(f"{ID}{kind}/"):
            named = found.setdefault(str(one), _Named(str(label or compact(str(one))), set()))
            named.wordings.add(fold(str(wording or "")))
    return found


def _one_of(store: Store, kind: str, said: str, named: dict[str, _Named]) -> Resolved:
    # Singular and plural are two concepts until somebody decides; the very words typed tell them apart.
    folded = fold(said)
    for chosen in (
        {one: it for one, it in named.items() if fold(it.label) == folded},
        {one: it for one, it in named.items() if folded in it.wordings},
    ):
        if len(chosen) == 1:
            return _only(chosen, "exact")
    shown = candidates(store, sorted(named)[:SHOWN])
    raise UnknownName(
        f"« {short(said)} » désigne {_WORDS[kind][2]} : {listed(shown, len(named))}. Donnez l’un de ces identifiants",
        shown,
    )


def _only(named: dict[str, _Named], how: str) -> Resolved:
    ((one, it),) = named.items()
    return Resolved(one, it.label, how)


def _in_vocabulary(kind: str, said: str) -> Resolved | None:
    if kind not in {"theme", "territory"}:
        return None
    from ontology.vocabulary import find_territory, find_theme

    found = find_theme(said) if kind == "theme" else find_territory(said)
    return Resolved(found.id, found.label, "near") if found else None


def _near(store: Store, kind: str, said: str) -> Resolved:
    hits = nearest(store, said, [kind], limit=_LOOKED_AT, semantic=False)
    if winner := clear_winner(hits):
        return Resolved(winner.iri, winner.label, "near")
    holding = [hit.iri for hit in hits if hit.words >= CLEAR]
    if len(holding) > 1:
        shown = candidates(store, holding[:SHOWN])
        raise UnknownName(
            f"« {short(said)} » peut désigner {_WORDS[kind][2]} : {listed(shown, len(holding))}. "
            "Recopiez l’un de ces libellés, ou son identifiant",
            shown,
        )
    shown = candidates(store, [hit.iri for hit in nearest(store, said, [kind], limit=SHOWN)])
    known = f"« {short(said)} » ne désigne {_WORDS[kind][1]} connu{'e' if _WORDS[kind][0].startswith('une') else ''}"
    if not shown:
        raise UnknownName(
            f"{known}, et rien ne s’en approche : essayez d’autres mots, ou chargez d’autres comptes "
            "rendus avec « leviers ingest »"
        )
    raise UnknownName(
        f"{known}. Les plus proches : {' ; '.join(shown)}. Recopiez l’un de ces libellés, ou son identifiant", shown
    )


def clear_winner(hits: Sequence[Hit]) -> Hit | None:
    """The thing whose words are near enough, and well ahead of the others."""
    best = sorted(hits, key=lambda hit: (-hit.words, hit.iri))
    if not best or best[0].words < CLEAR or (len(best) > 1 and best[0].words - best[1].words < _AHEAD):
        return None
    return best[0]


def short(text: str) -> str:
    """A text that fits in a line of message: printable, and cut where it is long."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
