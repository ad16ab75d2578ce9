"""Asking the sample graph, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontology import Proof
from queries.ask import ask

if TYPE_CHECKING:
    from graph.store import Store

ZONES, TIME = "zones blanches", "manque de temps"
POINT, FIBRE = "ouvrir un point d’accès", "installer la fibre"
ERUN, DANE = "Enseignant référent aux usages du numérique", "Délégation académique au numérique éducatif"
PARENTS = "Parents d’élèves"


def answers(store: Store, name: str, weakest: str = "close", **parameters: str) -> list[tuple[Any, ...]]:
    """Each answer as its cells and its proof."""
    answer = ask(store, name, parameters, weakest=Proof(weakest))
    return [(*row.values.values(), row.proof.value) for row in answer.rows]
