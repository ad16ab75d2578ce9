"""What tables and Markdown have in common: French words, and sources numbered as they are met."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontology import Proof, fold, without_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Cell
    from queries.ask import Answer, AnswerRow, Evidence
    from queries.catalogue import Column
    from queries.deciding import Decided

_SAID = {
    "fr": ("même ligne", "même énoncé", "énoncé proche", "même thème"),
    "en": ("same row", "same statement", "close statement", "same theme"),
}
PROOFS = {language: dict(zip(Proof, words, strict=True)) for language, words in _SAID.items()}
PROOF = {"fr": "Preuve", "en": "Proof"}
CONFIDENCES = {"fr": {}, "en": {"forte": "strong", "moyenne": "medium"}}
_WIDER = {
    "fr": {
        Proof.SAME: "pour passer d’un tableau à l’autre par un même énoncé",
        Proof.CLOSE: "pour passer par des énoncés proches",
        Proof.THEME: "pour des suggestions de la même thématique",
    },
    "en": {
        Proof.SAME: "to go from one table to another by a same statement",
        Proof.CLOSE: "to go through close statements",
        Proof.THEME: "for suggestions of the same theme",
    },
}
_NOTHING = {
    "fr": ("Aucune réponse.", "Essayez", " ; ou ", "la même question sans", " ni "),
    "en": ("No answer.", "Try", "; or ", "the same question without", " or "),
}
_DECIDED = {
    "fr": ("décidé par {who} le {when}", "décidé par {who}", "décidé le {when}", "décidé"),
    "en": ("decided by {who} on {when}", "decided by {who}", "decided on {when}", "decided"),
}
_ABSENCE = "manques"  # tag of the questions about what is not there
_LONGEST_QUOTE = 200
_CUT = " […]"
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_NBSP = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    """A text on one line, without the markup of its source."""
    return one_line(without_tags(text))


def one_line(text: str) -> str:
    """A text on one line; the spaces that French typography holds together stay."""
    return _BLANKS.sub(" ", text).strip()


def cell(column: Column, value: Cell, language: str) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    words = column.words if language == "fr" else CONFIDENCES[language] if column.name == "class" else {}
    return words.get(str(value), plain(str(value)))


def proof(row: AnswerRow, language: str) -> str:
    """The level of proof; of what is not in one row, the class of confidence, or that someone decided."""
    said = PROOFS[language][row.proof]
    if row.decided:
        return f"{said} ({_DECIDED[language][3]})"
    confidence = CONFIDENCES[language].get(row.confidence, row.confidence)
    return f"{said} ({confidence})" if confidence and row.proof is Proof.CLOSE else said


def decided(decisions: Iterable[Decided], language: str) -> str:
    """Whose decisions these are, each signature once; empty for none."""
    both, by, on, nobody = _DECIDED[language]
    said = (
        (both if one.who and one.when else by if one.who else on if one.when else nobody).format(
            who=one.who, when=one.when
        )
        for one in decisions
    )
    return ", ".join(dict.fromkeys(said))


def shows_proof(answer: Answer) -> bool:
    """Whether answers to this question differ by their proof; what is absent has none."""
    return len(answer.query.proofs) > 1 and not _absence(answer)


def _absence(answer: Answer) -> bool:
    return _ABSENCE in answer.query.tags


def shown_columns(answer: Answer) -> tuple[Column, ...]:
    """The columns that say something in one answer at least."""
    rows = answer.rows
    return (
        tuple(column for column in answer.columns if any(row.values[column.name] is not None for row in rows))
        or (answer.columns[:1])
    )


def counted(answer: Answer, language: str = "fr") -> str:
    """How many answers these are, and of how many where a limit left some out."""
    count, total = len(answer.rows), answer.total
    several = "s" if count > 1 else ""
    if count >= total:
        return f"{count} {'answer' if language == 'en' else 'réponse'}{several}"
    if language == "en":
        return f"first {f'{count} answers' if several else 'answer'} of {total}"
    return f"{f'{count} premières réponses' if several else 'première réponse'} sur {total}"


def heading(answer: Answer, language: str) -> list[str]:
    """The question, what was understood of its parameters, the number of answers."""
    lines = [answer.query.summary[language]]
    lines += [f"{name} : {label}" for name, label in answer.parameters.items()]
    if answer.rows:
        one = len(answer.query.proofs) == 1 and not _absence(answer) and answer.rows[0].evidence
        same = f", {PROOFS[language][answer.rows[0].proof]}" if one else ""
        lines.append(f"{counted(answer, language)}{same}")
    return lines


def nothing(answer: Answer, language: str = "fr") -> str:
    """What to try when there is no answer; a weaker proof fills gaps, so it never finds more of them."""
    wider, (none, attempt, either, without, nor) = _WIDER[language], _NOTHING[language]
    tries = [
        f"--preuve {level.value} {wider[level]}"
        for level in answer.query.proofs
        if level in wider and level.rank > answer.weakest.rank and not _absence(answer)
    ]
    narrow = [f"--{name}" for name in ("theme", "territoire") if name in answer.parameters]
    if narrow:
        tries.append(f"{without} {nor.join(narrow)}")
    return none + (f" {attempt} {either.join(tries)}." if tries else "")


class Sources:
    """The rows cited, numbered from 1 as they are met."""

    def __init__(self) -> None:
        self._cited: dict[str, dict[Evidence, None]] = {}
        self._numbers: dict[str, int] = {}

    def number(self, row: str) -> int:
        """The number of a row."""
        return self._numbers.setdefault(row, len(self._numbers) + 1)

    def cite(self, evidence: Evidence) -> bool:
        """Take note of a quotation; tells whether it is a new one."""
        self.number(evidence.row)
        said = self._cited.setdefault(evidence.row, {})
        new = evidence not in said
        said[evidence] = None
        return new

    def places(self) -> Iterable[tuple[int, str, list[Evidence]]]:
        """Number, place in words, and what was cited of each row."""
        for row, number in self._numbers.items():
            cited = list(self._cited[row])
            section = f", {plain(cited[0].section)}" if cited[0].section else ""
            yield number, f"{cited[0].document}{section}, {row.rsplit('.', 1)[-1]}", cited


def quoted(evidence: Evidence) -> str:
    """The words between French quotation marks, cut where they are long."""
    words = plain(evidence.quote)
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + _CUT
    return f"«{_NBSP}{words}{_NBSP}»"


def already_shown(answer: Answer, row: AnswerRow) -> set[str]:
    """The wordings that an answer shows anyway, folded: repeating them as quotations tells nothing."""
    parts = [part for value in row.values.values() if isinstance(value, str) for part in (value, *value.split(" ; "))]
    return {fold(part) for part in (*parts, *answer.parameters.values())}
