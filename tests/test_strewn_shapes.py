"""How strewn tables are printed, told from the whole of a text: shared themes, blocks, small letters."""

from __future__ import annotations

from collections import defaultdict

import pytest
from test_strewn import kinds_of, reading_of
from test_strewn_names import lines, roles

from ingest.formats.strewn import gather
from ingest.formats.strewn_header import headings
from ingest.formats.strewn_labels import label_end, theme_state
from ingest.formats.strewn_names import told_name
from ingest.formats.strewn_parts import parts
from ingest.words.headers import Role

FORM = "Thématique Irritants Besoins Leviers\n"
ROW = "• Manque de {0}\n• Difficulté à trouver {0}\n• Besoin de {0}\n• Acheter {0}\n"
THINGS = ("câbles", "lampes", "souris", "chaises")


def columns(text: str) -> list[tuple[str, ...]]:
    """The kinds of each row, in order."""
    rows: dict[str, list[str]] = defaultdict(list)
    for mention in reading_of(text).mentions:
        rows[mention.row].append(mention.kind.value)
    return [tuple(kinds) for kinds in rows.values()]


ONE = ("irritant", "irritant", "need", "lever")


def test_rows_may_share_a_theme_that_is_printed_once() -> None:
    text = FORM + "Gouvernance et\nanticipation\n" + "".join(ROW.format(thing) for thing in THINGS)
    assert columns(text) == [ONE] * 4


def test_a_line_left_empty_begins_another_row() -> None:
    row = "• Manque de {0}\n" + "• Des {0}\n" * 3 + "• Un prêt de {0}\n" * 3 + "• Ouvrir une salle de {0}\n"
    text = FORM + "Gouvernance et anticipation\n" + "\n".join(row.format(thing) for thing in THINGS)
    assert len(columns(text)) == 4


def test_a_table_with_other_columns_is_another_one() -> None:
    theme = "Gouvernance et\nanticipation\n"
    first = f"Thématique Irritants Points forts\n{theme}• Manque de câbles\n• Une salle appréciée\n"
    second = (
        "Thématique Expérience Points forts Irritants Besoins Leviers\n"
        f"{theme}• Un club de réparation\n• Une entraide\n• Manque de pièces\n• Besoin d’un lieu\n• Louer un local\n"
    )
    assert [set(kinds) for kinds in columns(first + second)] == [
        {"irritant", "strength"},
        {"experience", "strength", "irritant", "need", "lever"},
    ]


def test_bullets_printed_block_by_block_are_put_together_again() -> None:
    row = (
        "• Gouvernance et\nanticipation\n\n• Manque de {0}\n\n• Besoin de {0} dans\nles salles\n\n"
        "• Difficulté à trouver {0}\n• Panne de {0}\n\n• Acheter {0}\n\n"
    )
    text = "Thématique\n\nIrritants\n\nBesoins\n\nLeviers\n\n" + "".join(row.format(thing) for thing in THINGS)
    assert gather(text) is not None
    found = kinds_of(text)
    assert ("need", "Besoin de lampes dans les salles") in found
    assert ("irritant", "Panne de souris") in found


def test_words_inside_a_line_open_a_cell() -> None:
    assert label_end("Gouvernance et anticipation un lieu fermé") == len("Gouvernance et anticipation")
    assert label_end("Gouvernance et anticipation") == label_end("Un lieu fermé") == 0
    plan = (Role.THEME, Role.LEVER, Role.ACTOR, Role.TIMEFRAME, Role.INDICATOR)
    for line, told in (
        ("Mairie, IEN mars 2021", ["Mairie,", "IEN", "mars 2021"]),
        ("Région rentrée 2021 nombre de prêts", ["Région", "rentrée 2021", "nombre de prêts"]),
        ("Avant la fin de mars", ["Avant la fin de mars"]),
    ):
        assert [part for part, _ in parts(line, "", plan, strict=True)] == told


def test_items_that_begin_small_are_parted() -> None:
    rows = "".join(
        f"Gouvernance et\nanticipation\nmanque de {thing}\nbesoin de {thing} neuves\nacheter des {thing}\n"
        for thing in THINGS
    )
    found = kinds_of(FORM + rows)
    assert [kind for kind, _ in found] == ["irritant", "need", "lever"] * 4


@pytest.mark.parametrize(("text", "state"), [("Une", None), ("Un", False), ("Un égal accès au numériq", False)])
def test_the_words_of_a_label_are_whole_words(text: str, state: bool | None) -> None:
    assert theme_state("", text) is state


def test_all_names_above_a_label_are_those_of_columns() -> None:
    names = "Thématique Expérience Points d’appui Points de\nvigilance\nAttentes Pistes pour y répondre\n"
    wanted = [Role.THEME, Role.EXPERIENCE, Role.STRENGTH, Role.IRRITANT, Role.NEED, Role.LEVER]
    assert roles(names + "Gouvernance et anticipation") == [wanted]


def test_a_name_that_says_more_completes_a_form() -> None:
    name = told_name(lines("Pistes pour y répondre\n\nLouer"), 0)
    assert name is not None
    assert not name.sure
    start = "Thématique\n\nGouvernance et\nanticipation\n\nIrritants\n\nDes prises\n\nBesoins\n\nDu temps\n\n"
    for said, told in (("Pistes pour y répondre", True), ("Territoire à couvrir", False)):
        (found,) = headings(lines(f"{start}{said}\n\nLouer"), lambda _: False)
        assert (len(found.roles) == 4) == told
