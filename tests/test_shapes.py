"""The shapes: a sound document passes, and each constraint is tripped by a document broken on purpose."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ontology import PREFIXES, Kind, MissingPart, Relation, UnreadableFile
from ontology.shapes import Finding, Severity, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "shapes"
ONTOLOGY = Path(__file__).parent.parent / "ontology"
SOUND = (FOLDER / "sound.ttl").read_text(encoding="utf-8")
CORE = SOUND.partition("# ---")[0]
PREFIX_LINES = SOUND.partition("\n\n")[0]
TERMS = (ONTOLOGY / "leviers.ttl").read_text(encoding="utf-8")
SH = PREFIXES["sh"]
FORMS = "https://w3id.org/leviers/formes#"
STATEMENTS = [kind for kind in Kind if kind is not Kind.ACTOR]
JOINING = [relation for relation in Relation if relation is not Relation.CLOSE_TO]
NOT_CONSTRAINTS = {"path", "message", "severity", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"}

Case = tuple[str, str, str, str]  # shape, constraint, words to replace (none: add), replacement


def _generated() -> Iterator[Case]:
    """The cases that each kind and each relation has; they need no document around them."""
    for kind in STATEMENTS:
        a = f"a lv:{kind.label} ."
        yield kind.value, "pattern", "", f"<{kind.value}/KEY> {a}"
        other = "Need" if kind is Kind.LEVER else "Lever"
        concept = f"<{kind.value}/HEX00cc>"
        said = f"<mention/KEY.x> oa:hasBody {concept} ; lv:kind lv:{other} . {concept} {a}"
        yield f"{kind.value}-mention", "in", "", said
    for relation in JOINING:
        name, either = relation.value, relation is Relation.REVEALS
        yield f"{name}-from", "class", "", f"<lien/KEY> lv:{name} <lien/KEY-bout> ."
        yield f"{name}-to", "or" if either else "class", "", f"<lien/KEY-bout> lv:{name} <lien/KEY> ."


LISTED = tomllib.loads((FOLDER / "broken.toml").read_text(encoding="utf-8"))["cases"]
BROKEN: list[Case] = [*map(tuple, LISTED), *_generated()]


def _document(key: str, number: int) -> str:
    return SOUND.replace("KEY", key).replace("HEX", f"{number:08x}")


def _break(number: int, case: Case) -> str:
    _, _, old, new = case
    assert old in CORE
    whole = PREFIX_LINES if number > len(LISTED) else CORE
    broken = whole.replace(old, new, 1) if old else f"{whole}\n{new}\n"
    return broken.replace("KEY", f"cas{number:04}").replace("HEX", f"{number:08x}")


def _check(*graphs: str) -> tuple[Finding, ...]:
    """The findings with the ontology alone: the vocabularies would take most of the time."""
    return validate("\n".join((TERMS, *graphs)), vocabulary=False)


@cache
def _all_broken() -> tuple[Finding, ...]:
    """The findings on all broken documents in one graph: one run, where a run for each would take a minute."""
    return _check(*(_break(number, case) for number, case in enumerate(BROKEN, 1)))


def _name(finding: Finding) -> str:
    return finding.shape.removeprefix(FORMS)


def test_a_sound_document_has_no_finding() -> None:
    assert validate(_document("essai", 0)) == ()
    assert _check(_break(1, ("", "", "", ""))) == ()


def test_two_sound_documents_together_have_no_finding() -> None:
    assert _check(_document("essai", 1), _document("autre", 2)) == ()


def test_the_vocabularies_themselves_have_no_finding() -> None:
    assert validate("") == ()


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(BROKEN, 1)), ids=[f"{one}-{two}" for one, two, *_ in BROKEN]
)
def test_a_broken_document_is_found(number: int, case: Case) -> None:
    shape, constraint, _, _ = case
    tokens = (f"cas{number:04}", f"/{number:08x}")
    mine = {
        (_name(finding), finding.constraint)
        for finding in _all_broken()
        if any(token in f"{finding.focus} {finding.value}" for token in tokens)
    }
    assert (shape, constraint) in mine


def test_every_constraint_has_a_broken_document() -> None:
    from rdflib import Graph, URIRef

    shapes = Graph().parse(ONTOLOGY / "formes.ttl")
    written = {
        (subject.removeprefix(FORMS), predicate.removeprefix(SH))
        for subject, predicate in shapes.subject_predicates()
        if isinstance(subject, URIRef) and isinstance(predicate, URIRef)
        if subject.startswith(FORMS) and predicate.startswith(SH)
    }
    constraints = {(shape, name) for shape, name in written if name not in NOT_CONSTRAINTS}
    assert constraints == {(shape, constraint) for shape, constraint, _, _ in BROKEN}


def test_every_message_is_one_french_line() -> None:
    from rdflib import Graph, Literal, URIRef

    shapes = Graph().parse(ONTOLOGY / "formes.ttl")
    said: dict[str, dict[str | None, str]] = {}
    for shape, text in shapes.subject_objects(URIRef(SH + "message")):
        assert isinstance(text, Literal)
        said.setdefault(str(shape), {})[text.language] = str(text)
    named = {str(shape) for shape in shapes.subjects() if str(shape).startswith(FORMS)}
    assert set(said) == named
    assert all(set(texts) == {"fr", "en"} for texts in said.values())
    for finding in _all_broken():
        assert finding.message == said[finding.shape]["fr"]
        assert "\n" not in finding.message


def test_findings_come_worst_first_and_in_one_order() -> None:
    found = _all_broken()
    levels = [list(Severity).index(finding.severity) for finding in found]
    assert levels == sorted(levels)
    assert set(levels) == {0, 1, 2}
    assert len(set(found)) == len(found)
    assert _check(_break(1, BROKEN[1])) == _check(_break(1, BROKEN[1])) != ()


def test_a_finding_says_where_and_what() -> None:
    found = _check(_break(7, ("", "", "lv:kind lv:Lever ;", "lv:kind lv:Need ;")))
    assert Finding(
        severity=Severity.VIOLATION,
        message="Un levier ne vient que de mentions de leviers.",
        focus="https://w3id.org/leviers/id/lever/000000070005",
        path="^oa:hasBody/lv:kind",
        value=PREFIXES["lv"] + "Need",
        shape=FORMS + "lever-mention",
        constraint="in",
    ) in found  # fmt: skip


def test_a_rule_on_the_whole_graph_names_the_faulty_thing() -> None:
    (found,) = _check(_break(8, ("", "", "", "<need/HEX0004> lv:names <actor/KEY-erun> .")))
    assert (_name(found), found.path, found.value) == ("proved", "lv:names", None)
    assert found.focus == "https://w3id.org/leviers/id/need/000000080004"


def test_the_evidence_may_stand_in_a_row_that_the_row_refers_to() -> None:
    elsewhere = _document("essai", 3).replace("lv:inRow <row/essai.t1r1>", "lv:inRow <row/essai.t3r1>", 1)
    assert _check(elsewhere) == ()
    lost = elsewhere.replace(" ; lv:refersTo <row/essai.t3r1>", "")
    assert {_name(finding) for finding in _check(lost)} == {"evidence-from"}


def test_the_same_rules_hold_in_pyshacl_alone() -> None:
    import pyshacl
    from rdflib import Graph, URIRef

    rules = {case[0]: (number, case) for number, case in enumerate(BROKEN, 1) if case[1] == "sparql"}
    data = Graph().parse(ONTOLOGY / "leviers.ttl")
    for number, case in rules.values():
        data.parse(data=_break(number, case), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=Graph().parse(ONTOLOGY / "formes.ttl"), inplace=True)
    results = report.subjects(URIRef(SH + "sourceConstraintComponent"), URIRef(SH + "SPARQLConstraintComponent"))
    theirs = {tuple(str(report.value(one, URIRef(SH + name))) for name in ("sourceShape", "value")) for one in results}
    ours = validate(data.serialize(format="nt"), vocabulary=False)
    assert theirs == {(finding.shape, finding.focus) for finding in ours if finding.constraint == "sparql"}
    assert {shape.removeprefix(FORMS) for shape, _ in theirs} >= set(rules)


def test_n_triples_and_bytes_are_read_too() -> None:
    from rdflib import Graph

    turtle = TERMS + _break(9, BROKEN[1])
    lines = Graph().parse(data=turtle, format="turtle").serialize(format="nt")
    found = validate(turtle, vocabulary=False)
    assert validate(lines.encode(), vocabulary=False) == validate(lines, vocabulary=False) == found != ()


def test_what_is_not_turtle_is_one_french_line() -> None:
    with pytest.raises(UnreadableFile, match="ni du Turtle ni du N-Triples") as caught:
        validate("<pas> du turtle")
    assert "\n" not in str(caught.value)


def test_without_pyshacl_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingPart, match="pip install"):
        validate("")


def test_a_missing_vocabulary_is_no_crash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from ontology import shapes

    for name in ("leviers.ttl", "formes.ttl"):
        (tmp_path / name).write_bytes((ONTOLOGY / name).read_bytes())
    monkeypatch.setattr(shapes, "files", lambda _: tmp_path)
    shapes._background.cache_clear()
    try:
        assert validate(_document("essai", 0)) == ()
        assert {_name(finding) for finding in validate(_break(1, ("", "", "a lv:Theme ;", "")))} == {"hasTheme-to"}
    finally:
        shapes._background.cache_clear()
