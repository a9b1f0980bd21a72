"""The endpoint on the wire, and the model behind it."""

from collections.abc import Iterator

import pytest
import respx
from llm_wire import URL, settings

from qa.llm import Model


@pytest.fixture
def chat() -> Iterator[respx.Route]:
    """Stand in for the endpoint on the wire."""
    with respx.mock(base_url=URL, assert_all_called=False) as router:
        yield router.post("/chat/completions")


@pytest.fixture
def model() -> Model:
    """The model behind it; one try more where it is not answered."""
    return Model(settings())
