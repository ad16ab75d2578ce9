"""Reports as a PDF tool or a hand prints them: what their lines, pages and bullets tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import read_report

if TYPE_CHECKING:
    from pathlib import Path

    from ontology import Reading

_WIDE = "Le groupe {} a repris point par point ce que chacun de ses membres avait apporté, sans chercher à\n"


def read(folder: Path, text: str, name: str = "rapport.txt") -> Reading:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_report(path)


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(mention.kind.value, mention.text) for mention in reading.mentions]


def test_titles_that_come_back_are_no_running_headers(tmp_path: Path) -> None:
    form = "Quels obstacles avez-vous vus ?\n\n- {}\n\nQuels leviers pour les lever ?\n\n- {}\n\n"
    pairs = [("le débit", "la fibre"), ("les pannes", "un technicien"), ("le coût", "un fonds")]
    reading = read(tmp_path, "".join(form.format(*pair) for pair in pairs))
    assert told(reading) == [item for bad, good in pairs for item in (("irritant", bad), ("lever", good))]


def test_a_title_right_below_an_item_ends_the_list(tmp_path: Path) -> None:
    reading = read(tmp_path, "Freins\n- le débit\n- le coût\nLeviers\n- la fibre\n- un fonds commun\n")
    assert [kind for kind, _ in told(reading)] == ["irritant", "irritant", "lever", "lever"]


def test_a_paragraph_behind_a_list_is_no_item(tmp_path: Path) -> None:
    prose = "".join(_WIDE.format(n) + f"tout trancher, et la liste {n} en a été gardée.\n" for n in range(4))
    text = f"{prose}\nBesoins\n   • un lieu calme\n   • un prêt simple\nLa réunion suivante aura lieu au printemps.\n"
    assert told(read(tmp_path, text)) == [("need", "un lieu calme"), ("need", "un prêt simple")]


def test_bullets_printed_before_the_items_open_them(tmp_path: Path) -> None:
    text = "Points forts\n•\n•\n•\n\nune équipe soudée\nDes parents présents\nle prêt de tablettes\n"
    found = [
        ("strength", "une équipe soudée"),
        ("strength", "Des parents présents"),
        ("strength", "le prêt de tablettes"),
    ]
    assert told(read(tmp_path, text)) == found


def test_running_lines_at_the_edges_of_pages_are_set_aside(tmp_path: Path) -> None:
    text = "Atelier du Gers\nFreins\n- le débit\nDSDEN 32\n\fAtelier du Gers\n- le coût\nDSDEN 32\n"
    assert told(read(tmp_path, text)) == [("irritant", "le débit"), ("irritant", "le coût")]


def test_any_sign_of_a_symbol_font_is_a_bullet(tmp_path: Path) -> None:
    reading = read(tmp_path, "Freins\n\n\uf095 le débit\n\uf095 le coût\n")
    assert told(reading) == [("irritant", "le débit"), ("irritant", "le coût")]


def test_a_title_that_the_end_of_a_line_broke_is_whole(tmp_path: Path) -> None:
    reading = read(tmp_path, "B. Données : de quoi avons-nous\nbesoin ?\n- une liste courte\n- un contact\n")
    assert told(reading) == [("need", "une liste courte"), ("need", "un contact")]


def test_lists_under_their_names_are_no_strewn_table(tmp_path: Path) -> None:
    part = "{}\n\nForces\n\n- {}\n\nFreins\n\n- {}\n\nPistes\n\n- {}\n\n"
    text = part.format("Élèves", "l’entraide", "le bruit", "un local") + part.format(
        "Parents", "la confiance", "les codes", "un guide"
    )
    assert [kind for kind, _ in told(read(tmp_path, text))] == ["strength", "irritant", "lever"] * 2


def test_headers_of_two_lines(tmp_path: Path) -> None:
    table = (
        "| Récit | Bilan | | Rapporteur |\n|---|---|---|---|\n| Récit | Ce qui a tenu | Ce qui a lâché | Rapporteur |\n"
        "| 1. Un bus équipé a sillonné la vallée | l’accueil | le froid | IEN |\n"
        "| 2. Un club a réparé des postes | l’envie | les pièces | DANE |\n"
    )
    found = told(read(tmp_path, table, "rapport.md"))
    assert found[:3] == [
        ("experience", "Un bus équipé a sillonné la vallée"),
        ("strength", "l’accueil"),
        ("irritant", "le froid"),
    ]
    assert "actor" not in {kind for kind, _ in found}


def test_clauses_name_the_lines_of_a_table_on_its_side(tmp_path: Path) -> None:
    table = (
        "| | Écoles | Collèges |\n|---|---|---|\n| On regrette | le bruit | les codes |\n"
        "| On aimerait | un local | un guide |\n| On propose | mutualiser | former |\n"
    )
    found = [("irritant", "le bruit"), ("need", "un local"), ("lever", "mutualiser")]
    assert set(found) <= set(told(read(tmp_path, table, "rapport.md")))


def test_a_question_beside_its_number_heads_no_table(tmp_path: Path) -> None:
    table = "| Question 2 | Comment associer les parents ? |\n| Freins | les horaires |\n| Leviers | une visio |\n"
    kinds = [kind for kind, _ in told(read(tmp_path, table, "rapport.md"))]
    assert kinds == ["question", "irritant", "lever"]


def test_tallies_hold_what_was_said(tmp_path: Path) -> None:
    table = (
        "| Difficulté citée | Écoles | Collèges |\n|---|---|---|\n"
        "| Réunions trop longues | 38 % | 62 % |\n| Messages tardifs | 44 % | – |\n"
    )
    assert told(read(tmp_path, table, "rapport.md")) == [
        ("irritant", "Réunions trop longues"),
        ("irritant", "Messages tardifs"),
    ]


def test_a_table_drawn_with_signs(tmp_path: Path) -> None:
    text = (
        "Freins et leviers\n\n"
        "+------------+----------------+\n| Irritants  | Leviers        |\n+============+================+\n"
        "| Le débit   | - la fibre     |\n| est faible |   partout      |\n|            | - un technicien |\n"
        "+------------+----------------+\n\nQuestions\n- Qui paie ?\n"
    )
    found = [("irritant", "Le débit est faible"), ("lever", "la fibre partout"), ("lever", "un technicien")]
    assert told(read(tmp_path, text)) == [*found, ("question", "Qui paie ?")]
