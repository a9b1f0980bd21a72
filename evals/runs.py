"""A run: what a service answered to a set, how each answer fared, and what exactly was measured.

Everything but times is the same whenever the same is measured again; `times` of an item and `clock` of the run hold
what is not.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pydantic import NonNegativeInt, ValidationError

from evals.datasets import Sample
from evals.datasets.gold import Item
from evals.scorers import Part
from ingest.domain import Value
from ingest.errors import OnRecordError
from qa.domain import Turn

FORMAT = 1


class RunError(OnRecordError):
    """A run's file cannot be read or written, or does not fit what is done with it."""


class Times(Value):
    """How long one item took, in milliseconds."""

    total_ms: float = 0.0
    """From the request to the whole answer."""

    steps_ms: Mapping[str, float] = {}
    """As the service's trace has them."""


class ItemResult(Value):
    """One item of a set, as it was answered and scored."""

    id: str

    question: str
    """What was asked, or the claim."""

    history: tuple[Turn, ...] = ()
    """What was said before the question."""

    filters: Mapping[str, Any] = {}
    """Which articles might answer, where not all."""

    language: str
    kind: str
    cross_lingual: bool

    cluster: str
    """Items that rest on the same articles have the same one."""

    gold: Mapping[str, Any]
    """What is right: status or verdict, answers, support."""

    answer: Mapping[str, Any] | None = None
    """The answer as it was served, but for its id, its times and the words of retrieved passages."""

    scores: Mapping[str, Part] = {}
    """By measure: so many of so many."""

    faults: tuple[str, ...] = ()
    """What was wrong with the answer."""

    unscored: str | None = None
    """Why there are no scores, where the service gave no answer that could be scored."""

    tokens: Mapping[str, float] = {}
    """What a model was paid: prompt and completion tokens, cost in dollars."""

    times: Times = Times()

    not_offered: bool = False
    """Whether it is unscored because the service does not offer to answer such items at all."""

    @property
    def right(self) -> bool:
        """Whether nothing at all is missing or wrong in its answer."""
        part = self.scores.get("strict_accuracy") or self.scores.get("verdict_accuracy")
        return part is not None and part.rate == 1.0


class Rate(Value):
    """A rate with its 95 % interval."""

    rate: float
    low: float
    high: float

    n: NonNegativeInt
    """Items it is over."""


class RateTable(Value):
    """A measure's rates."""

    overall: Rate
    kind: Mapping[str, Rate] = {}
    language: Mapping[str, Rate] = {}
    cross_lingual: Mapping[str, Rate] = {}
    """By `yes` and `no`."""


class Versions(Value):
    """What was measured."""

    commit: str | None
    """Of the working tree; `None` where there is no git."""

    code: str
    """SHA-256 of every source file, prompts and weights of ours included."""

    packages: Mapping[str, str]
    """Versions of what answers depend on."""

    settings: Mapping[str, str | bool | None] = {}
    """What is set from outside and changes answers, of a service in this process."""

    mode: tuple[str, ...] = ()
    """As the answers' traces say; one each, unless the service changed meanwhile."""

    model: tuple[str, ...] = ()
    prompt: tuple[str, ...] = ()
    prompt_sha256: tuple[str, ...] = ()
    embedding: tuple[str, ...] = ()
    passages: tuple[int, ...] = ()

    judge: str | None = None
    """Model and prompt that judged, where one did."""


class Clock(Value):
    """What differs from run to run."""

    made_at: datetime
    seconds: float

    latency_ms: Mapping[str, float]
    """Quantiles of an answer's whole time: p50, p95; and of each step."""


class Run(Value):
    """One set, asked of one service."""

    format: int = FORMAT

    dataset: str
    """Name of the set."""

    data_sha256: str
    """Checksum of the set; only runs on the same data can be compared."""

    server: str | None = None
    """Address of the server, where it was not in process."""

    limit: int | None = None
    seed: int = 1
    versions: Versions

    n: NonNegativeInt
    """Items asked."""

    unscored: NonNegativeInt
    """Items without scores: counted here, and in no rate."""

    measures: Mapping[str, RateTable]

    tokens: Mapping[str, float] = {}
    """Sums and means of what a model was paid."""

    clock: Clock
    items: tuple[ItemResult, ...]

    def same_answers(self, other: "Run") -> bool:
        """Whether two runs are the same but for their times, and for what made them."""
        out = {"clock": True, "versions": True, "server": True, "items": {"__all__": {"times"}}}
        return self.model_dump(exclude=out) == other.model_dump(exclude=out)  # type: ignore[arg-type] # pydantic's IncEx

    def write(self, path: Path) -> None:
        """Write it as JSON.

        Raises:
            RunError: it cannot be written.
        """
        write(path, dumps(self.model_dump(mode="json")))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one.

        Raises:
            RunError: there is none, or of another format.
        """
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(document, dict) and document.get("format") not in {None, FORMAT}:
                raise RunError(f"{path} is of format {document['format']}; this release reads {FORMAT}. Run it again.")
            return cls.model_validate(document)
        except OSError as error:
            raise RunError(f"{path}: {error.strerror}. `evals run` makes such a file.") from error
        except (ValidationError, ValueError) as error:
            raise RunError(f"{path} is no file that `evals run` made: {str(error).splitlines()[0]}") from error


def write(path: Path, text: str) -> None:
    """Write a file, and its folder where there is none.

    Raises:
        RunError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RunError(f"{path} cannot be written: {error.strerror}.") from error


def dumps(document: Any) -> str:
    """JSON with a line an item, so that differences between two runs can be read."""
    if isinstance(document, dict) and "items" in document:
        head = json.dumps({**document, "items": []}, ensure_ascii=False, indent=1)
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in document["items"])
        return head.removesuffix('"items": []\n}') + f'"items": [\n{lines}\n]}}\n'
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def gold_of(item: Item) -> dict[str, Any]:
    """What is right for an item, as a run keeps it."""
    support = [one.model_dump(exclude_none=True, exclude={"start", "end"}) for one in item.support]
    if isinstance(item, Sample):
        answers = [answer.model_dump(exclude_none=True, exclude={"speakers"}) for answer in item.answers]
        return {"status": item.status, "answers": answers, "support": support}
    return {"verdict": item.verdict, "support": support}


class Partial:
    """Results kept while a run goes on, so that one cut short can be taken up again.

    A file beside the run's own, with a line for what is measured, then one a result.

    Raises:
        RunError: it cannot be written.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._path = path
        self.done: dict[str, ItemResult] = {}
        """Results of an earlier try that still hold, by item."""
        first = json.dumps({"fingerprint": fingerprint})
        try:
            # A run that was killed may have been in the middle of a character.
            kept = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
            lines = kept.split("\n")
            self.resumed = lines[0] == first
            """Whether an earlier try asked exactly this."""
            if self.resumed:
                self.done = {result.id: result for result in _results(lines[1:]) if result.unscored is None}
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join([first, *(one.model_dump_json() for one in self.done.values()), ""]), "utf-8")
        except OSError as error:
            raise RunError(f"Nothing can be written beside {path}: {error.strerror}. Give another --out.") from error

    def add(self, result: ItemResult) -> None:
        """Keep one result."""
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(f"{result.model_dump_json()}\n")

    def remove(self) -> None:
        """The run is whole: drop the file."""
        self._path.unlink(missing_ok=True)


def _results(lines: Iterable[str]) -> Iterable[ItemResult]:
    for line in lines:
        try:
            yield ItemResult.model_validate_json(line)
        except ValidationError:
            return  # the line that was being written when the run was cut short; it is asked again
