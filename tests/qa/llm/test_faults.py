"""Faults of a real server, over real sockets: no call hangs, no task is left over, a call given up is stopped."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from time import perf_counter
from typing import Any

import pytest
from llm_wire import Listed, run, settings
from model_server import (
    Answer,
    broken,
    cut,
    drip,
    dropped,
    empty,
    fenced,
    garbage,
    hanging,
    huge,
    model_server,
    refusing,
    slow,
    storm,
    truncated,
    without_schema,
    without_usage,
    wrong_schema,
)  # fmt: skip

from qa.answer import Usage
from qa.errors import ModelError, ModelRefusedError, ModelUnavailableError
from qa.llm import Completion, Message, Model
from qa.llm.breaker import Breaker

RIGHT = '{"items": [{"n": 1}, {"n": 2}, {"n": 3}], "whole": true}'
ASKED = (Message("user", "How many?"),)
TIMEOUT = 0.3
BOUND = TIMEOUT + 1.5 + 1.0
"""All tries of a question, and what a busy machine adds."""

BAD: dict[str, tuple[Answer, type[ModelError]]] = {
    "hanging": (hanging(), ModelUnavailableError),
    "hanging after its head": (hanging(headers=True), ModelUnavailableError),
    "slow": (slow(60, RIGHT), ModelUnavailableError),
    "dripping": (drip(0.05, RIGHT), ModelUnavailableError),
    "dropped": (dropped(), ModelUnavailableError),
    "cut": (cut(60, RIGHT), ModelUnavailableError),
    "storm": (storm("0"), ModelUnavailableError),
    "storm for an hour": (storm("3600"), ModelUnavailableError),
    "broken": (broken(), ModelUnavailableError),
    "garbage": (garbage(), ModelError),
    "garbage of brackets": (garbage(b"[" * 50_000), ModelError),
    "wrong schema": (wrong_schema(), ModelError),
    "refusing": (refusing(), ModelRefusedError),
    "empty": (empty(), ModelRefusedError),
    "huge": (huge(), ModelError),
}
GOOD: dict[str, Answer] = {
    "plain": RIGHT,
    "slow": slow(0.1, RIGHT),
    "fenced": fenced(RIGHT),
    "without schema": without_schema(RIGHT),
    "with objects": without_schema(RIGHT, json_object=True),
    "without usage": without_usage(RIGHT),
    "truncated": truncated(RIGHT, 0.75),
}


async def whole(model: Model) -> Completion[Any]:
    """Ask for a whole reply."""
    return await model.complete(ASKED, Listed)


async def stream(model: Model) -> Completion[Any]:
    """Ask for a streamed one; gives its completion."""
    *pieces, last = [piece async for piece in model.stream(ASKED, Listed)]
    assert isinstance(last, Completion)
    assert all(isinstance(piece, str) for piece in pieces)
    return last


Asking = Callable[[Model], Awaitable[Completion[Any]]]
BOTH = pytest.mark.parametrize("asking", [whole, stream])


def asked(address: str, asking: Asking, times: int = 1, **fields: Any) -> list[Any]:
    """Ask a server so often at once; gives completions and errors."""

    async def work() -> list[Any]:
        model = Model(settings(**{"base_url": address, "timeout_seconds": TIMEOUT} | fields))
        done = await asyncio.gather(*(asking(model) for _ in range(times)), return_exceptions=True)
        await model.aclose()
        return done

    return run(work)


@BOTH
@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_an_error_of_ours_in_time(fault: str, asking: Asking) -> None:
    """Within the time that a question may take, with the server still holding on or long gone."""
    answer, expected = BAD[fault]
    with model_server(answer) as server:
        began = perf_counter()
        (error,) = asked(server.base_url, asking)

        assert expected is type(error)
        assert perf_counter() - began < BOUND
        if fault not in {"dropped", "cut"}:  # there the server goes away, not we
            assert server.wait(lambda: all(call.finished or call.disconnected for call in server.calls))


@BOTH
@pytest.mark.parametrize("kind", GOOD)
def test_what_an_endpoint_lacks_is_done_without(kind: str, asking: Asking) -> None:
    """Schemas, tokens, speed, an end: the value is there."""
    with model_server(GOOD[kind]) as server:
        (said,) = asked(server.base_url, asking)

        assert [1, 2, 3][: len(said.value.items)] == [one.n for one in said.value.items] != []
        assert (said.usage == Usage()) == (kind == "without usage")


@BOTH
@pytest.mark.parametrize("fault", BAD)
def test_a_fault_that_passes_is_survived(fault: str, asking: Asking) -> None:
    """The second call is answered: a retry, or the one correction; what is final stays so."""
    answer, expected = BAD[fault]
    with model_server([answer, RIGHT]) as server:
        (said,) = asked(server.base_url, asking, retries=1, timeout_seconds=1.2)

        final = fault in {"garbage", "garbage of brackets", "refusing", "huge", "storm for an hour"}
        assert isinstance(said, expected if final else Completion)


@BOTH
@pytest.mark.parametrize("fault", ["hanging", "dripping", "cut", "storm", "garbage", "huge"])
def test_many_at_once_end_as_one_does(fault: str, asking: Asking) -> None:
    """Turns are given back however a call ended; the server is not stormed in return."""
    answer, _ = BAD[fault]
    with model_server(answer) as server:
        began = perf_counter()
        done = asked(server.base_url, asking, 24, max_concurrent=8)

        assert [isinstance(one, ModelError) for one in done] == [True] * 24
        assert perf_counter() - began < BOUND + 2
        assert len(server.chats) <= 48


def test_a_stream_that_is_closed_stops_the_call() -> None:
    """At the wire, and at once."""
    with model_server(slow(0, RIGHT)) as server:

        async def work() -> None:
            model = Model(settings(base_url=server.base_url, timeout_seconds=30, max_concurrent=1))
            server.say(drip(0.001, RIGHT))
            async with aclosing(model.stream(ASKED, Listed)) as said:
                assert isinstance(await anext(said), str)
            assert server.wait(lambda: server.calls[0].disconnected, 2)
            server.say(RIGHT)
            assert (await model.complete(ASKED, Listed)).value.whole  # its turn was given back
            await model.aclose()

        run(work)


@BOTH
def test_a_task_that_is_cancelled_stops_the_call(asking: Asking) -> None:
    """Wherever it waited."""
    with model_server(hanging()) as server:

        async def work() -> None:
            model = Model(settings(base_url=server.base_url, timeout_seconds=30, max_concurrent=1))
            tasks = [asyncio.create_task(asking(model)) for _ in range(3)]
            assert await asyncio.to_thread(server.wait, lambda: bool(server.calls))
            for task in tasks:
                task.cancel()
            done = await asyncio.gather(*tasks, return_exceptions=True)
            assert [asyncio.CancelledError] * 3 == [type(one) for one in done]
            assert await asyncio.to_thread(server.wait, lambda: server.calls[0].disconnected, 2)
            server.say(RIGHT)
            assert (await model.complete(ASKED, Listed)).value.whole
            await model.aclose()

        run(work)


def test_a_failing_server_is_left_alone_and_tried_again() -> None:
    """Errors come at once while it is; then one call tries, and all is well."""
    with model_server(broken(503)) as server:

        async def work() -> None:
            breaker = Breaker("It", failures=3, seconds=0.2)
            model = Model(settings(base_url=server.base_url, retries=0), breaker=breaker)
            for _ in range(10):
                with pytest.raises(ModelUnavailableError):
                    await whole(model)
            assert len(server.calls) == 3
            server.say(RIGHT)
            await asyncio.sleep(0.2)
            assert (await whole(model)).value.whole
            await model.aclose()

        run(work)
