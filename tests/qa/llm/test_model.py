"""The model's owner gives a checked value or an error of ours, whatever the endpoint says."""

import asyncio
import json
from typing import Any

import httpx
import pytest
import respx
from llm_wire import (
    ASKED,
    NOT_NOW,
    URL,
    Listed,
    Said,
    ask,
    bodies,
    chunk,
    completion,
    event,
    hear,
    refusal,
    run,
    settings,
    streamed,
)

from ingest.settings import LlmSettings
from prompts import load
from qa.answer import Usage
from qa.errors import ModelError, ModelUnavailableError
from qa.llm import Completion, Model
from qa.llm.breaker import FAILURES
from qa.llm.capped import MOST_BYTES

PAID = Usage(prompt_tokens=7, completion_tokens=3)
TWICE = Usage(prompt_tokens=14, completion_tokens=6)
RIGHT = (
    '{"n": 3}',
    '```json\n{"n": 3}\n```',
    '\n```\n{"n": 3}```  ',
    'Here you are: {"n": 3}. Anything else?',
    '{} no, this: {"n": 3} {',
    '<think>Is {"n": 4} right? No.</think>\n{"n": 3}',
    'Is {"n": 4} right? No.</think>{"n": 3}',
)
WRONG = ("", "  ", None, "no", "[]", '{"n": "x"}', '{"n": 1, "m": 2}', '{"n": 1', [{"type": "text"}], "{" * 9_000)


@pytest.mark.parametrize("content", RIGHT)
def test_a_reply_is_a_value_with_its_cost(chat: respx.Route, model: Model, content: str) -> None:
    """Plain, fenced, among words or after thoughts; tokens as the endpoint counts them."""
    chat.mock(return_value=completion(content))

    assert Completion(Said(n=3), PAID) == ask(model)
    assert chat.calls[0].request.headers["authorization"] == "Bearer k"


@pytest.mark.parametrize("content", RIGHT)
def test_a_streamed_reply_is_its_pieces_and_then_the_value(chat: respx.Route, model: Model, content: str) -> None:
    """The pieces are the text; thoughts that are marked from their beginning are not among them."""
    chat.mock(return_value=streamed(*content))

    *pieces, last = hear(model)

    assert Completion(Said(n=3), PAID) == last
    assert content.partition("</think>")[2] * content.startswith("<think>") or content == "".join(pieces)


def test_a_call_says_what_is_asked_for(chat: respx.Route, model: Model) -> None:
    """Messages, form, length, and what makes two calls alike; a stream ends with its usage."""
    chat.mock(side_effect=[completion('{"n": 3}'), streamed('{"n": 3}')])

    ask(model)
    hear(model)

    schema = {
        "type": "object",
        "description": "What is asked for.",
        "properties": {"n": {"type": "integer"}},
        "required": ["n"],
        "additionalProperties": False,
    }
    whole, stream = bodies(chat)
    assert {
        "model": "small",
        "messages": [{"role": "system", "content": "Say JSON."}, {"role": "user", "content": "How many?"}],
        "max_tokens": 1200,
        "temperature": 0,
        "seed": 1,
        "response_format": {"type": "json_schema", "json_schema": {"name": "Said", "strict": True, "schema": schema}},
    } == whole
    assert whole | {"stream": True, "stream_options": {"include_usage": True}} == stream


@pytest.mark.parametrize("content", WRONG)
def test_a_wrong_reply_is_corrected_once(chat: respx.Route, model: Model, content: Any) -> None:
    """The model is shown what it said and told what was wrong with it; both calls are paid for."""
    chat.mock(side_effect=[completion(content), completion('{"n": 3}')])

    assert Completion(Said(n=3), TWICE) == ask(model)
    *given, last = bodies(chat)[1]["messages"]
    told = load("correction/v1").part("malformed", problem="~").partition("~")
    assert (
        last["role"],
        last["content"].startswith(told[0]),
        last["content"].endswith(told[2]),
    ) == ("user", True, True)
    said = content.strip() if isinstance(content, str) else ""
    assert ([{"role": "assistant", "content": said[:4_000]}] if said else []) == given[2:]


@pytest.mark.parametrize("content", WRONG)
def test_a_reply_that_is_wrong_twice_is_an_error(chat: respx.Route, model: Model, content: Any) -> None:
    """Nothing is guessed from it, and nobody asks a third time."""
    chat.mock(return_value=completion(content))

    with pytest.raises(ModelError, match="did not say what it was asked for, twice") as caught:
        ask(model)
    assert (caught.value.retryable, chat.call_count) == (False, 2)


