"""How fast a large folder of reports is read and loaded, and in how much memory; run by bench.py."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from make_corpus import write

ROOT = Path(__file__).resolve().parent.parent
_REPORTS = int(os.environ.get("LEVIERS_BENCH_REPORTS", "2000"))
_TEXTS = 400


def text_rate() -> None:
    """Text reports read by one process, after the first ones."""
    from ingest import read_report

    with tempfile.TemporaryDirectory() as place:
        write(Path(place), _TEXTS, texts_only=True)
        paths = sorted(Path(place).iterdir())
        for path in paths[:10]:
            read_report(path)
        start = time.process_time()
        items = sum(len(read_report(path).mentions) for path in paths)
        spent = time.process_time() - start
    print(
        f"lecture de {_TEXTS} comptes rendus en texte ({items} énoncés) : {_TEXTS / spent:.0f} par seconde et par cœur"
    )


def mixed_corpus() -> None:
    """Reports in all formats, read in two processes and loaded."""
    with tempfile.TemporaryDirectory() as place:
        folder, store = Path(place) / "rapports", Path(place) / "base"
        write(folder, _REPORTS)
        command = [sys.executable, "-m", "queries", "ingest", str(folder), "--jobs", "2", "--store", str(store)]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            watch = _Memory(running.pid)
            watch.start()
            code = running.wait()
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if code:
            sys.exit(f"leviers ingest s’est arrêté avec le code {code}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = f"{watch.most / 1e6:.0f} Mo au plus" if watch.most else "mémoire non mesurée ici"
    print(
        f"{_REPORTS} comptes rendus de tous formats, lus et chargés avec --jobs 2 : {cpu:.1f} s CPU, {wall:.1f} s,"
        f" {_REPORTS / cpu:.0f} par seconde de processeur, {memory} (tous processus)"
    )


class _Memory(threading.Thread):
    """The most memory that a process and its children had at once, in bytes, as often looked at."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.most = 0

    def run(self) -> None:
        """Look until the process has ended."""
        while Path(f"/proc/{self.pid}/smaps_rollup").exists():
            self.most = max(self.most, sum(map(_held, _family(self.pid))))
            time.sleep(0.2)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    text_rate()
    mixed_corpus()
