from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import pytest
import sample_graph as sample
import yaml

from graph.backends import open_store
from graph.memory import MemoryStore
from graph.oxigraph import OxigraphStore
from ontology import ID, PREFIXES, Proof, UnknownName
from queries import catalogue
from queries.ask import ask
from queries.binding import bind
from queries.dossiers import dossier

if TYPE_CHECKING:
    from graph.store import Store

NAMES = (
    "leviers-pour-irritant", "acteurs-pour-irritant", "besoins-pour-irritant", "irritants-pour-levier",
    "acteurs-pour-levier", "actions-pour-levier", "indicateurs-pour-levier", "echeances-pour-levier",
    "feuille-de-route", "calendrier", "irritants-sans-levier", "leviers-sans-acteur", "leviers-sans-indicateur",
    "irritants-partages", "leviers-partages", "acteurs-sollicites", "acteurs-ensemble", "points-forts",
    "experiences", "themes-territoires", "seances", "documents", "rapprochements", "tensions", "evolution",
    "questions-ouvertes",
)  # fmt: skip
HIDDEN = {"id", "proof", "evidence", "support", "confidence", "order"}


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


@pytest.fixture(scope="module")
def reference() -> Store:
    return sample.fill(MemoryStore())


def test_the_questions_of_the_contract_are_there() -> None:
    assert catalogue.names() == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_header_is_complete_in_both_languages(name: str) -> None:
    query = catalogue.get(name)
    lines = [line.removeprefix("#+") for line in query.source.splitlines() if line.startswith("#+")]
    assert yaml.safe_load("\n".join(lines)) == catalogue.header(query.source)
    labels = [*(each.labels for each in query.parameters), *(each.labels for each in query.columns)]
    for texts in (query.summary, query.description, *labels):
        assert set(texts) == {"fr", "en"}
        assert all(texts.values())
        assert texts["fr"] != texts["en"] or len(texts["fr"]) < 20
    assert len(query.summary["fr"]) <= 53, "one line of a list of 80 columns"
    assert query.tags
    assert list(query.proofs) == sorted(query.proofs, key=lambda level: level.rank)
    assert set(re.findall(r"# proof: (\w+)", query.source)) <= {level.value for level in query.proofs}
    assert len(re.findall("# (?:proof|without|else): ", query.source)) == query.source.count("# end")
    assert set(re.findall(r"# from (\w+): ", query.source)) <= {each.name for each in query.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_an_example_and_its_values(store: Store, name: str) -> None:
    query = catalogue.get(name)
    written = set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.source))
    assert {each.name for each in query.parameters} == written
    for each in query.parameters:
        values = store.select(catalogue.helper(each.values))
        assert values.columns == ("id", "label")
        assert values.rows
        assert all(str(one).startswith(f"{ID}{each.kind}/") for one, _ in values.rows)
        assert each.example
        assert each.example in query.example or not each.required


@pytest.mark.parametrize("name", NAMES)
def test_a_query_stands_alone_and_gives_its_columns(store: Store, name: str) -> None:
    query = catalogue.get(name)
    columns = store.select(query.source).columns
    named = {column.name for column in query.columns}
    assert named <= set(columns)
    assert {"id", "proof", "evidence"} <= set(columns)
    assert {column for column in set(columns) - named - HIDDEN if not column.endswith("Id")} == set()
    assert {column.removesuffix("Id") for column in columns if column.endswith("Id")} <= named | {"document", "session"}
    assert not re.search(r"\b(SERVICE|FROM|GRAPH|LATERAL)\b", query.text()), "any SPARQL 1.1 engine must run it"


def comparable(store: Store, text: str) -> list[dict[str, Any]]:
    """Rows with their lists sorted: no engine promises an order in GROUP_CONCAT."""
    rows = []
    for row in store.select(text).dicts():
        parted = {name: value.split() if name == "evidence" else value.split("\n")
                  for name, value in row.items() if isinstance(value, str)}  # fmt: skip
        rows.append({**row, **{name: sorted(set(parts)) for name, parts in parted.items()}})
    return sorted(rows, key=str)


