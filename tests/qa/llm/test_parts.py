"""The breaker, the waits, the prices and the reading of replies, each by itself."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_wire import Listed, Said

from ingest.errors import SettingsError
from qa.errors import ModelError, ModelUnavailableError
from qa.llm.breaker import Breaker, LeftAloneError
from qa.llm.prices import Price, price_of
from qa.llm.reading import Aloud, MalformedError, value_of, whole_part
from qa.llm.waiting import asked_to_wait

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


class Clock:
    """A clock that is set."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The breaker's clock."""
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    """Opens after two failures, for ten seconds."""
    return Breaker("It", failures=2, seconds=10, clock=clock)


def fail(breaker: Breaker, asked: float | None = None) -> None:
    """One failed call."""
    with pytest.raises(ModelUnavailableError), breaker.guarding():
        raise ModelUnavailableError("away", retry_after=asked)


def test_a_breaker_opens_after_failures_in_a_row(breaker: Breaker, clock: Clock) -> None:
    """And says how long it stays open."""
    fail(breaker)
    breaker.check()
    fail(breaker)
    clock.now = 4

    for refused in (breaker.check, lambda: breaker.guarding().__enter__()):
        with pytest.raises(LeftAloneError) as caught:
            refused()
        assert caught.value.retry_after == 6


def test_an_open_breaker_lets_one_call_try(breaker: Breaker, clock: Clock) -> None:
    """Others wait for what comes of it; an answer closes it, a failure opens it for as long again."""
    fail(breaker)
    fail(breaker)
    clock.now = 10
    with breaker.guarding(), pytest.raises(LeftAloneError):
        breaker.check()
    breaker.check()
    fail(breaker)
    fail(breaker)
    clock.now = 20
    fail(breaker)
    clock.now = 29

    with pytest.raises(LeftAloneError):
        breaker.check()


def test_a_try_that_is_given_up_says_nothing(breaker: Breaker, clock: Clock) -> None:
    """The next one tries."""
    fail(breaker)
    fail(breaker)
    clock.now = 10
    with pytest.raises(asyncio.CancelledError), breaker.guarding():
        raise asyncio.CancelledError

    breaker.check()
    fail(breaker)
    with pytest.raises(LeftAloneError):
        breaker.check()


def test_an_answer_that_begins_closes_a_breaker(breaker: Breaker, clock: Clock) -> None:
    """Others call while a stream goes on; one that breaks off is the first failure again."""
    fail(breaker)
    fail(breaker)
    clock.now = 10
    with pytest.raises(ModelUnavailableError), breaker.guarding():  # noqa: PT012 - what is called in the midst of it
        breaker.answered()
        breaker.check()
        raise ModelUnavailableError("cut")

    breaker.check()
    fail(breaker)
    with pytest.raises(LeftAloneError):
        breaker.check()


def test_an_answer_of_any_kind_closes_a_breaker(breaker: Breaker) -> None:
    """A refusal comes from an endpoint that is there."""
    for _ in range(3):
        fail(breaker)
        with pytest.raises(ModelError), breaker.guarding():
            raise ModelError("wrong key")

    breaker.check()


@pytest.mark.parametrize(("asked", "expected"), [(3, 10), (30, 30), (9_000, 60)])
def test_an_endpoint_may_ask_to_be_left_alone_for_longer(breaker: Breaker, asked: float, expected: float) -> None:
    """But not for ever."""
    fail(breaker)
    fail(breaker, asked)

    with pytest.raises(LeftAloneError) as caught:
        breaker.check()
    assert caught.value.retry_after == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "2"}, 2),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "Tue, 24 Nov 2026 12:00:07 GMT"}, 7),
        ({"retry-after": "Tue, 24 Nov 2026 12:00:07 -0000"}, 7),
        ({"retry-after": "Tue, 24 Nov 2026 11:00:00 GMT"}, 0),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_a_wait_is_read_in_every_form(headers: dict[str, str], expected: float | None) -> None:
    """Milliseconds, seconds, a date; what is no time is none."""
    assert expected == asked_to_wait(headers, NOW)


