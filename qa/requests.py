"""What can be asked, as every door takes it: the command line, HTTP, and programs."""

from typing import Annotated

from pydantic import Field, PositiveInt, StrictBool, StringConstraints

from ingest.domain import Filters, Value
from ingest.language import detect_query_language
from qa.domain import Question, Turn

LONGEST_QUERY = 2_000
"""Characters of the longest question."""

QuestionText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUERY)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
TopK = Annotated[PositiveInt, Field(le=50, strict=True)]


class SearchRequest(Value):
    """What to look for, and in which part of the archive."""

    query: QuestionText
    """Words, names or a question, 1 to 2,000 characters."""

    filters: Filters = Filters()
    """Which articles are searched."""

    top_k: TopK = 8
    """How many passages are returned at most."""

    def to_question(self) -> Question:
        """The query as the answer line takes it."""
        language = detect_query_language(self.query)
        return Question(
            text=self.query, language=language, answer_language=language, filters=self.filters, top_k=self.top_k
        )


class AskRequest(Value):
    """A question, and which part of the archive may answer it."""

    question: QuestionText
    """What is asked, 1 to 2,000 characters."""

    history: tuple[Turn, ...] = ()
    """Turns before the question, oldest first: a follow-up ("and how many were wounded?") is read in their light."""

    filters: Filters = Filters()
    """Which articles may answer."""

    top_k: TopK = 8
    """How many passages are shown."""

    answer_language: LanguageCode | None = None
    """Language of the service's own words, `ar` or `en`; by default the question's."""

    stream: StrictBool = False
    """Answer as server-sent events: `passages`, `claim` (each verified), `answer`, `done`."""

    def to_question(self) -> Question:
        """The question as the answer line takes it."""
        language = detect_query_language(self.question)
        return Question(
            text=self.question,
            language=language,
            answer_language=self.answer_language or language,
            filters=self.filters,
            top_k=self.top_k,
            history=self.history,
        )
