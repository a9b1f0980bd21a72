"""`qa doctor` says what works, what does not, and what a model's endpoint supports."""

import json
from pathlib import Path
from typing import Any

import pytest
from model_server import (
    Answer,
    Call,
    broken,
    drip,
    empty,
    garbage,
    hanging,
    model_server,
    storm,
    without_schema,
    without_usage,
)  # fmt: skip
from typer.testing import CliRunner, Result

from ingest.domain import Page
from ingest.settings import Settings
from qa.bootstrap import open_service
from qa.cli import app
from qa.doctor import Report

KEPT = '{"colour": "violet", "count": 1}'
HELLO = '{"hello": "world"}'
ADDRESS = "http://127.0.0.1:9/v1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one article, embedded by the bundled model."""
    made = tmp_path_factory.mktemp("doctor")
    with open_service(Settings(data_dir=made)) as service:
        service.ingest([Page(source="1", id="one", text="A ferry sank. Nobody was hurt.")], lambda _: None)
    return made


@pytest.fixture(autouse=True)
def _settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(folder))
    monkeypatch.setenv("QA_LLM__RETRIES", "0")
    monkeypatch.setenv("QA_LLM__TIMEOUT_SECONDS", "2")


def doctor(*options: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["doctor", *options])


def found(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is found of an endpoint."""
    with model_server(answer) as server:
        monkeypatch.setenv("QA_LLM__BASE_URL", server.base_url)
        monkeypatch.setenv("QA_LLM__MODEL", "fake")
        result = doctor("--json")
    report = Report.model_validate_json(result.stdout)
    assert result.exit_code == (0 if report.ok else 1)
    assert report.model is not None
    assert report.ok == report.model.answers
    return report.model.model_dump()


def test_without_a_model_answers_are_extractive() -> None:
    """Which is no failure."""
    result = doctor()

    assert result.exit_code == 0
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "ok     archive", "ok     embedder", "ok     model",
    ]  # fmt: skip
    assert "1 articles, 1 passages" in result.stdout
    assert "answers are extractive" in result.stdout
    assert json.loads(doctor("--json").stdout)["mode"] == "extractive"


def test_without_an_archive_something_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said with what to do, and none is made."""
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "none"))
    result = doctor()

    assert result.exit_code == 1
    assert "FAILED archive: There is no archive" in result.stdout
    assert not (tmp_path / "none").exists()


def test_an_embedder_that_is_another_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive's vectors are not its own."""
    monkeypatch.setenv("QA_EMBEDDING__BASE_URL", ADDRESS)
    monkeypatch.setenv("QA_EMBEDDING__MODEL", "other")
    result = doctor()

    assert result.exit_code == 1
    assert "FAILED" in result.stdout
    assert "ingest rebuild" in result.stdout


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        (KEPT, "json_schema_enforced"),
        (HELLO, "json_schema_accepted"),
        (empty(), "json_schema_accepted"),
        (without_schema(HELLO, json_object=True), "json_object"),
        (without_schema(KEPT), "text"),
    ],
)
def test_how_a_form_can_be_asked_for_is_found_out(answer: Answer, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By asking in words for another form than the schema has."""
    model = found(answer, monkeypatch)

    assert {"answers": True, "form": form, "usage": True, "listed": True} == {
        name: model[name] for name in ("answers", "form", "usage", "listed")
    }
    assert model["whole_ms"] > 0


def test_what_an_endpoint_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens, and the parameters that it does not take."""
    model = found(without_usage(KEPT), monkeypatch)

    assert tuple(model[name] for name in ("answers", "streams", "usage", "left_out")) == (
        True,
        True,
        False,
        ("stream_options",),
    )


def test_an_endpoint_that_does_not_stream_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers all the same."""

    def refuse(call: Call) -> Any:
        return broken(400, "Streaming is not supported: 'stream'") if call.stream else KEPT

    model = found(refuse, monkeypatch)

    assert (model["answers"], model["streams"], model["left_out"]) == (True, False, ("stream",))


@pytest.mark.parametrize(
    "answer", [hanging(), storm("3600"), broken(), broken(401, "no such key"), garbage(), drip(0.2, KEPT)]
)
def test_an_endpoint_that_does_not_answer_fails(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its trouble in words, and exit code 1."""
    assert found(answer, monkeypatch)["trouble"].startswith("The model fake at http://127.0.0.1:")


def test_an_address_without_a_server_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """People are told in a line."""
    monkeypatch.setenv("QA_LLM__BASE_URL", ADDRESS)
    monkeypatch.setenv("QA_LLM__MODEL", "fake")
    result = doctor()

    assert result.exit_code == 1
    assert f"FAILED model: The model fake at {ADDRESS} did not answer" in result.stdout


def test_facts_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the model's line."""
    with model_server(KEPT) as server:
        monkeypatch.setenv("QA_LLM__BASE_URL", server.base_url)
        monkeypatch.setenv("QA_LLM__MODEL", "fake")
        result = doctor()

    assert result.exit_code == 0
    for fact in ("by JSON schema, which replies keep to", "streams", "counts tokens", "QA_LLM__PRICES", "reply in"):
        assert fact in result.stdout


def test_a_table_of_prices_that_is_none_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is called."""
    monkeypatch.setenv("QA_LLM__BASE_URL", ADDRESS)
    monkeypatch.setenv("QA_LLM__MODEL", "fake")
    monkeypatch.setenv("QA_LLM__PRICES", str(tmp_path / "none.tsv"))

    assert "FAILED model: QA_LLM__PRICES" in doctor().stdout
