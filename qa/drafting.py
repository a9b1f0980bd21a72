"""A model is shown passages and drafts claims, each of them told as soon as its JSON is complete.

What it says is not believed here, only read: the gate (`qa.gate`) comes next.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from pydantic import ValidationError

from ingest.errors import SettingsError
from ingest.settings import LlmSettings
from prompts import Prompt
from qa.answer import DroppedClaim
from qa.compose import spoken_language
from qa.domain import Question
from qa.drafts import MOST_CLAIMS, DraftedClaim, DraftReply
from qa.errors import QuestionError
from qa.llm import Completion, Message, Model
from qa.unfinished import Unfinished
from qa.window import Window, inert, tokens_in

_LANGUAGES = {"en": "English", "ar": "Arabic"}

_LEAST_ROOM = 400
"""Tokens for passages without which nothing is worth asking."""

_REFUSALS = 600
"""Tokens that a second try may spend on what was refused of the first."""

_REFUSAL = 200
"""Code points of a refused claim that the model is shown again."""

_FRAME = 50
"""Tokens that an endpoint's chat template puts around messages, at most."""


class Drafter:
    """Asks one model for drafts.

    Args:
        model: the model.
        prompt: what it is sent: `prompts/answer`.
        settings: the model's window.

    Raises:
        SettingsError: the window leaves no room for passages.
    """

    def __init__(self, model: Model, prompt: Prompt, settings: LlmSettings) -> None:
        self.model = model
        self.prompt = prompt
        self._room = settings.context_tokens - settings.answer_tokens - _REFUSALS - _FRAME
        self._room -= tokens_in(prompt.part("system"))
        if self._room < _LEAST_ROOM:
            raise SettingsError(
                f"QA_LLM__CONTEXT_TOKENS ({settings.context_tokens}) leaves no room for passages beside the prompt and "
                f"QA_LLM__ANSWER_TOKENS ({settings.answer_tokens}). Raise the one or lower the other."
            )

    def room(self, question: Question) -> int:
        """Tokens that passages may take beside a question.

        Raises:
            QuestionError: it leaves none.
        """
        room = self._room - tokens_in(self._user(question, ""))
        if room < _LEAST_ROOM:
            raise QuestionError("The question is too long for the model's window. Ask it in fewer words.")
        return room

    async def draft(
        self, question: Question, window: Window, refused: Sequence[DroppedClaim] = ()
    ) -> AsyncGenerator[DraftedClaim | Completion[DraftReply], None]:
        """Draft claims, each given once, as soon as it is complete; last comes the whole reply. Closing stops the call.

        Args:
            question: what is asked.
            window: what is shown.
            refused: what was refused of a first try.

        Raises:
            ModelError: the model gave nothing that can be used, or is not available.
        """
        reply, told = Unfinished(), set[DraftedClaim]()
        async with aclosing(self.model.stream(self.messages(question, window, refused), DraftReply)) as pieces:
            async for piece in pieces:
                claims = _claims(reply.feed(piece)) if isinstance(piece, str) else piece.value.claims
                for claim in claims:
                    if claim not in told and len(told) < MOST_CLAIMS:
                        told.add(claim)
                        yield claim
                if not isinstance(piece, str):
                    yield piece

    def messages(self, question: Question, window: Window, refused: Sequence[DroppedClaim] = ()) -> list[Message]:
        """What the model is sent."""
        passages = "\n\n".join(
            self.prompt.part("passage", marker=one.marker, source=one.source, text=one.text) for one in window.shown
        )
        user = self._user(question, passages)
        if refused:
            user = f"{user}\n\n{self.prompt.part('refused', refusals=self._refusals(refused))}"
        return [Message("system", self.prompt.part("system")), Message("user", user)]

    def _user(self, question: Question, passages: str) -> str:
        language = _LANGUAGES[spoken_language(question)]
        return self.prompt.part("user", passages=passages, question=question.in_context, language=language)

    def _refusals(self, refused: Sequence[DroppedClaim]) -> str:
        lines: list[str] = []
        left = _REFUSALS - tokens_in(self.prompt.part("refused", refusals=""))
        for one in refused:
            claim = inert(" ".join(one.text.split()))[:_REFUSAL]
            line = self.prompt.part("refusal", claim=claim, reason=self.prompt.part(one.fault))
            left -= tokens_in(line) + 1
            if lines and left < 0:
                break
            lines.append(line)
        return "\n".join(lines)


def _claims(texts: Sequence[str]) -> list[DraftedClaim]:
    """Claims of a reply that is still being written; one that is no such object is judged when the whole is there."""
    claims: list[DraftedClaim] = []
    for text in texts:
        try:
            claims.append(DraftedClaim.model_validate_json(text))
        except ValidationError:
            continue
    return claims
