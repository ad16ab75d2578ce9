"""The project's figures, measured side by side in one run: CPU seconds and ratios, never a pass or a fail.

Usage: python tools/bench.py        (make bench)
"""

from __future__ import annotations

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench_reading import mixed_corpus, text_rate

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.servers import Missing, running

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "ingest" / "examples" / "egn"
_TURNS = 7
_QUESTION = ["query", "acteurs-pour-irritant", "--irritant", "zones blanches", "--format", "json"]


def cpu_of(command: list[str], turns: int = _TURNS) -> float:
    """Median CPU seconds of a command, user and system, its first run left out."""
    spent = []
    for _ in range(turns + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent[1:])


def cpu_here(work: Callable[[], object], turns: int = _TURNS) -> float:
    """Best CPU seconds of some work in this process."""
    best = float("inf")
    for _ in range(turns):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def cold_answer(store: str) -> None:
    """A canned answer from a cold start, beside the import of the two packages that it cannot do without."""
    floor = [sys.executable, "-c", "import click, pyoxigraph"]
    answer = [sys.executable, "-m", "queries", *_QUESTION, "--store", store]
    base, whole = cpu_of(floor), cpu_of(answer)
    show(
        "réponse à froid (leviers query, exemple)",
        whole,
        f"{whole / base:.2f} × « import click, pyoxigraph » ({base * 1000:.0f} ms)",
    )


def cold_search() -> None:
    """A free text from a cold start, on the real reports where they are at hand, without the model and with it."""
    from graph.semantic import encoder

    folder = corpus() or EXAMPLE
    floor = cpu_of([sys.executable, "-c", "import click, pyoxigraph"])
    with tempfile.TemporaryDirectory() as place:
        load = [sys.executable, "-m", "queries", "ingest", str(folder), "--store", place]
        subprocess.run(load, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        asked = [sys.executable, "-m", "queries", "search", "connexion trop lente", "--store", place]
        ways = {"mots seuls": ["--no-semantic"], "mots et sens": []} if encoder() else {"mots seuls": ["--no-semantic"]}
        for way, options in ways.items():
            spent = cpu_of([*asked, *options])
            show(f"recherche à froid (leviers search, {way})", spent, f"{spent / floor:.2f} × les deux imports")
        index = next(Path(place).glob("generations/*/search.sqlite"))
        print(f"index de recherche ({folder.name}) : {index.stat().st_size / 1e6:.1f} Mo")


def reading() -> None:
    """Reading and loading, from cold."""
    folders = {"exemple": EXAMPLE, "rapports réels": corpus()}
    for name, folder in folders.items():
        if folder is None:
            print("lecture des rapports réels : sautée, aucun rapport à portée (LEVIERS_CORPUS)")
            continue
        with tempfile.TemporaryDirectory() as place:
            command = [sys.executable, "-m", "queries", "ingest", "--no-semantic", str(folder), "--store"]
            spent = statistics.median(cpu_of([*command, f"{place}/{turn}"], turns=1) for turn in range(3))
        show(f"lecture et chargement à froid ({name})", spent, "")


def against_rdflib(store: str) -> None:
    """Each canned query on Oxigraph and on rdflib in memory, same graph."""
    from graph import open_store
    from graph.memory import MemoryStore
    from queries.catalogue import get, names

    fast = open_store(store)
    slow = MemoryStore()
    for graph in fast.graphs():
        lines = fast.answer(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", "application/n-triples"
        )
        slow.replace_graph(graph, lines.decode().splitlines())
    ratios = []
    for name in names():
        text = get(name).text({})
        quick = cpu_here(lambda text=text: fast.select(text), turns=3)  # type: ignore[misc]
        ratios.append(cpu_here(lambda text=text: slow.select(text), turns=1) / max(quick, 1e-6))  # type: ignore[misc]
    print(
        f"rdflib en mémoire / Oxigraph, requêtes sans paramètre : médiane {statistics.median(ratios):.0f} ×"
        f" (de {min(ratios):.0f} à {max(ratios):.0f})"
    )


def matching(count: int = 50_000, sample: int = 2_000) -> None:
    """Candidates among the statements of a plausible country, by words alone."""
    from make_country import country

    from graph.matching import COMPARED, Matcher, Statement
    from ontology import concept_iri

    held: dict[str, Statement] = {}
    for reading in country():
        for mention in reading.mentions:
            if mention.kind in COMPARED and len(held) < count:
                statement = Statement(concept_iri(mention.kind, mention.text), (mention.text,))
                held[statement.iri] = statement
        if len(held) >= count:
            break
    start = time.process_time()
    matcher = Matcher(held.values())
    made = time.process_time()
    for statement in list(held.values())[:: count // sample]:
        matcher.of(statement)
    each = (time.process_time() - made) / sample
    show(
        f"rapprochements : index de {count} énoncés",
        made - start,
        f"{(made - start + each * count) / 60:.1f} min avec leurs candidats ({each * 1000:.1f} ms par énoncé)",
    )


def publishing() -> None:
    """A Neo4j filled by us and by a bare loop: with the real reports, or the example, and a fiftieth of a country."""
    folder = corpus() or EXAMPLE
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as stack:
        address = os.environ.get("LEVIERS_TEST_NEO4J", "")
        if not address:
            try:
                address = stack.enter_context(running("neo4j-lts")).url
            except (Missing, RuntimeError) as missing:
                print(f"publication dans Neo4j : sautée, {missing}")
                return
        real, country = f"{place}/base", f"{place}/pays"
        for command in (
            ["-m", "queries", "ingest", "--no-semantic", str(folder), "--store", real],
            ["tools/make_country.py", country, "100"],
        ):
            subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        asked = os.environ | {"LEVIERS_TEST_NEO4J": address}
        for store in (real, country):  # a process each, for its memory
            subprocess.run([sys.executable, "tools/bench_neo4j.py", store], check=False, cwd=ROOT, env=asked)


def corpus() -> Path | None:
    """The real reports, where they are at hand."""
    folder = Path(os.environ.get("LEVIERS_CORPUS") or ROOT.parent / "shared" / "corpus")
    return folder if list(folder.glob("*.txt")) else None


def show(what: str, seconds: float, beside: str) -> None:
    """One figure."""
    print(f"{what} : {seconds * 1000:.0f} ms CPU{f', soit {beside}' if beside else ''}", flush=True)


def main() -> None:
    """All figures."""
    with tempfile.TemporaryDirectory() as place:
        store = f"{place}/base"
        subprocess.run(
            [sys.executable, "-m", "queries", "ingest", str(EXAMPLE), "--store", store],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
        )
        cold_answer(store)
        cold_search()
        reading()
        text_rate()
        mixed_corpus()
        against_rdflib(store)
    matching()
    publishing()


if __name__ == "__main__":
    main()
