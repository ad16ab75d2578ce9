"""The page as text: complete, inert, the same each time. What it does in a browser is in test_page.py."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import sys
from importlib.resources import files
from typing import Any

import networkx as nx
import pytest
from browser import CLOSE, Invented, invented, large

from ontology import ID, Kind, MissingPart, Proof, Relation, concept_iri
from viz import draw, layout, network
from viz.page import SCRIPTS, STYLES
from viz.payload import as_json
from viz.style import asset, icon_uri, style
from viz.view import LIMIT, view_of

HOSTILE = (
    "</script><script>window.__x=1</script>",
    '<img src=x onerror="window.__x=2">',
    "javascript:window.__x=3",
    "{{ 7*7 }}{% raw %}<!--<script>",
    "\u2028\u2029\x00\ud800 fin",
)


def data_of(page: str) -> dict[str, Any]:
    """What the data block holds."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def scripts_of(page: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


def hash_of(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def policy_of(page: str) -> str:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return found[1].replace("&#39;", "'")


def test_the_same_graph_gives_the_same_bytes() -> None:
    graph = invented()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    page = draw(graph)
    assert page == draw(graph)
    assert page == draw(turned)


def test_the_page_is_whole_and_french() -> None:
    page = draw(invented())
    assert page.startswith('<!doctype html>\n<html lang="fr">')
    assert page.endswith("</html>\n")
    assert "<title>Leviers et irritants : ateliers du quartier</title>" in page
    assert page.count("<h1>") == 1
    assert "3 mars 2026" in page
    assert "Diffusion libre" in page
    assert "atelier-bourg-neuf.md" in page
    assert "\r" not in page


def test_nothing_is_fetched() -> None:
    page = draw(invented())
    outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"""\b(?:src|href|action|data|poster)\s*=\s*["']?(?!["'#])""", outside.partition("<body>")[2])
    assert not re.search(r"@import|url\(", outside)
    assert "<link" not in outside
    assert "http" not in outside.replace('http-equiv="', "")
    assert not re.search(
        r"fetch\(|XMLHttpRequest|WebSocket|importScripts|innerHTML|eval\(|new Function", scripts_of(page)[1]
    )


def test_the_policy_allows_these_scripts_and_no_other() -> None:
    page = draw(invented())
    policy = dict(part.strip().partition(" ")[::2] for part in policy_of(page).split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["img-src"] == "data: blob:"
    assert policy["script-src"].split() == [f"'{hash_of(script)}'" for script in scripts_of(page)]
    css = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy["style-src"] == f"'{hash_of(css[0])}'"
    assert len(css) == 1
    assert not re.search(r"\son\w+\s*=|\sstyle\s*=", re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL))


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_words_stay_words(payload: str) -> None:
    built = Invented(title=payload, subtitle=payload, generated=payload, corpus=[payload], notice=payload)
    built.row("synthesis", payload, payload, payload, [payload], [f"besoin {payload}"], [f"levier {payload}"])
    page = draw(built.graph)
    outside = re.sub(r"(<script[^>]*>).*?</script>", r"\1", page, flags=re.DOTALL)
    assert outside.count("<script") == 3
    assert "<img" not in outside
    assert "49" not in outside.partition("<body>")[2]
    assert page.encode("utf-8")
    data = data_of(page)
    expected = " ".join(payload.encode("utf-8", "replace").decode().replace("\x00", "").split())
    assert expected in data["texts"]
    assert "<" not in as_json(data)
    assert "\u2028" not in page
    assert len(scripts_of(page)) == 2


def test_no_script_can_close_its_block() -> None:
    for name in SCRIPTS:
        text = asset(f"js/{name}.js")
        assert "</script" not in text
        assert "<!--" not in text
        assert text.count("\n") < 300
    assert "</script" not in network.script()
    assert "<!--" not in network.script()


@pytest.mark.parametrize(("folder", "names"), [("js", SCRIPTS), ("css", STYLES)])
def test_every_asset_has_its_place(folder: str, names: tuple[str, ...]) -> None:
    found = {entry.name for entry in files("viz").joinpath("assets", folder).iterdir()}
    assert found == {f"{name}.{folder}" for name in names}


def test_seven_hundred_elements_fit_in_a_mail() -> None:
    graph = large(700)
    page = draw(graph)
    assert len(data_of(page)["nodes"]["id"]) == len(graph) >= 700
    assert len(page.encode("utf-8")) <= 800_000


def test_the_texts_used_most_have_the_shortest_numbers() -> None:
    data = data_of(draw(large(300)))
    columns = (data["nodes"]["kind"], data["edges"]["relation"], data["edges"]["proof"])
    assert max(max(column) for column in columns) < 100 < len(data["texts"])
    assert [data["texts"][number] for number in data["nodes"]["kind"]].count("irritant") > 1


def test_an_empty_graph_says_so() -> None:
    page = draw(nx.MultiDiGraph())
    assert "encore rien à montrer" in page
    assert "script-src 'none'" in policy_of(page)
    assert "<script" not in page
    assert "<h1>Leviers et irritants</h1>" in page