@pytest.mark.parametrize("name", NAMES)
def test_two_engines_agree(store: Store, reference: Store, name: str) -> None:
    query = catalogue.get(name)
    things = {
        "irritant": sample.irritant("Zones blanches"), "levier": sample.lever("Libérer du temps"),
        "acteur": sample.actor("erun"), "theme": sample.ENSEMBLE, "territoire": sample.REGION,
    }  # fmt: skip
    bound = {each.name: [f"<{things[each.name]}>"] for each in query.parameters}
    wide = {name: terms for name, terms in bound.items() if name not in {"theme", "territoire"}}
    lost = {name: ["<urn:nothing>"] for name in bound}
    for bindings in ({}, bound, wide, lost):
        text = query.text(bindings)
        assert comparable(store, text) == comparable(reference, text)
    assert name == "documents" or not store.select(query.text(lost)).rows


@pytest.mark.parametrize("name", NAMES)
def test_a_query_finds_from_a_parameter_what_it_finds_by_trying(store: Store, name: str) -> None:
    query = catalogue.get(name)
    things = {"irritant": sample.irritant("Zones blanches"), "levier": sample.lever("Libérer du temps"),
              "acteur": sample.actor("erun")}  # fmt: skip
    named = [{each.name: [f"<{things[each.name]}>"]} for each in query.parameters if each.name in things]
    ways = named if any(each.required for each in query.parameters) else [{}, *named]
    known = {each.name for each in query.parameters}
    found = 0
    themes, places = (None, sample.EGAL, sample.ENSEMBLE), (None, sample.MAINE, sample.REGION)
    for way, theme, place in itertools.product(ways, themes, places):
        within = (("theme", theme), ("territoire", place))
        given = {name: [f"<{one}>"] for name, one in within if one and name in known} | way
        for weakest in Proof:
            started, tried = query.text(given, weakest), query.shown(given, weakest)
            assert "§" not in query.source
            assert not re.search(r"VALUES \?(?!none)\w+ { UNDEF }", started)
            rows = comparable(store, started)
            assert rows == comparable(store, tried)
            found += len(rows)
    assert found or name == "questions-ouvertes"


@pytest.mark.parametrize("thing", [sample.EGAL, sample.MAINE, sample.REGION, sample.lever("Libérer du temps")])
def test_two_engines_agree_on_a_dossier(store: Store, reference: Store, thing: str) -> None:
    found = dossier(store, thing)
    assert found == dossier(reference, thing)
    assert found.said or found.quotes


@pytest.mark.parametrize(
    ("shortly", "at_length"),
    [
        ("?row lv:rowTheme ?thing", "?row a lv:Row ; lv:hasTheme ?thing"),
        ("?row lv:rowTerritory ?thing", "?row a lv:Row ; lv:inTerritory ?thing"),
        ("?row lv:says ?thing", "?mention lv:inRow ?row ; oa:hasBody ?thing"),
        ("?row lv:holdsLever|lv:holdsIrritant ?thing",
         "?mention lv:inRow ?row ; oa:hasBody ?thing . ?thing a ?kind FILTER(?kind IN (lv:Lever, lv:Irritant))"),
        ("?row lv:shared true BIND(?row AS ?thing)",
         "?row lv:support ?n ; lv:territories ?m FILTER(?n > 1 || ?m > 1) BIND(?row AS ?thing)"),
        ("?row lv:strongMatch|lv:fairMatch ?thing", "?row skos:closeMatch ?thing"),
        ("?row lv:strongMatch ?thing",
         "?link lv:closeMatchFrom|lv:closeMatchTo ?row , ?thing ; lv:confidence 'forte' FILTER(?row != ?thing)"),
    ],
)  # fmt: skip
def test_what_queries_start_from_says_no_more_than_the_rest(loaded: str, shortly: str, at_length: str) -> None:
    store = open_store(loaded)
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("lv", "oa", "skos"))
    short, long = (set(store.select(f"{prefixes} SELECT ?row ?thing WHERE {{ {text} }}").rows)
                   for text in (shortly, at_length))  # fmt: skip
    assert short == long
    assert short


