"""/openapi.json describes the service as it is: its routes, and every body it gives."""

import json
import re
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

ROUTES = {
    "/v1/ask": {"post"},
    "/v1/search": {"post"},
    "/v1/articles": {"get", "post"},
    "/v1/articles/{article_id}": {"get", "delete"},
    "/v1/figures": {"get"},
    "/v1/chat/completions": {"post"},
    "/v1/models": {"get"},
    "/v1/models/{model_id}": {"get"},
    "/healthz": {"get"},
    "/readyz": {"get"},
}

CHAT = {"messages": [{"role": "user", "content": "How many civilians?"}]}


@pytest.fixture
def spec(http: httpx.Client) -> dict[str, Any]:
    """The description that the service gives of itself."""
    described: dict[str, Any] = http.get("/openapi.json").json()
    return described


def resolved(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference within the description."""
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    found: dict[str, Any] = spec["components"]["schemas"][name] if name else schema
    return found


def body_schema(spec: dict[str, Any], path: str, method: str, status: int) -> dict[str, Any]:
    """Schema of a response's JSON body."""
    response = spec["paths"][path][method]["responses"][str(status)]
    schema: dict[str, Any] = response["content"]["application/json"]["schema"]
    return schema


def faults(spec: dict[str, Any], schema: dict[str, Any], body: object) -> list[str]:
    """What is wrong with a body by its schema."""
    validator = Draft202012Validator({**schema, "components": spec["components"]})
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(body)]


def undocumented(spec: dict[str, Any], schema: dict[str, Any], body: object, path: str = "$") -> list[str]:
    """Fields of a body that differ from its schema's: missing ones and strange ones, at every depth."""
    schema = resolved(spec, schema)
    for choice in schema.get("anyOf", []):
        if "$ref" in choice and body is not None:
            return undocumented(spec, choice, body, path)
    if isinstance(body, dict) and "properties" in schema:
        found = [f"{path}.{name}" for name in schema["properties"].keys() ^ body.keys()]
        for name, value in body.items():
            found += undocumented(spec, schema["properties"].get(name, {}), value, f"{path}.{name}")
        return found
    if isinstance(body, list):
        return [fault for one in body for fault in undocumented(spec, schema.get("items", {}), one, f"{path}[]")]
    return []


def test_routes(spec: dict[str, Any]) -> None:
    """Every route is described, with exactly its methods."""
    for path, methods in ROUTES.items():
        assert methods == spec["paths"][path].keys()
    assert spec["openapi"].startswith("3.1")


def test_every_route_says_what_it_gives(spec: dict[str, Any]) -> None:
    """Each operation has words, an id of its own, and a model for its success."""
    operations = [(path, method, spec["paths"][path][method]) for path, methods in ROUTES.items() for method in methods]

    assert len(operations) == len({operation["operationId"] for _, _, operation in operations})
    for path, method, operation in operations:
        assert operation["summary"]
        assert operation["description"]
        schema = resolved(spec, body_schema(spec, path, method, 200))
        assert schema["type"] == "object"


def test_one_shape_for_every_error(spec: dict[str, Any]) -> None:
    """Every error of every route is described by the contract's shape, or OpenAI's; FastAPI's own is nowhere."""
    assert "HTTPValidationError" not in json.dumps(spec)
    for path, methods in ROUTES.items():
        shape = "OpenAIErrorResponse" if path.startswith(("/v1/chat", "/v1/models")) else "ErrorResponse"
        for method in methods:
            responses = spec["paths"][path][method]["responses"]
            assert "422" in responses
            for status in responses.keys() - {"200"}:
                assert body_schema(spec, path, method, int(status)) == {"$ref": f"#/components/schemas/{shape}"}


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("/v1/ask", "post", {"200", "413", "422", "503"}),
        ("/v1/search", "post", {"200", "413", "422", "503"}),
        ("/v1/articles", "post", {"200", "413", "422", "503"}),
        ("/v1/articles", "get", {"200", "422"}),
        ("/v1/figures", "get", {"200", "422"}),
        ("/v1/articles/{article_id}", "get", {"200", "404", "422"}),
        ("/v1/articles/{article_id}", "delete", {"200", "404", "422", "503"}),
        ("/v1/chat/completions", "post", {"200", "404", "413", "422", "500", "503"}),
        ("/v1/models", "get", {"200", "422", "500"}),
        ("/v1/models/{model_id}", "get", {"200", "404", "422", "500"}),
        ("/readyz", "get", {"200", "422", "503"}),
    ],
)
def test_statuses(spec: dict[str, Any], path: str, method: str, statuses: set[str]) -> None:
    """A route names every status it gives."""
    assert statuses <= spec["paths"][path][method]["responses"].keys()


def test_stream_is_described(spec: dict[str, Any]) -> None:
    """Asking gives JSON or an event stream."""
    content = spec["paths"]["/v1/ask"]["post"]["responses"]["200"]["content"]

    assert {"application/json", "text/event-stream"} == content.keys()


