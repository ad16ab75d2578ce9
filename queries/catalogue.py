"""The canned queries in ``canned/``: each is one file, described by a YAML header in its own comments (``#+``).

The value of each key of a header is written as JSON, which is YAML too: reading it costs no YAML library.

A file runs as it is in any SPARQL 1.1 engine whose default graph is the union of all graphs. A parameter is a line
``VALUES ?irritant { UNDEF }``, in which ``UNDEF`` gives way to a checked term, never to raw text; `queries.binding`
tells the comments that mark what serves only some questions.

Beside each ``.rq`` stands its twin in Cypher for a published graph, with native parameters (null: not given) and the
same columns; ``//`` in place of ``#``. A cell of several values is a list there.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ontology import Proof, UnknownName
from queries.binding import bind, fitted, without_weaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FOLDER = Path(__file__).with_name("canned")
_MARK = "#+"
_LANGUAGES = ("fr", "en")
_NEAREST = 5
_NEAR_ENOUGH = 0.4


class Parameter(NamedTuple):
    """What a query asks for; ``values`` names the helper query that lists the allowed ones."""

    name: str
    kind: str
    required: bool
    default: str | None
    example: str
    values: str
    labels: dict[str, str]


class Column(NamedTuple):
    """One column of the answer.

    Attributes:
        kind: a kind of thing, or ``text``, ``number``, ``date``, ``kind``.
        many: the cell holds several values, one a line in the raw answer.
        words: French words shown for fixed values.
    """

    name: str
    kind: str
    labels: dict[str, str]
    many: bool
    words: dict[str, str]


class CannedQuery(NamedTuple):
    """One canned query.

    Attributes:
        proofs: the levels of proof that its answers can have.
        source: the file as it is.
    """

    name: str
    summary: dict[str, str]
    description: dict[str, str]
    tags: tuple[str, ...]
    proofs: tuple[Proof, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    source: str

    def text(self, bindings: Mapping[str, Iterable[str]] | None = None, weakest: Proof = Proof.THEME) -> str:
        """The SPARQL to run: terms in place of the parameters given, without the levels weaker than ``weakest``.

        Args:
            bindings: parameter name → terms as SPARQL writes them (``<https://…>``).
            weakest: the weakest level of proof to look for.
        """
        given = {name: tuple(terms) for name, terms in (bindings or {}).items()}
        return fitted(without_weaker(self.source, weakest), [each.name for each in self.parameters], given)

    def shown(self, bindings: Mapping[str, Iterable[str]], weakest: Proof = Proof.THEME) -> str:
        """The SPARQL for a person to read and change: the same answers as `text`, each parameter on its line."""
        return bind(without_weaker(self.source, weakest), bindings)

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name.

        Raises:
            UnknownName: there is none.
        """
        for each in self.parameters:
            if each.name == name:
                return each
        names = tuple(each.name for each in self.parameters)
        known = f"ses paramètres : {', '.join(names)}" if names else "elle n’en prend aucun"
        raise UnknownName(f"la question « {self.name} » n’a pas de paramètre « {name} » ; {known}", names)

    def cypher(self, weakest: Proof = Proof.THEME) -> str:
        """The Cypher to run, without the levels weaker than ``weakest``."""
        return without_weaker(twin(self.name), weakest)

    @property
    def example(self) -> str:
        """A command line that asks it."""
        shown = [each for each in self.parameters if each.required] or list(self.parameters[:1])
        words = [f'--{each.name} "{each.example}"' for each in shown]
        return " ".join(("leviers query", self.name, *words))


def names() -> list[str]:
    """Names of all canned queries, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("[!_]*.rq"))


@cache
def get(name: str) -> CannedQuery:
    """The canned query of that name.

    Raises:
        UnknownName: there is none.
        ValueError: its header is incomplete.
    """
    if name not in names():
        raise _unknown(name)
    source = _read(name)
    try:
        return _described(name, header(source), source)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"{name}.rq: bad header: {error!r}") from error


@cache
def helper(name: str) -> str:
    """The text of a helper query, as ``_evidence``."""
    return _read(name)


@cache
def twin(name: str) -> str:
    """The Cypher of a canned or a helper query, as it is."""
    return (_FOLDER / f"{name}.cypher").read_text(encoding="utf-8")


def header(source: str) -> dict[str, Any]:
    r"""What the comments of a query say of it.

    >>> header('#+ tags: ["a",\n#+   "b"]\nSELECT * {}')
    {'tags': ['a', 'b']}
    """
    said: dict[str, str] = {}
    name = ""
    for line in source.splitlines():
        if line.startswith(_MARK):
            text = line.removeprefix(_MARK).removeprefix(" ")
            if not text.startswith(" "):
                name, _, text = text.partition(":")
            said[name] = f"{said.get(name, '')} {text.strip()}"
    return {name: json.loads(text) for name, text in said.items()}


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def _unknown(name: str) -> UnknownName:
    import difflib

    near = tuple(difflib.get_close_matches(name, names(), _NEAREST, _NEAR_ENOUGH))
    hint = f"les plus proches : {', '.join(near)}" if near else "« leviers query » les liste toutes"
    return UnknownName(f"il n’y a pas de question « {name} » ; {hint}", near)


def _described(name: str, said: Mapping[str, Any], source: str) -> CannedQuery:
    return CannedQuery(
        name,
        _both(said["summary"]),
        _both(said["description"]),
        tuple(map(str, said["tags"])),
        tuple(Proof(level) for level in said["proofs"]),
        tuple(_parameter(each, source) for each in said["parameters"]),
        tuple(_column(each, source) for each in said["columns"]),
        source,
    )


def _both(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: texts[language].strip() for language in _LANGUAGES}


def _parameter(said: Mapping[str, Any], source: str) -> Parameter:
    if f"VALUES ?{said['name']} {{ UNDEF }}" not in source:
        raise ValueError(f"parameter {said['name']} is not in the query")
    if not (_FOLDER / f"{said['values']}.rq").exists():
        raise ValueError(f"no helper query {said['values']}")
    return Parameter(
        said["name"],
        said["kind"],
        bool(said["required"]),
        said["default"],
        str(said["example"]),
        said["values"],
        _both(said),
    )


def _column(said: Mapping[str, Any], source: str) -> Column:
    if f"?{said['name']}" not in source:
        raise ValueError(f"column {said['name']} is not in the query")
    return Column(said["name"], said["kind"], _both(said), bool(said.get("many")), dict(said.get("words", {})))
