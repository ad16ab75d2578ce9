"""Single keys from a terminal, none lost between two pairs."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEAVE = "q"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;]*.|O.)|.", re.DOTALL)
_LEAVING = {"", "\x03", "\x04"}  # Ctrl-C, Ctrl-D
_AT_ONCE = 64


@contextlib.contextmanager
def keyboard() -> Iterator[Callable[[], str]]:
    """What gives the next key, in lower case; closing the terminal or Ctrl-C is leaving.

    While the block lasts the terminal shows no key by itself. What was typed before is forgotten: it was meant for
    nothing of what the block shows. What is typed ahead in it counts.
    """
    with contextlib.ExitStack() as stack:
        read: Callable[[], str] = click.getchar
        with contextlib.suppress(ImportError, OSError, ValueError):
            read = _raw(sys.stdin.fileno(), stack)

        def key() -> str:
            try:
                pressed = read()
            except (KeyboardInterrupt, EOFError, OSError):
                return LEAVE
            return LEAVE if pressed in _LEAVING else pressed.lower()

        yield key


def _raw(terminal: int, stack: contextlib.ExitStack) -> Callable[[], str]:
    """Keys of a Unix terminal.

    Raises:
        ImportError: this system has no such terminals.
        OSError: this is none.
    """
    import termios
    import tty

    try:
        before = termios.tcgetattr(terminal)
    except termios.error as error:
        raise OSError(str(error)) from None
    stack.callback(termios.tcsetattr, terminal, termios.TCSADRAIN, before)
    tty.setcbreak(terminal)  # drops what was typed before
    now = termios.tcgetattr(terminal)
    now[3] &= ~termios.ISIG  # Ctrl-C is a key like others: it stops nothing half done
    termios.tcsetattr(terminal, termios.TCSADRAIN, now)
    decode = getincrementaldecoder("utf-8")("replace").decode
    waiting: list[str] = []

    def read() -> str:
        while not waiting:
            data = os.read(terminal, _AT_ONCE)
            if not data:
                raise EOFError
            waiting.extend(_SEQUENCE.findall(decode(data)))
        return waiting.pop(0)

    return read
