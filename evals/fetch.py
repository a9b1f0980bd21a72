"""Public sets, downloaded where there is a network and checked by their SHA-256."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import httpx

from evals.datasets import DatasetError


class PublicSet(NamedTuple):
    """A set that anybody may download."""

    url: str
    sha256: str
    size: int
    """In bytes."""
    licence: str
    about: str

    @property
    def file(self) -> str:
        """What it is called on disk."""
        return self.url.rsplit("/", 1)[1]


_XQUAD = "https://github.com/deepmind/xquad/raw/master/xquad.{}.json"
_ARCD = "https://raw.githubusercontent.com/husseinmozannar/SOQAL/master/data/arcd-train.json"

# Sizes and checksums are those that Hugging Face's `datasets` recorded when it downloaded these files
# (dataset_infos.json of xquad and arcd); they were not downloaded again for this project.
PUBLIC_SETS = {
    "xquad-en": PublicSet(
        _XQUAD.format("en"),
        "e4c57d1c9143aaa1c5d265ba5987a65f4e69528d2a98f29d6e75019b10344f29",
        609_383,
        "CC BY-SA 4.0",
        "XQuAD (Artetxe et al., 2019), English: 240 paragraphs, 1,190 questions",
    ),
    "xquad-ar": PublicSet(
        _XQUAD.format("ar"),
        "abdabd7afed5c635d99cca0f3f0d0c9d9ed0bc77451e963c2e4e0638c29e486d",
        1_582_988,
        "CC BY-SA 4.0",
        "the same paragraphs and questions in Arabic",
    ),
    "arcd": PublicSet(
        _ARCD,
        "6a973fda9f0b066e0547a85a3396e7294fa917e24b6efd7ce430769033a6ce15",
        939_840,
        "MIT",
        "ARCD (Mozannar et al., 2019), its training part: 693 Arabic questions on Wikipedia",
    ),
}


def fetch(name: str, folder: Path, advance: Callable[[int], None] = lambda _: None) -> Path:
    """Download a public set into a folder, unless it is there already.

    Args:
        name: one of `PUBLIC_SETS`.
        folder: where it is put.
        advance: told of bytes as they come.

    Returns:
        The file.

    Raises:
        DatasetError: there is no such set, no network, or what came is not the set.
    """
    if name not in PUBLIC_SETS:
        raise DatasetError(f"There is no public set {name!r}. There are: {', '.join(PUBLIC_SETS)}.")
    wanted = PUBLIC_SETS[name]
    target = folder / wanted.file
    if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == wanted.sha256:
        return target
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(f"{folder} cannot be made: {error.strerror}. Give --to another folder.") from error
    coming = target.with_name(f"{target.name}.part")
    try:
        digest = _download(wanted, coming, advance)
        if digest != wanted.sha256:
            raise DatasetError(
                f"{wanted.url} gave another file than expected (SHA-256 {digest}, not {wanted.sha256}): it was changed "
                "there, or on the way. Nothing was kept."
            )
        coming.replace(target)
    finally:
        coming.unlink(missing_ok=True)
    return target


def _download(wanted: PublicSet, path: Path, advance: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    try:
        with httpx.stream("GET", wanted.url, follow_redirects=True, timeout=60) as response, path.open("wb") as stream:
            response.raise_for_status()
            for block in response.iter_bytes():
                stream.write(block)
                digest.update(block)
                advance(len(block))
    except httpx.HTTPStatusError as error:
        raise DatasetError(f"{wanted.url} answers HTTP {error.response.status_code}. Nothing was kept.") from error
    except httpx.HTTPError as error:
        raise DatasetError(
            f"{httpx.URL(wanted.url).host} cannot be reached ({error or type(error).__name__}): there is no network "
            f"here, or it lets nothing through. Download {wanted.url} where there is one, put it anywhere, and give "
            "its path to `evals run`."
        ) from error
    return digest.hexdigest()
