"""The page of the packaged example: it answers as the canned queries do, and its words stay in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import browser as common
import pytest

from graph.backends import open_store
from ontology import ID, Proof
from queries.ask import ask
from queries.cli import main
from queries.pages import page as page_of

common.require_browser()
browser_type_launch_args, browser_context_args = common.browser_type_launch_args, common.browser_context_args
strict = common.strict

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from graph.store import Store

Surest = dict[str, str]
LEVELS = (Proof.ROW, Proof.SAME, Proof.CLOSE)
QUERIES = {
    "irritant": {"need": "besoins", "lever": "leviers", "actor": "acteurs"},
    "levier": {"irritant": "irritants", "action": "actions", "actor": "acteurs", "indicator": "indicateurs"},
}
CHAIN = """([id, level, kinds]) => Object.fromEntries(
    [...leviers.chainOf(leviers.byId.get(id), level)]
        .filter(([node]) => node.id !== id && kinds.includes(node.kind))
        .map(([node, reached]) => [node.id, leviers.levels[reached]]))"""
LEADING = """kind => leviers.leading(leviers.nodes).map(({ node }) => node)
    .filter((node) => node.kind === kind).slice(0, 40).map(({ id }) => id)"""
SPILT = """() => [...document.querySelectorAll('.chain .box')].flatMap((box) => {
    const { right } = box.querySelector('.frame').getBoundingClientRect();
    return [...box.querySelectorAll('text')].filter((line) => line.getBoundingClientRect().right > right - 1)
        .map((line) => line.textContent); })"""
BARE_CUTS = """() => [...document.querySelectorAll('.chain .box')].flatMap((box) => {
    const lines = [...box.querySelectorAll('text:not(.said)')].map((line) => line.textContent);
    return lines.slice(0, -1).filter((line) => !/[ /–-]$/.test(line)); })"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Store:
    folder = tmp_path_factory.mktemp("exemple") / "base"
    assert main(["ingest", "--store", str(folder), str(example)]) == 0
    return open_store(str(folder))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, loaded: Store) -> str:
    path = tmp_path_factory.mktemp("page") / "exemple.html"
    path.write_text(page_of(loaded), encoding="utf-8", newline="\n")
    return path.as_uri()


def answered(store: Store, kind: str, thing: str, weakest: Proof) -> Surest:
    """What the canned queries answer for this irritant or lever, each with its surest proof."""
    best: dict[str, Proof] = {}
    for name in QUERIES[kind].values():
        for row in ask(store, f"{name}-pour-{kind}", {kind: thing}, weakest=weakest).rows:
            best[row.id] = min(best.get(row.id, row.proof), row.proof, key=lambda proof: proof.rank)
    return {one.removeprefix(ID): proof.value for one, proof in best.items()}


@pytest.mark.parametrize("kind", QUERIES)
def test_a_chain_is_what_the_canned_queries_answer(strict: Page, address: str, loaded: Store, kind: str) -> None:
    strict.goto(address)
    kinds = list(QUERIES[kind])
    seen: set[str] = set()
    chosen = strict.evaluate(LEADING, {"levier": "lever"}.get(kind, kind))
    assert len(chosen) == 40
    for identifier in chosen:
        for level, weakest in enumerate(LEVELS):
            shown = strict.evaluate(CHAIN, [identifier, level, kinds])
            assert shown == answered(loaded, kind, ID + identifier, weakest), (identifier, weakest)
            seen.update(shown.values())
    assert seen >= {"row", "close"}


def test_the_headline_question_has_one_answer(strict: Page, address: str, loaded: Store) -> None:
    asked = {"irritant": "zones blanches"}
    levers = {row.id for row in ask(loaded, "leviers-pour-irritant", asked).rows}
    actors = {row.id for row in ask(loaded, "acteurs-pour-irritant", asked).rows}
    strict.goto(address)
    strict.locator("#find").fill("zones blanches")
    strict.keyboard.press("ArrowDown")
    strict.keyboard.press("Enter")
    boxes = {ID + (each.get_attribute("data-focus") or "") for each in strict.locator("svg.chain .box").all()}
    assert {each for each in boxes if "/lever/" in each} == levers
    assert {each for each in boxes if "/actor/" in each} == actors
    assert len(levers) > 2
    assert len(actors) > 2


def test_a_choice_ends_the_search_that_led_to_it(strict: Page, address: str) -> None:
    strict.goto(address)
    strict.locator("#find").fill("zone blanche")
    strict.keyboard.press("Enter")
    assert "texte=" in strict.url
    box = strict.locator('svg.chain .box[data-focus^="irritant/"]').first
    identifier = box.get_attribute("data-focus")
    box.click()
    assert strict.locator("#find").input_value() == ""
    assert "texte=" not in strict.url
    found = strict.locator(".heads").inner_text()
    strict.goto("about:blank")
    strict.goto(f"{address}#element={identifier}")
    assert strict.locator(".heads").inner_text() == found


@pytest.mark.parametrize("width", [900, 1100, 1279, 1280, 1440, 1600])
def test_the_table_never_runs_under_the_detail(strict: Page, address: str, width: int) -> None:
    strict.set_viewport_size({"width": width, "height": 900})
    strict.goto(f"{address}#vue=tableau")
    table = strict.locator(".elements").bounding_box()
    detail = strict.locator("#detail").bounding_box()
    assert table
    assert detail
    if width < 1280:
        assert detail["y"] >= table["y"] + table["height"]
    else:
        assert table["x"] + table["width"] <= detail["x"]
    assert table["x"] + table["width"] <= width
    spilt = "() => [...document.querySelectorAll('.elements :is(th, td)')].filter((c) => c.scrollWidth > c.clientWidth)"
    assert strict.evaluate(f"({spilt})().map((cell) => cell.textContent)") == []


@pytest.mark.parametrize("width", [320, 1280, 1440, 1600])
def test_words_stay_in_their_boxes(strict: Page, address: str, width: int) -> None:
    strict.set_viewport_size({"width": width, "height": 900})
    strict.goto(address)
    assert strict.locator(".chain .said").count() > 0
    for room in ("auto", "760px"):
        strict.evaluate(f"document.querySelector('#panel').style.width = '{room}'")
        strict.evaluate("leviers.draw()")
        assert strict.evaluate(SPILT) == []
        assert strict.evaluate(BARE_CUTS) == []


@pytest.mark.parametrize(
    "syllables",
    [
        "per-fec-tion-ne-ment",
        "d’ac-com-pa-gne-ment",
        "ap-pren-tis-sa-ges",
        "res-pon-sa-bi-li-ser",
        "l’é-ta-blis-se-ment",
    ],
)
def test_long_words_are_cut_between_syllables(strict: Page, address: str, syllables: str) -> None:
    strict.goto(address)
    allowed, at = set(), 0
    for syllable in syllables.split("-"):
        at += len(syllable)
        allowed.add(at)
    places: set[int] = set()
    for room in range(60, 120, 3):
        first, *rest = strict.evaluate("([word, room]) => leviers.wrap(word, room)", [syllables.replace("-", ""), room])
        assert first.removesuffix("-") + "".join(rest).replace("-", "") == syllables.replace("-", "")
        if rest:
            assert first.endswith("-")
            places.add(len(first) - 1)
    assert places
    assert places <= allowed
