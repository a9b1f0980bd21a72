"""How long it takes to read all figures and speakers of an archive, on one core."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from evals.bench.results import Measurement, times
from evals.datasets import load_pages
from evals.figures import speakers_by_default
from ingest.articles import to_article
from ingest.figures import read_figures

_GOAL = "under 30 for 804 articles"


def reading(path: Path, stage: Callable[[str], None]) -> Iterator[Measurement]:
    """Read the figures of every article, then who says what in it; each once, in this thread.

    Args:
        path: articles as JSON Lines.
        stage: told what is measured next, or that there are no articles.

    Raises:
        DatasetError: there is no such file, or an article of it cannot be read.
    """
    texts = [to_article(page).text for page in load_pages(path)]
    attribute = speakers_by_default()
    stage(f"reading figures of {len(texts)} articles")
    (figures,) = times(partial(_each, read_figures, texts), 1)
    stage(f"reading speakers of {len(texts)} articles")
    (speakers,) = times(partial(_each, attribute, texts), 1)
    whole = figures + speakers
    yield _row(f"figures of {len(texts):,} articles", round(figures, 2), "s")
    yield _row(f"speakers of {len(texts):,} articles", round(speakers, 2), "s")
    yield _row(f"both of {len(texts):,} articles, on one core", round(whole, 2), "s").model_copy(update={"goal": _GOAL})
    yield _row("both", round(len(texts) / whole, 1), "articles/s")


def _each(read: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        read(text)


def _row(name: str, value: float, unit: str) -> Measurement:
    return Measurement(group="reading", name=name, value=value, unit=unit)
