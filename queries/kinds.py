"""What each kind of thing is called in French."""

from __future__ import annotations

from ontology import ID, Kind, fold, singular

KINDS: dict[str, str] = {
    Kind.IRRITANT: "Irritant",
    Kind.STRENGTH: "Point fort",
    Kind.NEED: "Besoin",
    Kind.LEVER: "Levier",
    Kind.ACTION: "Action",
    Kind.ACTOR: "Acteur",
    Kind.INDICATOR: "Indicateur",
    Kind.TIMEFRAME: "Temporalité",
    Kind.EXPERIENCE: "Expérience",
    Kind.OBJECTIVE: "Objectif",
    Kind.QUESTION: "Question",
    "theme": "Thématique",
    "territory": "Territoire",
}


def kind_of(thing: str) -> str:
    """What a thing is, in French; empty for what has no dossier.

    >>> kind_of(ID + "theme/egal-acces"), kind_of(ID + "hors-acteurs/mots-en-capitales")
    ('Thématique', '')
    """
    return KINDS.get(thing.removeprefix(ID).split("/", 1)[0], "")


def kind_named(name: str) -> str:
    """The kind that a user names, in French or English, singular or plural; empty for none.

    >>> kind_named("Leviers"), kind_named("pain point")
    ('lever', '')
    """
    said = " ".join(map(singular, fold(name).split()))
    return next((str(kind) for kind, french in KINDS.items() if said in {str(kind), fold(french)}), "")
