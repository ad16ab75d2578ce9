"""Documents that are parts of others: found one at a time as all at once, whatever the order and the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from graph.cards import Card, Cards
from graph.works import same_works

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KEYS = st.sampled_from("abcdef")
SKETCHES = st.sets(st.integers(0, 40), max_size=40) | st.sampled_from(
    [set(range(40)), set(range(20)), set(range(2, 40))]
)


@given(puts=st.lists(st.tuples(KEYS, SKETCHES, st.booleans()), max_size=14))
def test_settling_as_documents_come_finds_what_comparing_all_finds(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[str, set[int], bool]]
) -> None:
    folder = tmp_path_factory.mktemp("cartes")
    cards = Cards(folder / "cartes.sqlite")
    last: dict[str, list[int]] = {}
    for key, values, pause in puts:
        last[key] = sorted(values)
        cards.put(key, Card(key, "", 0), last[key])
        if pause:
            cards.settle()
            cards.save()
            cards = Cards(folder / "cartes.sqlite")
            assert cards.works() == same_works(last)
    cards.settle()
    assert cards.works() == same_works(last)
    cards.save()


def test_a_card_is_replaced(tmp_path: Path) -> None:
    cards = Cards(tmp_path / "cartes.sqlite")
    cards.put("a", Card("a.txt", "", 3), [1, 2])
    cards.put("a", Card("a.txt", "b.txt", 1), [2])
    cards.save()
    assert Cards(tmp_path / "cartes.sqlite").all() == {"a": Card("a.txt", "b.txt", 1)}