@given(st.text(max_size=40))
def test_any_text_is_a_wait_or_none(text: str) -> None:
    """An endpoint can send what it likes."""
    wait = asked_to_wait({"retry-after": text}, NOW)
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt-4o", Price(2.5, 10)),
        ("GPT-4o-mini", Price(0.15, 0.6)),
        ("gpt-4-turbo-2024-04-09", Price(10, 30)),
        ("gpt-4o-audio-preview", None),
        ("qwen2.5:7b", None),
        ("", None),
    ],
)
def test_the_bundled_table_has_known_prices(model: str, expected: Price | None) -> None:
    """A model that it does not name has none, be its name similar."""
    assert expected == price_of(model)


def test_an_installations_prices_come_first(tmp_path: Path) -> None:
    """Local models may be free; the first line that matches counts."""
    path = tmp_path / "prices.tsv"
    path.write_text("# ours\n\nqwen*\t0\t0\t2026-01-01\ngpt-4o\t1\t2\nqwen2\t9\t9\n", encoding="utf-8")

    assert [Price(0, 0), Price(1, 2), Price(2, 8)] == [price_of(name, path) for name in ("qwen2", "gpt-4o", "gpt-4.1")]


@pytest.mark.parametrize("line", ["qwen", "qwen\t1", "qwen\tfree\t0", "qwen\t-1\t0", "qwen\tnan\t0", "qwen 1 2"])
def test_a_line_that_is_no_price_is_told(tmp_path: Path, line: str) -> None:
    """With its file and number."""
    path = tmp_path / "prices.tsv"
    path.write_text(f"# ours\n{line}\n", encoding="utf-8")

    with pytest.raises(SettingsError, match="line 2"):
        price_of("qwen", path)


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The message names the variable."""
    with pytest.raises(SettingsError, match="QA_LLM__PRICES"):
        price_of("qwen", tmp_path / "none.tsv")


TEXTS = st.text(alphabet=st.sampled_from('{}[]":,\\ nitems1x<>/hkليس\n'), max_size=60)


@given(TEXTS)
def test_any_reply_is_a_value_or_malformed(text: str) -> None:
    """Nothing else is raised, whatever a model says."""
    for schema in (Said, Listed):
        try:
            found = value_of(text, schema)
        except MalformedError as error:
            found = str(error)
        assert isinstance(found, schema) or 0 < len(found) <= 201
        assert whole_part(text, schema) is None or isinstance(whole_part(text, schema), schema)


@given(st.lists(st.integers(), max_size=5), st.text(alphabet="abc \n`:", max_size=20), st.text(max_size=20))
def test_a_value_is_found_among_words(numbers: list[int], before: str, after: str) -> None:
    """Whatever stands before it or after it, but other objects and thoughts."""
    value = Listed(items=tuple(Said(n=n) for n in numbers), whole=True)
    text = before + value.model_dump_json() + after.replace("{", "").replace("</think>", "")

    assert value == value_of(text, Listed)


@given(st.lists(st.integers(), min_size=1, max_size=5), st.integers(min_value=0, max_value=200))
def test_what_is_kept_of_a_cut_reply_are_its_first_items(numbers: list[int], cut: int) -> None:
    """Each whole, none made up, and as many as were complete."""
    said = Listed(items=tuple(Said(n=n) for n in numbers), whole=True).model_dump_json()[:cut]
    kept = whole_part(said, Listed)

    complete = said.partition("[")[2].count("}")
    assert ([Said(n=n) for n in numbers][:complete] or None) == (list(kept.items) if kept else None)


@given(st.text(max_size=30), st.integers(min_value=1, max_value=5))
def test_thoughts_are_left_out_however_they_are_cut(text: str, size: int) -> None:
    """And what is said aloud comes whole."""
    text = text.replace("<think>", "")
    for said, expected in ((f"<think>{text.replace('</think>', '')}</think>{text}", text), (f"{{{text}", f"{{{text}")):
        aloud = Aloud()
        assert expected == "".join(aloud.hear(said[at : at + size]) for at in range(0, len(said), size))


@pytest.mark.parametrize("text", ["```" + " " * 900_000, "```" + "a" * 900_000, '{"a":' * 150_000, '"\\' * 400_000])
def test_a_long_reply_is_read_in_a_moment(text: str) -> None:
    """However it is meant to keep a reader busy."""
    with pytest.raises(MalformedError):
        value_of(text, Listed)
    assert whole_part(text, Listed) is None
