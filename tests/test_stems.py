from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import fold
from ontology.stems import content_words, function_words, ngrams, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Former un enseignant", "Il forme les enseignants"),
        ("équipements numériques", "EQUIPEMENT NUMERIQUE"),
        ("réseaux locaux", "le réseau local"),
        ("Travaux d’élèves", "travail de l’élève"),
        ("Accompagner", "l’accompagnement"),
    ],
)
def test_wordings_of_one_family_share_their_stems(one: str, other: str) -> None:
    assert set(stems(one)) == set(stems(other))


@pytest.mark.parametrize(("one", "other"), [("élu", "élève"), ("école", "écoute"), ("temps", "tenue")])
def test_other_families_do_not(one: str, other: str) -> None:
    assert set(stems(one)).isdisjoint(stems(other))


def test_function_words_are_written_as_texts_are_folded() -> None:
    assert all(fold(word) == word for word in function_words())
    assert not {"sans", "non", "hors", "contre", "enseignant"} & function_words()


def test_a_text_of_function_words_has_no_stems() -> None:
    assert stems("de la, des et… à ?") == ngrams("L’ y a-t-il d’ ?") == ()


@given(st.text(max_size=80))
def test_case_accents_and_marks_change_nothing(text: str) -> None:
    assert content_words(fold(text)) == content_words(text)
    assert stems(f"« {text} » !") == stems(text)
    assert all(len(gram) in {3, 4, 5} for gram in ngrams(text))
