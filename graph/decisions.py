"""Decisions as people keep them: JSON Lines, one decision a line, reviewable in git.

Of two statements of one kind: ``{"kind": "lever", "a": KEY, "b": KEY, "verdict": "same" | "close" | "different"}``.
Of a wording that the vocabulary of actors lacks: ``{"kind": "actor", "a": KEY, "b": "erun", "verdict": "is"}``, or
``"is not"``. Of either, ``"undecided"`` takes back what was said of the pair before.
``who``, ``when`` and ``note`` are kept as written. A key is that of `ontology.content_key`: kind and folded words.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ontology import ID, BadDecision, Kind, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

SAME, CLOSE, DIFFERENT = "same", "close", "different"
IS, IS_NOT = "is", "is not"
UNDECIDED = "undecided"
JOINING = (SAME, IS)
_OF_STATEMENTS = (SAME, CLOSE, DIFFERENT, UNDECIDED)
_OF_ACTORS = (IS, IS_NOT)
_SAID = ("kind", "a", "b", "verdict", "who", "when", "note")
_ORIGIN = ("file", "line", "shipped")
_KEY = re.compile(r"[0-9a-f]{12}")
_FORM = '{"kind": …, "a": …, "b": …, "verdict": …}'
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone decided of two wordings.

    Attributes:
        a: key of a wording.
        b: key of the other one; for ``is`` and ``is not``, the end of an actor's identifier.
        file: where it was read, with its line from 1; both are kept by the store.
        shipped: whether it came with leviers, and not from the user.
    """

    kind: Kind
    a: str
    b: str
    verdict: str
    who: str = ""
    when: str = ""
    note: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    shipped: bool = field(default=False, compare=False)

    @property
    def pair(self) -> frozenset[str]:
        """Both concepts, whatever their order."""
        return frozenset((self.one, self.other))

    @property
    def one(self) -> str:
        """The first concept, before any merge."""
        return f"{ID}{self.kind.value}/{self.a}"

    @property
    def other(self) -> str:
        """The second concept, before any merge."""
        return f"{ID}{self.kind.value}/{self.b}"

    @property
    def joins(self) -> bool:
        """Whether it makes one concept of both."""
        return self.verdict in JOINING

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.file}, ligne {self.line}" if self.line else self.file or "décision de la base"


def read_decisions(text: str, name: str, problems: list[str] | None = None) -> tuple[Decision, ...]:
    """The decisions of a JSON Lines file.

    Args:
        text: of the file.
        name: of the file, for messages.
        problems: takes one line for each line of the file that is no decision; the others count.

    Raises:
        BadDecision: a line is no decision, and there is no list to tell it in.
    """
    found = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_decision(line, name, number))
        except BadDecision as error:
            problem = f"{name}, ligne {number} : {error}"
            if problems is None:
                raise BadDecision(problem) from None
            problems.append(problem)
    return tuple(found)


def _decision(line: str, name: str, number: int) -> Decision:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise BadDecision(f"ce n’est pas une ligne JSON ; attendu : {_FORM}") from None
    if not isinstance(said, dict):
        raise BadDecision(f"ce n’est pas un objet JSON ; attendu : {_FORM}")
    kind, a, b, verdict = (_text(said, name) for name in ("kind", "a", "b", "verdict"))
    file, place = _text(said, "file"), said.get("line")
    if not (file and isinstance(place, int)):
        file, place = name, number
    who, when, note = (_text(said, name) for name in ("who", "when", "note"))
    shipped = said.get("shipped") is True
    return Decision(*checked(kind, a, b, verdict), who, when, note, file, place, shipped)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return "" if value is None else str(value).strip()


@lru_cache(maxsize=4096)
def checked(kind: str, a: str, b: str, verdict: str) -> tuple[Kind, str, str, str]:
    """The four parts of a decision in their one form; identifiers are taken as well as keys.

    Raises:
        BadDecision: they are no decision; the message says what to write instead.
    """
    if kind not in set(Kind):
        raise BadDecision(f"kind « {kind} » inconnu ; écrivez l’un de {', '.join(Kind)}")
    allowed = (*_OF_STATEMENTS, *_OF_ACTORS) if kind == Kind.ACTOR else _OF_STATEMENTS
    if verdict not in allowed:
        hint = " (is et is not sont pour les acteurs)" if verdict in _OF_ACTORS else ""
        raise BadDecision(f"verdict « {verdict} » inconnu ; écrivez {', '.join(allowed)}{hint}")
    a, b = _end(kind, "a", a), _end(kind, "b", b)
    keys = bool(_KEY.fullmatch(a) and _KEY.fullmatch(b))
    if verdict in _OF_ACTORS or (verdict == UNDECIDED and kind == Kind.ACTOR and not keys):
        a, b = (b, a) if _KEY.fullmatch(b) else (a, b)  # either order says the same
        if not _KEY.fullmatch(a):
            raise BadDecision(f"a « {a} » n’est pas la clé d’une formulation : 12 chiffres hexadécimaux attendus")
        _check_actor(b)
    elif not keys:
        hint = " (pour un acteur du vocabulaire : is ou is not)" if kind == Kind.ACTOR else ""
        raise BadDecision(f"a et b doivent être deux clés de 12 chiffres hexadécimaux{hint}")
    if a == b:
        raise BadDecision(f"a et b sont la même clé {a} : une décision porte sur deux clés différentes")
    return Kind(kind), a, b, verdict


def _end(kind: str, name: str, text: str) -> str:
    iri = expand(text)
    if not iri.startswith(ID):
        return text.lower()
    other, _, end = iri.removeprefix(ID).partition("/")
    if other != kind:
        raise BadDecision(f"{name} « {text} » est d’une autre nature que {kind} : on ne rapproche que deux {kind}")
    return end


def _check_actor(name: str) -> None:
    known = _actors()
    if name in known:
        return
    import difflib

    near = difflib.get_close_matches(name, sorted(known), _NEAR)
    hint = f"les plus proches : {', '.join(near)}" if near else "« leviers show NOM » donne son identifiant"
    raise BadDecision(f"b « {name} » n’est pas un acteur du vocabulaire ; {hint}")


@cache
def _actors() -> frozenset[str]:
    from ontology.vocabulary import actors

    return frozenset(actor.id.removeprefix(f"{ID}actor/") for actor in actors())


def write_decisions(decisions: Iterable[Decision], *, origin: bool = False) -> str:
    """The same, as JSON Lines; with their ``origin``, only a store reads them so."""
    return "".join(_line(decision, _SAID + _ORIGIN * origin) for decision in decisions)


def _line(decision: Decision, fields: tuple[str, ...]) -> str:
    said = {name: getattr(decision, name) for name in fields}
    told = {name: value for name, value in said.items() if value or name in _SAID}
    return json.dumps(told, ensure_ascii=False) + "\n"


def latest(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The last word about each pair, in the order in which pairs were first named; it may be ``undecided``."""
    found: dict[frozenset[str], Decision] = {}
    for decision in decisions:
        found[decision.pair] = decision
    return tuple(found.values())
