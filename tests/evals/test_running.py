"""A run asks every item once, scores what it can, says what it cannot, and can be taken up again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from evals_fakes import Ideal, Spoil, alter_digit, refuse

from evals.datasets import Dataset
from evals.doors import Door
from evals.running import Plan, draw, run
from evals.runs import Partial, Run, RunError

Asked = Callable[..., Run]


@pytest.fixture
def ask(small: Dataset, ideal: Ideal, tmp_path: Path) -> Asked:
    """What runs the small set on its ideal service, spoiled or not."""

    def asked(spoil: Spoil = lambda _: None, plan: Plan | None = None, app: Any = None, *, again: bool = False) -> Run:
        served = app or ideal.app(spoil)
        if not again:
            (tmp_path / "run.partial").unlink(missing_ok=True)

        async def whole() -> Run:
            transport = httpx.ASGITransport(served, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
                door = Door(client, "the service")
                await door.fill(small.pages, lambda _: None)
                which = plan or Plan()
                partial = Partial(tmp_path / "run.partial", which.fingerprint(small))
                return await run(small, door, which, partial=partial)

        return anyio.run(whole)

    return asked


def test_the_ideal_service_loses_nothing(ask: Asked) -> None:
    """Every rate is as good as it can be, and every item is scored."""
    made = ask()
    rates = {name: table.overall.rate for name, table in made.measures.items()}

    assert (made.n, made.unscored) == (6, 0)
    lower = {"hallucination_rate", "false_refusal_rate", "false_dispute_rate"}
    assert rates == {name: 0.0 if name in lower else 1.0 for name in rates}
    assert {"figure_accuracy", "speaker_accuracy", "verdict_macro_f1", "citation_integrity"} < rates.keys()


def test_rates_are_told_by_kind_by_language_and_across_languages(ask: Asked) -> None:
    """Each group has its rate and how many it is over."""
    table = ask(alter_digit).measures["strict_accuracy"]

    assert {name: rate.rate for name, rate in table.kind.items()} == {
        "disputed": 0.0,
        "false_premise": 1.0,
        "figure": 0.0,
        "when": 1.0,
    }
    assert {name: rate.n for name, rate in table.language.items()} == {"ar": 2, "en": 2}
    assert {name: rate.n for name, rate in table.cross_lingual.items()} == {"no": 3, "yes": 1}


def test_two_runs_are_the_same_but_for_their_times(ask: Asked) -> None:
    """Answers' ids and times are kept apart from what is compared."""
    one, other = ask(), ask()

    assert one.same_answers(other)
    [*others, last] = one.items
    later = last.model_copy(update={"answer": {**(last.answer or {}), "explanation": "another one"}})
    assert not one.same_answers(one.model_copy(update={"items": (*others, later)}))
    assert not one.same_answers(ask(refuse))
    assert {"id", "timings_ms"}.isdisjoint({*(one.items[0].answer or {}), *(one.items[0].answer or {})["trace"]})


def test_concurrency_changes_no_result(ask: Asked) -> None:
    """Items come in the set's order, however many are under way."""
    one = ask()

    assert one.same_answers(ask(plan=Plan(concurrency=3)))


def test_items_are_drawn_by_the_seed(small: Dataset) -> None:
    """The same seed draws the same items, in the set's order; another one others."""
    drawn = {seed: [item.id for item in draw(small, 3, seed)] for seed in range(8)}

    assert drawn[1] == [item.id for item in draw(small, 3, 1)]
    assert len({tuple(ids) for ids in drawn.values()}) > 1
    order = [item.id for item in small.items]
    assert all(ids == sorted(ids, key=order.index) for ids in drawn.values())
    assert [item.id for item in draw(small, 99, 1)] == order


def broken(ideal: Ideal, question: str, answer: Any) -> Any:
    """The ideal service, which answers one question with something else."""
    app = ideal.app()

    async def middle(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/v1/ask":
            await app(scope, receive, send)
            return
        body = (await receive())["body"]
        if json.loads(body)["question"] == question:
            await answer(scope, receive, send)
            return

        async def again() -> Any:
            return {"type": "http.request", "body": body}

        await app(scope, again, send)

    return middle


def says(status: int, body: bytes) -> Any:
    """An application that always says this."""

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (
            503,
            b'{"error": {"code": "index_unavailable", "message": "The index is away."}}',
            "HTTP 503: The index is away.",
        ),
        (500, b"oops", "HTTP 500, and no JSON"),
        (200, b"{}", "not the contract's"),
        (200, b"[]", "HTTP 200"),
        (200, b'{"status": "sure"}', "not the contract's"),
        (500, b'{"error": "boom"}', "HTTP 500: boom"),
        (500, b'{"error": null}', "HTTP 500"),
    ],
)
def test_an_item_without_an_answer_is_unscored_and_in_no_rate(
    ask: Asked, ideal: Ideal, status: int, body: bytes, reason: str
) -> None:
    """What failed is counted and says why; the rates are over the others."""
    made = ask(app=broken(ideal, "When did the dam at Wadi Nahl open?", says(status, body)))
    [lost] = [item for item in made.items if item.unscored]

    assert (made.n, made.unscored, lost.id, dict(lost.scores)) == (6, 1, "opened", {})
    assert reason in (lost.unscored or "")
    assert made.measures["status_accuracy"].overall.n == 3
    assert made.measures["status_accuracy"].overall.rate == 1.0


