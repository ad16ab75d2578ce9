"""What a worker gives up before it reads its first query, so far as the system lets it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import NamedTuple

if sys.platform != "win32":
    import resource
    import signal

_NICER = 5


class _Calls(NamedTuple):
    """Numbers of linux/audit.h and of the table of system calls, for one machine."""

    architecture: int
    socket: int
    seccomp: int


_CALLS = {"x86_64": _Calls(0xC000003E, 41, 317), "aarch64": _Calls(0xC00000B7, 198, 277)}
# linux/filter.h, linux/seccomp.h and linux/prctl.h; offsets are those of struct seccomp_data.
_LOAD, _SAME, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
_ALLOWED, _REFUSED = 0x7FFF0000, 0x00050000 | errno.EACCES
_NO_NEW_PRIVILEGES, _SET_FILTER, _ALL_THREADS = 38, 1, 1


def lock_down(memory: int, files: int) -> None:
    """Give up sockets, most descriptors, ``memory`` bytes beyond those in use, outliving the server, and priority.

    No SERVICE reaches the network then, however it is spelt. Elsewhere than on Linux less is given up, and the reading
    of the query (``guards``) stands alone.

    Args:
        memory: bytes that may still be taken.
        files: of the store, which it opens when it first reads them: these may still be opened.
    """
    if sys.platform == "linux":
        _die_with_the_server()
        _be_the_first_to_go()
        _limit_memory(memory)
        _make_no_sockets()
    if sys.platform != "win32":
        os.nice(_NICER)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # one that runs out of memory leaves no image of it
        with contextlib.suppress(OSError, ValueError):
            _open_little_more(files)


if sys.platform != "win32":

    def _open_little_more(files: int) -> None:
        # The limit stops numbers above it; the unused ones below are filled.
        listing = Path("/proc/self/fd" if sys.platform == "linux" else "/dev/fd")
        last = max(number for number in (int(entry.name) for entry in listing.iterdir()) if _is_open(number))
        for number in range(3, last):
            if not _is_open(number):
                os.dup2(2, number)
        most = min(last + 1 + files, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

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

    def _make_no_sockets() -> None:
        """Have the kernel refuse socket(2) to all threads of this process, where we know its numbers."""
        import ctypes
        import platform
        import struct

        known = _CALLS.get(platform.machine())
        if known is None:
            return
        lines = (
            (_LOAD, 0, 0, _ARCHITECTURE),
            (_SAME, 1, 0, known.architecture),
            (_RETURN, 0, 0, _ALLOWED),
            (_LOAD, 0, 0, _NUMBER),
            (_SAME, 0, 1, known.socket),
            (_RETURN, 0, 0, _REFUSED),
            (_RETURN, 0, 0, _ALLOWED),
        )
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
        program = struct.pack("HL", len(lines), ctypes.addressof(code))
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.syscall(known.seccomp, _SET_FILTER, _ALL_THREADS, program)

    def _be_the_first_to_go() -> None:
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")

    def _limit_memory(memory: int) -> None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
