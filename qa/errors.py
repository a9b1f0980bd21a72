"""Everything that can go wrong on the way to an answer, beyond the archive's own errors.

OnRecordError (in `ingest.errors`, with the archive's tree)
├── QuestionError              the question cannot be answered as it was put
├── UnknownModelError          a chat asks for a model that is not here
└── ModelError                 a model gave nothing that can be used
    └── ModelUnavailableError  it refused, was overloaded or timed out; try again later

Abstaining is no error: an answer without claims says why in its `reason`.
"""

from ingest.errors import OnRecordError


class QuestionError(OnRecordError):
    """The question cannot be answered as it was put."""

    code = "invalid_request"


class UnknownModelError(OnRecordError):
    """A chat asks for a model that is not here."""

    code = "not_found"


class ModelError(OnRecordError):
    """A model gave nothing that can be used."""

    code = "model_unavailable"


class ModelUnavailableError(ModelError):
    """The model refused the call, was overloaded or timed out; try again later."""

    retryable = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds after which a try may succeed, where that is known."""
