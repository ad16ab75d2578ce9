"""The network view's part of the page: pyvis builds nodes, edges and options; its wheel brings vis-network."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ontology import MissingPart
from viz.layout import positions
from viz.style import asset, icon_uri, style

if TYPE_CHECKING:
    from pyvis.network import Network

    from viz.view import View

_SCRIPT = "templates/lib/vis-9.1.2/vis-network.min.js"
_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


def network(view: View) -> Network:
    """The view as pyvis holds it: one group a kind, fixed positions, no physics."""
    from pyvis.network import Network

    drawn = Network(directed=True, cdn_resources="in_line")
    options = json.loads(asset("network.json"))
    options["groups"] = {kind: {"shape": "image", "image": icon_uri(kind)} for kind in style().kinds}
    drawn.set_options(json.dumps(options))
    places = positions(len(view.elements), ((tie.source, tie.target) for tie in view.ties))
    for rank, (element, (x, y)) in enumerate(zip(view.elements, places, strict=True)):
        drawn.add_node(rank, label=" ", title=element.label, shape="image", group=element.kind, x=x, y=y)
    # Network.add_edge looks every node up in a list: filled in one go, as it stores them.
    drawn.edges.extend({"from": tie.source, "to": tie.target, "dashes": _dashes(tie.proof)} for tie in view.ties)
    return drawn


def columns(view: View) -> dict[str, Any]:
    """What the page needs of the network: positions by element, dashes by level of proof, options."""
    nodes, _, _, _, _, options = network(view).get_network_data()
    return {
        "options": json.loads(options),
        "x": [node["x"] for node in nodes],
        "y": [node["y"] for node in nodes],
        "dashes": {proof: _dashes(proof) for proof in style().proofs},
    }


@cache
def script() -> str:
    """The text of vis-network, as pyvis ships it.

    Raises:
        MissingPart: another copy is installed than the one that was read and tested.
    """
    source = files("pyvis").joinpath(*_SCRIPT.split("/"))
    content = source.read_bytes() if source.is_file() else b""
    if hashlib.sha256(content).hexdigest() != _SHA256:
        raise MissingPart("la copie de vis-network fournie par pyvis n’est pas celle attendue : installez pyvis 0.3.2")
    text = content.decode("utf-8").replace("\r\n", "\n")  # as a browser reads it, or its hash would differ
    return text.partition("\n//# sourceMappingURL")[0]


def _dashes(proof: str) -> list[int] | bool:
    dash = style().proofs[proof]["dash"]
    return [int(part) for part in dash.split()] if dash else False