def test_other_kinds_and_relations_are_left_out() -> None:
    graph = invented()
    graph.add_node(f"{ID}row/x", kind="row", label="une ligne")
    graph.add_node("https://example.org/y", kind="lever", label="Levier d’ailleurs")
    graph.add_edge(f"{ID}row/x", f"{ID}actor/mairie", relation="mobilises", proof="row")
    graph.add_edge("https://example.org/y", f"{ID}actor/mairie", relation="hasTheme", proof="row")
    graph.add_edge("https://example.org/y", f"{ID}actor/mairie", relation="mobilises", proof="theme")
    data = data_of(draw(graph))
    assert "une ligne" not in data["texts"]
    assert "https://example.org/y" in data["nodes"]["id"]
    assert len(data["edges"]["source"]) == len(data_of(draw(invented()))["edges"]["source"])


def test_links_said_twice_are_one_with_both_rows() -> None:
    graph = invented()
    view = view_of(graph)
    ids = [element.id for element in view.elements]
    need, irritant = (
        concept_iri(kind, text).removeprefix(ID)
        for kind, text in (
            (Kind.NEED, "Un lieu ouvert hors des heures de bureau"),
            (Kind.IRRITANT, "Salle fermée le samedi"),
        )
    )
    ties = [tie for tie in view.ties if tie.relation == "raises" and ids[tie.source] == irritant]
    assert [(ids[tie.target], tie.rows) for tie in ties] == [(need, ("synthesis.1", "synthesis.5"))]


def test_a_close_match_has_one_direction() -> None:
    graph = invented()
    kind, one, other, confidence = CLOSE[0]
    graph.add_edge(concept_iri(kind, other), concept_iri(kind, one), relation="closeMatch", proof="close")
    close = [tie for tie in view_of(graph).ties if tie.relation == "closeMatch"]
    assert len(close) == len(CLOSE)
    assert confidence in {tie.confidence for tie in close}


def test_the_best_supported_are_kept() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(LIMIT + 3):
        graph.add_node(f"{ID}lever/{number}", kind="lever", label=f"Levier {number}", support=number % 7)
    view = view_of(graph)
    assert (len(view.elements), view.total) == (LIMIT, LIMIT + 3)
    assert min(element.support for element in view.elements) == 0
    assert sum(element.support for element in view.elements) == sum(number % 7 for number in range(LIMIT + 3))


def test_rows_sort_as_numbers() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    quotes = [{"quote": "a", "document": "d", "section": "s", "row": row} for row in (10, 9, "2")]
    graph.add_node("x", kind="need", label="Besoin", quotes=quotes)
    assert [quote.row for quote in view_of(graph).elements[0].quotes] == ["2", "9", "10"]


def test_every_kind_relation_and_proof_has_a_style() -> None:
    look = style()
    assert set(look.kinds) == set(Kind)
    assert set(look.relations) == set(Relation)
    assert list(look.proofs) == [proof for proof in Proof if proof is not Proof.THEME]
    paths = {kind["path"] for kind in look.kinds.values()}
    assert len(paths) == len(look.kinds)
    assert len({proof["dash"] for proof in look.proofs.values()}) == len(look.proofs)


@pytest.mark.parametrize("kind", list(Kind))
def test_colours_are_seen_on_white(kind: Kind) -> None:
    colour = style().kinds[kind]["colour"]
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_icons_hold_themselves() -> None:
    assert icon_uri("lever").startswith("data:image/svg+xml,%3Csvg")
    assert " " not in icon_uri("lever")


def test_another_copy_of_the_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    network.script.cache_clear()
    monkeypatch.setattr(network, "_SHA256", "0" * 64)
    with pytest.raises(MissingPart, match=r"pyvis 0\.3\.2"):
        network.script()
    network.script.cache_clear()


@pytest.mark.parametrize("with_library", [True, False])
def test_positions_are_apart_and_always_the_same(with_library: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not with_library:
        monkeypatch.setitem(sys.modules, "rustworkx", None)
    pairs = [(rank, rank // 3) for rank in range(60)] + [(60, 61), (62, 62)]
    first = layout.positions(64, pairs)
    assert first == layout.positions(64, pairs)
    assert len(set(first)) == 64
    nearest = min(math.dist(one, other) for rank, one in enumerate(first) for other in first[:rank])
    assert nearest >= 4
    assert max(x for x, _ in first) - min(x for x, _ in first) < 4_000
    assert layout.positions(0, []) == []


def test_the_network_view_is_pyvis_own() -> None:
    view = view_of(invented())
    drawn = network.network(view)
    assert drawn.num_nodes() == len(view.elements)
    assert drawn.num_edges() == len(view.ties)
    options = data_of(draw(invented()))["network"]["options"]
    assert options["physics"] == {"enabled": False}
    assert set(options["groups"]) == set(Kind)
