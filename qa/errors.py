"""Everything that can go wrong on the way to an answer, beyond the archive's own errors.

OnRecordError (in `ingest.errors`, with the archive's tree)
└── QuestionError            the question cannot be answered as it was put

Abstaining is no error: an answer without claims says why in its `reason`.
"""

from ingest.errors import OnRecordError


class QuestionError(OnRecordError):
    """The question cannot be answered as it was put."""

    code = "invalid_request"
