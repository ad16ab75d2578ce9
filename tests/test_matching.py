"""Candidates and the machine’s close matches: symmetric, in any order, never against a decision; and of which kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.archive import Archive
from graph.library import Library
from graph.matching import COMPARED, Matcher, Place, Statement, compare, ledger
from graph.matching.likeness import likeness
from graph.matching.links import FOLDER
from graph.matching.profile import profile
from graph.oxigraph import OxigraphStore
from graph.reconcile import Decision
from ingest import read_document
from ingest.document import Document
from ontology import ID, LV, MATCHES_GRAPH, PREFIXES, Kind, Reading, concept_iri, content_key
from queries.catalogue import get
from queries.posing import pose

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from graph import Store

_WORDS = "formation enseignants élèves parents manque temps matériel prêt ENT débit former accompagner familles".split()
sentences = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)


def said(kind: Kind, text: str, *places: Place) -> Statement:
    return Statement(concept_iri(kind, text), (text,), places)


def lever(text: str, *places: Place) -> Statement:
    return said(Kind.LEVER, text, *places)


@given(one=st.text(max_size=200) | sentences, other=st.text(max_size=200) | sentences)
def test_which_comes_first_changes_nothing(one: str, other: str) -> None:
    here, there = lever(f"a{one}"), lever(f"b{other}")
    found = compare(here, there)
    assert found == compare(there, here)
    assert 0 <= found.same <= found.link <= 1


@pytest.mark.parametrize(
    "text", ["", " ", "…", "\0", "\ud800", "'\"; DROP TABLE statement; --", "🧑‍🏫" * 50, "a" * 10_000]
)
def test_any_text_can_be_compared(text: str) -> None:
    found = compare(Statement(f"{ID}lever/0", (text,)), lever("Former les enseignants"))
    assert found.confidence == ""
    Matcher([Statement(f"{ID}lever/0", (text,)), lever("Former les enseignants")]).candidates()


def test_a_text_of_ten_thousand_characters_is_compared() -> None:
    long = " ".join(f"mot{number} formation des enseignants" for number in range(400))
    assert compare(lever(long), lever(long + " encore")).link > 0.5


@given(st.lists(st.tuples(st.sampled_from(COMPARED), sentences), min_size=2, max_size=12, unique=True), st.randoms())
@settings(max_examples=30)
def test_order_changes_nothing_and_kinds_never_meet(told: list[tuple[Kind, str]], chance: random.Random) -> None:
    held = list({statement.iri: statement for statement in (said(kind, text) for kind, text in told)}.values())
    found = Matcher(held).candidates()
    chance.shuffle(held)
    assert Matcher(held).candidates() == found
    assert all(pair.one.rsplit("/", 1)[0] == pair.other.rsplit("/", 1)[0] and pair.one < pair.other for pair in found)


def test_words_that_may_be_meant_order_candidates_and_make_none_close() -> None:
    one, other = "Outil chronophage", "Un temps fou à passer"
    assert likeness(one, other, widely=True) > likeness(one, other) == 0.0


def test_the_same_words_said_of_others_are_no_close_match() -> None:
    pair = compare(
        said(Kind.IRRITANT, "Manque de formation des parents"), said(Kind.IRRITANT, "Manque de formation des élèves")
    )
    assert pair.confidence == ""
    assert pair.conflict == ("familles ou élèves",)


def test_words_that_say_the_same_bring_statements_closer() -> None:
    one, same, other = (lever(f"Organiser une {word} avec le maire") for word in ("rencontre", "réunion", "kermesse"))
    assert compare(one, same).link > compare(one, other).link + 0.1


def test_who_acts_is_told_from_who_is_acted_upon() -> None:
    pair = compare(lever("Former les parents par les élèves"), lever("Former les élèves"))
    assert pair.confidence == ""
    assert profile("Former les parents par les élèves").cues.groups == {"familles"}


TOLD = (
    ("Manque de formation des enseignants", "Former les enseignants au numérique"),
    ("Les enseignants manquent de formation", "Formation des enseignants au numérique"),
    ("Manque de formation des élèves", "Un point d’accès ouvert dans la commune"),
    ("Matériel insuffisant dans les familles", "Ouvrir un point d’accès dans chaque commune"),
    ("Le matériel des familles est insuffisant", "Prêter du matériel aux familles"),
    ("Matériel insuffisant dans certaines familles", "Prêt de matériel aux familles"),
    ("Familles sans matériel suffisant", "Prêter aux familles du matériel"),
)


def report(name: str, *rows: tuple[str, str]) -> Reading:
    lines = ["Irritants\tPoints forts\tLeviers", *(f"▶ {irritant}\t▶ {lever}\t▶ {lever}" for irritant, lever in rows)]
    text = "\n".join(lines)
    return read_document(Document(name, text, name + text, "text/plain"))


def matches(store: Store) -> dict[tuple[str, str], str]:
    """The machine's close matches: both ends, with the class."""
    rows = store.select(f"""SELECT ?one ?other ?class WHERE {{ GRAPH <{MATCHES_GRAPH}> {{
        ?link a <{LV}Link> ; <{LV}from> ?one ; <{LV}to> ?other ; <{LV}confidence> ?class ; <{LV}matchedWith> "lexical" .
        ?one <{PREFIXES["skos"]}closeMatch> ?other . ?other <{PREFIXES["skos"]}closeMatch> ?one }} }}""").rows
    return {(str(one), str(other)): str(sure) for one, other, sure in rows}


