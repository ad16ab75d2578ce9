"""Whether a line of a cell without bullets begins an item, by its words and the room left above it."""

from __future__ import annotations

import pytest

from ingest.formats.anew import USUAL, Style, begins_anew
from ingest.words.headers import Role

NONE: frozenset[str] = frozenset()
SMALL = Style(stops=0.0, small=1.0)


@pytest.mark.parametrize(
    ("before", "line", "style", "begins"),
    [
        ("salles sans rideaux ni volets", "manque de prises", SMALL, True),
        ("salles sans rideaux ni volets", "forfaits trop chers", USUAL, False),
        ("prêter des tablettes aux", "familles", SMALL, False),
        ("prêter des tablettes", "de la commune", SMALL, False),
        ("Salles sans rideaux", "Ouvrir un lieu", USUAL, True),
        ("Avis du conseil des délégués, CE", "Essor des usages", USUAL, True),
        ("Salles fermées le soir.", "Rideaux absents", Style(stops=0.95, small=0.0), True),
        ("Animateurs du réseau –", "Formateurs", USUAL, False),
        ("LA", "VALORISATION", USUAL, False),
    ],
)
def test_words_and_style_tell_where_an_item_begins(before: str, line: str, style: Style, *, begins: bool) -> None:
    assert begins_anew(line, before, NONE, style) == begins


@pytest.mark.parametrize(
    ("item", "line", "begins"),
    [
        ("Associations de parents d’élèves", "DSDEN", True),
        ("Conseil départemental", "DSDEN", True),
        ("IEN, coordonnateurs,", "ERUN", False),
    ],
)
def test_an_actor_below_a_whole_one_is_another(item: str, line: str, *, begins: bool) -> None:
    actors = USUAL._replace(role=Role.ACTOR)
    assert begins_anew(line, item.rsplit(maxsplit=1)[-1], NONE, actors, item=item) == begins


def test_room_left_on_a_line_speaks_for_a_new_item() -> None:
    assert not begins_anew("familles éloignées", "Un accueil des", NONE)
    assert not begins_anew("forfaits trop chers", "salles sans rideaux", NONE)
    assert begins_anew("forfaits trop chers", "salles sans rideaux", NONE, left=0.7)
