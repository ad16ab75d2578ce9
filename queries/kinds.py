"""What each kind of thing is called in French."""

from __future__ import annotations

from ontology import Kind, fold, kind_in, singular

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

    >>> kind_of("https://w3id.org/leviers/id/theme/egal-acces"), kind_of("https://w3id.org/leviers/id/hors-acteurs/x")
    ('Thématique', '')
    """
    return KINDS.get(kind_in(thing), "")


def kind_named(name: str) -> str:
    """The kind that a user names, in French or English, singular or plural; empty for none.

    >>> kind_named("Leviers"), kind_named("pain point")
    ('lever', '')
    """
    said = " ".join(map(singular, fold(name).split()))
    return next((str(kind) for kind, french in KINDS.items() if said in {str(kind), fold(french)}), "")
