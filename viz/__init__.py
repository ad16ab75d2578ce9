"""A networkx graph as one interactive page, in one file that asks nothing of the network."""

from viz.page import draw

__all__ = ["draw"]