def test_a_wrong_stream_is_corrected_as_a_whole(chat: respx.Route, model: Model) -> None:
    """Its pieces were given; the completion is the truth."""
    chat.mock(side_effect=[streamed('{"n": ', '"x"}'), completion('{"n": 3}')])

    assert ['{"n": ', '"x"}', Completion(Said(n=3), TWICE)] == hear(model)
    assert ["stream" in body for body in bodies(chat)] == [True, False]


CUT = '{"items": [{"n": 1}, {"n": 2}, {"n": '


@pytest.mark.parametrize("text", [CUT, CUT + '"]}{', "<think>\\n</think>" + CUT, '{"items": [{"n": 1}, {"n": 2}'])
def test_of_a_reply_that_is_cut_short_the_whole_items_are_kept(chat: respx.Route, model: Model, text: str) -> None:
    """What was streamed is not taken back; nothing is asked again that would be cut short again."""
    chat.mock(side_effect=[completion(text, "length"), streamed(text, finish="length")])
    kept = Completion(Listed(items=(Said(n=1), Said(n=2))), PAID)

    assert (kept, kept) == (ask(model, Listed), hear(model, Listed)[-1])


@pytest.mark.parametrize("text", ["", '{"items": [', '{"items": [{"n": "', '{"items": [{"n": "x"}, {"n": 2}, ', "no"])
def test_a_reply_that_is_cut_short_at_once_names_the_setting(chat: respx.Route, model: Model, text: str) -> None:
    """One call: another would be cut short, too."""
    chat.mock(return_value=completion(text, "length"))

    with pytest.raises(ModelError, match="QA_LLM__ANSWER_TOKENS"):
        ask(model, Listed)
    assert chat.call_count == 1


def test_a_whole_reply_at_the_limit_is_whole(chat: respx.Route, model: Model) -> None:
    """Servers say `length` also where the last token was the closing one."""
    chat.mock(return_value=completion('{"items": [{"n": 1}], "whole": true}', "length"))

    assert Listed(items=(Said(n=1),), whole=True) == ask(model, Listed).value


@pytest.mark.parametrize(
    "answer",
    [
        completion(None, refusal="I cannot help."),
        completion(None, "content_filter"),
        streamed(finish="content_filter"),
        httpx.Response(
            200,
            headers={"content-type": "text/event-stream"},
            content=chunk(None, refusal="I cannot ") + chunk(None, "stop", refusal="help."),
        ),
    ],
)
def test_a_refusal_is_final(chat: respx.Route, model: Model, answer: httpx.Response) -> None:
    """In its own field, or by a filter: no correction changes it."""
    chat.mock(return_value=answer)

    with pytest.raises(ModelError, match=r"I cannot help|content filter"):
        hear(model) if "event" in answer.headers["content-type"] else ask(model)
    assert chat.call_count == 1


@pytest.mark.parametrize(
    "answer",
    [
        *(
            httpx.Response(200, json=one)
            for one in ({}, [], 5, None, {"choices": []}, {"choices": None}, {"choices": "x"})
        ),
        httpx.Response(200, json={"choices": [{"message": None}]}),
        httpx.Response(200, json={"error": {"message": "out of memory"}}),
        httpx.Response(200, text="<html>", headers={"content-type": "application/json"}),
        httpx.Response(200, text="<html>", headers={"content-type": "text/html"}),
        httpx.Response(200, text="[" * 100_000, headers={"content-type": "application/json"}),
        httpx.Response(200, json={"choices": "x" * (MOST_BYTES + 1)}),
        httpx.Response(200, content=b"\x1f\x8b", headers={"content-encoding": "gzip"}, stream=None),
    ],
)
def test_what_is_no_completion_is_an_error(chat: respx.Route, model: Model, answer: httpx.Response) -> None:
    """A page of a proxy, an error with status 200, megabytes, what is compressed: one call each."""
    chat.mock(return_value=answer)

    with pytest.raises(ModelError, match="Check QA_LLM__BASE_URL") as caught:
        ask(model)
    assert (caught.value.retryable, chat.call_count) == (False, 1)


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None}, {"prompt_tokens": -1}, "many"])
def test_usage_may_be_missing(chat: respx.Route, model: Model, usage: Any) -> None:
    """Some servers count nothing, or strangely: none is an honest number."""
    document = completion('{"n": 1}').json() | {"usage": usage}
    chat.mock(side_effect=[httpx.Response(200, json=document), streamed('{"n": 1}', tail=event({"usage": usage}))])

    assert (Usage(), Usage()) == (ask(model).usage, hear(model)[-1].usage)


def test_a_cost_that_nobody_counted_is_not_known(chat: respx.Route) -> None:
    """An endpoint without usage is not free of charge."""
    document = completion('{"n": 1}').json() | {"usage": None}
    chat.mock(return_value=httpx.Response(200, json=document))

    assert ask(Model(settings(model="gpt-4o"))).usage == Usage()


