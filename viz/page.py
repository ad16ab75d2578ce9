"""The page itself: template, style, scripts and data put in one file that may not ask for anything."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from viz.network import script
from viz.payload import as_json, payload
from viz.style import asset
from viz.view import view_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

# A file uses what those above it put in the shared object. A new view is one more file, before `start`.
SCRIPTS = (
    "base", "text", "dom", "data", "rows", "state", "filter",
    "measure", "place", "lines", "boxes", "chain", "names", "rings", "network", "table",
    "quality", "detail", "search", "controls", "export", "start",
)  # fmt: skip
STYLES = ("base", "tools", "body", "chain", "views", "narrow", "modes")


def draw(graph: nx.MultiDiGraph[str]) -> str:
    """One page, complete and offline, that shows the graph; equal graphs give equal pages.

    Raises:
        MissingPart: pyvis is not the version whose vis-network was tested.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    view = view_of(graph)
    css = _joined(f"css/{name}.css" for name in STYLES)
    scripts = [script(), application()] if view.elements else []
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(asset("page.html.j2")).render(
        view=view,
        policy=policy(scripts, css),
        css=Markup(css),
        data=Markup(as_json(payload(view))) if view.elements else "",
        scripts=[Markup(text) for text in scripts],
    )


def application() -> str:
    """Our own scripts, joined in order."""
    return _joined(f"js/{name}.js" for name in SCRIPTS)


def _joined(names: Iterable[str]) -> str:
    """These assets, without the white that begins their lines, and lines that say nothing: a page is sent by mail."""
    lines = (line.lstrip() for name in names for line in asset(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("// "))


def policy(scripts: list[str], css: str) -> str:
    """What the page may do: run these very scripts and styles, show images that it holds, and nothing else."""
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(css)}; img-src data: blob:; "
        "font-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
