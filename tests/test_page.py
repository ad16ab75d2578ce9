"""The page in a browser: what it shows, by keyboard and by address, and its accessibility rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import browser as common
import pytest
from browser import VIEWS

from ontology import ID, Kind, concept_iri

common.require_browser()
browser_type_launch_args, browser_context_args = common.browser_type_launch_args, common.browser_context_args
pages, strict = common.pages, common.strict

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IRRITANT = concept_iri(Kind.IRRITANT, "Salle fermée le samedi").removeprefix(ID)
COMMITTEE = concept_iri(Kind.LEVER, "Réunir un comité des associations chaque trimestre").removeprefix(ID)


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": RULES, "rules": {"label-content-name-mismatch": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def boxes(page: Page) -> list[str]:
    return [each.get_attribute("data-focus") or "" for each in page.locator("svg.chain .box").all()]


def box(page: Page, identifier: str) -> Any:
    return page.locator(f'svg.chain .box[data-focus="{identifier}"]')


def status(page: Page) -> str:
    return page.locator("#status").inner_text()


@pytest.mark.parametrize("width", [1600, 320])
@pytest.mark.parametrize("chosen", ["", f"&element={IRRITANT}"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_breaks_an_accessibility_rule(
    strict: Page, pages: dict[str, str], view: str, chosen: str, width: int
) -> None:
    strict.set_viewport_size({"width": width, "height": 900})
    strict.goto(f"{pages['small']}#vue={view}{chosen}")
    assert strict.locator(f"#tab-{view}").get_attribute("aria-selected") == "true"
    assert violations(strict) == []


def test_no_other_state_breaks_an_accessibility_rule(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(pages["empty"])
    assert violations(strict) == []
    strict.goto(f"{pages['calm']}#vue=qualite")
    assert violations(strict) == []
    strict.goto(f"{pages['small']}#vue=chaine&texte=zzz")
    assert "Aucun élément ne correspond" in strict.locator("#panel").inner_text()
    strict.locator("#find").fill("salle")
    strict.keyboard.press("ArrowDown")
    strict.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    strict.locator("#find").fill("salles")
    assert strict.locator("#found li").count() > 2
    assert violations(strict) == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_width_makes_the_page_scroll_sideways(strict: Page, pages: dict[str, str], view: str) -> None:
    strict.goto(f"{pages['small']}#vue={view}&element=actor/mairie")
    for width in (320, 480, 760, 1024, 1280, 1600):
        strict.set_viewport_size({"width": width, "height": 800})
        strict.evaluate("leviers.draw()")
        assert strict.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_the_question_is_answered_by_keyboard_alone(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(pages["small"])
    strict.keyboard.press("/")
    strict.keyboard.type("SALLE fermee")
    assert strict.locator("#find").get_attribute("aria-expanded") == "true"
    strict.keyboard.press("ArrowDown")
    active = strict.locator("#find").get_attribute("aria-activedescendant")
    assert strict.locator(f"#{active}").inner_text().startswith("Salle fermée le samedi")
    strict.keyboard.press("Enter")
    assert strict.evaluate("document.activeElement.dataset.focus") == IRRITANT
    assert strict.locator("#detail-title").inner_text() == "Salle fermée le samedi"
    assert "« Salle fermée le samedi »" in strict.locator("#detail").inner_text()
    assert "atelier-vallee-de-l-oudre.md, Ouvrir les lieux à tous, ligne 5" in strict.locator("#detail").inner_text()
    for _ in range(4):
        strict.keyboard.press("ArrowRight")
    assert strict.evaluate("document.activeElement.dataset.focus").startswith("actor/")
    strict.keyboard.press("ArrowDown")
    strict.keyboard.press(" ")
    assert strict.locator('svg.chain [aria-pressed="true"]').get_attribute("data-focus").startswith("actor/")
    strict.keyboard.press("Escape")
    assert strict.locator("#chosen").is_hidden()
    assert strict.evaluate("document.activeElement.dataset.focus").startswith("actor/")


def test_tabs_follow_the_arrows(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(pages["small"])
    strict.locator("#tab-chaine").focus()
    for view in ["reseau", "tableau", "qualite", "chaine"]:
        strict.keyboard.press("ArrowRight")
        assert strict.evaluate("document.activeElement.id") == f"tab-{view}"
        assert strict.locator("#panel").get_attribute("aria-labelledby") == f"tab-{view}"
        assert strict.locator('[role=tab][tabindex="0"]').count() == 1


def test_a_choice_keeps_its_chain_with_its_proof(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(pages["small"])
    everything = len(boxes(strict))
    box(strict, IRRITANT).click()
    chain = boxes(strict)
    assert 5 < len(chain) < everything
    assert "Preuve : même énoncé" in box(strict, "actor/mairie").get_attribute("aria-label")
    dashes = box(strict, "actor/mairie").locator(".frame").get_attribute("stroke-dasharray")
    assert dashes == "11 4"
    strict.locator("#proof").select_option("row")
    assert "actor/mairie" not in boxes(strict)
    assert "aucun acteur relié" in strict.locator(".heads").inner_text()
    strict.locator("#proof").select_option("close")
    strict.locator("#only").uncheck()
    assert len(boxes(strict)) == everything
    assert strict.locator(".box.dim").count() == everything - len(chain)


def test_a_row_is_one_junction(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=chaine&element={COMMITTEE}")
    named = strict.locator(".line").filter(has=strict.locator("title", has_text="plan.7"))
    assert named.count() == 3 + 3 + 4
    assert strict.locator(".junction").count() == 1
    assert strict.locator(".box").count() == 1 + 1 + 1 + 3 + 4


def test_close_statements_are_dashed(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(pages["small"])
    dashed = strict.locator('.line[stroke-dasharray="3 4"]')
    assert dashed.count() == 2
    assert strict.locator(".line:not([stroke-dasharray])").count() > 20
    assert "énoncé proche" in strict.locator(".legend").inner_text()
    strict.locator("#proof").select_option("same")
    assert dashed.count() == 0
    assert "énoncé proche" not in strict.locator(".legend").inner_text()


@pytest.mark.parametrize(
    "fragment",
    [
        "vue=__proto__&element=constructor&theme=toString",
        "masque=__proto__.hasOwnProperty&preuve=valueOf&tri=__proto__",
        "vue=tableau&tri=-constructor&pas=99",
        "%E0%A4%A",
        "vue",
    ],
)
def test_a_broken_address_shows_the_whole(strict: Page, pages: dict[str, str], fragment: str) -> None:
    strict.goto(f"{pages['small']}#{fragment}")
    assert strict.locator("#chosen").is_hidden()
    assert status(strict) in {"79 éléments", "99 éléments"}


def test_the_address_tells_what_is_shown(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(pages["small"])
    strict.locator("#theme").select_option("Prêter et réparer")
    strict.locator("#kinds").get_by_label("Besoins").uncheck()
    box(strict, concept_iri(Kind.IRRITANT, "Outils rendus en retard").removeprefix(ID)).click()
    address, shown = strict.url, boxes(strict)
    assert "theme=Pr%C3%AAter+et+r%C3%A9parer" in address
    strict.goto("about:blank")
    strict.goto(address)
    assert boxes(strict) == shown
    assert strict.locator("#theme").input_value() == "Prêter et réparer"
    assert not strict.locator("#kinds").get_by_label("Besoins").is_checked()
    strict.locator("#copy").click()
    assert strict.evaluate("navigator.clipboard.readText()") == address
    strict.locator("#reset").click()
    assert len(boxes(strict)) == 79


def test_going_back_returns_to_the_choice_before(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=chaine&element={IRRITANT}")
    strict.locator("#detail").get_by_role("button", name="Un lieu ouvert hors des heures de bureau").click()
    assert strict.evaluate("document.activeElement.id") == "detail-title"
    assert strict.locator("#detail-title").inner_text() == "Un lieu ouvert hors des heures de bureau"
    strict.go_back()
    assert strict.locator("#detail-title").inner_text() == "Salle fermée le samedi"


def test_the_skip_link_keeps_what_is_shown(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=tableau&element={IRRITANT}")
    strict.keyboard.press("Tab")
    assert strict.evaluate("document.activeElement.id") == "skip"
    strict.keyboard.press("Enter")
    assert strict.evaluate("document.activeElement.id") == "vue"
    assert strict.locator("#detail-title").inner_text() == "Salle fermée le samedi"


def test_filters_hold_in_every_view(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=tableau")
    strict.locator("#territory").select_option("Bourg-Neuf")
    kinds = strict.locator("#kinds input").all()
    for kind in kinds[1:]:
        kind.uncheck()
    rows = [row.inner_text() for row in strict.locator("tbody th").all()]
    assert "Affichage illisible" in rows
    assert "Outils rendus en retard" not in rows
    strict.locator("#tab-chaine").click()
    assert len(boxes(strict)) == len(rows)
    strict.locator("#tab-reseau").click()
    strict.wait_for_function("leviers.network")
    assert strict.evaluate("leviers.network.nodes") == len(rows)
    assert status(strict) == f"{len(rows)} éléments"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("rop", "Référent aux outils partagés (ROP)"),
        ("zzz", "Rien ne contient"),
        ("FETES", "Comité des fêtes"),
        ("lectures bruit", "Bruit pendant la lecture"),
    ],
)
def test_search_folds_accents_case_and_plurals(strict: Page, pages: dict[str, str], words: str, first: str) -> None:
    strict.goto(pages["small"])
    strict.locator("#find").press_sequentially(words)
    assert first in strict.locator("#found").inner_text()


def test_a_text_filters_the_view(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=tableau")
    strict.locator("#find").fill("calendrier")
    strict.locator("#find").press("Enter")
    shown = [row.inner_text() for row in strict.locator("tbody th").all()]
    assert "Tenir un calendrier commun" in shown
    assert "Affichage illisible" in shown
    assert 3 < len(shown) < 20
    assert "texte=calendrier" in strict.url
    assert "« calendrier »" in status(strict)
    strict.locator("#find").fill("")
    assert strict.locator("tbody tr").count() == 99
