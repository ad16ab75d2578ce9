"""A process that answers the queries it reads on its standard input: ``python -P -m queries.endpoint.worker``.

It is killed when a query takes too long, so it holds nothing that must be closed. The first frame says what to open;
then each frame is a question, and each gets one answer.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from queries.endpoint.frames import Answer, Question, pack_answer, read

if TYPE_CHECKING:
    from typing import BinaryIO

_GRACE = 2.0  # seconds after which a worker whose server is gone stops by itself


def main() -> None:
    """Serve until the server closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing but frames on the pipe
    try:
        _serve(questions, answers)
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _serve(questions: BinaryIO, answers: BinaryIO) -> None:
    opening = read(questions)
    try:
        import pyoxigraph as ox

        from queries.endpoint.answering import answer
        from queries.endpoint.lockdown import lock_down

        store = ox.Store.read_only(opening["store"])
    except (ImportError, OSError) as error:
        _send(answers, Answer(str(error).encode(), status=503, code="store"))
        return
    lock_down(opening["memory"], sum(1 for path in Path(opening["store"]).iterdir() if path.suffix == ".sst"))
    _send(answers, Answer(b""))
    while True:
        question = Question(**read(questions))
        _die_in(opening["timeout"] + _GRACE)
        _send(answers, answer(store, question, opening["result"]))
        _die_in(None)


def _die_in(seconds: float | None) -> None:
    """Set, or unset, the end of this process, whatever its query is doing then."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds or 0)
    elif seconds:
        faulthandler.dump_traceback_later(seconds, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


def _send(answers: BinaryIO, found: Answer) -> None:
    answers.write(pack_answer(found))
    answers.flush()


if __name__ == "__main__":
    main()
