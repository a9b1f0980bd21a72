"""The system of record: articles, their history, passages, embeddings, ledger and lexical index, in one SQLite file.

Each article is one transaction: it is there whole, findable by its words and embedded, or not at all.
"""

from ingest.archive.figure_filters import AskedUnit, FigureFilters
from ingest.archive.figures import FigurePage, Reading, Recorded
from ingest.archive.lexical import Field
from ingest.archive.passages import Snippet, Vectors
from ingest.archive.store import Archive, ArticlePage, EmbedderMark, Status

__all__ = [
    "Archive",
    "ArticlePage",
    "AskedUnit",
    "EmbedderMark",
    "Field",
    "FigureFilters",
    "FigurePage",
    "Reading",
    "Recorded",
    "Snippet",
    "Status",
    "Vectors",
]
