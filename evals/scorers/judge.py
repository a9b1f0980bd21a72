"""What does a model think of an answer? Shown beside the other measures; it never decides alone."""

from evals.datasets import Sample
from evals.scorers.score import Measure, Part, Reply, Score
from ingest.domain import Value
from prompts import Prompt
from qa.answer import Claim, Usage
from qa.errors import ModelError
from qa.llm import Message, Model

MEASURES = (Measure(name="judged_right", label="Judged right by a model", gates=False),)

PROMPT = "judge/v1"

NOT_JUDGED = "not judged"
"""How the fault of an answer without a grade begins."""

_NOT_SAID = "The articles do not tell."


class Grade(Value):
    """What the model is asked to say."""

    reason: str
    right: bool


async def judge(sample: Sample, reply: Reply, *, model: Model, prompt: Prompt) -> tuple[Score, Usage]:
    """Have a model grade one answer; one that it gives no grade for is left without."""
    gold = "\n".join(
        f"{answer.text}, according to {answer.speaker}" if answer.speaker else answer.text for answer in sample.answers
    )
    both = "Sources disagree; each of these is a side:\n" if sample.status == "disputed" else ""
    user = prompt.part(
        "user",
        question=_inert(sample.question),
        gold=both + (gold or _NOT_SAID),
        answer=_inert("\n".join(map(_said, reply.answer.claims))) or _NOT_SAID,
    )
    try:
        messages = (Message("system", prompt.part("system")), Message("user", user))
        grade, usage = await model.complete(messages, Grade)
    except ModelError as error:
        return Score(faults=(f"{NOT_JUDGED}: {error}",)), Usage()
    faults = () if grade.right else (f"judged wrong: {grade.reason}",)
    return Score(parts={"judged_right": Part.whether(grade.right)}, faults=faults), usage


def _inert(text: str) -> str:
    """Text that can end no part of the message and open no other."""
    return text.replace("<", "‹").replace(">", "›")


def _said(claim: Claim) -> str:
    return f"{claim.speaker.name}: {claim.text}" if claim.speaker else claim.text
