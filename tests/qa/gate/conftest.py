"""The archive that the hostile-model suite puts its drafts to."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from hostile_drafts import ALIASES, Checked, check, pages, samples

from ingest.aliases import Aliases
from ingest.library import Library
from qa.bootstrap import Service


@pytest.fixture(scope="session")
def newsroom(
    tmp_path_factory: pytest.TempPathFactory, opened_over: Callable[..., AbstractContextManager[Service]]
) -> Iterator[Library]:
    """An archive of the suite's articles, whose newsroom has listed their speakers. Read only."""
    with opened_over(tmp_path_factory.mktemp("hostile")) as service:
        library = replace(service.library, aliases=Aliases.load(ALIASES))
        report = Service(library, service.settings).ingest(pages(), lambda _: None)
        assert report.failed == []
        yield library


@pytest.fixture(scope="session")
def checked(newsroom: Library) -> tuple[Checked, ...]:
    """All drafts, and what the gate made of each."""
    return tuple(check(newsroom, sample) for sample in samples())