def test_a_territory_counts_what_its_parts_say(store: Store) -> None:
    region = dossier(store, sample.REGION)
    assert (region.kind, region.facts["rows"], region.facts["sessions"]) == ("Territoire", ["11"], ["2"])
    assert region.said["Irritants les plus dits"][0] == ("Zones blanches", sample.irritant("Zones blanches"), 2, 3)


def test_what_is_close_and_of_another_kind_is_a_tension(store: Store) -> None:
    hinders, serves = sample.irritant("Outils trop nombreux"), sample.strength("Prêt de matériel")
    for one, other, phrase in ((hinders, serves, "points forts"), (serves, hinders, "irritants")):
        links = dossier(store, one).links
        assert [(thing, proof) for _, thing, proof in links[f"En tension avec ces {phrase}"]] == [(other, "close")]
        assert "Énoncés proches" not in links


def test_an_unknown_question_shows_the_nearest() -> None:
    with pytest.raises(UnknownName, match="acteurs-pour-irritant") as caught:
        catalogue.get("acteur-pour-irritants")
    assert caught.value.candidates[0] == "acteurs-pour-irritant"
    with pytest.raises(UnknownName):
        catalogue.get("_evidence")
    with pytest.raises(UnknownName):
        catalogue.get("../canned/calendrier")


def test_an_unknown_parameter_shows_the_known_ones(store: Store) -> None:
    with pytest.raises(UnknownName, match="irritant, theme, territoire"):
        ask(store, "leviers-pour-irritant", {"levier": "x"})
    with pytest.raises(UnknownName, match="aucun"):
        ask(store, "documents", {"levier": "x"})


@pytest.mark.parametrize(
    "header",
    [
        "#+ tags: [",
        '#+ summary: {"fr": "x"}',
        '#+ summary: {"fr": "x", "en": "x"}\n#+ description: {"fr": "x", "en": "x"}\n#+ tags: []\n#+ proofs: ["sure"]',
    ],
)
def test_a_bad_header_is_loud(header: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "names", lambda: ["broken"])
    monkeypatch.setattr(catalogue, "_read", lambda _: header + "\nSELECT * {}")
    with pytest.raises(ValueError, match=r"broken\.rq: bad header"):
        catalogue.get("broken")


def test_a_binding_that_has_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no line"):
        bind("SELECT * {}", {"irritant": ["<urn:x>"]})


def test_a_term_that_looks_like_a_place_stays_a_term(store: Store) -> None:
    query = catalogue.get("acteurs-pour-irritant")
    text = query.text({"irritant": ["<urn:§theme§>"], "theme": ["<urn:§irritant§>"]})
    assert "<urn:§theme§>" in text
    assert "<urn:§irritant§>" in text
    assert store.select(text).rows == []


def test_weaker_levels_leave_the_text() -> None:
    query = catalogue.get("acteurs-pour-irritant")
    sizes = [len(query.text(weakest=level)) for level in Proof]
    assert sizes == sorted(set(sizes))
    assert "closeMatch" not in query.text(weakest=Proof.SAME)


def test_labels_in_english_where_the_vocabulary_has_them(store: Store) -> None:
    dane = "Délégation académique au numérique éducatif"
    rows = ask(store, "acteurs-pour-irritant", {"irritant": "zones blanches"}, language="en").rows
    assert [row.values["actor"] for row in rows] == ["Municipality", "Digital lead teacher (primary schools)", dane]


def test_the_same_question_gives_the_same_answer(store: Store) -> None:
    again = sample.fill(OxigraphStore())
    for name in ("acteurs-pour-irritant", "leviers-pour-irritant"):
        assert (
            ask(store, name, {"irritant": "zones blanches"}).rows
            == ask(again, name, {"irritant": "zones blanches"}).rows
        )
