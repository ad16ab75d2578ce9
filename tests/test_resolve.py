from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from hypothesis import given
from hypothesis import strategies as st

from graph.oxigraph import OxigraphStore
from ontology import ID, LV, Kind, UnknownName, compact
from queries.resolve import Resolved, resolve

if TYPE_CHECKING:
    from graph.store import Store

ZONES = sample.irritant("Zones blanches")


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


@pytest.mark.parametrize(
    "text",
    [
        ZONES,
        f"<{ZONES}>",
        compact(ZONES),
        f"  {compact(ZONES)} ",
    ],
)
def test_an_identifier_is_taken_as_it_is(store: Store, text: str) -> None:
    assert resolve(store, "irritant", text) == Resolved(ZONES, "Zones blanches", "identifier")


@pytest.mark.parametrize(
    "text", ["Zones blanches", "ZONES  BLANCHES", "zone blanche", "« Zones blanches » !", "zônes\nblanches."]
)
def test_a_label_is_known_in_any_dress(store: Store, text: str) -> None:
    assert resolve(store, "irritant", text) == Resolved(ZONES, "Zones blanches", "exact")


def test_every_wording_counts(store: Store) -> None:
    assert resolve(store, "actor", "erun").iri == sample.actor("erun")
    assert resolve(store, "actor", "Enseignants référents aux usages du numérique").iri == sample.actor("erun")
    assert resolve(store, "lever", "OUVRIR UN POINT D'ACCES").label == "Ouvrir un point d’accès"


def test_an_identifier_that_was_merged_leads_to_the_one_that_stays(store: Store) -> None:
    found = resolve(store, "lever", compact(sample.OLD_LEVER))
    assert (found.iri, found.label) == (sample.lever("Ouvrir un point d’accès"), "Ouvrir un point d’accès")


def test_the_kind_of_an_identifier_must_fit(store: Store) -> None:
    with pytest.raises(UnknownName, match="est un irritant ; il faut ici un levier"):
        resolve(store, "lever", ZONES)
    with pytest.raises(UnknownName, match="ne connaît pas"):
        resolve(store, "irritant", "id:irritant/ffffffffffff")


def test_a_label_is_searched_among_its_kind(store: Store) -> None:
    # Irritant and strength, word for word the same.
    assert resolve(store, "irritant", "téléphone en classe").iri == sample.irritant("Téléphone en classe")
    assert resolve(store, "strength", "téléphone en classe").iri == sample.strength("Téléphone en classe")


def test_a_typing_error_is_understood_and_said(store: Store) -> None:
    assert resolve(store, "irritant", "zones blanhces") == Resolved(ZONES, "Zones blanches", "near")
    assert resolve(store, "irritant", "blanches zones").how == "near"


def test_a_telling_word_is_enough_where_one_label_has_it(store: Store) -> None:
    assert resolve(store, "irritant", "téléphone").label == "Téléphone en classe"
    assert resolve(store, "lever", "la fibre").label == "Installer la fibre"


def test_several_things_are_never_chosen_between(store: Store) -> None:
    with pytest.raises(UnknownName, match="peut désigner plusieurs leviers") as caught:
        resolve(store, "lever", "du temps")
    assert {one.split(" »")[0][2:] for one in caught.value.candidates} == {"Dégager du temps", "Libérer du temps"}


def test_singular_and_plural_are_told_apart_by_the_words_typed() -> None:
    store = sample.fill(OxigraphStore())
    lines = []
    for text in ("Salle ouverte", "Salles ouvertes"):
        concept = sample.lever(text)
        lines.append(f'<{concept}> <{sample.SKOS}prefLabel> "{text}"@fr .')
        lines.append(f'<{concept}> <{LV}searchKey> "salle ouverte" .')
    store.replace_graph("https://w3id.org/leviers/graph/salles", lines)
    assert resolve(store, "lever", "salles ouvertes").label == "Salles ouvertes"
    assert resolve(store, "lever", "SALLE OUVERTE").label == "Salle ouverte"
    with pytest.raises(UnknownName, match="plusieurs leviers") as caught:
        resolve(store, "lever", "salle ouvertes")
    assert len(caught.value.candidates) == 2


def test_candidates_show_label_identifier_and_document(store: Store) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, "irritant", "outils lents au téléphone")
    assert len(caught.value.candidates) == 3
    for one in caught.value.candidates:
        assert one in str(caught.value)
        assert re.fullmatch(r"« .+ » \(Irritant, id:irritant/[0-9a-f]{12}, (atelier|journee|region)\.md\)", one)
    assert "\n" not in str(caught.value)


def test_themes_and_territories_by_any_name(store: Store) -> None:
    assert resolve(store, "theme", "Travailler ensemble autrement").iri == sample.ENSEMBLE
    assert resolve(store, "theme", "Thématique n°2 : travailler ensemble") == Resolved(
        sample.ENSEMBLE, "Travailler ensemble autrement", "near"
    )
    assert resolve(store, "theme", "fracture numérique").iri == sample.EGAL
    assert resolve(store, "territory", "MAINE ET LOIRE").iri == sample.MAINE
    assert resolve(store, "territory", "DSDEN 49").iri == sample.MAINE
    with pytest.raises(UnknownName, match="aucun territoire connu"):
        resolve(store, "territory", "Atlantide")
    with pytest.raises(UnknownName, match="aucune thématique connue"):
        resolve(store, "theme", "jardinage")


@pytest.mark.parametrize("text", ["", "   ", "?!", "…"])
def test_no_words_no_guess(store: Store, text: str) -> None:
    with pytest.raises(UnknownName, match="écrivez quelques mots"):
        resolve(store, "irritant", text)


def test_an_empty_store_says_what_to_do() -> None:
    with pytest.raises(UnknownName, match="leviers ingest"):
        resolve(OxigraphStore(), "irritant", "zones blanches")


def outcome(store: Store, kind: str, text: str) -> str:
    """The identifier found, or the refusal."""
    try:
        return resolve(store, kind, text).iri
    except UnknownName as error:
        return str(error)


HOSTILE = [
    '" } #',
    "> } INSERT DATA { <a:a> <a:b> <a:c> }",
    "id:irritant/x> <a:b>",
    "https://w3id.org/leviers/id/irritant/x> } DROP ALL #",
    'zones\nblanches" . ?a ?b ?c #',
    "\\",
    "\x00\x1b[31m",
    "'; DROP",
    "id:irritant/{}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(store: Store, text: str) -> None:
    before = store.dump("application/n-quads")
    found = outcome(store, "irritant", text)
    assert found.isprintable()
    assert len(found) < 1000
    assert store.dump("application/n-quads") == before


@given(text=st.text(max_size=200), kind=st.sampled_from([*(kind.value for kind in Kind), "theme", "territory"]))
def test_any_text_is_a_thing_or_a_refusal_in_one_line(store: Store, text: str, kind: str) -> None:
    found = outcome(store, kind, text)
    assert found.isprintable()
    assert found.startswith((f"{ID}{kind}/", "« ", "la base "))
