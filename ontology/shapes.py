"""The SHACL shapes of formes.ttl applied to a graph: findings that a person can read.

Constraints of SHACL Core are checked by pyshacl. Rules on the whole graph (``sh:sparql``) are run by Oxigraph: the same
answers, a hundred times sooner. pyshacl and rdflib are imported only when a graph is validated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Quad, QuerySolutions, RdfFormat, Store, parse, serialize

from ontology.errors import MissingPart, UnreadableFile
from ontology.terms import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from pyoxigraph import Triple
    from rdflib import Graph
    from rdflib.term import Node

_SH = PREFIXES["sh"]
_FILE = "formes.ttl"


class Severity(StrEnum):
    """How bad a finding is, from the worst to the mildest."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """Its name for the user.

        >>> Severity.VIOLATION.label
        'erreur'
        """
        return {"violation": "erreur", "warning": "avertissement", "info": "remarque"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a graph says and should not, or should say and does not.

    Attributes:
        message: one line for the user, in French.
        focus: IRI of the faulty thing.
        path: the property or path concerned, with prefixes (``^lv:inRow``); empty where the thing itself is at fault.
        value: the faulty value, where there is one.
        shape: IRI of the shape of formes.ttl that found it.
        constraint: what the shape asks for, as SHACL names it: ``minCount``, ``class``, ``sparql``…
    """

    severity: Severity
    message: str
    focus: str
    path: str
    value: str | None
    shape: str
    constraint: str


def validate(graph: str | bytes, *, vocabulary: bool = True) -> tuple[Finding, ...]:
    """What the shapes find in a graph, the worst first, then by shape and place.

    Args:
        graph: Turtle or N-Triples; for several named graphs, their union.
        vocabulary: also give the shapes the ontology and its vocabularies, for a graph that does not hold them.

    Raises:
        MissingPart: pyshacl is not installed.
        UnreadableFile: the graph is neither Turtle nor N-Triples.
    """
    pyshacl = _pyshacl()
    try:
        triples = [quad.triple for quad in parse(input=graph, format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise UnreadableFile(f"Le graphe n’est ni du Turtle ni du N-Triples : {error.msg}") from error
    if vocabulary:
        triples += _background()
    found = {*_core(pyshacl, triples), *_rules_broken(triples)}
    severities = list(Severity)
    return tuple(sorted(found, key=lambda finding: (severities.index(finding.severity), *_place(finding))))


def _place(finding: Finding) -> tuple[str, ...]:
    return (finding.shape, finding.focus, finding.path, finding.value or "", finding.constraint)


def _pyshacl() -> ModuleType:
    try:
        import pyshacl
    except ImportError as error:
        raise MissingPart("Le contrôle SHACL demande pyshacl ; écrivez : pip install pyshacl") from error
    return pyshacl


# -- the data beside this file -------------------------------------------------------------------------------------
class _Rule(NamedTuple):
    shape: str
    severity: Severity
    message: str
    select: str


@cache
def _background() -> tuple[Triple, ...]:
    """The ontology and every vocabulary beside it."""
    folder = sorted(files("ontology").iterdir(), key=lambda file: file.name)
    names = [file for file in folder if file.name.endswith(".ttl") and file.name != _FILE]
    return tuple(quad.triple for file in names for quad in parse(input=file.read_bytes(), format=RdfFormat.TURTLE))


@cache
def _shapes() -> tuple[Graph, tuple[_Rule, ...]]:
    """The shapes, parted in the graph that pyshacl takes and the rules on the whole graph."""
    from rdflib import Graph, Literal, URIRef

    def sh(name: str) -> URIRef:
        return URIRef(_SH + name)

    graph = Graph().parse(data=files("ontology").joinpath(_FILE).read_bytes(), format="turtle")
    declared = sorted(
        f"PREFIX {graph.value(item, sh('prefix'))}: <{graph.value(item, sh('namespace'))}>\n"
        for item in graph.objects(None, sh("declare"))
    )
    rules = []
    for shape, query in list(graph.subject_objects(sh("sparql"))):
        level = graph.value(shape, sh("severity")) or sh("Violation")
        messages = [text for text in graph.objects(shape, sh("message")) if isinstance(text, Literal)]
        select = "".join(declared) + str(graph.value(query, sh("select")))
        rules.append(_Rule(str(shape), _severity(level), _french(messages), select))
        graph.remove((shape, sh("sparql"), query))
    return graph, tuple(sorted(rules))


# -- findings ------------------------------------------------------------------------------------------------------
def _rules_broken(triples: Sequence[Triple]) -> Iterator[Finding]:
    store = Store()
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in triples)
    for rule in _shapes()[1]:
        solutions = store.query(rule.select)
        assert isinstance(solutions, QuerySolutions)
        paths = any(variable.value == "path" for variable in solutions.variables)
        for solution in solutions:
            path = compact(solution["path"].value) if paths else ""
            yield Finding(rule.severity, rule.message, solution["value"].value, path, None, rule.shape, "sparql")


def _core(pyshacl: ModuleType, triples: Sequence[Triple]) -> Iterator[Finding]:
    from rdflib import Graph, Literal, URIRef

    data = Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes()[0], inference="none", inplace=True)
    for result in report.objects(None, URIRef(_SH + "result")):
        said = {str(predicate).removeprefix(_SH): node for predicate, node in report.predicate_objects(result)}
        messages = [text for text in report.objects(result, URIRef(_SH + "resultMessage")) if isinstance(text, Literal)]
        name = str(said["sourceConstraintComponent"]).removeprefix(_SH).removesuffix("ConstraintComponent")
        yield Finding(
            severity=_severity(said["resultSeverity"]),
            message=_french(messages),
            focus=str(said["focusNode"]),
            path=_path(report, said["resultPath"]) if "resultPath" in said else "",
            value=str(said["value"]) if "value" in said else None,
            shape=str(said["sourceShape"]),
            constraint=name[0].lower() + name[1:],
        )


def _severity(node: Node) -> Severity:
    return Severity(str(node).removeprefix(_SH).lower())


def _french(messages: Sequence[object]) -> str:
    return str(min(messages, key=lambda text: (getattr(text, "language", None) != "fr", str(text))))


def _path(report: Graph, node: Node) -> str:
    """A property path in the syntax of SPARQL."""
    from rdflib import RDF, BNode, URIRef

    if not isinstance(node, BNode):
        return compact(str(node))
    inverse = report.value(node, URIRef(_SH + "inversePath"))
    if inverse is not None:
        return "^" + _path(report, inverse)
    steps = []
    rest: Node | None = node
    while rest is not None and (step := report.value(rest, RDF.first)) is not None:
        steps.append(_path(report, step))
        rest = report.value(rest, RDF.rest)
    return "/".join(steps)
