"""Everything that can go wrong on the way to an answer, beyond the archive's own errors.

OnRecordError (in `ingest.errors`, with the archive's tree)
├── QuestionError              the question cannot be answered as it was put
├── UnknownModelError          a chat asks for a model that is not here
└── ModelError                 a model gave nothing that can be used
    ├── ModelUnavailableError  it was overloaded or timed out; try again later
    └── ModelRefusedError      it will not answer this question, however often it is asked

Abstaining is no error: an answer without claims says why in its `reason`.
"""

from typing import ClassVar

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
    told_else: ClassVar[str] = (
        "The model gave nothing that can be used. Try again later; if it stays so, whoever runs this service finds "
        "the reason in its log."
    )

    def __init__(self, message: str, *, told: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.told = told or self.told_else
        """What clients of the service are told: what happened and what to do, without addresses, settings or bodies.

        The error's own text, which has those, is for the log and for whoever runs the service."""

        self.retry_after = retry_after
        """Seconds after which a try may succeed, where that is known."""


class ModelUnavailableError(ModelError):
    """The model was overloaded or timed out; try again later."""

    retryable = True
    told_else = "The model did not answer. Try again later."


class ModelRefusedError(ModelError):
    """The model will not answer this question, and asked the same again it would not either.

    It declined, a filter withheld its answer, it said nothing twice, or the question with its passages is too long.
    It is `model_unavailable` like all that a model fails in, but without `Retry-After`: a client that waits and repeats
    the question pays for the same refusal. It is told what to change instead.
    """

    told_else = "The model would not answer this question. Put it in other words: the same again will not help."
