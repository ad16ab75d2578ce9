"""Tables of narrow pages as `pdftotext -layout` prints them, and headers in two rows: parted as they were drawn."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import docx
import pytest

from ingest import read_document
from ingest.document import Document, load
from ingest.formats.layout import unfold
from ontology import Kind
from queries.cli import main

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from ontology import Reading

TOP = """Atelier de Tulle, le 6 octobre 2020

                 Irritants                                          Leviers
Le réseau du collège sature à neuf heures Étaler les mises à jour la nuit
Les familles reçoivent trop de messages le Une charte du droit à la déconnexion signée par tous les
soir                                       établissements
Aucun temps commun pour préparer les Banaliser deux demi-journées par trimestre
cours à distance
Tablettes rendues cassées en juin          Assurance négociée par le département
"""
NAMES = """Atelier de Tulle, le 6 octobre 2020

Thématique           Ce que nous avons         Points de blocage Ce qu'il nous           Pistes
                     vécu                                        faut
Numérique            - École du haut :         - clés perdues        - Un antivirus      - Acheter des clés
responsable          une clé par élève         - virus apportés      sur chaque poste    robustes
Numérique            - Collège du bas          - applications        - Un modèle de      - Retirer les outils
responsable          : un registre             sans accord           contrat             jamais utilisés
"""
MOVED = """Atelier de Tulle, le 6 octobre 2020

Thématique      Irritants         Leviers
Réseau          Débit trop faible le       Poser la fibre dans
                matin                      chaque bâtiment
Salles          Prises trop rares au       Tirer des câbles au
                fond des classes           plafond
Écrans          Appareils en panne depuis ce Louer du matériel
                printemps                    neuf
Accueil         Familles loin de la porte    Tenir une permanence
"""
TOUCHING = """Atelier de Tulle, le 6 octobre 2020

Thématique         Irritants                   Leviers
concernée
Travailler         • Câbles trop courts dans • Tirer des prises au plafond
ensemble           les salles du fond        • Prêter des rallonges
autrement
Travailler         • Messagerie saturée en   • Trier les listes d’envoi
ensemble autrement fin de trimestre          • Fixer un jour sans message
"""
FULL = """Atelier de Tulle, le 6 octobre 2020

Thématique          Irritants                         Leviers
Travailler          Réseau coupé le matin au collège  Prévoir des cartes pour partager
ensemble            Imprimantes placées trop loin de  les numéros des techniciens
autrement           la salle où se tient la réunion   Entraide notée dans un carnet
                    Horaires différents selon chaque  Plan de prises remis aux mairies
                    école                             Demandes suivies par le district
Numérique           Achats décidés sans les équipes   Comité de suivi ouvert à tous les
responsable         Besoins mal connus                enseignants
"""
MIDDLE = """Atelier de Tulle, le 6 octobre 2020

               Quoi                      Qui           Quand            Comment mesurer
Ouvrir une permanence le mercredi                   Novembre       Nombre de familles reçues par
                                  DSDEN
dans chaque bassin                                  2020           mois
Acheter trente valises            Conseil           Printemps
                                                                   Valises livrées
pour les écoles                   départemental     2021
Animer une soirée pour les                                         Nombre de parents inscrits,
                                  Atelier Canopé    Février 2021