def test_ledger_is_described(spec: dict[str, Any]) -> None:
    """Its parameters are each in words, and it gives JSON or a table."""
    operation = spec["paths"]["/v1/figures"]["get"]
    asked = {parameter["name"]: parameter for parameter in operation["parameters"] if parameter["in"] == "query"}

    assert {"application/json", "text/csv"} == operation["responses"]["200"]["content"].keys()
    assert {"speaker", "unit", "place", "date_from", "date_to", "value", "article_id", "cursor", "limit"} < asked.keys()
    assert all("description" in parameter["schema"] or "description" in parameter for parameter in asked.values())


def test_request_is_described(spec: dict[str, Any]) -> None:
    """A question's schema has the contract's fields and bounds, each in words."""
    schema = resolved(spec, spec["paths"]["/v1/ask"]["post"]["requestBody"]["content"]["application/json"]["schema"])

    assert schema["required"] == ["question"]
    assert {"question", "history", "filters", "top_k", "answer_language", "stream"} == schema["properties"].keys()
    assert tuple(schema["properties"]["question"][key] for key in ("minLength", "maxLength")) == (1, 2_000)
    assert tuple(schema["properties"]["top_k"][key] for key in ("default", "maximum")) == (8, 50)
    assert all("description" in field for field in schema["properties"].values())
    assert schema["additionalProperties"] is False


def test_real_bodies_are_as_described(http: httpx.Client, spec: dict[str, Any]) -> None:
    """Real responses fit their schemas, with every field described and every described field there."""
    record = {"id": "new", "title": None, "text": "A mosaic was found."}
    calls = [
        ("/v1/ask", "post", 200, http.post("/v1/ask", json={"question": "How many civilians?"})),
        ("/v1/ask", "post", 422, http.post("/v1/ask", json={})),
        ("/v1/chat/completions", "post", 200, http.post("/v1/chat/completions", json=CHAT)),
        ("/v1/chat/completions", "post", 422, http.post("/v1/chat/completions", json={})),
        ("/v1/models", "get", 200, http.get("/v1/models")),
        ("/v1/models/{model_id}", "get", 404, http.get("/v1/models/other")),
        ("/v1/search", "post", 200, http.post("/v1/search", json={"query": "civilians"})),
        ("/v1/articles", "get", 200, http.get("/v1/articles?limit=1")),
        ("/v1/articles", "post", 200, http.post("/v1/articles", json={"articles": [record, 1]})),
        ("/v1/articles/{article_id}", "get", 200, http.get("/v1/articles/sana")),
        ("/v1/articles/{article_id}", "get", 404, http.get("/v1/articles/none")),
        ("/v1/articles/{article_id}", "delete", 200, http.delete("/v1/articles/sana")),
        ("/v1/figures", "get", 200, http.get("/v1/figures?unattributed=true")),
        ("/v1/figures", "get", 422, http.get("/v1/figures?limit=0")),
        ("/healthz", "get", 200, http.get("/healthz")),
        ("/readyz", "get", 200, http.get("/readyz")),
    ]
    for path, method, status, response in calls:
        schema = body_schema(spec, path, method, status)

        assert status == response.status_code
        assert faults(spec, schema, response.json()) == []
        assert undocumented(spec, schema, response.json()) == []


def test_answers_of_the_demo_are_as_described(demo_http: httpx.Client, spec: dict[str, Any]) -> None:
    """Answers from the demo fit the schema, in both languages."""
    schema = body_schema(spec, "/v1/ask", "post", 200)
    for question in ("How many civilians were killed near al-Susah?", "كم شخصاً قُتل في سيول وادي السدر؟"):
        body = demo_http.post("/v1/ask", json={"question": question}).json()

        assert faults(spec, schema, body) == []
        assert undocumented(spec, schema, body) == []


def test_records_are_described_as_taken(http: httpx.Client, spec: dict[str, Any]) -> None:
    """A record that the schema allows is taken, with nulls where nothing is known."""
    request = resolved(
        spec, spec["paths"]["/v1/articles"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    )
    fields = ("id", "url", "outlet", "title", "author", "published_at", "language")
    body = {
        "articles": [{"text": "A mosaic.", **dict.fromkeys(fields)}, {"id": "h", "html": "<p>A mosaic of words.</p>"}]
    }

    assert faults(spec, request, body) == []
    assert http.post("/v1/articles", json=body).json()["failed"] == []


def test_docs_need_no_other_server(http: httpx.Client) -> None:
    """/docs reads /openapi.json, and what it loads comes from this service."""
    page = http.get("/docs")
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", page.text)

    assert page.headers["content-type"].startswith("text/html")
    assert "/openapi.json" in page.text
    assert len(loaded) >= 2
    assert [http.get(address).status_code for address in loaded] == [200] * len(loaded)
    assert "://" not in "".join(loaded)
