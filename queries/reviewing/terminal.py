"""The loop between a reviewer's keys and a session."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click

from queries.reviewing.keyboard import keyboard
from queries.reviewing.screen import KEYS, WORDS, Screen, echo, keys_of
from queries.reviewing.words import opposed, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from queries.reviewing.session import Session

_SKIP, _BACK, _UNDO, _QUIT = {"s", " ", "\r", "\n"}, {"r", "\x7f", "\x1b[D"}, {"a"}, {"q", "\x1b"}


def review(session: Session, screen: Screen, texts: Mapping[str, str], *, clear: bool = True) -> None:
    """Show pair after pair until the end, or until the reviewer leaves.

    Args:
        session: of pairs.
        screen: draws them.
        texts: of wordings, as `graph.statements.wordings`.
        clear: whether each pair has the terminal for itself.
    """
    with contextlib.suppress(KeyboardInterrupt), keyboard() as key:
        _loop(session, screen, texts, key, clear=clear)


def _loop(session: Session, screen: Screen, texts: Mapping[str, str], read: Callable[[], str], *, clear: bool) -> None:
    remark = ""
    while pair := session.pair:
        if clear:
            click.clear()
        for line in screen.lines(session, pair):
            click.echo(line)
        if remark:
            click.echo(remark)
        click.echo(keys_of(pair), nl=False)
        key = read()
        click.echo(f"  {key if key.isprintable() else ''}".rstrip())
        remark = ""
        if key in _QUIT:
            return
        if (told := _moved(session, key)) is not None:
            remark = told
        elif verdict := pair.verdict(KEYS.get(key, "")):
            if _decide(session, key, verdict, texts, read):
                remark = echo(pair, verdict, screen.width)
        else:
            remark = f"Touche inconnue : {'i, d' if pair.about else 'i, p, d'}, s, r, a ou q."


def _moved(session: Session, key: str) -> str | None:
    """What to say after a key that judges nothing; None for any other key."""
    if key in _SKIP:
        session.skip()
        return ""
    if key in _BACK:
        return "" if session.back() else "C’est la première paire."
    if key in _UNDO:
        return "Annulé : rien n’est décidé de cette paire." if session.withdraw() else "Il n’y a rien à annuler."
    return None


def _decide(session: Session, key: str, verdict: str, texts: Mapping[str, str], read: Callable[[], str]) -> bool:
    if (found := session.contradiction(verdict)) is not None:
        click.echo(
            f"Contradiction : {told(found.decision, texts)}, mais {opposed(found.against, found.through, texts)}."
        )
        click.echo(f"La même touche garde quand même « {WORDS[verdict]} » ; une autre revient à la paire.", nl=False)
        if read() != key:
            click.echo()
            return False
        click.echo()
    session.decide(verdict)
    return True
