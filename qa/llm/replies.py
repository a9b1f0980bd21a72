"""What an endpoint sent, whatever its shape: the openai client checks none."""

from typing import Any, NamedTuple

from qa.errors import ModelError
from qa.llm.capped import MOST_BYTES
from qa.llm.mapping import masked


class Reply(NamedTuple):
    """What came back from one call."""

    text: str
    finish: str | None = None
    """Why it ended, as the endpoint says; `length` where it was cut short."""

    refusal: str | None = None
    """Why the model would not answer, in its own words."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


def reply_of(answer: Any, where: str) -> Reply:
    """Read a completion that came as a whole.

    Raises:
        ModelError: it is none: an error in place of one, or a page of a proxy.
    """
    choice = _first(answer)
    message = getattr(choice, "message", None)
    if message is None:
        said = getattr(answer, "error", None) or (answer if isinstance(answer, str) else "nothing was said")
        raise ModelError(f"{where} gave no completion: {masked(str(said))[:200]}. Check QA_LLM__BASE_URL.")
    return Reply(
        _text(getattr(message, "content", None)),
        _text(getattr(choice, "finish_reason", None)) or None,
        _text(getattr(message, "refusal", None)) or None,
        *_paid(answer),
    )


class Hearing:
    """Puts the chunks of a streamed completion together.

    Args:
        where: the model and its address, for messages.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._pieces: list[str] = []
        self._length = 0
        self._refusal = ""
        self._finish: str | None = None
        self._tokens = (0, 0)
        self.heard = False
        """Whether anything came."""

    def hear(self, chunk: Any) -> str:
        """Take one chunk in; gives the text in it.

        Raises:
            ModelError: there is more text than any reply has.
        """
        self.heard = True
        paid = _paid(chunk)
        self._tokens = paid if any(paid) else self._tokens
        choice = _first(chunk)
        delta = getattr(choice, "delta", None)
        self._finish = _text(getattr(choice, "finish_reason", None)) or self._finish
        self._refusal += _text(getattr(delta, "refusal", None))
        piece = _text(getattr(delta, "content", None))
        self._length += len(piece)
        if self._length + len(self._refusal) > MOST_BYTES:
            raise ModelError(f"{self._where} sent what is no answer: over {MOST_BYTES} letters.")
        self._pieces.append(piece)
        return piece

    def reply(self) -> Reply:
        """All that was heard."""
        return Reply("".join(self._pieces), self._finish, self._refusal or None, *self._tokens)


def _first(answer: Any) -> Any:
    choices = getattr(answer, "choices", None)
    return choices[0] if isinstance(choices, list) and choices else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _paid(answer: Any) -> tuple[int, int]:
    usage = getattr(answer, "usage", None)
    return _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")


def _count(usage: Any, name: str) -> int:
    value = getattr(usage, name, 0)
    return value if isinstance(value, int) and value >= 0 else 0
