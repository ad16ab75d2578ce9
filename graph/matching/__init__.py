"""Which statements are probably equal or close; the machine proposes, a person decides.

``statements(store)`` gives what a graph says that can be compared; ``Matcher(statements, encoder)`` holds it.
``.candidates(only=None)`` lists the pairs worth a person's look, the most useful first. Each is a `Candidate`: ``one``
and ``other`` (identifiers of concepts, any decision applied, ``one`` sorting first), how likely they are close
(``link``) and equal (``same``), the class that the graph gives them (``confidence``: forte, moyenne or empty), what
agrees and what conflicts (French words), and ``axis`` for an axis of a plan beside a lever of its synthesis.
``.of(statement)`` does the same for one statement, new or known; ``compare`` for two. Pairs that a decision has judged
are the caller's to leave out.
"""

from graph.matching.candidates import Matcher
from graph.matching.compare import Candidate, compare
from graph.matching.statement import COMPARED, LINKED, Place, Statement, statements

__all__ = ["COMPARED", "LINKED", "Candidate", "Matcher", "Place", "Statement", "compare", "statements"]
