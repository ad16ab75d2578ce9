"""Finding what is meant: an index of all wordings kept beside the graph, one ranking for every free text."""

from graph.search.index import FILE, Index, Wording, beside
from graph.search.ranking import Hit, rank
from graph.search.writing import WritableIndex

__all__ = ["FILE", "Hit", "Index", "Wording", "WritableIndex", "beside", "rank"]
