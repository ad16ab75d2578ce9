"""A pair to judge, on a terminal of any width."""

from __future__ import annotations

import textwrap
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ontology import LV, Kind, fold
from queries.dossiers import query
from queries.kinds import KINDS
from queries.reviewing.words import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.matching import Statement
    from graph.store import Store
    from queries.reviewing.queue import Pair
    from queries.reviewing.session import Session

KEYS = {"i": "same", "p": "close", "d": "different"}
WORDS = {"same": "identique", "close": "proche", "different": "différent", "is": "c’est lui", "is not": "un autre"}
HELP = "[i]dentique  [p]roche  [d]ifférent  [s]auter  [r]etour  [a]nnuler  [q]uitter"
ACTOR_HELP = "[i] c’est lui  [d] un autre  [s]auter  [r]etour  [a]nnuler  [q]uitter"
TABLES = {
    "diagnostic": "diagnostic",
    "synthesis": "synthèse",
    "plan": "plan d’action",
    "findings": "relevé",
    "experience": "expérience",
    "notes": "notes",
    "questions": "questions",
}
_BOLD, _DIM, _END = "\033[1m", "\033[2m", "\033[0m"
_BESIDE = ("irritant", "need", "lever", "action", "strength", "experience")  # what tells most of a row, first
_EVEN, _LIKELY, _POSSIBLE = 0.5, 0.9, 0.3  # of likelihood; between the last two the figures are over-confident
_SURE = 0.85  # likeness of an actor's name
_PLACES = 3
_OTHERS = 4


class Screen:
    """Draws pairs."""

    def __init__(self, store: Store, width: int, *, color: bool) -> None:
        self.store = store
        self.width = width
        self.color = color

    def lines(self, session: Session, pair: Pair) -> list[str]:
        """All that helps to judge a pair."""
        kind = KINDS[pair.kind].lower()
        head = f"{kind} {session.place + 1}/{len(session.pairs)}, {decided(len(session.taken))}"
        made = [self._style(head, _BOLD), self._style("─" * min(self.width, len(head)), _DIM)]
        made += self._side("A", pair.one, pair.first)
        made += [""]
        made += self._side("B", pair.other, pair.last)
        if pair.about:
            made += self._hanging("   ", pair.about)
        made += [""]
        made += [line for title, text in self._advice(pair) for line in self._hanging(f"{title} : ", text)]
        if session.said:
            made += self._hanging("", f"Vous aviez décidé : {WORDS[session.said.verdict]} (s le garde, a l’annule)")
        return [*made, ""]

    def _side(self, name: str, statement: Statement, shown: str) -> list[str]:
        made = [self._style(line, _BOLD) for line in self._hanging(f"{name}  ", f"« {_flat(shown)} »")]
        if beside := self._beside(statement):
            made += self._hanging("   ", f"en face : {beside}")
        places = self.places(statement)
        for text, place in places[:_PLACES]:
            words = f"{place} : « {_flat(text)} »" if _flat(text) != _flat(shown) else place
            made += [self._style(line, _DIM) for line in self._hanging("   ", words)]
        told = {_flat(shown), *(_flat(text) for text, _ in places[:_PLACES])}
        others = [f"« {text} »" for text in dict.fromkeys(map(_flat, statement.texts)) if text not in told]
        if others:
            more = f" ; et {len(others) - _OTHERS} autres" if len(others) > _OTHERS else ""
            made += self._hanging("   ", f"dit aussi : {' ; '.join(others[:_OTHERS])}{more}")
        if (rest := len(places) - _PLACES) > 0:
            made.append(self._style(f"   et {rest} autre{'s' * (rest > 1)} ligne{'s' * (rest > 1)}", _DIM))
        return made

    def places(self, statement: Statement) -> list[tuple[str, str]]:
        """Each wording of a concept with the place where it stands, in words."""
        text = query("quotes").replace("VALUES ?thing { UNDEF }", f"VALUES ?thing {{ <{statement.iri}> }}")
        rows = sorted(self.store.select(text).rows, key=lambda row: tuple(map(str, row[1:])))
        return [
            (str(quote), ", ".join(filter(None, (str(document), *_table(str(section), str(table)), f"ligne {number}"))))
            for quote, document, section, table, number, _ in rows
        ]

    def _beside(self, statement: Statement) -> str:
        text = _beside_query().replace("VALUES ?thing { UNDEF }", f"VALUES ?thing {{ <{statement.iri}> }}")
        found: dict[str, str] = {}  # the first of each kind
        for kind, said, _, _ in sorted(self.store.select(text).rows, key=lambda row: (str(row[3]), int(row[2] or 0))):
            found.setdefault(str(kind).removeprefix(LV).lower(), str(said))
        first = [kind for kind in _BESIDE if kind in found][:2]
        return " ; ".join(f"{KINDS[kind].lower()} « {_cut(found[kind], self.width // 2)} »" for kind in first)

    @staticmethod
    def _advice(pair: Pair) -> Iterator[tuple[str, str]]:
        candidate = pair.candidate
        if candidate.agree:
            yield "En commun", ", ".join(candidate.agree)
        if candidate.conflict:
            yield "Les sépare", " ; ".join(candidate.conflict)
        yield "Le calcul", guess(pair)
        if pair.near:
            yield "Voisins", " ; ".join(f"« {_cut(text)} »" for text in pair.near)

    def _hanging(self, first: str, text: str) -> list[str]:
        return textwrap.wrap(
            text.replace("« ", "«\N{NO-BREAK SPACE}").replace(" »", "\N{NO-BREAK SPACE}»"),
            self.width,
            initial_indent=first,
            subsequent_indent=" " * min(len(first), 6),
            break_on_hyphens=False,
        )

    def _style(self, text: str, style: str) -> str:
        return f"{style}{text}{_END}" if self.color and text else text


def guess(pair: Pair) -> str:
    """What the machine thinks of a pair, in words: its figures are not so sure that they should be shown."""
    if pair.kind is Kind.ACTOR:
        return "c’est lui, sans doute" if pair.candidate.same >= _SURE else "c’est lui, peut-être"
    if pair.candidate.same >= _EVEN:
        return "identiques peut-être, proches sans doute"
    if pair.candidate.link >= _LIKELY:
        return "proches sans doute"
    return "proches peut-être" if pair.candidate.link >= _POSSIBLE else "différents sans doute"


def _table(section: str, table: str) -> tuple[str, ...]:
    section, name = _flat(section), TABLES.get(table, table)
    return (section,) if fold(name) in fold(section) else (section, name)


@cache
def _beside_query() -> str:
    return files("queries").joinpath("reviewing", "beside.rq").read_text(encoding="utf-8")


def decided(count: int) -> str:
    """How many were decided."""
    return f"{count} décidée{'s' if count > 1 else ''}"


def echo(pair: Pair, verdict: str, width: int) -> str:
    """What was just decided, on one line."""
    sign = SIGNS[verdict]
    room = (width - 11 - len(sign)) // 2
    return f"✓ « {_cut(pair.first, room)} » {sign} « {_cut(pair.last, room)} »"


def keys_of(pair: Pair) -> str:
    """The keys that judge it."""
    return ACTOR_HELP if pair.kind is Kind.ACTOR else HELP


def _flat(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int = 60) -> str:
    text = _flat(text)
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
