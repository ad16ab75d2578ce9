"""Pairs to judge in a spreadsheet: CSV out, and CSV back in whatever a spreadsheet made of it.

Written as French spreadsheets open it: UTF-8 with its mark, semicolons. The two keys are written as identifiers
(``id:lever/…``): twelve hexadecimal digits can look like a number, which a spreadsheet would rewrite.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from ontology import BadDecision, Kind, LeviersError, compact, expand, fold, made_from_content
from ontology.errors import system_reason
from queries.kinds import KINDS
from queries.render.data import inert
from queries.reviewing.words import OF_ACTORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.decisions import Decision
    from queries.reviewing.queue import Pair
    from queries.reviewing.screen import Screen

COLUMNS = ("verdict", "texte_a", "texte_b", "en_commun", "les_separe", "confiance", "source_a", "source_b", "nature",
           "kind", "a", "b", "note")  # fmt: skip
_NEEDED = ("verdict", "kind", "a", "b")
_VERDICTS = {
    "same": ("same", "identique", "identiques", "meme", "meme enonce", "i", "oui", "="),
    "close": ("close", "proche", "proches", "enonce proche", "p"),
    "different": ("different", "differents", "differente", "d", "non"),
    "is": ("is", "est"),
    "is not": ("is not", "n est pas", "un autre"),
    "undecided": ("undecided", "indecis", "annule", "annuler", "a revoir"),
}
_MEANT = {word: verdict for verdict, words in _VERDICTS.items() for word in words}
_SEPARATORS = ";,\t"
_PLACES = 3


def write_sheet(pairs: Iterable[Pair], screen: Screen) -> str:
    """The pairs as CSV, the most useful first, their verdicts left empty."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for pair in pairs:
        candidate = pair.candidate
        sources = [_sources([place for _, place in screen.places(end)]) for end in (pair.one, pair.other)]
        row = ("", pair.first, pair.last, ", ".join(candidate.agree), " ; ".join(candidate.conflict),
               candidate.confidence, *sources, KINDS[pair.kind].lower(), pair.kind.value,
               *map(compact, pair.ends), "")  # fmt: skip
        writer.writerow([inert(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def read_sheet(path: Path, who: str, when: str, problems: list[str]) -> tuple[Decision, ...]:
    """The decisions of a sheet that came back; a bad line goes to ``problems``, and the others count.

    Raises:
        LeviersError: the file cannot be read, or lacks a column.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LeviersError(f"{path} : feuille illisible ({system_reason(error)})") from None
    rows = _rows(_text(content))
    header = [fold(name).replace(" ", "_") for name in next(rows, [])]
    if missing := [name for name in _NEEDED if name not in header]:
        raise LeviersError(
            f"{path} : il manque {'la colonne' if len(missing) == 1 else 'les colonnes'} {', '.join(missing)} ; "
            "rouvrez la feuille écrite par « leviers review --batch »"
        )
    found = []
    for number, cells in enumerate(rows, 2):
        said = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if not said.get("verdict"):
            continue
        try:
            found.append(_decision(said, who, when, path.name, number))
        except BadDecision as error:
            problems.append(f"{path.name}, ligne {number} : {error}")
    return tuple(found)


def _sources(places: Sequence[str]) -> str:
    rest = len(places) - _PLACES
    more = f" | et {rest} autre{'s' * (rest > 1)} ligne{'s' * (rest > 1)}" if rest > 0 else ""
    return " | ".join(places[:_PLACES]) + more


def _decision(said: dict[str, str], who: str, when: str, name: str, number: int) -> Decision:
    from graph.decisions import Decision, checked

    word = said["verdict"]
    verdict = "same" if word == "=" else _MEANT.get(fold(word))
    if said.get("kind") == Kind.ACTOR and not made_from_content(expand(said.get("b", ""))):
        verdict = OF_ACTORS.get(verdict or "", verdict)
        if not verdict:
            raise BadDecision(f"verdict « {word} » : un acteur est celui-là ou un autre ; écrivez est ou n’est pas")
    if verdict is None:
        raise BadDecision(f"verdict « {word} » inconnu ; écrivez identique, proche ou différent")
    kind, a, b, verdict = checked(said.get("kind", ""), said.get("a", ""), said.get("b", ""), verdict)
    return Decision(
        kind, a, b, verdict, said.get("who") or who, said.get("when") or when, said.get("note", ""), name, number
    )


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> Iterator[list[str]]:
    lines = text.splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep="):
        lines = lines[1:]
    first = lines[0] if lines else ""
    separator = max(_SEPARATORS, key=first.count)
    yield from csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