def held(store: Store) -> bytes:
    return store.dump("application/n-quads")


def pair_of(kind: Kind, one: str, other: str) -> tuple[str, str]:
    first, last = sorted((concept_iri(kind, one), concept_iri(kind, other)))
    return first, last


def test_irritants_and_strengths_that_say_nearly_the_same_are_linked(tmp_path: Path) -> None:
    store = OxigraphStore()
    Library(store, Archive(tmp_path), "essai").load([report("a.txt", *TOLD)])
    kinds = {tuple(end.removeprefix(ID).partition("/")[0] for end in pair) for pair in matches(store)}
    assert kinds == {("irritant", "irritant"), ("irritant", "strength"), ("lever", "lever"), ("strength", "strength")}
    hindered, served = concept_iri(Kind.IRRITANT, TOLD[3][0]), concept_iri(Kind.STRENGTH, TOLD[5][1])
    assert (hindered, served) in matches(store)
    assert {str(row["strengthId"]) for row in pose(store, get("tensions"), {}).dicts()} >= {served}


def test_close_statements_are_linked_at_load(tmp_path: Path) -> None:
    store = OxigraphStore()
    Library(store, Archive(tmp_path), "essai").load([report("a.txt", *TOLD)])
    found = matches(store)
    assert pair_of(Kind.IRRITANT, TOLD[3][0], TOLD[4][0]) in found
    assert pair_of(Kind.IRRITANT, TOLD[0][0], TOLD[2][0]) not in found
    links = [line for line in held(store).decode().splitlines() if line.endswith(f"<{MATCHES_GRAPH}> .")]
    assert len(links) == len(found) * 13


@pytest.mark.parametrize("verdict", ["same", "close", "different"])
def test_what_a_person_judged_is_left_alone(tmp_path: Path, verdict: str) -> None:
    store, (one, other) = OxigraphStore(), (TOLD[3][0], TOLD[4][0])
    library = Library(store, Archive(tmp_path), "essai")
    library.load([report("a.txt", *TOLD[:4]), report("b.txt", TOLD[4])])
    before = held(store)
    assert pair_of(Kind.IRRITANT, one, other) in matches(store)
    keys = content_key(Kind.IRRITANT, one), content_key(Kind.IRRITANT, other)
    library.load([], (Decision(Kind.IRRITANT, *keys, verdict, "essai"),))
    assert pair_of(Kind.IRRITANT, one, other) not in matches(store)
    library.load([], ())
    assert held(store) == before


def test_a_verdict_on_one_wording_holds_for_its_group(tmp_path: Path) -> None:
    store = OxigraphStore()
    library = Library(store, Archive(tmp_path), "essai")
    library.load([report("a.txt", *TOLD)])
    key = [content_key(Kind.IRRITANT, text) for text, _ in TOLD]
    apart = Decision(Kind.IRRITANT, key[1], key[2], "different", "essai")
    library.load([], (Decision(Kind.IRRITANT, key[0], key[1], "same", "essai"), apart))
    named = {concept_iri(Kind.IRRITANT, text) for text, _ in TOLD[:3]}
    assert not [pair for pair in matches(store) if set(pair) <= named]


STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.lists(st.sampled_from(TOLD), max_size=3).map(tuple)), min_size=1, max_size=5
)
VERDICTS = st.lists(
    st.tuples(st.sampled_from(TOLD), st.sampled_from(TOLD), st.sampled_from(["same", "close", "different"])), max_size=2
)


@pytest.mark.parametrize("most", [1, 12])
@given(steps=STEPS, verdicts=VERDICTS)
@settings(max_examples=20, deadline=None)
def test_step_by_step_or_all_at_once(
    most: int,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, tuple[tuple[str, str], ...]]],
    verdicts: list[tuple[tuple[str, str], tuple[str, str], str]],
) -> None:
    decisions = tuple(
        Decision(Kind.LEVER, content_key(Kind.LEVER, one[1]), content_key(Kind.LEVER, other[1]), verdict, "essai")
        for one, other, verdict in verdicts if one != other
    )  # fmt: skip
    with patch.object(ledger, "MOST", most):
        store, whole = OxigraphStore(), OxigraphStore()
        library = Library(store, Archive(tmp_path_factory.mktemp("pas")), "essai")
        for place, (name, rows) in enumerate(steps):
            library.load([report(f"{name}.txt", *rows)], decisions[: place % 3])
        library.load([], decisions)
        last = {f"{name}.txt": report(f"{name}.txt", *rows) for name, rows in steps}
        Library(whole, Archive(tmp_path_factory.mktemp("tout")), "essai").load(reversed(last.values()), decisions)
        assert held(store) == held(whole)


@pytest.mark.parametrize("damage", [None, b"", b"SQLite format 3\0" * 300, b"autre chose" * 100])
def test_an_index_that_is_lost_or_damaged_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    store, readings = OxigraphStore(), [report("a.txt", *TOLD)]
    Library(store, Archive(tmp_path), "essai").load(readings)
    expected = matches(store)
    (tmp_path / FOLDER / "changes.npz").unlink()
    if damage is not None:
        (tmp_path / FOLDER / "changes.npz").write_bytes(damage)
    store.replace_graph(MATCHES_GRAPH, [])
    Library(store, Archive(tmp_path), "essai").load([], ())
    assert matches(store) == expected


class Encoder:
    """Stands in for the language model: texts of one meaning have one vector."""

    meanings = (("médiathèque", "bibliothèque"), ("fibre",), ("tutorat",))

    def queries(self, texts: list[str], _: object = None) -> object:
        """One row a text, as `graph.semantic.Encoder.queries`."""
        numpy = pytest.importorskip("numpy")
        rows = [[float(any(word in text for word in words)) for words in self.meanings] for text in texts]
        return numpy.array(rows, "float32").reshape(len(texts), len(self.meanings))

    passages = queries


def test_other_words_that_say_the_same_are_found_without_a_model() -> None:
    told = [lever("Acheter des ordinateurs"), lever("Tirer la fibre"), lever("Former les familles")]
    found = Matcher(told).of(lever("Acquisition de PC"), most=1)
    assert told[0].iri in {found[0].one, found[0].other}


def test_shorthand_is_read_in_plain_words() -> None:
    told = [lever("Former les professeurs"), lever("Temps banalisé dans les établissements"), lever("Tirer la fibre")]
    short, plain = lever("Form. des profs"), lever("Tps banalisé ds les étabs.")
    assert told[0].iri in {(found := Matcher(told).of(short, most=1)[0]).one, found.other}
    assert told[1].iri in {(found := Matcher(told).of(plain, most=1)[0]).one, found.other}
    assert found.same == compare(told[1], lever("Temps banalisé dans les établissements.")).same


def test_meaning_finds_what_shares_no_word_and_is_no_ground_for_a_graph() -> None:
    told = [lever("Ouvrir la médiathèque le soir"), lever("Horaires élargis : bibliothèque"), lever("Tirer la fibre")]
    assert max((pair.link for pair in Matcher(told).candidates()), default=0.0) < 0.1
    found = Matcher(told, Encoder()).candidates()  # type: ignore[arg-type]
    assert {found[0].one, found[0].other} == {told[0].iri, told[1].iri}
    assert found[0].confidence == ""
    new = lever("Une bibliothèque pour tous")
    assert {end for pair in Matcher(told, Encoder()).of(new, most=2) for end in (pair.one, pair.other)} == {  # type: ignore[arg-type]
        new.iri, told[0].iri, told[1].iri
    }  # fmt: skip
