"""Settings come from QA_ variables alone, and one that cannot be used is named."""

from pathlib import Path

import pytest

from ingest.errors import SettingsError
from ingest.settings import read_settings


def test_defaults_work_offline() -> None:
    """Nothing set: data in `.onrecord`, Chroma inside the process, the bundled model."""
    settings = read_settings()

    assert (Path(".onrecord"), None) == (settings.data_dir, settings.chroma_url)
    assert (settings.embedding.base_url, settings.embedding.model, settings.embedding.api_key) == (None, None, None)


def test_every_setting_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nested names are joined by two underscores."""
    for name, value in {
        "DATA_DIR": "/data", "CHROMA_URL": "http://127.0.0.1:8000", "MAX_ARTICLE_MB": "1.5", "MAX_REQUEST_MB": "7",
        "EMBEDDING__BASE_URL": "https://e.com/v1", "EMBEDDING__MODEL": "m", "EMBEDDING__API_KEY": "s3cret",
        "EMBEDDING__TIMEOUT_SECONDS": "2.5", "EMBEDDING__BATCH_SIZE": "8",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"QA_{name}", value)
    settings = read_settings()

    assert (Path("/data"), "http://127.0.0.1:8000") == (settings.data_dir, settings.chroma_url)
    assert (settings.max_article_mb, settings.max_request_mb) == (1.5, 7)
    embedding = settings.embedding
    assert (
        embedding.base_url, embedding.model, embedding.timeout_seconds, embedding.batch_size,
    ) == ("https://e.com/v1", "m", 2.5, 8)  # fmt: skip
    assert embedding.api_key is not None
    assert embedding.api_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("name", ["DATA_DIR", "CHROMA_URL", "EMBEDDING__BASE_URL", "MAX_ARTICLE_MB"])
def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """An empty data folder is not the working directory."""
    default = read_settings()
    monkeypatch.setenv(f"QA_{name}", "")

    assert default == read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QA_MAX_ARTICLE_MB", "much"), ("QA_MAX_ARTICLE_MB", "0"), ("QA_MAX_REQUEST_MB", "-1"),
        ("QA_EMBEDDING__BATCH_SIZE", "0"), ("QA_EMBEDDING__TIMEOUT_SECONDS", "soon"), ("QA_EMBEDDING__MODLE", "x"),
        ("QA_CHROMA_URL", "127.0.0.1:8000"), ("QA_CHROMA_URL", "localhost:8000"), ("QA_CHROMA_URL", "http://"),
        ("QA_CHROMA_URL", "http://localhost:99999"), ("QA_EMBEDDING__BASE_URL", "e.com/v1"), ("QA_EMBEDDING", "{"),
        ("QA_LLM", "{"), ("QA_LLM__BASE_URL", "e.com/v1"), ("QA_LLM__TIMEOUT_SECONDS", "0"), ("QA_LLM__MODLE", "x"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The message begins with the variable; a misspelt one is found too."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=f"^{name}: "):
        read_settings()


def test_an_endpoint_needs_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address alone does not say what to ask for."""
    monkeypatch.setenv("QA_EMBEDDING__BASE_URL", "http://127.0.0.1:8080/v1")

    with pytest.raises(SettingsError, match="QA_EMBEDDING__MODEL"):
        read_settings()


def test_a_secret_stays_out_of_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is not repeated because another setting is wrong."""
    monkeypatch.setenv("QA_EMBEDDING__API_KEY", "s3cret")
    monkeypatch.setenv("QA_EMBEDDING__BATCH_SIZE", "many")

    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "s3cret" not in str(caught.value)