def test_claims_go_unscored_where_the_service_checks_none(ask: Asked, ideal: Ideal) -> None:
    """Without /v1/check there are no verdicts, and that is said of each claim."""
    made = ask(app=ideal.app(checks=False))

    assert [item.id for item in made.items if item.unscored] == ["c-dam", "c-raid"]
    assert "/v1/check" in (made.items[-1].unscored or "")
    assert "verdict_accuracy" not in made.measures


def test_another_mode_than_asked_for_ends_the_run(ask: Asked) -> None:
    """The service speaks in its sources' words where a model was to."""
    with pytest.raises(RunError, match=r"mode 'extractive', not 'llm'.*without a model. Start it with QA_LLM__"):
        ask(plan=Plan(mode="llm"))
    assert ask(plan=Plan(mode="extractive")).versions.mode == ("extractive",)


def test_a_run_cut_short_goes_on_where_it_was(ask: Asked, ideal: Ideal, tmp_path: Path) -> None:
    """What was answered is not asked again; what failed is, and so is the line that was half written."""
    whole = ask()
    kept = (tmp_path / "run.partial").read_text().splitlines(keepends=True)
    (tmp_path / "run.partial").write_text("".join(kept[:4]) + kept[4][:50])
    asked: list[str] = []

    again = ask(app=ideal.app(lambda document: asked.append(document.get("question", "claim"))), again=True)

    assert again.same_answers(whole)
    assert asked == ["كم قتيلاً سقط حين انهار سد وادي نحل؟", "claim", "claim"]


def test_results_of_another_plan_are_not_taken_over(ask: Asked, ideal: Ideal) -> None:
    """Another seed, set or mode asks everything anew."""
    ask()
    asked: list[str] = []

    ask(plan=Plan(seed=2), app=ideal.app(lambda document: asked.append(str(document))), again=True)

    assert len(asked) == 6


def test_the_run_says_what_was_measured(ask: Asked, small: Dataset) -> None:
    """Data, code, packages, prompt, embedder."""
    made = ask()

    assert (made.data_sha256, made.versions.prompt, made.versions.embedding) == (
        small.sha256, ("wording/v1",), ("ideal",),
    )  # fmt: skip
    assert (len(made.versions.code), len(made.versions.prompt_sha256[0])) == (64, 64)
    assert {"openai", "chromadb", "llama-index-core"} < made.versions.packages.keys()
    assert {"total p50", "total p95", "service embed p50"} <= made.clock.latency_ms.keys()


def test_a_run_is_written_and_read_back(ask: Asked, tmp_path: Path) -> None:
    """The file is the whole run, a line an item."""
    made = ask()
    made.write(tmp_path / "deep" / "run.json")

    assert Run.read(tmp_path / "deep" / "run.json") == made
    assert sum(line.startswith('{"id"') for line in (tmp_path / "deep" / "run.json").read_text().splitlines()) == 6


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"format": 1}', '{"format": 99}'])
def test_what_is_no_run_is_refused_by_name(tmp_path: Path, content: str | None) -> None:
    """A file that is missing, broken or of another format is an error that names it."""
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(RunError, match=r"run\.json"):
        Run.read(path)


def test_a_run_killed_within_a_character_goes_on(ask: Asked, tmp_path: Path) -> None:
    """The last line is asked again, whatever became of its bytes."""
    whole = ask()
    kept = (tmp_path / "run.partial").read_bytes()
    place = kept.rindex("كفر".encode())
    (tmp_path / "run.partial").write_bytes(kept[: place + 1])

    assert ask(again=True).same_answers(whole)


def test_other_settings_are_another_run(small: Dataset) -> None:
    """Results made with other settings are not mixed in, nor are those of another judge's absence."""
    plans = [Plan(settings={"late_interaction": value}) for value in (True, False)]

    assert plans[0].fingerprint(small) != plans[1].fingerprint(small)


def test_a_server_filled_in_part_is_filled_up(small: Dataset, ideal: Ideal) -> None:
    """What was sent before a run was cut short is not sent again."""
    app = ideal.app()

    async def filled() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            await client.post("/v1/articles", json={"articles": [{"id": "dam"}]})
            told: list[int] = []
            await Door(client, "the service").fill(small.pages, told.append)
            return told

    assert anyio.run(filled) == [1, 2]
