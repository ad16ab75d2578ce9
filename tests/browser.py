"""What the tests of the page share: an invented graph, small or large, and a browser that is strict with it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from ontology import ID, Kind, Relation, concept_iri, slug
from viz import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

THEMES = ("Ouvrir les lieux à tous", "Apprendre ensemble", "Prêter et réparer", "Faire vivre le quartier")
PLACES = ("Quartier des Tanneurs", "Bourg-Neuf", "Vallée de l’Oudre")
DOCUMENTS = [f"atelier-{slug(place)}.md" for place in PLACES]
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
COLUMNS = {
    "synthesis": (Kind.IRRITANT, Kind.NEED, Kind.LEVER),
    "plan": (Kind.LEVER, Kind.ACTION, Kind.ACTOR, Kind.TIMEFRAME, Kind.INDICATOR),
    "told": (Kind.EXPERIENCE, Kind.IRRITANT, Kind.STRENGTH, Kind.ACTOR),
}
LINKS = {
    "synthesis": ((2, Relation.ANSWERS, 0), (0, Relation.RAISES, 1), (2, Relation.MEETS, 1)),
    "plan": (
        (1, Relation.IMPLEMENTS, 0), (0, Relation.MOBILISES, 2),
        (0, Relation.SCHEDULED_FOR, 3), (0, Relation.MEASURED_BY, 4),
    ),
    "told": ((0, Relation.REVEALS, 1), (0, Relation.REVEALS, 2), (0, Relation.INVOLVES, 3)),
}  # fmt: skip
CLOSE = (
    (Kind.LEVER, "Installer un coin lecture", "Aménager un espace de lecture au calme", "forte"),
    (Kind.IRRITANT, "Affichage illisible", "Horaires mal connus des nouveaux venus", "moyenne"),
)
SUBJECTS = ("salle", "fête", "cour", "serre", "cantine", "mare", "scène", "ludothèque", "ferme", "galerie")


VIEWS = ("chaine", "reseau", "tableau", "qualite")
PAYLOAD = '<img src=x onerror="window.__x=1"></script><script>window.__x=2</script> href javascript:window.__x=3'


class Invented:
    """Builds a graph in the form that ``viz.draw`` takes, row by row."""

    def __init__(self, **facts: Any) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**facts)

    def node(self, kind: Kind, label: str, theme: str, place: str, row: str) -> str:
        """The node of that wording, seen once more."""
        key = f"{ID}actor/{slug(label)}" if kind is Kind.ACTOR else concept_iri(kind, label)
        if key not in self.graph:
            lists: dict[str, list[Any]] = {"wordings": [label], "quotes": [], "themes": [], "territories": []}
            self.graph.add_node(key, kind=kind.value, label=label, support=0, **lists)
            if kind is Kind.ACTOR:
                self.graph.nodes[key].update(actor_type="Role", definition=f"{label}, tel que l’atelier l’entend.")
        data = self.graph.nodes[key]
        for name, value in (("themes", theme), ("territories", place)):
            if value not in data[name]:
                data[name].append(value)
        number = f"ligne {row.rpartition('.')[2]}"
        quote = {"quote": label, "document": f"atelier-{slug(place)}.md", "section": theme, "row": number, "id": row}
        if quote not in data["quotes"]:
            data["quotes"].append(quote)
            data["support"] = len({each["document"] for each in data["quotes"]})
        return key

    def row(self, table: str, row: str, theme: str, place: str, *cells: list[str]) -> None:
        """One row of a table: its items, and every link that the table says between them."""
        keys = [
            [self.node(kind, label, theme, place, row) for label in labels]
            for kind, labels in zip(COLUMNS[table], cells, strict=True)
        ]
        for source, relation, target in LINKS[table]:
            for one in keys[source]:
                for other in keys[target]:
                    self.graph.add_edge(one, other, relation=relation.value, proof="row", rows=[row])


def invented(**facts: Any) -> nx.MultiDiGraph[str]:
    """About a hundred elements: synthesis, plan and experiences of workshops that never took place."""
    told = {
        "title": "Leviers et irritants : ateliers du quartier",
        "subtitle": "Trois ateliers inventés, quatre thèmes",
        "generated": "3 mars 2026",
        "corpus": DOCUMENTS,
        "notice": "Diffusion libre",
    }
    built = Invented(**(told | facts))
    for line in Path(__file__).with_name("browser_rows.md").read_text(encoding="utf-8").splitlines():
        name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        table, dot, _ = name.partition(".")
        if dot and table in COLUMNS:
            lists = [[item for item in cell.split(" ; ") if item] for cell in cells[2:]]
            built.row(table, name, THEMES[int(cells[0])], PLACES[int(cells[1])], *lists)
    for kind, one, other, confidence in CLOSE:
        ends = concept_iri(kind, one), concept_iri(kind, other)
        built.graph.add_edge(*ends, relation="closeMatch", proof="close", rows=[], confidence=confidence)
    lever = concept_iri(Kind.LEVER, "Confier les clés à trois habitants")
    built.graph.add_edge(lever, f"{ID}actor/gardien-de-la-salle", relation="names", proof="row", rows=["synthesis.1"])
    return built.graph


def large(size: int = 700) -> nx.MultiDiGraph[str]:
    """At least ``size`` elements, with labels and quotes as long as real ones."""
    built = Invented(title="Grand graphe inventé", corpus=DOCUMENTS)
    row = 0
    while len(built.graph) < size:
        row += 1
        theme, place = THEMES[row % 4], PLACES[row % 3]
        what = f"{SUBJECTS[row % 10]} numéro {row // 5}"
        lever = f"Nommer un responsable pour la {what} ({row})"
        built.row(
            "synthesis", f"synthesis.{row}", theme, place,
            [f"Personne ne sait quand la {what} ouvre ses portes ({row})", f"Le bruit de la {what} gêne ({row})"],
            [f"Connaître à l’avance ce qui se passe à la {what}"],
            [f"Annoncer chaque semaine le programme de la {what} sur le panneau", lever],
        )  # fmt: skip
        built.row(
            "plan", f"plan.{row}", theme, place, [lever],
            [f"Écrire la fiche de mission du responsable de la {what}", f"Réunir les usagers de la {what} ({row})"],
            [f"Comité {SUBJECTS[row % 7]} {row % 40}", f"Service {SUBJECTS[row % 10]} {row % 25}"],
            [f"Avant le mois {row % 12 + 1}"], [f"Nombre de visites de la {what}"],
        )  # fmt: skip
    return built.graph


def remark(topic: str, text: str, document: str = "", line: int = 0, **facts: Any) -> dict[str, Any]:
    """A remark in the form that ``viz.draw`` takes."""
    said = {"topic": topic, "title": f"Sujet {topic}", "text": text, "document": document, "line": line}
    return said | {"advice": "à relire", "blocking": False} | facts


def remarks() -> list[dict[str, Any]]:
    """Remarks on the invented graph: with an element or without, in a document or in none."""
    closed, light = "Salle fermée le samedi", "Affichage illisible"
    keeper = f"{ID}actor/gardien-de-la-salle"
    return [
        remark("citation", "Phrase perdue", DOCUMENTS[0], 3, advice="introuvable dans le texte", blocking=True),
        remark("acteur", "Gardien de la salle", advice="absent du vocabulaire", id=keeper),
        remark("colonne", closed, DOCUMENTS[0], 12, id=concept_iri(Kind.IRRITANT, closed)),
        remark("colonne", light, DOCUMENTS[1], 40, id=concept_iri(Kind.IRRITANT, light)),
        remark("colonne", "Énoncé écarté", DOCUMENTS[1], 41, id=f"{ID}lever/000000000000"),
    ]


def chromium() -> str | None:
    """The browser on this machine: ``LEVIERS_CHROMIUM``, or one on the path."""
    named = os.environ.get("LEVIERS_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def require_browser() -> None:
    """Skips the module, and says why, where a part that drives the browser is missing."""
    for module in ("playwright.sync_api", "pytest_playwright", "axe_playwright_python.sync_playwright"):
        name = module.partition(".")[0].replace("_", "-")
        pytest.importorskip(module, reason=f"{name} is not installed: pip install 'leviers[pages]'")
    if chromium() is None:
        pytest.skip("no Chromium on this machine: install one, or set LEVIERS_CHROMIUM", allow_module_level=True)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {
        "offline": True,
        "locale": "fr-FR",
        "reduced_motion": "reduce",
        "viewport": {"width": 1600, "height": 900},
        "permissions": ["clipboard-read", "clipboard-write"],
    }


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of the pages, each drawn once."""
    twice = [remark(PAYLOAD, PAYLOAD, document, 1, title=PAYLOAD, advice=PAYLOAD) for document in (PAYLOAD, "=1")]
    hostile = Invented(title=PAYLOAD, subtitle=PAYLOAD, notice=PAYLOAD, corpus=[PAYLOAD], quality=twice)
    hostile.row("synthesis", PAYLOAD, PAYLOAD, PAYLOAD, [PAYLOAD, "=1+2"], [f"besoin {PAYLOAD}"], [f"levier {PAYLOAD}"])
    hostile.row("plan", "p", PAYLOAD, PAYLOAD, [f"levier {PAYLOAD}"], ["@somme"], [f"acteur {PAYLOAD}"], ["-2"], ["+3"])
    folder = tmp_path_factory.mktemp("pages")
    addresses = {}
    graphs = {
        "small": invented(quality=remarks()),
        "calm": invented(quality=[]),
        "plain": invented(),
        "large": large(),
        "hostile": hostile.graph,
        "empty": nx.MultiDiGraph(),
    }
    graphs["large"].graph["quality"] = [remark("colonne", f"Énoncé {rank}", DOCUMENTS[0], rank) for rank in range(812)]
    for name, graph in graphs.items():
        path = folder / f"{name}.html"
        path.write_text(draw(graph), encoding="utf-8", newline="\n")
        addresses[name] = path.as_uri()
    return addresses


@pytest.fixture
def strict(page: Page) -> Iterator[Page]:
    """A page that may raise no error, print none and ask for nothing outside its file."""
    bad: list[str] = []
    page.on("pageerror", lambda error: bad.append(str(error)))
    page.on("console", lambda message: bad.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("request", lambda r: bad.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None)
    yield page
    assert not bad, bad
