"""What can be set from outside, read once at an entry point.

Every setting is an environment variable: `QA_` and the field's name, nested names joined by two
underscores (`QA_EMBEDDING__BASE_URL`). An empty variable counts as unset. Where a model is named without an address,
`OPENAI_BASE_URL` and `OPENAI_API_KEY` are read, too.
"""

import os
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import pydantic_settings
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError


def _http_address(value: str) -> str:
    """Refuse what is no address of a web server; `host:port` alone would be read as something else."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError(f"{value!r} is no address such as http://127.0.0.1:8000")
    return value


HttpAddress = Annotated[str, AfterValidator(_http_address)]


class EmbeddingSettings(BaseModel):
    """Which model embeds: the bundled one, or an OpenAI-compatible endpoint."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    base_url: HttpAddress | None = None
    """Address of an OpenAI-compatible API (`http://127.0.0.1:8080/v1`); unset: the bundled model."""

    model: str | None = None
    """Name of the endpoint's embedding model; needed with `base_url`."""

    api_key: SecretStr | None = None
    """Key for the endpoint, where it asks for one."""

    timeout_seconds: PositiveFloat = 60.0
    """How long one call may take, in seconds, before it is tried again."""

    batch_size: PositiveInt = 64
    """Texts in one call to the endpoint."""


class LlmSettings(BaseModel):
    """Which model drafts answers: one behind an OpenAI-compatible endpoint, or none."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    base_url: HttpAddress | None = None
    """Address of an OpenAI-compatible API (`http://127.0.0.1:11434/v1`); unset: `OPENAI_BASE_URL`, or OpenAI's own
    where there is a key. Without a model's name, nothing is called."""

    model: str | None = None
    """Name of the endpoint's model; unset: no model drafts, and answers are the sources' own words."""

    api_key: SecretStr | None = None
    """Key for the endpoint, where it asks for one; unset: `OPENAI_API_KEY`."""

    timeout_seconds: PositiveFloat = 60.0
    """How long one call may take, in seconds, before it is tried again; all tries together may take 30 seconds more."""

    retries: NonNegativeInt = 2
    """How often a call is tried again that was refused for now (408, 409, 429, 5xx) or got no answer."""

    max_concurrent: PositiveInt = 8
    """Calls under way at once; others wait for their turn."""

    context_tokens: Annotated[PositiveInt, Field(ge=1_000)] = 8_192
    """The model's window, in tokens: prompt, passages and reply have to fit."""

    answer_tokens: Annotated[PositiveInt, Field(ge=64)] = 1_200
    """Tokens that its reply may have."""

    structured: Literal["auto", "json_schema", "json_object", "text"] = "auto"
    """How the reply's form is asked for; `auto`: by JSON schema, by less where the endpoint refuses that."""

    fallback: bool = False
    """Whether a question is answered in the sources' own words while the model is not available."""

    second_look: bool = False
    """Whether a second call asks the model if each quote says what its claim does (`prompts/verify`)."""

    prompt: Annotated[str, Field(pattern=r"^answer/v[0-9]+$")] = "answer/v1"
    """The prompt's version."""

    prices: Path | None = None
    """File of prices that are added to the bundled table, in the same form (`qa/data/prices.tsv`)."""


class Settings(BaseSettings):
    """Everything that can be configured, with defaults that work offline."""

    model_config = SettingsConfigDict(
        env_prefix="QA_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        use_attribute_docstrings=True,
    )

    data_dir: Path = Path(".onrecord")
    """Folder that holds everything the service keeps."""

    chroma_url: HttpAddress | None = None
    """Address of a `chroma run` server that several processes share; unset: Chroma inside this process."""

    aliases: Path | None = None
    """File of bodies and persons known besides the bundled ones, in JSON Lines (`ingest.aliases`); unset:
    `aliases.jsonl` in `data_dir`, where there is one."""

    embedding: EmbeddingSettings = Field(default_factory=EmbeddingSettings)
    """Which model embeds passages and questions."""

    llm: LlmSettings = Field(default_factory=LlmSettings)
    """Which model drafts answers, and judges them in `evals run --judge`."""

    late_interaction: bool = True
    """Whether passages are also ranked by their tokens, with the bundled encoder, whichever model embeds them.

    Token vectors take 48 bytes a token in the archive. `ingest rebuild` makes them, or takes them out."""

    max_article_mb: PositiveFloat = 5.0
    """Largest article taken in, in megabytes of its source."""

    max_request_mb: PositiveFloat = 50.0
    """Largest HTTP request body taken in, in megabytes."""

    grace_seconds: PositiveInt = 20
    """How long requests under way may still take once the server is told to stop, in seconds."""


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: a variable has a value that cannot be used; the message names it.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "QA_" + "__".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg']}. Correct the variable or unset it.") from error
    except pydantic_settings.SettingsError as error:
        named = re.search(r'field "(\w+)"', str(error))
        name = f"QA_{named[1].upper()}" if named else "QA_EMBEDDING"
        raise SettingsError(f"{name}: set {name}__BASE_URL and its like, one variable each.") from error
    settings = settings.model_copy(update={"llm": _completed(settings.llm)})
    _whole("QA_EMBEDDING", settings.embedding, "unset them to use the bundled model")
    _whole("QA_LLM", settings.llm, "unset them to do without a model")
    return settings


_OPENAI = "https://api.openai.com/v1"


def _completed(llm: LlmSettings) -> LlmSettings:
    """Fill in what the usual `OPENAI_*` variables say; a key of theirs goes to no other address than theirs."""
    address, key = os.environ.get("OPENAI_BASE_URL"), os.environ.get("OPENAI_API_KEY")
    if not llm.model or llm.base_url or not (address or key or llm.api_key):
        return llm
    try:
        base_url = _http_address(address or _OPENAI)
    except ValueError as error:
        raise SettingsError(f"OPENAI_BASE_URL: {error}. Correct the variable, or set QA_LLM__BASE_URL.") from error
    return llm.model_copy(update={"base_url": base_url, "api_key": llm.api_key or (SecretStr(key) if key else None)})


def _whole(prefix: str, endpoint: EmbeddingSettings | LlmSettings, otherwise: str) -> None:
    if not endpoint.base_url and (endpoint.model or endpoint.api_key):
        raise SettingsError(
            f"{prefix}__MODEL or {prefix}__API_KEY is set without {prefix}__BASE_URL: give the endpoint's address, or "
            f"{otherwise}."
        )
    if endpoint.base_url and not endpoint.model:
        raise SettingsError(f"{prefix}__BASE_URL is set without {prefix}__MODEL: name the endpoint's model.")
