"""Forms that coordinators write for themselves: questionnaires, sheets, grids, minutes; each is read as meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest import read_document
from ingest.document import Document, printed
from ingest.prose.field_labels import label_of
from ingest.tables.parting import parted
from ingest.words.headers import column_role, title_role
from ingest.words.phrases import header_key
from ontology import Reason, Span

if TYPE_CHECKING:
    from ontology import Reading

TABLE = "Irritants\tLeviers\n"


def read(text: str) -> Reading:
    return read_document(Document("essai.md", text, "0", "text/markdown"))


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(mention.kind.value, mention.text) for mention in reading.mentions]


def rows(reading: Reading) -> list[int]:
    """For each mention, the rank of its row among those that hold any."""
    ranks: dict[str, int] = {}
    return [ranks.setdefault(mention.row, len(ranks) + 1) for mention in reading.mentions]


# -- headers -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Qu’est-ce qui vous a posé problème ?", "irritant"),
        ("Ce qui nous a le plus gêné", "irritant"),
        ("Ce que vous avez apprécié", "strength"),
        ("De quoi auriez-vous besoin ?", "need"),
        ("Que proposez-vous ?", "lever"),
        ("Les + :", "strength"),
        ("Les –", "irritant"),
        ("Pour y répondre, le groupe propose :", "lever"),
        ("Les familles souhaitent :", "need"),
        ("Relevé de décisions :", "action"),
        ("Réponse n° 3", None),
        ("Le groupe s’est réuni deux fois :", None),
    ],
)
def test_what_a_title_says(title: str, role: str | None) -> None:
    found = title_role(title)
    assert (found and found.value) == role


def test_headers_are_compared_in_one_person() -> None:
    assert header_key("Ce qu’on a essayé") == header_key("Ce que nous avons essayé")
    assert column_role("Comment saura-t-on que c’est réussi ?") == "indicator"


def test_the_colon_of_an_hour_ends_no_label() -> None:
    assert label_of("Réponses reçues le 12/10/2020 à 18:42") is None


# -- lists ---------------------------------------------------------------------------------------------------------
def test_a_questionnaire_holds_one_block_for_each_answer() -> None:
    reading = read(
        "# Questionnaire\n\nExport du 19/10/2020\n\n"
        "**Réponse n° 1** – 12/10/2020 18:42\n\n**Vous êtes :** une école\n"
        "**Thématique choisie :** Travailler ensemble autrement\n"
        "**Qu’est-ce qui vous a posé problème ?**\nLe réseau coupe. Les postes manquent.\n"
        "**Que proposez-vous ?**\n1. un poste par classe\n**Avec qui ?**\ncommune\n\n---\n\n"
        "**Réponse n° 2** – 13/10/2020 07:15\n\n**Thématique choisie :** (sans réponse)\n"
        "**Qu’est-ce qui vous a posé problème ?**\nRAS\n**Que proposez-vous ?**\n- des casques\n"
    )
    assert told(reading) == [
        ("irritant", "Le réseau coupe."),
        ("irritant", "Les postes manquent."),
        ("lever", "un poste par classe"),
        ("actor", "commune"),
        ("lever", "des casques"),
    ]
    assert rows(reading) == [1, 1, 1, 1, 2]
    assert [session.dates for session in reading.sessions] == [("2020-10-12",), ("2020-10-13",)]


def test_questions_with_their_answers() -> None:
    reading = read(
        "Q1. Quelles difficultés avez-vous rencontrées ?\nR : Les familles ne répondaient pas. Le site était lent.\n"
        "Q2. Quels sont vos projets ?\nR : Un club\n"
    )
    assert told(reading) == [
        ("irritant", "Les familles ne répondaient pas."),
        ("irritant", "Le site était lent."),
        ("question", "Quels sont vos projets ?"),
        ("lever", "Un club"),
    ]


def test_a_sheet_is_one_row() -> None:
    reading = read(
        "Fiche action n° 1\nIntitulé : Mutualiser les licences\nPorteur : région\nCalendrier : 2021-2022\n"
        "Indicateurs : licences communes ; économies\n\nFiche action n° 2\nIntitulé : Former\nPorteur : Canopé\n"
    )
    assert told(reading)[:2] == [("action", "Mutualiser les licences"), ("actor", "région")]
    assert rows(reading) == [1, 1, 1, 1, 1, 2, 2]


def test_an_action_that_tells_who_and_when_in_its_own_line() -> None:
    reading = read("## Actions\n\n1. **Prêter des clés** — Qui : région ; Quand : mai ; Indicateur : nombre de prêts\n")
    assert told(reading) == [
        ("action", "Prêter des clés"),
        ("actor", "région"),
        ("timeframe", "mai"),
        ("indicator", "nombre de prêts"),
    ]
    assert rows(reading) == [1, 1, 1, 1]


def test_what_is_said_of_an_axis_without_a_label_is_an_action() -> None:
    reading = read("Axe 1 - Alléger les échanges\n   * limiter les courriels\n   Acteurs : CPE\n")
    assert told(reading) == [("lever", "Alléger les échanges"), ("action", "limiter les courriels"), ("actor", "CPE")]


def test_a_term_parts_the_list_above_it() -> None:
    reading = read("Objectifs\nÀ court terme\n- équiper\n- former\n\nÀ long terme\n- étendre\n")
    assert told(reading) == [("objective", "équiper"), ("objective", "former"), ("objective", "étendre")]
    assert rows(reading) == [1, 1, 2]


def test_a_deeper_heading_goes_on_with_the_list_above_it() -> None:
    reading = read("## Propositions\n\n### Pour la rentrée\n\n- un inventaire\n\n## Annexe\n\n- un plan d’accès\n")
    assert told(reading) == [("lever", "un inventaire")]


def test_an_unknown_subtitle_ends_a_list() -> None:
    reading = read("Points forts\n\n- une équipe soudée\n\nQuelques chiffres\n- 12 écoles\n")
    assert told(reading) == [("strength", "une équipe soudée")]


def test_numbered_parts_are_titles_whatever_their_words() -> None:
    reading = read(
        "1) Tour de table\n\nFreins :\n- coût\n\n2) Pistes\n\n1. prêter\n2. former\n\n3) Clôture\n\nMerci.\n"
    )
    assert told(reading) == [("irritant", "coût"), ("lever", "prêter"), ("lever", "former")]


def test_a_speaker_is_no_part_of_what_is_said() -> None:
    reading = read("Difficultés :\n\nL’IEN : le temps manque.\nLes parents d’élèves : trop de messages.\n")
    assert told(reading) == [("irritant", "le temps manque."), ("irritant", "trop de messages.")]


def test_the_words_that_say_who_speaks_are_set_aside() -> None:
    reading = read("## Retours d’expérience\n\nTerritoire : Mayenne\n")
    assert told(reading) == [("experience", "Mayenne")]
    assert "Territoire :" in [aside.text for aside in reading.asides]


@pytest.mark.parametrize("words", ["cf. supra pour le débit", "Idem", "voir ci-dessus"])
def test_what_only_points_elsewhere_is_set_aside(words: str) -> None:
    reading = read(f"Besoins\n\n- un technicien\n- {words}\n")
    assert told(reading) == [("need", "un technicien")]
    assert any(aside.text == words and aside.reason in Reason for aside in reading.asides)


def test_actions_and_obstacles_stand_in_rows_of_their_own() -> None:
    assert rows(read("Déroulement\n\n1. Achat\n2. Tournée\n\nPoints de vigilance\n\n- Le transport\n")) == [1, 1, 2]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("le coût des licences, la maintenance et l’absence de formation", 3),
        ("îles mal desservies, pannes longues", 2),
        ("Le matériel, souvent ancien", 1),
        ("l’accueil des élèves, des parents et des professeurs", 1),
        ("des formations (en ligne, sur place)", 1),
        ("coût ; délais", 2),
    ],
)
def test_the_items_of_one_line(line: str, parts: int) -> None:
    assert len(parted(line, Span(0, len(line)))) == parts


# -- tables --------------------------------------------------------------------------------------------------------
def test_four_quarters_share_a_row() -> None:
    reading = read(
        "Forces<br>▶ un comité<br>▶ un budget\tFaiblesses<br>▶ des délais\n"
        "Opportunités<br>▶ Le renouvellement\tMenaces<br>▶ Le départ\n"
    )
    assert told(reading) == [
        ("strength", "un comité"),
        ("strength", "un budget"),
        ("irritant", "des délais"),
        ("lever", "Le renouvellement"),
        ("irritant", "Le départ"),
    ]
    assert set(rows(reading)) == {1}


def test_a_cell_that_holds_two_kinds() -> None:
    reading = read("Sujet\tFreins / Appuis\nImage\tFrein : le papier<br>Appui : une fiche\nSanté\tFreins : a b ; c d\n")
    assert told(reading) == [
        ("irritant", "le papier"),
        ("lever", "une fiche"),
        ("irritant", "a b"),
        ("irritant", "c d"),
    ]
    assert rows(reading) == [1, 1, 2, 2]


def test_the_quoted_cells_of_a_spreadsheet() -> None:
    reading = read(
        f'{TABLE}"Débit faible\nMatériel ancien"\tPrêter des clés\nIsolement\t"Créer un ""réseau""\nFormer"\n'
    )
    assert told(reading)[:3] == [
        ("irritant", "Débit faible"),
        ("irritant", "Matériel ancien"),
        ("lever", "Prêter des clés"),
    ]
    assert rows(reading) == [1, 1, 1, 2, 2, 2]


def test_a_quote_that_nothing_closes_is_a_quote() -> None:
    assert ("irritant", '"Débit') in told(read(f'{TABLE}"Débit\tPrêter\nIsolement\tFormer\n'))


def test_lines_that_are_rows_each() -> None:
    text = (
        "Décisions\n\n"
        "Action                      Qui ?                 Échéance\n"
        "Recenser les écoles         ERUN                  avant Noël\n"
        "Écrire une convention       association           courant 2021\n"
    )
    reading = read(printed(text).text)
    assert rows(reading) == [1, 1, 1, 2, 2, 2]
    assert ("timeframe", "courant 2021") in told(reading)


NUMBERED = """
      N°      Points de blocage               Attentes                  Pistes
              • Réunions tardives                                       • Ouvrir un espace
      1                                       • Un dépôt unique
              • Comptes rendus perdus                                   • Réunions courtes
                                              • Des échanges
      2       • Isolement                                               • Jumeler les classes
                                              • Du temps
      3       • Méfiance                      sans objet                • Laisser choisir
"""


def test_a_number_in_the_middle_of_its_row() -> None:
    reading = read(printed(NUMBERED).text)
    assert len(reading.mentions) == 11
    assert rows(reading) == [1] * 5 + [2] * 4 + [3] * 2


def test_a_first_column_in_the_middle_of_its_rows() -> None:
    text = """
   Leviers              Modalités concrètes        Pilote        Échéancier
                        • rédiger un texte
   Prêt de malles       • tenir un planning        ERUN          T1 2021
                        • suivre les retours

                        • filmer trois séances
   Formation            • ouvrir une classe        Canopé        T2 2021
                        • inviter les voisins
"""
    assert rows(read(printed(text).text)) == [1] * 6 + [2] * 6
