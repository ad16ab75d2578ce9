"""The fixed lists: kinds of mentions, levels of proof, kinds of tables, reasons for setting aside."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a mention is; the value is its name in exports and in identifiers."""

    IRRITANT = "irritant"
    STRENGTH = "strength"
    NEED = "need"
    LEVER = "lever"
    ACTION = "action"
    ACTOR = "actor"
    INDICATOR = "indicator"
    TIMEFRAME = "timeframe"
    EXPERIENCE = "experience"
    OBJECTIVE = "objective"
    QUESTION = "question"

    @property
    def label(self) -> str:
        """Class name in the ontology and in Neo4j.

        >>> Kind.TIMEFRAME.label
        'Timeframe'
        """
        return self.value.capitalize()


class Proof(StrEnum):
    """How surely two things are linked, from the surest to the weakest."""

    ROW = "row"
    SAME = "same"
    CLOSE = "close"
    THEME = "theme"

    @property
    def rank(self) -> int:
        """0 for the surest; an answer has the greatest rank of its hops."""
        return list(Proof).index(self)


class Table(StrEnum):
    """What a table or a list is for, by the roles of its headers."""

    DIAGNOSTIC = "diagnostic"
    SYNTHESIS = "synthesis"
    PLAN = "plan"
    FINDINGS = "findings"
    EXPERIENCE = "experience"
    NOTES = "notes"
    QUESTIONS = "questions"


class Reason(StrEnum):
    """Why a passage was not stored; the value is shown to the user."""

    TEMPLATE = "texte de la trame"
    HEADER = "en-tête de tableau"
    REPEATED = "en-tête répété"
    EMPTY = "case vide"
    PLACEHOLDER = "à compléter"
    THEME = "thème de la ligne"
    REFERENCE = "renvoi à une expérience"
    LEAD_IN = "phrase d’introduction"
    HEADING = "titre"
    SESSION = "renseignement de séance"
    PERSON = "nom de personne"
    LINK = "adresse web"
    PROSE = "texte hors tableau"
    LAYOUT = "colonnes perdues"
    UNKNOWN_TABLE = "tableau sans en-tête connu"
    DECORATION = "élément de mise en page"