def test_a_used_up_account_is_final(chat: respx.Route, model: Model) -> None:
    """It comes with the status of an overload, and no waiting helps."""
    error = {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}
    chat.mock(return_value=httpx.Response(429, json=error))

    with pytest.raises(ModelError, match="Check the account") as caught:
        ask(model)
    assert (caught.value.retryable, chat.call_count) == (False, 1)


def test_a_stream_that_calls_itself_otherwise_is_a_stream(chat: respx.Route, model: Model) -> None:
    """Some servers give events the type of a whole reply; nothing is asked for twice."""
    said = streamed('{"n": 3}')
    said.headers["content-type"] = "application/json"
    chat.mock(return_value=said)

    assert hear(model) == ['{"n": 3}', Completion(Said(n=3), PAID)]
    assert chat.call_count == 1


def test_a_known_model_has_its_cost(chat: respx.Route) -> None:
    """By the table of prices; corrections are paid for, too."""
    chat.mock(side_effect=[completion("no"), completion('{"n": 3}')])

    assert pytest.approx((14 * 2.5 + 6 * 10) / 1e6) == ask(Model(settings(model="gpt-4o"))).usage.cost_usd


def test_without_settings_there_is_no_model() -> None:
    """The message names the variables."""
    with pytest.raises(ModelError, match="QA_LLM__BASE_URL"):
        Model(LlmSettings())


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
@pytest.mark.parametrize("asking", [ask, hear])
def test_overload_is_tried_again_and_then_retryable(chat: respx.Route, model: Model, status: int, asking: Any) -> None:
    """As often as the settings say; then an error that tells when to try."""
    chat.mock(return_value=refusal(status, **{"retry-after-ms": "2"}))

    with pytest.raises(ModelUnavailableError) as caught:
        asking(model)
    assert (caught.value.retryable, caught.value.retry_after, chat.call_count) == (True, 0.002, 2)


@pytest.mark.parametrize(
    "trouble", [httpx.ConnectError("no route"), httpx.ReadTimeout("slow"), httpx.ReadError(""), NOT_NOW]
)
def test_a_try_that_is_answered_is_enough(chat: respx.Route, model: Model, trouble: Any) -> None:
    """Whatever became of the first one."""
    chat.mock(side_effect=[trouble, completion('{"n": 3}'), trouble, streamed('{"n": 3}')])

    assert (Said(n=3), Said(n=3)) == (ask(model).value, hear(model)[-1].value)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 422])
def test_a_refused_call_is_final(chat: respx.Route, model: Model, status: int) -> None:
    """One try; the message names the settings to check. A wrong key opens no breaker."""
    chat.mock(return_value=refusal(status))

    for _ in range(FAILURES + 1):
        with pytest.raises(ModelError, match="QA_LLM__MODEL") as caught:
            ask(model)
        assert caught.value.retryable is False
    assert chat.call_count == FAILURES + 1


def test_passages_that_do_not_fit_name_the_setting(chat: respx.Route, model: Model) -> None:
    """The endpoint's complaint of too many tokens is no complaint of `max_tokens`."""
    told = "This model's maximum context length is 4096 tokens; reduce max_tokens or use max_completion_tokens."
    chat.mock(return_value=refusal(400, told))

    with pytest.raises(ModelError, match="QA_LLM__CONTEXT_TOKENS"):
        ask(model)
    assert chat.call_count == 1


def test_a_long_wait_is_not_waited_for(chat: respx.Route, model: Model) -> None:
    """The caller is told how long instead."""
    chat.mock(return_value=refusal(429, **{"retry-after": "30"}))

    with pytest.raises(ModelUnavailableError) as caught:
        ask(model)
    assert (caught.value.retry_after, chat.call_count) == (30, 1)


@pytest.mark.parametrize("retries", [0, 1])
def test_a_failing_endpoint_is_left_alone(chat: respx.Route, retries: int) -> None:
    """After failures in a row nobody waits for it: the error comes at once and says how long."""
    chat.mock(return_value=NOT_NOW)
    model = Model(settings(retries=retries))

    for _ in range(FAILURES * 2):
        with pytest.raises(ModelUnavailableError) as caught:
            ask(model)
    assert "left alone" in str(caught.value)
    assert 10 < (caught.value.retry_after or 0) <= 15
    assert chat.call_count == FAILURES


def test_answers_between_failures_keep_it_closed(chat: respx.Route) -> None:
    """Only failures in a row count; an answer that is no value is an answer."""
    chat.mock(side_effect=[NOT_NOW] * 4 + [completion('{"n": 3}')] + [NOT_NOW] * 4 + [streamed('{"n": 3}'), NOT_NOW])
    model = Model(settings(retries=4))

    assert (Said(n=3), Said(n=3)) == (ask(model).value, hear(model)[-1].value)


