"""The number reader: which figures does a text state, and what of?"""

from ingest.figures.reader import read_figures

__all__ = ["read_figures"]
