"""What no title tells: sentences that say themselves what they hold, signs, sheets, records, columns told by cells."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from test_everyday_forms import read, rows, told

from ingest.prose import told as prose
from ingest.prose.signs import sign_of
from ingest.sessions.counting import Count, inline
from ingest.words.headers import Role
from ingest.words.phrases import words_of
from ontology import Reason, Span, fold


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Les enseignants déplorent l’absence de wifi.", "irritant"),
        ("Les collègues regrettent que le stage soit loin.", "irritant"),
        ("Il manque un référent le soir.", "irritant"),
        ("Les élèves peinent à se connecter.", "irritant"),
        ("Le débit est encore trop faible.", "irritant"),
        ("Ils ne sont pas venus.", None),
        ("Les IEN soulignent le manque de formateurs.", "irritant"),
        ("L’ERUN constate que les codes arrivent trop tard.", "irritant"),
        ("Nous souhaitons que le prêt dure l’année.", "need"),
        ("Par ailleurs, il faudrait un technicien.", "need"),
        ("Il est proposé de réunir les maires et d’ouvrir les salles.", "lever"),
        ("Le groupe propose un prêt de matériel.", "lever"),
        ("Pourquoi ne pas confier le dossier aux mairies ?", "lever"),
        ("Les parents apprécient la messagerie.", "strength"),
        ("Le prêt de clés a permis de garder le lien.", "strength"),
        ("Il est décidé de réunir le comité en mai.", "action"),
        ("Les communes proposent un prêt de matériel.", None),  # what they do, and no proposal
        ("L’animatrice propose de passer à la suite.", None),
        ("Les participants ne souhaitent pas revenir en arrière.", None),
        ("Les élèves demandent aux professeurs de les aider.", None),
        ("Le manque de temps est connu.", None),
        ("Les participants souhaitent la bienvenue au recteur.", None),
        ("Que souhaitent les participants ?", None),
    ],
)
def test_what_a_sentence_says_for_sure(sentence: str, said: str | None) -> None:
    found = prose.told(sentence, Span(0, len(sentence)))
    assert [(one.role.value, one.span.of(sentence)) for one in found] == ([(said, sentence)] if said else [])


def test_clauses_that_each_say_it_are_parted() -> None:
    text = "Les élus regrettent le coût ; ils déplorent aussi les délais. Merci à tous."
    assert [one.span.of(text).strip() for one in prose.told(text, Span(0, len(text)))] == [
        "Les élus regrettent le coût",
        "ils déplorent aussi les délais.",
    ]


def test_each_kind_of_the_data_file_is_a_role() -> None:
    data = tomllib.loads(files("ingest.prose").joinpath("told.toml").read_text(encoding="utf-8"))
    kinds = {
        kind
        for name in ("stems", "forms", "impersonal", "whole", "anywhere", "states", "clauses")
        for kind in data[name]
    }
    assert kinds | set(data["reporting"]) - {"verbs"} <= {role.value for role in Role if role.kind}
    for name, pattern in prose._patterns().items():
        assert set(pattern[1]) == set(pattern[0].groupindex), name


def test_prose_counts_beside_lists_where_it_says_plainly_what_it_holds() -> None:
    prose = "## Équipement\n\nLes écoles déplorent\nla lenteur du réseau. Le reste a été évoqué.\n\n"
    reading = read(prose + "Propositions :\n- tirer la fibre\n")
    assert told(reading) == [("irritant", "Les écoles déplorent la lenteur du réseau."), ("lever", "tirer la fibre")]
    assert rows(reading) == [1, 1]
    assert [aside.text for aside in reading.asides if aside.reason is Reason.PROSE] == ["Le reste a été évoqué."]
    freins = "Freins :\n- le bruit\n"
    assert ("irritant", "Les écoles déplorent la lenteur du réseau.") in told(read(prose + freins))
    implied = "## Équipement\n\nLes classes se débrouillent avec de vieux postes.\n\n"
    assert told(read(implied + "Propositions :\n- tirer la fibre\n"))[0][0] == "irritant"
    assert told(read(implied + freins)) == [("irritant", "le bruit")]


def test_what_tells_where_an_experience_was_is_none_itself() -> None:
    reading = read(
        "## Expériences présentées\n\n- Le prêt de clés\n  Territoire : Sarthe\n  Public : cycle 3\n- Une radio\n"
    )
    assert told(reading) == [("experience", "Le prêt de clés"), ("experience", "Une radio")]
    assert [(row.territory or "").endswith("sarthe") for row in reading.rows] == [True, False]


def test_two_fields_of_a_form_open_another_block() -> None:
    reading = read(
        "Expériences\n\nLe prêt de clés\n\nTerritoire : Sarthe\nDate : 5 octobre 2020\n\nFreins :\n- le bruit\n"
    )
    assert told(reading) == [("experience", "Le prêt de clés"), ("irritant", "le bruit")]
    assert reading.sessions[-1].dates == ("2020-10-05",)


def test_signs_tell_what_items_are() -> None:
    reading = read("## Groupe 1\n\n(-) le bruit\n(+) les clés\n(→) trier\n\n## Groupe 2\n\n+ la radio\n- les pannes\n")
    assert told(reading) == [
        ("irritant", "le bruit"),
        ("strength", "les clés"),
        ("lever", "trier"),
        ("strength", "la radio"),
        ("irritant", "les pannes"),
    ]
    assert rows(reading) == [1, 1, 1, 2, 2]
    assert sign_of("(un exemple) de prêt") is None


def test_the_fields_of_a_sheet_share_a_row() -> None:
    sheet = (
        "# Fiche {}\n\n- **Problème de départ** : les pannes\n- **Ce qu’on fera** :\n  - réparer\n"
        "- **Avec qui** : ERUN\n- **Réussi si** : moins de pannes\n\n"
    )
    reading = read(sheet.format(1) + sheet.format(2))
    kinds = ["irritant", "lever", "actor", "indicator"]
    assert [kind for kind, _ in told(reading)] == kinds * 2
    assert rows(reading) == [1] * 4 + [2] * 4


def test_lists_with_the_same_titles_again_are_sheets() -> None:
    sheet = "## {}\n\n### Le problème\n\n- {}\n\n### L’idée\n\n- {}\n\n### Qui s’en occupe\n\n- ERUN\n\n"
    reading = read(sheet.format("Former", "les pannes", "réparer") + sheet.format("Prêter", "le coût", "prêter"))
    assert [kind for kind, _ in told(reading)] == ["irritant", "lever", "actor"] * 2
    assert rows(reading) == [1] * 3 + [2] * 3


def test_the_bullets_of_an_outline() -> None:
    reading = read(
        "- Égal accès au numérique\n    - Ce qui bloque\n        - Temps\n            - le soir\n"
        "        - le prix\n    - Solutions\n        - prêter des clés\n- Et après ?\n    - qui\n        - IEN\n"
    )
    assert told(reading) == [
        ("irritant", "le soir"),
        ("irritant", "le prix"),
        ("lever", "prêter des clés"),
        ("actor", "IEN"),
    ]
    assert rows(reading) == [1, 1, 1, 2]


def test_the_lines_of_an_outline_without_bullets() -> None:
    reading = read("Accès\n    Freins\n        le prix\n        zones blanches\n    Leviers\n        prêt de clés\n")
    assert told(reading) == [("irritant", "le prix"), ("irritant", "zones blanches"), ("lever", "prêt de clés")]


def test_a_column_may_tell_what_another_one_holds() -> None:
    reading = read("Type\tÉnoncé\nFrein\tle bruit en classe\nLevier\tdes casques\nFrein\tle prix\n")
    assert told(reading) == [("irritant", "le bruit en classe"), ("lever", "des casques"), ("irritant", "le prix")]
    assert rows(reading) == [1, 2, 3]


def test_tags_tell_what_lines_are() -> None:
    reading = read("Mur\n\n[Frein] le bruit\n#besoin : des casques\nLEVIER – prêter des casques\n")
    assert [kind for kind, _ in told(reading)] == ["irritant", "need", "lever"]


def test_the_first_column_of_a_plan_is_what_it_is_said_of() -> None:
    reading = read(
        "Priorité\tÉtapes\tPorteurs\tQuand ?\n"
        "Le guichet des clés\tOuvrir un local\tDANE\tmai 2021\n"
        "Le conseil des élèves\tÉlire deux élèves\tIEN\tjuin 2021\n"
    )
    assert [kind for kind, _ in told(reading)] == ["lever", "action", "actor", "timeframe"] * 2


def test_a_line_with_room_for_the_next_word_was_ended_on_purpose() -> None:
    reading = read("Freins\nle prix des forfaits\nzones blanches\nle manque de\ntemps\n")
    assert [words for _, words in told(reading)] == ["le prix des forfaits", "zones blanches", "le manque de temps"]


def test_a_line_may_be_a_whole_record() -> None:
    reading = read("Suites\n\nQui : ERUN ; quoi : former ; quand : mai 2021\n")
    assert told(reading) == [("actor", "ERUN"), ("lever", "former"), ("timeframe", "mai 2021")]
    assert rows(reading) == [1, 1, 1]


def test_columns_that_only_their_cells_tell_are_doubtful() -> None:
    reading = read(
        "Difficultés\tPistes\tLes copains à embarquer\tLe bon moment\n"
        "Le wifi coupe\tAcheter des bornes\tConseil départemental, DANE\tJanvier 2021\n"
        "Des oublis\tDistribuer des clés\tERUN\tRentrée 2021\n"
    )
    assert [kind for kind, _ in told(reading)] == ["irritant", "lever", "actor", "timeframe"] * 2
    assert [mention.doubtful for mention in reading.mentions] == [False, False, True, True] * 2


def test_bullets_of_no_known_title_are_told_by_their_wording_or_left() -> None:
    known = "## Difficultés\n\n- le bruit\n"
    reading = read("## Ordre du jour\n\n- Accueil\n- Travail en groupes\n- Restitution\n\n" + known)
    assert told(reading) == [("irritant", "le bruit")]
    reading = read("## On embarque\n\n- Conseil départemental\n- ERUN et IEN\n- Canopé\n\n" + known)
    assert [(mention.kind.value, mention.doubtful) for mention in reading.mentions] == [
        ("actor", True),
        ("actor", True),
        ("actor", True),
        ("irritant", False),
    ]


@pytest.mark.parametrize("words", ["a" + ":1" * 50_000 + ";", "a, b" + " : 1" * 50_000 + ","])
def test_a_line_of_counts_without_an_end_is_read_at_once(words: str) -> None:
    assert inline(words, strict=True) == (words, Count())


def test_each_class_of_words_is_used_and_folded() -> None:
    data = tomllib.loads(files("ingest.words").joinpath("classes.toml").read_text(encoding="utf-8"))
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(str(files("ingest"))).rglob("*.py"))
    assert all(f'words("{name}")' in sources for name in data)
    assert all(fold(word) == word for said in data.values() for word in said)


@pytest.mark.parametrize("section", ["signs", "asking", "whole", "stems", "columns", "instead"])
def test_each_name_of_a_section_of_headers_is_a_role(section: str) -> None:
    assert set(words_of(section)) <= {role.value for role in Role}
