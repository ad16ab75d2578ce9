"""An answer on a terminal: a table that fits, evidence under each answer, sources numbered at the end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ontology import Proof, fold
from queries.render.layout import BULLET, GAP, hanging, lines, widths, wrap
from queries.render.words import (
    PROOF,
    Sources,
    already_shown,
    cell,
    decided,
    heading,
    nothing,
    proof,
    quoted,
    shown_columns,
    shows_proof,
)

if TYPE_CHECKING:
    from queries.ask import Answer, AnswerRow

_BOLD, _DIM, _END = "\033[1m", "\033[2m", "\033[0m"
_COLORS = {Proof.ROW: "\033[32m", Proof.SAME: "\033[36m", Proof.CLOSE: "\033[33m", Proof.THEME: "\033[35m"}
_FEW_SOURCES = 6
_FEW_QUOTES = 4
_SHORT = 24  # a longer text that the line above shows too is not repeated
_SAME = {"fr": "idem", "en": "same"}
_MANY = {
    "fr": "{count} lignes le disent : --format json les cite",
    "en": "{count} rows say it: --format json quotes them",
}


def as_table(answer: Answer, width: int = 80, *, color: bool = False, language: str = "fr") -> str:
    """The answer in lines of at most ``width`` characters."""
    made = [line for text in heading(answer, language) for line in wrap(text, width)]
    made[0] = _styled(made[0], _BOLD, color)
    if not answer.rows:
        return "\n".join([*made, "", *wrap(nothing(answer, language), width)]) + "\n"
    return "\n".join([*made, "", *_Table(answer, width, color, language).lines()]) + "\n"


class _Table:
    def __init__(self, answer: Answer, width: int, color: bool, language: str) -> None:
        self.answer = answer
        self.width = width
        self.color = color
        self.language = language
        self.sources = Sources()
        self.proven = shows_proof(answer)
        self.columns = shown_columns(answer)
        self.titles = [column.labels[language] for column in self.columns] + [PROOF[language]] * self.proven
        self.right = [column.kind == "number" for column in self.columns] + [False] * self.proven

    def lines(self) -> list[str]:
        cells = [self._cells(row) for row in self.answer.rows]
        fitting = widths([self.titles, *cells], self.width)
        made = [] if fitting is None else self._head(fitting)
        if fitting is not None:
            cells = self._without_repeats(cells)
        for row, texts in zip(self.answer.rows, cells, strict=True):
            made += self._card(row, texts) if fitting is None else self._row(row, texts, fitting)
            made += self._evidence(row)
        return [*made, *self._places()]

    def _cells(self, row: AnswerRow) -> list[str]:
        texts = []
        for column in self.columns:
            text = cell(column, row.values[column.name], self.language)
            several = text.split(" ; ") if column.many else [text]
            texts.append("\n".join(BULLET + one for one in several) if len(several) > 1 else text)
        return texts + [proof(row, self.language)] * self.proven

    def _without_repeats(self, cells: list[list[str]]) -> list[list[str]]:
        same, made = _SAME[self.language], cells[:1]
        for above, texts in pairwise(cells):
            made.append(
                [same if text == over and len(text) > _SHORT else text for over, text in zip(above, texts, strict=True)]
            )
        return made

    def _head(self, fitting: list[int]) -> list[str]:
        titles = [GAP.join(parts).rstrip() for parts in lines(self.titles, fitting, self.right)]
        rule = GAP.join("─" * width for width in fitting)
        return [*(_styled(title, _BOLD, self.color) for title in titles), rule]

    def _row(self, row: AnswerRow, texts: list[str], fitting: list[int]) -> list[str]:
        made = []
        for parts in lines(texts, fitting, self.right):
            if self.proven:
                parts[-1] = _styled(parts[-1].rstrip(), _COLORS[row.proof], self.color)
            made.append(GAP.join(parts).rstrip())
        return made

    def _card(self, row: AnswerRow, texts: list[str]) -> list[str]:
        # Too many columns for this terminal: one line a value.
        made = ["─" * min(self.width, 20)]
        for title, text in zip(self.titles, texts, strict=True):
            made += (
                hanging(f"{title} : {text.replace(BULLET, '').replace(chr(10), ' ; ')}", self.width, "", "  ")
                if text
                else []
            )
        if self.proven:
            made[-1] = _styled(made[-1], _COLORS[row.proof], self.color)
        return made

    def _evidence(self, row: AnswerRow) -> list[str]:
        """The numbers of the rows that prove an answer, each with the wordings that nothing above shows."""
        rows = list(dict.fromkeys(evidence.row for evidence in row.evidence))
        if len(rows) > _FEW_SOURCES:
            said = [_MANY[self.language].format(count=len(rows))]
        else:
            shown = already_shown(self.answer, row)
            by_words: dict[tuple[str, ...], list[str]] = {}
            for one in rows:
                cited = [evidence for evidence in row.evidence if evidence.row == one and self.sources.cite(evidence)]
                words = tuple(quoted(evidence) for evidence in cited if fold(evidence.quote) not in shown)
                by_words.setdefault(words, []).append(f"[{self.sources.number(one)}]")
            said = [" ".join((*numbers, *_few(words))) for words, numbers in by_words.items()]
        if row.decided:
            said.append(decided(row.decided, self.language))
        made = hanging(" · ".join(said), self.width, "  └ ", "    ") if said else []
        return [_styled(line, _DIM, self.color) for line in made]

    def _places(self) -> list[str]:
        places = [
            line
            for number, place, _ in self.sources.places()
            for line in hanging(place, self.width, f"[{number}] ", " " * (len(str(number)) + 3))
        ]
        return ["", _styled("Sources", _BOLD, self.color), *places] if places else []


def _few(words: tuple[str, ...]) -> tuple[str, ...]:
    return words if len(words) <= _FEW_QUOTES else (*words[:_FEW_QUOTES], "…")


def _styled(text: str, style: str, color: bool) -> str:
    return f"{style}{text}{_END}" if color and text else text
