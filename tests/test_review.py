"""Reviewing: the queue, one sitting, the terminal, the spreadsheet, and nothing lost."""

from __future__ import annotations

import csv
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typed import run

from graph.backends import journal_of, open_store
from graph.decisions import Decision, read_decisions
from graph.reconcile import Reconciler
from ontology import LV, Kind
from queries.loading import ingest, pending
from queries.reviewing import terminal
from queries.reviewing.queue import Pair, proposals, queue
from queries.reviewing.screen import HELP, Screen
from queries.reviewing.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("revue") / "base"
    ingest(str(folder), [ROOT / "ingest" / "examples" / "egn"], shipped=False)
    return folder


@pytest.fixture
def base(loaded: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example without the shipped decisions, in the store that commands use; words alone compare."""
    monkeypatch.setenv("LEVIERS_SEMANTIC", "non")
    shutil.copytree(loaded, own_store)
    return own_store


def pairs_of(base: Path, *decisions: Decision, **more: object) -> list[Pair]:
    said, candidates = proposals(open_store(str(base)))
    return queue(said, candidates, Reconciler(decisions), **more)  # type: ignore[arg-type]


def sitting(pairs: list[Pair], *decisions: Decision) -> tuple[Session, list[Decision]]:
    kept: list[Decision] = []
    return Session(pairs, decisions, kept.append, who="anne", when="2026-11-25"), kept


def test_an_axis_beside_its_lever_comes_first_then_the_likeliest(base: Path) -> None:
    pairs = pairs_of(base)
    axes = [pair.candidate.axis and pair.candidate.link >= 0.3 for pair in pairs]
    assert axes[0]
    assert axes == sorted(axes, reverse=True)
    assert all(pair.one.kind == pair.other.kind == pair.kind for pair in pairs)
    assert {pair.kind for pair in pairs_of(base, kind=Kind.NEED)} == {Kind.NEED}
    assert len({frozenset((pair.one.iri, pair.other.iri)) for pair in pairs}) == len(pairs)


def test_what_is_decided_is_not_asked_again_and_what_was_put_off_comes_last(base: Path) -> None:
    first, second, *_ = pairs_of(base)
    session, kept = sitting([first])
    session.decide("close")
    assert next(pair.ends for pair in pairs_of(base, *kept)) == second.ends
    put_off = pairs_of(base, later=frozenset({frozenset(first.ends)}))
    assert put_off[0].ends == second.ends
    assert put_off[-1].ends == first.ends


def test_a_sitting_goes_on_back_and_skips_what_others_have_settled(base: Path) -> None:
    pairs = pairs_of(base, kind=Kind.LEVER)
    session, kept = sitting(pairs)
    assert not session.back()
    session.decide("same")
    assert session.place > 0
    session.skip()
    assert session.back()
    assert session.back()
    assert (session.place, session.said) == (0, kept[0])
    session.decide("different")
    assert [one.verdict for one in kept] == ["same", "different"]
    assert kept[0].pair == kept[1].pair
    assert len(session.taken) == 1
    while session.pair:
        session.decide("same")
    reconciler = Reconciler(kept)
    assert not [one for one in reconciler.contradictions if one.decision.pair == kept[0].pair]
    assert len(session.taken) < len(pairs)  # the pairs that the others made one were not asked


def test_a_contradiction_is_told_before_it_is_made(base: Path) -> None:
    pair = pairs_of(base, kind=Kind.LEVER)[0]
    a, b = (end.rsplit("/", 1)[1] for end in pair.ends)
    session, _ = sitting([pair])
    assert session.contradiction("same") is session.contradiction("different") is None
    session.decide("same")
    session.back()
    assert session.contradiction("different") is None  # it takes the place of what was said of the same pair
    through = [Decision(Kind.LEVER, a, "0" * 12, "same"), Decision(Kind.LEVER, "0" * 12, b, "same")]
    joined, _ = sitting([pair], *through)
    assert joined.pair is None
    joined._place = 0  # as a reviewer who goes back to what others have joined since
    found = joined.contradiction("different")
    assert found is not None
    assert found.decision in through


def test_what_was_decided_can_be_taken_back(base: Path) -> None:
    pairs = pairs_of(base, kind=Kind.LEVER)
    session, kept = sitting(pairs)
    assert not session.withdraw()
    session.decide("same")
    second = session.place
    session.decide("close")
    assert session.withdraw()
    assert (session.place, session.said) == (second, None)
    assert session.back()
    assert session.withdraw()
    assert (session.place, session.said, session.taken) == (0, None, {})
    assert [one.verdict for one in kept] == ["same", "close", "undecided", "undecided"]
    assert Reconciler(kept).decisions == ()
    assert [pair.ends for pair in pairs_of(base, *kept, kind=Kind.LEVER)] == [pair.ends for pair in pairs]
    assert not session.withdraw()


def test_the_last_verdict_is_the_one_taken_back_even_after_going_back(base: Path) -> None:
    session, _ = sitting(pairs_of(base, kind=Kind.LEVER))
    session.decide("close")
    session.decide("close")
    session.back()
    session.back()
    session.decide("different")  # of the first pair, again: the last word
    session.skip()
    session.withdraw()
    assert (session.place, list(session.taken)) == (0, [1])


def keys(*pressed: str) -> Iterator[str]:
    yield from pressed
    while True:
        yield "q"


def test_the_loop_shows_decides_and_leaves(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = pairs_of(base, kind=Kind.LEVER)
    session, kept = sitting(pairs)
    pressed = keys("x", "r", "a", "P", "s", "r", "d", "")
    monkeypatch.setattr("click.getchar", lambda: next(pressed))
    terminal.review(session, Screen(open_store(str(base)), 80, color=False), {}, clear=False)
    shown = capsys.readouterr().out
    assert [one.verdict for one in kept] == ["close", "different"]
    assert "Touche inconnue" in shown
    assert "C’est la première paire." in shown
    assert "Il n’y a rien à annuler." in shown
    assert f"levier 1/{len(pairs)}, 0 décidée\n" in shown
    assert f"levier 3/{len(pairs)}, 2 décidées\n" in shown
    assert shown.count(HELP) == 8
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_contradiction_asks_for_the_key_again(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = pairs_of(base, kind=Kind.LEVER)[0]
    session, kept = sitting([pair])
    ends = (("0", "1", "same"), ("1", "2", "same"), ("0", "2", "different"))
    told = Reconciler(Decision(Kind.LEVER, a * 12, b * 12, verdict) for a, b, verdict in ends).contradictions[0]
    monkeypatch.setattr(session, "contradiction", lambda _: told)
    pressed = keys("i", "s", "i", "i")
    monkeypatch.setattr("click.getchar", lambda: next(pressed))
    terminal.review(session, Screen(open_store(str(base)), 80, color=False), {}, clear=False)
    assert len(kept) == 1
    assert "Contradiction : " in capsys.readouterr().out


def test_without_a_terminal_the_sheet_is_named(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capsys, "review")
    assert (code, error.count("\n")) == (1, 1)
    assert "--batch" in error
    assert base.exists()


def filled(path: Path, *verdicts: str) -> list[list[str]]:
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    for row, verdict in zip(rows[1:], verdicts, strict=False):
        row[0] = verdict
    return rows


def test_a_sheet_goes_out_and_comes_back(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "paires.csv"
    assert run(capsys, "review", "--batch", str(sheet), "--kind", "levier", "--limit", "6")[0] == 0
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfverdict;")
    code, _, error = run(capsys, "review", "--batch", str(sheet))
    assert (code, "vide" in error) == (1, True)
    rows = filled(sheet, "Identique", "P", "peut-être", "différent")
    rows[5][0], rows[5][11] = "i", rows[5][10]
    with sheet.open("w", encoding="cp1252", errors="replace", newline="") as file:
        csv.writer(file, delimiter=",").writerows([row[::-1] for row in rows])
    code, out, error = run(capsys, "review", "--batch", str(sheet), "--who", "anne")
    assert code == 1
    assert "paires.csv, ligne 4 : verdict « peut-être » inconnu" in error
    assert "paires.csv, ligne 6 : a et b sont la même clé" in error
    assert "Décisions : 3 nouvelles" in out
    decisions = journal_of(str(base)).read()
    assert [(one.verdict, one.who, one.place) for one in decisions] == [
        ("same", "anne", "paires.csv, ligne 2"), ("close", "anne", "paires.csv, ligne 3"),
        ("different", "anne", "paires.csv, ligne 5"),
    ]  # fmt: skip
    held = open_store(str(base)).select(f"SELECT ?d WHERE {{ ?d a <{LV}Decision> }}")
    assert len(held) == 3
    assert not pending(str(base))
    code, out, _ = run(capsys, "review", "--export", "-")
    assert read_decisions(out, "export") == decisions
    assert set(json.loads(out.splitlines()[0])) == {"kind", "a", "b", "verdict", "who", "when", "note"}
    assert run(capsys, "review", "--batch", str(sheet))[1].startswith("Décisions : 0 nouvelle, 3 déjà connues")


class Terminal:
    """The command in a pseudo-terminal of 80 columns."""

    def __init__(self, *arguments: str) -> None:
        import pty

        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "queries", "review", *arguments], stdin=slave, stdout=slave, stderr=slave, cwd=ROOT,
            env={**os.environ, "COLUMNS": "80", "LINES": "30", "TERM": "xterm"}, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self.shown = ""

    def until(self, words: str, times: int = 1) -> None:
        """Wait for these words to have been shown so many times."""
        end = time.monotonic() + 60
        while self.shown.count(words) < times and time.monotonic() < end:
            if select.select([self._master], [], [], 1)[0]:
                try:
                    self.shown += os.read(self._master, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        assert self.shown.count(words) >= times, self.shown

    def press(self, key: str) -> None:
        """Type a key."""
        os.write(self._master, key.encode())

    def wait(self) -> int:
        """The exit code."""
        self.until("Graphe à jour")
        return self.process.wait(60)


needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="pas de pseudo-terminal")


@needs_terminal
def test_in_a_terminal_a_kill_loses_nothing_and_the_next_sitting_goes_on(base: Path) -> None:
    first = Terminal("--who", "anne", "--kind", "levier")
    first.until(HELP)
    first.press("i")
    first.until(HELP, 2)
    first.process.send_signal(signal.SIGKILL)
    first.process.wait(60)
    (kept,) = journal_of(str(base)).read()
    assert (kept.verdict, kept.who) == ("same", "anne")
    assert pending(str(base))
    second = Terminal("--who", "bob", "--kind", "levier")
    second.until(HELP)
    assert ", 0 décidée" in second.shown
    second.press("d")
    second.until(HELP, 2)
    second.press("\x03")
    assert second.wait() == 0
    assert [one.verdict for one in journal_of(str(base)).read()] == ["same", "different"]
    assert not pending(str(base))
    held = open_store(str(base)).select(f"SELECT ?who WHERE {{ ?d a <{LV}Decision> ; <{LV}decidedBy> ?who }}")
    assert sorted(map(str, held.rows)) == sorted(map(str, [("anne",), ("bob",)]))
