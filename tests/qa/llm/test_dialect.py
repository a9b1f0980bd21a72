"""What an endpoint refuses by name is said otherwise, and remembered."""

import json
from typing import Any

import httpx
import pytest
import respx
from llm_wire import Listed, Said, ask, bodies, completion, hear, refusal, settings, streamed

from ingest.domain import Value
from qa.drafts import DraftReply
from qa.errors import ModelError, ModelUnavailableError
from qa.llm import Completion, Model
from qa.llm.schema import strict_schema


class Picky:
    """An endpoint that refuses parameters, in OpenAI's words."""

    def __init__(self, *refused: str, status: int = 400, words: str = "Unsupported parameter: '{}'.") -> None:
        self._refused = refused
        self._status = status
        self._words = words

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Refuse the first parameter that is refused; else answer."""
        body = json.loads(request.content)
        form = (body.get("response_format") or {}).get("type")
        for name in self._refused:
            if name in {*body, form} or (name == "max_tokens" and name in body):
                told = "'max_tokens' is not supported, use 'max_completion_tokens'." if name == "max_tokens" else name
                return refusal(self._status, self._words.format(told))
        return streamed('{"n": 3}') if body.get("stream") else completion('{"n": 3}')


@pytest.mark.parametrize(
    ("refused", "changed"),
    [
        (("json_schema",), {"response_format": {"type": "json_object"}}),
        (("response_format",), {"response_format": None}),
        (("json_schema", "json_object"), {"response_format": None}),
        (("max_tokens",), {"max_tokens": None, "max_completion_tokens": 1200}),
        (("temperature",), {"temperature": None}),
        (("seed",), {"seed": None}),
        (("stream_options",), {"stream_options": None}),
        (("stream",), {"stream": None, "stream_options": None}),
        (
            ("max_tokens", "temperature", "seed", "json_schema", "json_object", "stream_options", "stream"),
            {
                "max_tokens": None, "max_completion_tokens": 1200, "temperature": None, "seed": None,
                "response_format": None, "stream_options": None, "stream": None,
            },
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [400, 422])
def test_what_is_refused_by_name_is_left_out(
    chat: respx.Route, model: Model, refused: tuple[str, ...], changed: dict[str, Any], status: int
) -> None:
    """The answer comes all the same; the next call says it right at once, and no more is left out than was refused."""
    chat.mock(side_effect=Picky(*refused, status=status))

    values = [hear(model)[-1].value, hear(model)[-1].value]

    assert [Said(n=3)] * 2 == values
    first, *_, last = bodies(chat)
    assert {name: value for name, value in (first | changed).items() if value is not None} == last
    assert bodies(chat)[-2] == last or "stream" not in last or len(bodies(chat)) <= len(refused) + 3


@pytest.mark.parametrize("form", ["json_schema", "json_object", "text"])
def test_a_form_that_the_settings_name_is_kept(chat: respx.Route, form: str) -> None:
    """A refusal of it is told, not gone round."""
    chat.mock(side_effect=[completion('{"n": 3}'), refusal(400, "response_format json_schema is not supported")])
    model = Model(settings(structured=form))

    assert Said(n=3) == ask(model).value
    assert (bodies(chat)[0].get("response_format") or {"type": "text"})["type"] == form
    with pytest.raises(ModelError, match="refused"):
        ask(model)


def test_a_broken_grammar_is_a_refusal_of_the_form(chat: respx.Route, model: Model) -> None:
    """Some servers fail with 500 over a schema that they cannot make a grammar of."""
    chat.mock(side_effect=Picky("json_schema", status=500, words="failed to parse grammar for {}"))

    assert Said(n=3) == ask(model).value
    assert chat.call_count == 2


def test_other_trouble_of_a_server_is_none(chat: respx.Route, model: Model) -> None:
    """A 500 that names a parameter of another kind is tried again as it was."""
    chat.mock(return_value=refusal(500, "temperature of the machine", **{"retry-after-ms": "1"}))

    with pytest.raises(ModelUnavailableError):
        ask(model)
    assert bodies(chat)[0] == bodies(chat)[1]


@pytest.mark.parametrize("told", ["an upstream was rude", "not your lucky day", "seeds are sown"])
def test_a_refusal_of_something_else_changes_nothing(chat: respx.Route, model: Model, told: str) -> None:
    """Words that only contain a parameter's name are none of it."""
    chat.mock(side_effect=[refusal(400, told), streamed('{"n": 3}')])

    with pytest.raises(ModelError, match=told):
        hear(model)
    assert Said(n=3) == hear(model)[-1].value
    assert bodies(chat)[0] == bodies(chat)[1]


def test_an_endpoint_that_refuses_everything_is_left(chat: respx.Route, model: Model) -> None:
    """Each step takes something away; then the refusal is final."""
    names = "temperature, seed, max_completion_tokens, response_format, stream_options and stream"
    chat.mock(return_value=refusal(400, f"bad: {names}"))

    with pytest.raises(ModelError, match="refused"):
        hear(model)
    assert 7 <= chat.call_count <= 8


def test_an_endpoint_that_does_not_stream_gives_the_whole(chat: respx.Route, model: Model) -> None:
    """One that answers with a whole completion where a stream was asked for is asked for no other."""
    chat.mock(return_value=completion('{"n": 3}'))

    assert [one.value.n for _ in range(2) for one in hear(model) if isinstance(one, Completion)] == [3, 3]
    assert ["stream" in body for body in bodies(chat)] == [True, False, False]


def objects(node: Any) -> list[dict[str, Any]]:
    """Every object of a schema, at any depth."""
    if isinstance(node, list):
        return [found for one in node for found in objects(one)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "object" else []
    return own + [found for one in node.values() for found in objects(one)]


@pytest.mark.parametrize("schema", [DraftReply, Said, Listed])
def test_a_schema_is_as_strict_mode_takes_it(schema: type[Value]) -> None:
    """Every object names all its fields as required and takes no other; no keyword that is refused."""
    strict = strict_schema(schema)

    found = objects(strict)
    assert found
    for one in found:
        assert (False, list(one["properties"])) == (one["additionalProperties"], one["required"])
    text = json.dumps(strict)
    assert [word for word in ('"default"', '"title"', '"maxLength"', '"minLength"', '"maxItems"') if word in text] == []


def test_a_field_may_be_called_as_a_keyword_is() -> None:
    """What is left out are keywords, no fields."""

    class Titled(Value):
        """A page."""

        title: str
        default: int = 0

    assert {"title", "default"} == strict_schema(Titled)["properties"].keys()
