"""The view of remarks in a browser: by topic and place, filtered, linked to elements, kept in a file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import browser as common
from browser import PAYLOAD

from ontology import ID, Kind, concept_iri

common.require_browser()
browser_type_launch_args, browser_context_args = common.browser_type_launch_args, common.browser_context_args
pages, strict = common.pages, common.strict

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

IRRITANT = concept_iri(Kind.IRRITANT, "Salle fermée le samedi").removeprefix(ID)


def status(page: Page) -> str:
    return page.locator("#status").inner_text()


def remarked(page: Page) -> list[str]:
    """The words of the remarks on show, in order."""
    return [each.inner_text().partition("\n")[0] for each in page.locator(".remarks tbody th").all()]


def test_remarks_stand_by_topic_with_their_place(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=qualite")
    titles = ["Sujet citation (1)", "Sujet acteur (1)", "Sujet colonne (3)"]
    assert [each.inner_text() for each in strict.locator("#panel h3").all()] == titles
    assert strict.get_by_role("table", name=titles[2]).get_by_role("row").count() == 1 + 3
    assert status(strict) == "5 points à regarder, dont 1 à corriger"
    first = strict.locator(".remarks tbody tr").first.inner_text()
    assert "À corriger : introuvable dans le texte" in first
    assert "atelier-quartier-des-tanneurs.md, ligne\u00a03" in first
    assert strict.locator(".remarks button").count() == 3  # two have no element on the page
    strict.get_by_role("navigation", name="Sujets").get_by_role("button", name=titles[2]).press("Enter")
    assert strict.evaluate("document.activeElement.textContent") == titles[2]


def test_a_remark_leads_to_its_element_and_back(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=qualite")
    strict.locator(".remarks").get_by_role("button", name="Salle fermée le samedi").press("Enter")
    assert strict.evaluate("document.activeElement.id") == "detail-title"
    assert strict.locator("#detail-title").inner_text() == "Salle fermée le samedi"
    assert strict.locator(".remarks tr.chosen").count() == 1
    assert len(remarked(strict)) == 5
    strict.locator("#tab-chaine").click()
    assert strict.locator(f'svg.chain .box[data-focus="{IRRITANT}"]').get_attribute("aria-pressed") == "true"
    strict.go_back()
    strict.go_back()
    assert strict.locator("#chosen").is_hidden()
    assert len(remarked(strict)) == 5


def test_remarks_follow_document_words_and_filters(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['small']}#vue=qualite")
    strict.locator("#document").focus()
    strict.locator("#document").select_option("atelier-quartier-des-tanneurs.md")
    # The unknown actor stands in no line: its documents are those that name it.
    mine = ["Phrase perdue", "Gardien de la salle", "Salle fermée le samedi"]
    assert [words.partition(" Acteur")[0].partition(" Irritant")[0] for words in remarked(strict)] == mine
    assert strict.evaluate("document.activeElement.id") == "document"
    assert status(strict) == "3 points à regarder sur 5, dont 1 à corriger"
    address = strict.url
    strict.goto("about:blank")
    strict.goto(address)
    assert len(remarked(strict)) == 3
    strict.locator("#kinds").get_by_label("Irritants").uncheck()
    assert len(remarked(strict)) == 2
    strict.locator("#theme").select_option("Ouvrir les lieux à tous")
    assert [words.partition(" Acteur")[0] for words in remarked(strict)] == ["Gardien de la salle"]
    strict.locator("#reset").click()
    assert len(remarked(strict)) == 5
    strict.locator("#find").fill("perdues")
    strict.locator("#find").press("Enter")
    assert remarked(strict) == ["Phrase perdue"]
    strict.locator("#find").fill("zzz")
    strict.locator("#find").press("Enter")
    assert "Aucun point ne correspond à ces filtres" in strict.locator("#panel").inner_text()


def test_nothing_to_report_is_said(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['calm']}#vue=qualite")
    assert status(strict) == "Rien à signaler"
    assert "aucune colonne n’est douteuse" in strict.locator("#panel").inner_text()
    assert strict.locator("#panel table, #panel select").count() == 0


def test_a_graph_that_nobody_checked_has_no_such_tab(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['plain']}#vue=qualite&document=x")
    assert [each.inner_text() for each in strict.get_by_role("tab").all()] == ["Chaîne", "Réseau", "Tableau"]
    assert status(strict) == "79 éléments"


def test_remarks_leave_as_a_table_of_their_own(strict: Page, pages: dict[str, str], tmp_path: Path) -> None:
    strict.goto(f"{pages['hostile']}#vue=qualite")
    with strict.expect_download() as download:
        strict.locator("#csv").click()
    assert download.value.suggested_filename == "leviers-qualite.csv"
    download.value.save_as(tmp_path / "qualite.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "qualite.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["sujet", "gravité", "énoncé ou passage"]
    assert [row[4] for row in rows[1:]] == [PAYLOAD, "'=1"]
    assert {row[2] for row in rows[1:]} == {PAYLOAD}


def test_many_remarks_say_how_many_are_left_out(strict: Page, pages: dict[str, str]) -> None:
    strict.goto(f"{pages['large']}#vue=qualite")
    assert strict.locator(".remarks tbody tr").count() == 500
    panel = strict.locator("#panel").inner_text()
    assert "La page en garde 500 ; 312 autres sont laissés de côté" in panel
    assert "Sujet colonne (500 sur 812)" in panel
    assert strict.locator("#status").inner_text() == "500 points à regarder sur 812"