def test_a_stream_that_breaks_off_is_asked_for_again_as_a_whole(chat: respx.Route, model: Model) -> None:
    """Pieces that came stay given; an error told in the midst of it counts the same."""
    for tail in (event({"error": {"message": "overloaded", "code": 503}}), b'data: {"x\n\n'):
        chat.mock(side_effect=[streamed('{"n"', finish=None, tail=tail), completion('{"n": 3}')])
        if b"error" in tail:
            assert ['{"n"', Completion(Said(n=3), PAID)] == hear(model)
        else:
            with pytest.raises(ModelError, match="gave no completion"):
                hear(model)


def test_a_stream_that_just_ends_is_corrected(chat: respx.Route, model: Model) -> None:
    """Neither a reason nor an end: what came is judged as it is."""
    chat.mock(
        side_effect=[
            streamed('{"n"', finish=None, tail=b""),
            completion('{"n": 3}'),
            streamed('{"n": 4}', finish=None, tail=b""),
        ]
    )

    assert (Said(n=3), Said(n=4)) == (hear(model)[-1].value, hear(model)[-1].value)


def test_an_error_told_in_a_stream_may_be_final(chat: respx.Route, model: Model) -> None:
    """Its code says so where there is no status any more."""
    chat.mock(return_value=streamed(finish=None, tail=event({"error": {"message": "bad prompt", "code": "400"}})))

    with pytest.raises(ModelError, match="refused: bad prompt"):
        hear(model)
    assert chat.call_count == 1


@pytest.mark.parametrize("tail", [b"data: " + b"x" * (MOST_BYTES + 1), b": no\n" * 300_000, chunk("x" * 600_000) * 2])
def test_a_stream_is_not_held_beyond_a_bound(chat: respx.Route, model: Model, tail: bytes) -> None:
    """Neither one endless event, nor one of many lines, nor text without end."""
    chat.mock(return_value=streamed("{", finish=None, tail=tail))

    with pytest.raises(ModelError, match="sent what is no answer"):
        hear(model)


def test_a_long_stream_of_thoughts_is_let_through(chat: respx.Route, model: Model) -> None:
    """What is dropped once read needs no bound but time."""
    thoughts = chunk(None, reasoning_content="hm " * 1_000) * 400
    chat.mock(return_value=streamed(finish=None, tail=thoughts + chunk('{"n": 3}', "stop")))

    assert Said(n=3) == hear(model)[-1].value


def test_one_model_serves_many_loops_in_turn(chat: respx.Route, model: Model) -> None:
    """Connections belong to a loop; what was learnt and counted is the model's."""
    chat.mock(return_value=completion('{"n": 3}'))

    assert [Said(n=3)] * 3 == [run(lambda: model.complete(ASKED, Said)).value for _ in range(3)]


def test_calls_take_turns(chat: respx.Route) -> None:
    """No more than the settings allow are under way; who gives up waiting leaves nothing behind."""
    most = under_way = 0

    async def answer(_: httpx.Request) -> httpx.Response:
        nonlocal most, under_way
        under_way += 1
        most = max(most, under_way)
        try:
            await asyncio.sleep(0.02)
        finally:
            under_way -= 1
        return completion('{"n": 3}')

    async def many() -> int:
        model = Model(settings(max_concurrent=2))
        tasks = [asyncio.create_task(model.complete(ASKED, Said)) for _ in range(8)]
        await asyncio.sleep(0.01)
        tasks[0].cancel()
        tasks[7].cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        await model.aclose()
        return sum(isinstance(one, Completion) for one in done)

    chat.mock(side_effect=answer)

    assert (run(many), most) == (6, 2)


def test_a_turn_that_never_comes_is_given_up(chat: respx.Route) -> None:
    """Waiting counts to the time that a question may take, and is nobody's failure."""

    async def answer(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.15)
        return completion('{"n": 3}')

    async def many() -> list[Any]:
        model = Model(settings(max_concurrent=1, timeout_seconds=0.2))
        done = await asyncio.gather(*(model.complete(ASKED, Said) for _ in range(20)), return_exceptions=True)
        await model.aclose()
        return done

    chat.mock(side_effect=answer)
    done = run(many)

    assert ["too many calls" in str(one) for one in done if isinstance(one, ModelUnavailableError)][-2:] == [True] * 2
    assert Said(n=3) == done[0].value


def test_the_settings_address_is_all_that_is_called(chat: respx.Route, model: Model) -> None:
    """As JSON, with nothing of the question in the address."""
    chat.mock(return_value=completion('{"n": 3}'))
    ask(model)

    request = chat.calls[0].request
    assert (f"{URL}/chat/completions", "identity") == (str(request.url), request.headers["accept-encoding"])
    assert json.loads(request.content)["model"] == "small"
