"""Everything that can go wrong in the archive, as one tree.

OnRecordError
├── SourceError              one source cannot become an article; the others go on
├── SettingsError            a setting cannot be used as it is
├── ArchiveError             the archive cannot be opened, read or written
│   ├── ArchiveVersionError  written by a newer release than this one
│   └── ArticleNotFoundError no article has this id
├── EmbeddingError           texts could not be embedded
│   ├── EncoderError               the bundled model cannot be used
│   ├── EmbeddingUnavailableError  the endpoint did not answer; try again later
│   ├── TextRefusedError           the endpoint would not take one of the texts
│   └── EmbeddingMismatchError     the archive was embedded by another model
└── VectorIndexError         the vector index cannot be used
    ├── IndexLockedError     another process has it open
    └── IndexUnavailableError  the Chroma server did not answer; try again later

Each error's text says what happened, what was kept and what to do next; `code` is its
name in the HTTP contract and `retryable` whether the same call may succeed later.
"""

from typing import ClassVar

from ingest.domain import FailureCode


class OnRecordError(Exception):
    """Base of every error this project raises on purpose."""

    code: ClassVar[str] = "internal"
    retryable: ClassVar[bool] = False


class SourceError(OnRecordError):
    """One source cannot become an article; it is reported as a `Failure` and the rest goes on."""

    def __init__(self, reason: FailureCode, message: str) -> None:
        super().__init__(message)
        self.reason: FailureCode = reason


class SettingsError(OnRecordError):
    """A setting cannot be used as it is."""

    code = "invalid_request"


class ArchiveError(OnRecordError):
    """The archive cannot be opened, read or written."""


class ArchiveVersionError(ArchiveError):
    """The archive was written by a newer release than this one."""


class ArticleNotFoundError(ArchiveError):
    """No article has this id."""

    code = "not_found"


class EmbeddingError(OnRecordError):
    """Texts could not be embedded."""

    code = "index_unavailable"


class EncoderError(EmbeddingError):
    """The bundled model cannot be used."""


class EmbeddingUnavailableError(EmbeddingError):
    """The embeddings endpoint refused, was overloaded or timed out; try again later."""

    retryable = True


class TextRefusedError(EmbeddingError):
    """The embeddings endpoint would not take one of the texts: too long for it, or against its rules."""


class EmbeddingMismatchError(EmbeddingError):
    """The archive was embedded by another model than the one configured."""


class VectorIndexError(OnRecordError):
    """The vector index cannot be used."""

    code = "index_unavailable"


class IndexLockedError(VectorIndexError):
    """Another process has the index open."""


class IndexUnavailableError(VectorIndexError):
    """The Chroma server did not answer; try again later."""

    retryable = True
