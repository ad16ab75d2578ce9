"""What a worker gives up before it reads its first query, so far as the system lets it."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource
    import signal

_NICER = 5


def lock_down(memory: int) -> None:
    """Give up opening files and sockets, ``memory`` bytes beyond those in use, outliving the server, and priority.

    Without descriptors no SERVICE reaches the network, however it is spelt. Elsewhere than on Linux less is given up,
    and the reading of the query (``guards``) stands alone.
    """
    if sys.platform == "linux":
        _die_with_the_server()
        _be_the_first_to_go()
        _limit_memory(memory)
    if sys.platform != "win32":
        os.nice(_NICER)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # one that runs out of memory leaves no image of it
        with contextlib.suppress(OSError, ValueError):
            _open_nothing_more()


if sys.platform != "win32":

    def _open_nothing_more() -> None:
        # The limit stops numbers above it; the unused ones below are filled.
        listing = Path("/proc/self/fd" if sys.platform == "linux" else "/dev/fd")
        last = max(number for number in (int(entry.name) for entry in listing.iterdir()) if _is_open(number))
        for number in range(3, last):
            if not _is_open(number):
                os.dup2(2, number)
        resource.setrlimit(resource.RLIMIT_NOFILE, (last + 1, last + 1))

    def _is_open(number: int) -> bool:
        try:
            os.fstat(number)
        except OSError:
            return False
        return True


if sys.platform == "linux":

    def _die_with_the_server() -> None:
        import ctypes

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)

    def _be_the_first_to_go() -> None:
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")

    def _limit_memory(memory: int) -> None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