parents                                                            satisfaction à trois mois
La séance est levée à dix-sept heures.
"""


def rows_of(reading: Reading) -> list[list[str]]:
    rows: dict[str, list[str]] = {}
    for mention in reading.mentions:
        rows.setdefault(mention.row, []).append(mention.text)
    return list(rows.values())


def printed(text: str, folder: Path) -> Reading:
    path = folder / "atelier.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(load(path, ""))


def test_a_bullet_after_one_space_goes_with_its_words_beside_a_theme(tmp_path: Path) -> None:
    reading = printed(TOUCHING, tmp_path)
    assert rows_of(reading) == [
        ["Câbles trop courts dans les salles du fond", "Tirer des prises au plafond", "Prêter des rallonges"],
        ["Messagerie saturée en fin de trimestre", "Trier les listes d’envoi", "Fixer un jour sans message"],
    ]


def test_items_without_bullets_begin_below_full_lines(tmp_path: Path) -> None:
    assert rows_of(printed(FULL, tmp_path)) == [
        [
            "Réseau coupé le matin au collège",
            "Imprimantes placées trop loin de la salle où se tient la réunion",
            "Horaires différents selon chaque école",
            "Prévoir des cartes pour partager les numéros des techniciens",
            "Entraide notée dans un carnet",
            "Plan de prises remis aux mairies",
            "Demandes suivies par le district",
        ],
        [
            "Achats décidés sans les équipes",
            "Besoins mal connus",
            "Comité de suivi ouvert à tous les enseignants",
        ],
    ]


def test_one_space_may_part_two_cells(tmp_path: Path) -> None:
    assert rows_of(printed(TOP, tmp_path)) == [
        ["Le réseau du collège sature à neuf heures", "Étaler les mises à jour la nuit"],
        [
            "Les familles reçoivent trop de messages le soir",
            "Une charte du droit à la déconnexion signée par tous les établissements",
        ],
        ["Aucun temps commun pour préparer les cours à distance", "Banaliser deux demi-journées par trimestre"],
        ["Tablettes rendues cassées en juin", "Assurance négociée par le département"],
    ]


def test_one_space_may_part_two_names_of_columns(tmp_path: Path) -> None:
    assert rows_of(printed(NAMES, tmp_path)) == [
        ["École du haut : une clé par élève", "clés perdues", "virus apportés", "Un antivirus sur chaque poste",
         "Acheter des clés robustes"],
        ["Collège du bas : un registre", "applications sans accord", "Un modèle de contrat",
         "Retirer les outils jamais utilisés"],
    ]  # fmt: skip


def test_columns_are_followed_where_they_move_inside_a_page(tmp_path: Path) -> None:
    assert rows_of(printed(MOVED, tmp_path)) == [
        ["Débit trop faible le matin", "Poser la fibre dans chaque bâtiment"],
        ["Prises trop rares au fond des classes", "Tirer des câbles au plafond"],
        ["Appareils en panne depuis ce printemps", "Louer du matériel neuf"],
        ["Familles loin de la porte", "Tenir une permanence"],
    ]


def test_cells_stand_in_the_middle_of_rows_that_no_white_parts(tmp_path: Path) -> None:
    reading = printed(MIDDLE, tmp_path)
    assert rows_of(reading) == [
        [
            "Ouvrir une permanence le mercredi dans chaque bassin",
            "DSDEN",
            "Novembre 2020",
            "Nombre de familles reçues par mois",
        ],
        ["Acheter trente valises pour les écoles", "Conseil départemental", "Printemps 2021", "Valises livrées"],
        [
            "Animer une soirée pour les parents",
            "Atelier Canopé",
            "Février 2021",
            "Nombre de parents inscrits, satisfaction à trois mois",
        ],
    ]


@pytest.mark.parametrize(
    ("group", "names", "kind"),
    [("Actions", ("Quoi ?", "Qui ?"), Kind.ACTION), ("Difficultés", ("Matériel", "Humain"), Kind.IRRITANT)],
)
def test_a_name_that_says_little_takes_that_of_its_group(
    group: str, names: tuple[str, str], kind: Kind, tmp_path: Path
) -> None:
    file = docx.Document()
    table = file.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Points forts"
    table.cell(0, 1).merge(table.cell(0, 2)).text = group
    for column, name in enumerate(names, 1):
        table.cell(1, column).text = name
    for column, words in enumerate(("Une équipe soudée", "Trier les vieux postes", "Communes")):
        table.cell(2, column).text = words
    raw = io.BytesIO()
    file.save(raw)
    path = tmp_path / "atelier.docx"
    path.write_bytes(raw.getvalue())
    kinds = {mention.text: mention.kind for mention in read_document(load(path, "")).mentions}
    assert kinds["Trier les vieux postes"] is kind
    assert kinds["Une équipe soudée"] is Kind.STRENGTH


def test_a_heading_in_the_line_of_its_text_tells_what_the_sentences_are() -> None:
    told = "**Difficultés relevées.** Le réseau tombe le lundi. Les postes sont vieux."
    text = f"# Compte rendu\n\n{told}\n\n**Clôture.** La séance est levée.\n"
    found = read_document(Document("atelier.md", text, "0", "text/markdown")).mentions
    assert [(one.kind, one.text) for one in found] == [
        (Kind.IRRITANT, "Le réseau tombe le lundi."),
        (Kind.IRRITANT, "Les postes sont vieux."),
    ]


def test_one_report_in_two_formats_is_read_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("rapport.md", "rapport.txt"):
        (tmp_path / name).write_text(
            "Atelier de Tulle\n\nFreins :\n- le réseau tombe\n- peu de postes\n", encoding="utf-8"
        )
    assert main(["--store", str(tmp_path / "base"), "ingest", str(tmp_path)]) == 1
    assert "rapport.txt : « rapport.md » en est sans doute un autre format" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("text", [TOP, MIDDLE])
def test_the_steps_grow_with_the_lines_and_each_header_is_looked_for_once(text: str) -> None:
    def steps(times: int) -> tuple[int, int]:
        calls: list[str] = []

        def seen(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and "formats" in frame.f_code.co_filename:
                calls.append(frame.f_code.co_name)

        sys.setprofile(seen)
        try:
            unfold(text * times)
        finally:
            sys.setprofile(None)
        return len(calls), calls.count("header_at")

    (few, _), (many, headers) = steps(10), steps(40)
    assert many < 4 * 1.1 * few
    assert headers <= (text * 40).count("\n")
