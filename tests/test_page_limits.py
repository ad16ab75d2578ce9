"""The page in a browser: hostile words, files that leave it, great graphs, narrow, on paper, without graphics card."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import browser as common
from browser import CHROMIUM_FLAGS, PAYLOAD, VIEWS

from ontology import ID, Kind, concept_iri

common.require_browser()
browser_type_launch_args, browser_context_args = common.browser_type_launch_args, common.browser_context_args
pages, strict = common.pages, common.strict

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserType, Page

IRRITANT = concept_iri(Kind.IRRITANT, "Salle fermée le samedi").removeprefix(ID)


def test_the_table_sorts(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=tableau")
    header = strict.locator("th.c-seances")
    assert header.get_attribute("aria-sort") == "none"
    for direction, order in [("descending", -1), ("ascending", 1)]:
        header.locator("button").click()
        assert header.get_attribute("aria-sort") == direction
        assert strict.evaluate("document.activeElement.dataset.focus") == "sort-seances"
        numbers = [int(cell.inner_text()) for cell in strict.locator("td.c-seances").all()]
        assert numbers == sorted(numbers, reverse=order < 0)
        assert len(set(numbers)) > 1


def test_hostile_words_do_nothing(strict: Page, pages: dict[str, str]) -> None:
    for view in VIEWS:
        strict.goto("about:blank")
        strict.goto(f"{pages['hostile']}#vue={view}")
        strict.locator("#find").fill("img")
        assert strict.locator("#found li").count() > 2
        strict.keyboard.press("ArrowDown")
        strict.keyboard.press("Enter")
        assert PAYLOAD in strict.locator("#detail").inner_text()
        strict.mouse.move(500, 600)
    assert strict.evaluate("window.__x") is None
    assert strict.title() == PAYLOAD
    assert strict.locator("main img, aside img, header img").count() == 0


def test_the_policy_stops_what_is_not_ours(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["small"])
    page.evaluate(
        "() => { const made = document.createElement('script'); made.textContent = 'window.__x = 1';"
        " document.body.append(made); }"
    )
    page.evaluate("() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.__x=2\">'); }")
    asked = page.evaluate("fetch('https://example.org/').then(() => 'done', () => 'refused')")
    assert asked == "refused"
    assert page.evaluate("window.__x") is None


def test_the_csv_opens_safely_in_a_spreadsheet(strict: Page, pages: dict[str, str], tmp_path: Path) -> None:
    strict.goto(pages["hostile"])
    with strict.expect_download() as download:
        strict.locator("#csv").click()
    path = tmp_path / "leviers.csv"
    download.value.save_as(path)
    text = path.read_bytes().decode("utf-8")
    assert text.startswith('\ufeff"type";"libellé"')
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    assert {"'=1+2", "'@somme", "'-2", "'+3"} <= {row["libellé"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]
    lever = next(row for row in rows if row["type"] == "Levier")
    assert lever["acteurs reliés"] == f"acteur {PAYLOAD}"
    assert lever["sources"].count("ligne") == 2
    assert lever["identifiant"].startswith("lever/")


def test_the_picture_stands_alone(strict: Page, pages: dict[str, str], tmp_path: Path) -> None:
    strict.goto(f"{pages['small']}#vue=chaine&element={IRRITANT}")
    with strict.expect_download() as download:
        strict.locator("#image").click()
    path = tmp_path / "chaine.svg"
    download.value.save_as(path)
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    text = " ".join("".join(root.itertext()).split())
    assert "Salle fermée le samedi" in text
    assert "Irritants" in text
    assert ".chain .frame" in text
    assert "var(" not in text
    strict.locator("#tab-tableau").click()
    assert strict.locator("#image").is_disabled()
    strict.locator("#tab-reseau").click()
    strict.wait_for_function("leviers.network")
    with strict.expect_download() as download:
        strict.locator("#image").click()
    download.value.save_as(tmp_path / "reseau.png")
    assert (tmp_path / "reseau.png").read_bytes().startswith(b"\x89PNG")


def test_a_large_graph_says_what_it_leaves_out(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(pages["large"])
    assert 120 < strict.locator(".box").count() <= 150
    assert "sur 6" in strict.locator("#status").inner_text()
    assert "Filtrez ou cherchez" in strict.locator("#status").inner_text()
    whole = strict.evaluate("""() => leviers.nodes.filter((node) => node.kind === 'irritant'
        && document.querySelector(`.box[data-focus="${node.id}"]`)
        && [...leviers.chainOf(node, 2).keys()].some((other) => leviers.kinds.get(other.kind).column
            && !document.querySelector(`.box[data-focus="${other.id}"]`))).length""")
    assert whole == 0
    strict.locator("#tab-reseau").click()
    strict.wait_for_function("leviers.network")
    assert strict.evaluate("leviers.network.nodes") == 300
    assert 5 < strict.evaluate("leviers.network.names().length") <= 80
    strict.locator("#tab-tableau").click()
    assert strict.locator("tbody tr").count() == 200
    strict.get_by_role("button", name="Afficher 200 éléments de plus").click()
    assert strict.locator("tbody tr").count() == 400


def test_the_network_goes_step_by_step(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=reseau&element=actor/mairie")
    sizes = []
    for step in "123":
        strict.get_by_role("radio", name=step).check()
        strict.wait_for_function("leviers.network")
        sizes.append(strict.evaluate("leviers.network.nodes"))
    assert sizes[0] == 4
    assert sizes == sorted(set(sizes))
    assert "Mairie" in strict.evaluate("leviers.network.names()")
    assert "« Mairie »" in strict.locator(".network").get_attribute("aria-label")
    strict.get_by_role("button", name="Agrandir").click()
    strict.get_by_role("button", name="Recentrer").click()


def test_a_click_in_the_network_chooses(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=reseau&element=actor/animatrice&pas=1")
    strict.wait_for_function("leviers.network")
    place = strict.locator(".network").bounding_box()
    assert place
    strict.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    assert strict.locator("#detail-title").inner_text() == "Animatrice"


def test_a_narrow_page_folds_its_filters(strict: Page, pages: dict[str, str]) -> None:
    strict.set_viewport_size({"width": 320, "height": 640})
    strict.goto(f"{pages['small']}#vue=chaine&element={IRRITANT}")
    assert strict.locator("#theme").is_hidden()
    strict.get_by_role("button", name="Filtres et types").click()
    assert strict.locator("#theme").is_visible()
    places = [each.bounding_box() or {} for each in strict.locator(".box").all()]
    lefts = [place["x"] for place in places]
    assert max(lefts) - min(lefts) < 3  # one column, but for the thicker outline of the chosen one
    assert all(place["x"] + place["width"] <= 320 for place in places)
    assert strict.locator(".line").count() > 0


def test_paper_shows_the_view_and_not_the_tools(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=chaine&element={IRRITANT}")
    strict.emulate_media(media="print")
    assert strict.locator("#filters").is_hidden()
    assert strict.locator("#tabs").is_hidden()
    assert strict.locator("svg.chain").is_visible()
    assert strict.locator("#detail").is_visible()


def test_forced_colours_keep_the_lines(strict: Page, pages: dict[str, str]) -> None:
    strict.emulate_media(forced_colors="active")
    strict.goto(f"{pages['small']}#vue=chaine")
    look = "([name, what]) => getComputedStyle(document.querySelector(name))[what]"
    marks = [
        (".chain .line", "stroke"),
        (".chain .frame", "stroke"),
        (".chain text", "fill"),
        (".chain .frame", "fill"),
    ]
    colours = [strict.evaluate(look, list(mark)) for mark in marks]
    assert len(set(colours[:3])) == 1
    assert colours[3] != colours[2]


def test_it_works_without_graphics_card(browser_type: BrowserType, pages: dict[str, str]) -> None:
    browser = browser_type.launch(executable_path=common.chromium(), args=[*CHROMIUM_FLAGS, "--disable-3d-apis"])
    page = browser.new_page(offline=True)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{pages['large']}#vue=reseau")
    page.wait_for_function("leviers.network")
    assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    drawn = page.evaluate("""() => { const c = document.querySelector('.network canvas');
        return new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size; }""")
    assert drawn > 50
    assert errors == []
    browser.close()


def test_the_same_view_twice_is_the_same_picture(strict: Page, pages: dict[str, str]) -> None:
    pictures = []
    for _ in range(2):
        strict.goto("about:blank")
        strict.goto(pages["small"])
        pictures.append(strict.locator("svg.chain").evaluate("each => each.outerHTML"))
    assert pictures[0] == pictures[1]
