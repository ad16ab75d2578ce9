"""What stands beside a session: days, places, formats, and roles without the names of persons."""

from __future__ import annotations

import pytest

from ingest.actors.roles import actor_or_words, nameless, roles
from ingest.sessions.participants import is_format
from ingest.sessions.session import dates, place_in
from ontology import ID


def test_days_without_a_year_or_in_figures() -> None:
    assert dates("6/10 et 14/10", "2020", brief=True) == ("2020-10-06", "2020-10-14")
    assert dates("1/2 journée", "2020") == ()
    assert dates("du 28 septembre au 9 octobre 2020") == ("2020-09-28", "2020-10-09")
    assert dates("le 05/10/20 puis le 31.12.2021") == ("2020-10-05", "2021-12-31")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("5 octobre 2020", ""), ("Jeudi 1er octobre 2015 - Paris", "Paris"), ("le 6/10 à la mairie", "la mairie"),
        ("Lundi 3 mai 2021 de 18h00 à 19h30", ""), ("Septembre 2020", ""),
    ],
)  # fmt: skip
def test_a_place_is_what_stands_beside_the_day(words: str, place: str) -> None:
    assert place_in(words) == place


def test_formats_are_told_from_categories() -> None:
    assert all(map(is_format, ["Présentiel", "En présentiel", "Distanciel", "Les 2", "à distance", "Hybride"]))
    assert not any(map(is_format, ["Élus", "Représentants académiques", ""]))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MARTIN Anne, CP IENA – DSDEN - BREST PETIT Luc, Principal adjoint Collège Curie VANNES",
         ("CP IENA – DSDEN - BREST", "Principal adjoint Collège Curie VANNES")),
        ("M. et Mme Petit, parents d’élèves", ("parents d’élèves",)),
        ("A. Martin, IEN", ("IEN",)),
        ("Anne MARTIN et Luc PETIT, représentants de la Ville", ("représentants de la Ville",)),
        ("Frédéric LE GOFF (Collège ADA de Vannes).......", ("Collège ADA de Vannes",)),
        ("ERUN (Zoé Roux)", ("ERUN",)),
        ("Zoé Roux", ()),
        ("Jean-Luc Petit-Roux – conseiller pédagogique", ("conseiller pédagogique",)),
        ("Lycée Auguste et Jean RENOIR", ("Lycée Auguste et Jean RENOIR",)),
        ("Réseau Canopé", ("Réseau Canopé",)),
        ("Ille-et-Vilaine", ("Ille-et-Vilaine",)),
        ("Mme la Rectrice", ("Rectrice",)),
        ("ien@exemple.invalid, IEN", ("IEN",)),
    ],
)  # fmt: skip
def test_roles_are_kept_without_names(words: str, expected: tuple[str, ...]) -> None:
    assert roles(words) == expected


def test_a_lone_surname_goes_where_a_person_is_expected() -> None:
    assert roles("Petitjean, chargée de mission", facilitators=True) == ("chargée de mission",)
    assert roles("Bénévoles, associations") == ("Bénévoles, associations",)
    assert nameless("1 (M. Petitjean, CPD)") == "1 (CPD)"


def test_a_role_of_the_vocabulary_is_its_actor() -> None:
    assert actor_or_words("DAASEN") == f"{ID}actor/daasen"
    assert actor_or_words("chargé de mission DANE") == "chargé de mission DANE"
