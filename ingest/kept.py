"""Numbers kept with the bundled model, made by `evals centroids` from the demo archive."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

_FILE = "centroids.npz"


def kept(kind: str) -> Mapping[str, npt.NDArray[Any]]:
    """The kept numbers of one kind, by what follows the kind's name: `kept("passages")["ar"]`."""
    return {name.removeprefix(f"{kind}."): value for name, value in _all().items() if name.startswith(f"{kind}.")}


@cache
def kept_version(*kinds: str) -> str:
    """Short hash of the kept numbers of some kinds: what was derived from other numbers must be derived anew."""
    values = sorted((f"{kind}.{name}", value.tobytes()) for kind in kinds for name, value in kept(kind).items())
    return sha256(b"".join(name.encode() + value for name, value in values)).hexdigest()[:8]


@cache
def _all() -> dict[str, npt.NDArray[Any]]:
    with np.load(BytesIO(files("ingest").joinpath(_FILE).read_bytes())) as values:
        return {name: values[name] for name in values.files}
