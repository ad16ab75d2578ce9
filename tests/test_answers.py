"""Each canned query over the sample graph, answered as it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from answering import DANE, ERUN, FIBRE, PARENTS, POINT, TIME, ZONES, answers

from graph.oxigraph import OxigraphStore
from queries.ask import ask

if TYPE_CHECKING:
    from graph.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


def test_levers_of_an_irritant(store: Store) -> None:
    point = ("Ouvrir un point d’accès", "Se connecter partout", 2, "row")
    assert answers(store, "leviers-pour-irritant", irritant=ZONES) == [
        point,
        ("Installer la fibre", None, 1, "close"),
    ]
    assert answers(store, "leviers-pour-irritant", "row", irritant=ZONES) == [point]
    assert answers(store, "leviers-pour-irritant", irritant=TIME) == [
        ("Libérer du temps", "Du temps commun", 1, "row"),
        ("Dégager du temps", "Du temps commun", 1, "close"),
    ]


def test_a_theme_suggests_only_when_asked(store: Store) -> None:
    suggested = answers(store, "leviers-pour-irritant", "theme", irritant="débit insuffisant")
    assert suggested == [
        ("Installer la fibre", None, 1, "close"),
        ("Ouvrir un point d’accès", "Se connecter partout", 2, "theme"),
    ]
    assert answers(store, "leviers-pour-irritant", irritant="débit insuffisant") == suggested[:1]
    assert answers(store, "leviers-pour-irritant", "same", irritant="débit insuffisant") == []


def test_a_close_statement_serves_once(store: Store) -> None:
    # Débit insuffisant is close to Réseau trop lent, which is close to Zones blanches: nothing leads that far.
    levers = {row[0] for row in answers(store, "leviers-pour-irritant", irritant="débit insuffisant")}
    assert levers == {"Installer la fibre"}


def test_actors_of_an_irritant(store: Store) -> None:
    mairie = "Équiper la mairie ; Afficher les horaires"
    same = [
        ("Commune", "Ouvrir un point d’accès", mairie, "same"),
        (ERUN, "Ouvrir un point d’accès", mairie, "same"),
    ]
    close = (DANE, "Installer la fibre", "Raccorder les écoles", "close")
    assert answers(store, "acteurs-pour-irritant", irritant=ZONES) == [*same, close]
    assert answers(store, "acteurs-pour-irritant", "same", irritant=ZONES) == same
    assert answers(store, "acteurs-pour-irritant", "row", irritant=ZONES) == []


def test_actors_of_an_irritant_in_one_row(store: Store) -> None:
    found = answers(store, "acteurs-pour-irritant", "row", irritant="outils trop nombreux")
    assert found == [(PARENTS, "Choisir un outil commun", None, "row")]


def test_actors_by_a_lever_close_to_the_one_that_answers(store: Store) -> None:
    action = "Banaliser une demi-journée"
    close = [(DANE, "Dégager du temps", action, "close"), (ERUN, "Dégager du temps", action, "close")]
    assert answers(store, "acteurs-pour-irritant", irritant=TIME) == close
    with_theme = answers(store, "acteurs-pour-irritant", "theme", irritant=TIME)
    assert with_theme == [*close, (PARENTS, "Choisir un outil commun", None, "theme")]


def test_the_confidence_of_a_close_answer_is_kept(store: Store) -> None:
    rows = ask(store, "acteurs-pour-irritant", {"irritant": TIME}).rows
    assert {row.confidence for row in rows} == {"moyenne"}
    rows = ask(store, "acteurs-pour-irritant", {"irritant": ZONES}).rows
    assert [row.confidence for row in rows] == ["", "", "forte"]


def test_needs_of_an_irritant(store: Store) -> None:
    assert answers(store, "besoins-pour-irritant", irritant=ZONES) == [("Se connecter partout", "row")]
    assert answers(store, "besoins-pour-irritant", irritant="réseau trop lent") == [("Se connecter partout", "close")]


def test_irritants_of_a_lever(store: Store) -> None:
    assert answers(store, "irritants-pour-levier", levier=POINT) == [
        ("Zones blanches", "row"),
        ("Réseau trop lent", "close"),
    ]
    assert answers(store, "irritants-pour-levier", levier="dégager du temps") == [("Manque de temps", "close")]


def test_what_a_plan_says_of_a_lever(store: Store) -> None:
    assert answers(store, "acteurs-pour-levier", levier=POINT) == [(ERUN, "row"), ("Commune", "row")]
    assert answers(store, "actions-pour-levier", levier=POINT) == [
        ("Équiper la mairie", "row"),
        ("Afficher les horaires", "row"),
    ]
    assert answers(store, "indicateurs-pour-levier", levier=POINT) == [("Nombre de visites", "row")]
    assert answers(store, "echeances-pour-levier", levier=POINT) == [("Court terme", "court terme", "row")]
    assert answers(store, "echeances-pour-levier", levier=FIBRE) == [("Année 2021", None, "row")]


def test_what_a_plan_says_of_a_close_lever(store: Store) -> None:
    lever = "libérer du temps"
    assert answers(store, "acteurs-pour-levier", levier=lever) == [(ERUN, "close"), (DANE, "close")]
    assert answers(store, "indicateurs-pour-levier", levier=lever) == [("Heures dégagées", "close")]
    assert answers(store, "echeances-pour-levier", levier=lever) == [("Long terme", "long terme", "close")]
    assert answers(store, "acteurs-pour-levier", "row", levier=lever) == []
    assert answers(store, "acteurs-pour-levier", "theme", levier=lever)[-1] == (PARENTS, "theme")


def test_a_road_map_goes_from_near_to_far(store: Store) -> None:
    mairie = "Équiper la mairie ; Afficher les horaires"
    assert answers(store, "feuille-de-route", acteur="ERUN") == [
        ("Ouvrir un point d’accès", mairie, "Court terme", "Nombre de visites", "row"),
        ("Dégager du temps", "Banaliser une demi-journée", "Long terme", "Heures dégagées", "row"),
    ]
    assert answers(store, "feuille-de-route", acteur="parents d'eleves") == [
        ("Choisir un outil commun", None, None, None, "row")
    ]


def test_the_calendar_goes_from_near_to_far(store: Store) -> None:
    assert answers(store, "calendrier") == [
        ("court terme", "Court terme", "Ouvrir un point d’accès", f"Commune ; {ERUN}", "row"),
        ("long terme", "Long terme", "Dégager du temps", f"{DANE} ; {ERUN}", "row"),
        (None, "Année 2021", "Installer la fibre", DANE, "row"),
    ]


def test_irritants_without_lever(store: Store) -> None:
    assert answers(store, "irritants-sans-levier") == [("Téléphone en classe", "row")]
    strict = [("Débit insuffisant", "row"), ("Téléphone en classe", "row")]
    assert answers(store, "irritants-sans-levier", "row") == strict
    assert answers(store, "irritants-sans-levier", "theme") == []


def test_levers_without_actor_or_indicator(store: Store) -> None:
    assert answers(store, "leviers-sans-acteur") == [("Former entre pairs", "row")]
    assert answers(store, "leviers-sans-acteur", "same") == [("Former entre pairs", "row"), ("Libérer du temps", "row")]
    without = ["Choisir un outil commun", "Former entre pairs", "Installer la fibre"]
    assert [row[0] for row in answers(store, "leviers-sans-indicateur")] == without


def test_an_absence_is_checked_in_all_documents(store: Store) -> None:
    # Said in the Vendée without a lever there, and answered in Maine-et-Loire.
    assert answers(store, "irritants-sans-levier", territoire="Vendée") == [("Téléphone en classe", "row")]
    assert answers(store, "irritants-sans-levier", territoire="Maine-et-Loire") == []


def test_what_is_shared(store: Store) -> None:
    assert answers(store, "irritants-partages") == [("Zones blanches", 2, 2, "same")]
    assert answers(store, "leviers-partages") == [("Ouvrir un point d’accès", 2, 2, "same")]
    assert answers(store, "leviers-partages", "row") == []


def test_actors_most_asked_for(store: Store) -> None:
    assert answers(store, "acteurs-sollicites") == [
        (DANE, 2, 1, "row"),
        (ERUN, 2, 2, "row"),
        ("Commune", 1, 1, "row"),
        (PARENTS, 1, 1, "row"),
    ]


def test_actors_together(store: Store) -> None:
    assert answers(store, "acteurs-ensemble") == [("Commune", ERUN, 1, "row"), (DANE, ERUN, 1, "row")]
    assert answers(store, "acteurs-ensemble", acteur="ERUN") == [(ERUN, "Commune", 1, "row"), (ERUN, DANE, 1, "row")]


def test_experiences_and_strengths(store: Store) -> None:
    told = ("Prêt de tablettes", "Maine-et-Loire", "Zones blanches", "Prêt de matériel")
    assert answers(store, "experiences") == [(*told, "row")]
    assert answers(store, "experiences", irritant=ZONES) == [(*told, "row")]
    assert answers(store, "experiences", irritant="réseau trop lent") == [(*told, "close")]
    assert answers(store, "experiences", irritant=TIME) == []
    strengths = [("Prêt de matériel", "Prêt de tablettes", "row"), ("Téléphone en classe", None, "row")]
    assert answers(store, "points-forts") == strengths


def test_counts_by_theme_and_territory(store: Store) -> None:
    egal, ensemble = "Un égal accès au numérique pour tous", "Travailler ensemble autrement"
    assert answers(store, "themes-territoires") == [
        (ensemble, "Vendée", 3, 3, 0, "row"),
        (egal, "France entière", 1, 1, 1, "row"),
        (egal, "Maine-et-Loire", 1, 1, 1, "row"),
        (ensemble, "Maine-et-Loire", 1, 1, 0, "row"),
        (egal, "Vendée", 1, 1, 0, "row"),
    ]


def test_sessions_and_documents(store: Store) -> None:
    assert answers(store, "seances") == [
        ("Séance journee", "2015-10-01", "France entière", "Distanciel", None, None, "row"),
        ("Séance atelier", "2020-10-05", "Maine-et-Loire", "Distanciel", "Opérateurs", 3, "row"),
        ("Séance atelier", "2020-10-05", "Maine-et-Loire", "Distanciel", "Premier degré", 5, "row"),
        ("Séance region", "2020-10-12", "Vendée", "Distanciel", None, None, "row"),
    ]
    assert answers(store, "documents") == [
        ("atelier.md", 4, 16, 7, "row"),
        ("copie.md", 0, 0, 4, "row"),
        ("journee.md", 3, 3, 7, "row"),
        ("region.md", 7, 20, 6, "row"),
    ]


def test_what_is_close_or_in_tension(store: Store) -> None:
    assert answers(store, "rapprochements") == [
        ("irritant", "Débit insuffisant", "Réseau trop lent", "forte", "close"),
        ("irritant", "Zones blanches", "Réseau trop lent", "forte", "close"),
        ("lever", "Dégager du temps", "Libérer du temps", "moyenne", "close"),
    ]
    assert answers(store, "tensions") == [
        ("Téléphone en classe", "Téléphone en classe", "same"),
        ("Outils trop nombreux", "Prêt de matériel", "close"),
    ]


def test_what_was_said_before(store: Store) -> None:
    point = ("Ouvrir un point d’accès", "lever", "2015-10-01", "2020-10-05", "same")
    debit = ("Débit insuffisant", "irritant", "2015-10-01", "2020-10-12", "close")
    assert answers(store, "evolution") == [point, debit]
    assert answers(store, "evolution", "same") == [point]


def test_open_questions(store: Store) -> None:
    assert answers(store, "questions-ouvertes") == [("Qui paie ?", "row")]


# -- filters, evidence, order --------------------------------------------------------------------------------------
def test_a_territory_holds_its_parts(store: Store) -> None:
    assert len(answers(store, "calendrier", territoire="Pays de la Loire")) == 3
    assert [row[2] for row in answers(store, "calendrier", territoire="Vendée")] == [
        "Dégager du temps",
        "Installer la fibre",
    ]
    assert [row[2] for row in answers(store, "calendrier", theme="travailler ensemble")] == ["Dégager du temps"]


def test_every_row_on_the_way_must_pass_the_filter(store: Store) -> None:
    maine = answers(store, "acteurs-pour-irritant", irritant=ZONES, territoire="Maine-et-Loire")
    assert [row[0] for row in maine] == ["Commune", ERUN]
    vendee = answers(store, "acteurs-pour-irritant", irritant=ZONES, territoire="Vendée")
    assert [row[0] for row in vendee] == [DANE]
    assert answers(store, "acteurs-pour-irritant", irritant=ZONES, theme="travailler ensemble") == []
