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

_SAID = {
    "fr": ("même ligne", "même énoncé", "énoncé proche", "même thème"),
    "en": ("same row", "same statement", "close statement", "same theme"),
}
PROOFS = {language: dict(zip(Proof, words, strict=True)) for language, words in _SAID.items()}
PROOF = {"fr": "Preuve", "en": "Proof"}
_WIDER = {
    Proof.SAME: "pour passer d’un tableau à l’autre par un même énoncé",
    Proof.CLOSE: "pour passer par des énoncés proches",
    Proof.THEME: "pour des suggestions de la même thématique",
}
_ANSWER = {"fr": "réponse", "en": "answer"}
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
    words = column.words if language == "fr" else {}
    return words.get(str(value), plain(str(value)))


def proof(row: AnswerRow, language: str) -> str:
    """The level of proof, with the class of confidence of a close match."""
    said = PROOFS[language][row.proof]
    return f"{said} ({row.confidence})" if row.confidence and row.proof is Proof.CLOSE else said


def shows_proof(answer: Answer) -> bool:
    """Whether answers to this question differ by their proof."""
    return len(answer.query.proofs) > 1


def heading(answer: Answer, language: str) -> list[str]:
    """The question, what was understood of its parameters, the number of answers."""
    count = len(answer.rows)
    lines = [answer.query.summary[language]]
    lines += [f"{name} : {label}" for name, label in answer.parameters.items()]
    if count:
        one = not shows_proof(answer) and answer.rows[0].evidence
        same = f", {PROOFS[language][answer.rows[0].proof]}" if one else ""
        lines.append(f"{count} {_ANSWER[language]}{'s' if count > 1 else ''}{same}")
    return lines


def nothing(answer: Answer) -> str:
    """What to try when there is no answer."""
    tries = [
        f"--preuve {level.value} {_WIDER[level]}"
        for level in answer.query.proofs
        if level in _WIDER and level.rank > answer.weakest.rank
    ]
    narrow = [f"--{name}" for name in ("theme", "territoire") if name in answer.parameters]
    if narrow:
        tries.append(f"la même question sans {' ni '.join(narrow)}")
    return "Aucune réponse." + (f" Essayez {' ; ou '.join(tries)}." if tries else "")


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
