"""Invented forms of a session, and what was read in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import read_document
from ingest.document import Document

if TYPE_CHECKING:
    from ontology import Reading, Session

REST = "\n\nFreins\n\n- Réseau lent\n"
Counted = tuple[str, bool | None, int | None, int | None, str]


def read(text: str) -> Reading:
    """An invented report, with one list so that it is kept."""
    return read_document(Document("essai.txt", text + REST, "0", "text/plain"))


def only(text: str) -> Session:
    (session,) = read(text).sessions
    return session


def told(session: Session) -> list[Counted]:
    return [
        (one.category, one.ticked, one.participants, one.establishments, one.text) for one in session.participations
    ]


TABLE = (
    "Nom de la Région académique\tBretagne\t\n"
    "Date(s) et lieu(x) de la session\tMardi 6 octobre 2020 14h-16h Mairie de Brest\t\n"
    'Format de la session <i>Cocher</i>\t<input type="checkbox"/> Présentiel\t'
    '<input type="checkbox"/> Distanciel\n'
    '\t\t<input checked="" type="checkbox"/> Les 2\n'
    "Animateurs de la session\tLuc Petit, chargé de mission DANE, Zoé Roux, chargée de mission DANE.\t\n"
    'Participants <i>Cocher les cases</i>\t<input checked="" type="checkbox"/> Équipes du premier degré\t'
    "Nombre de participants : 5 (CPD) Nombre d'établissements représentés : 70\n"
    '\t<input type="checkbox"/> Équipes du second degré\tNombre de participants : 12\n'
    '\t<input type="checkbox"/> Chercheurs\tNombre de participants : à compléter\n'
    '\t<input checked="" type="checkbox"/> Élus\tNombre de participants : 0\n'
    '<input checked="" type="checkbox"/> Filière EdTech\tNombre de participants : 1 (a) + 2 (b)\t\n'
)
LINES = """Nom de la Région académique Bretagne

Date(s) et lieu(x) de la session

Format de la session
Cocher la case

☐ En présence                   ☒ Distanciel      ☐ Les 2

Animateurs

Anne MARTIN, Déléguée au Numérique
Luc Petit (le matin), banque des territoires

Participants

Cocher les cases utiles
puis compléter le nombre de
participants

☒ Équipes pédagogiques du

premier degré

Nombre de participants : 6
Nombre d’établissements représentés : 4

☐ Associations de la sphère
locale Nombre de participants : 24 (dont une vingtaine de

bénévoles)

☒ Chercheurs Nombre de participants : 0
☐ Opérateurs Nombre de participants :
"""
