"""Make what is derived anew from the archive: figures, embeddings, tokens' vectors, copies, the vector index."""

from collections.abc import Callable, Sequence

from ingest.archive import EmbedderMark, Vectors
from ingest.domain import Passage
from ingest.errors import TextRefusedError
from ingest.late import CODEC
from ingest.library import Library
from ingest.reread import read_due

_BATCH = 32
"""Passages embedded together: little is lost when killed."""


def _embed_all(library: Library, passages: Sequence[Passage]) -> Vectors:
    """Embed passages alone, without their tokens; of one that is refused, the error names the article and what to do.

    Raises:
        TextRefusedError: the endpoint would not take one of them.
    """
    try:
        return library.embedder.passages([passage.text for passage in passages])
    except TextRefusedError as error:
        for passage in passages:
            try:
                library.embedder.passages([passage.text])
            except TextRefusedError as refused:
                raise TextRefusedError(
                    f"{refused} It stands in the article {passage.article_id!r}: `ingest export` keeps a copy, `ingest "
                    "remove` takes it out; then run `ingest rebuild` again. Or set QA_EMBEDDING__* to another model."
                ) from error
        raise


def rebuild(
    library: Library,
    *,
    on_read: Callable[[int, int], None] = lambda _, __: None,
    on_embedded: Callable[[int], None] = lambda _: None,
    on_encoded: Callable[[int], None] = lambda _: None,
    on_indexed: Callable[[int], None] = lambda _: None,
) -> int:
    """Build the vector index anew from the archive, embedding again only what the embedder did not make.

    Figures are read again, every one. Vectors of tokens are made where they are missing, or taken out where late
    interaction is off. Copies are looked for among articles that were kept before this was done.

    Can be cut short and run again: what was embedded stays. What is left of removed articles on the disk goes.

    Args:
        library: archive, index and the embedder to use from now on.
        on_read: told how many articles of how many have had their figures read again.
        on_embedded: called with the number of passages embedded since the last call.
        on_encoded: called with the number of passages whose tokens were encoded since the last call.
        on_indexed: called with the number of passages indexed since the last call.

    Returns:
        Number of passages indexed.

    Raises:
        TextRefusedError: the endpoint would not take a passage; the message says of which article.
        EmbeddingError: the embedder cannot be used; nothing was changed if it never answered.
    """
    archive, embedder = library.archive, library.embedder
    archive.figures.forget()  # names of speakers may have been added since
    read_due(archive, aliases=library.aliases, places=library.places, on_read=on_read)
    if (mark := archive.embedder()) and mark != (now := EmbedderMark(embedder.label, embedder.dimension)):
        archive.set_embedder(now)
    while due := archive.passages.unembedded(_BATCH):
        archive.passages.embed([passage.id for passage in due], _embed_all(library, due))
        on_embedded(len(due))
    _make_tokens(library, on_encoded)
    archive.copies.catch_up()
    indexed = library.index.rebuild(on_indexed)
    archive.compact()
    return indexed


def _make_tokens(library: Library, on_encoded: Callable[[int], None]) -> None:
    store = library.archive.passages
    library.archive.set_token_codec(CODEC if library.late_interaction else None)
    while library.late_interaction and (due := store.without_tokens(_BATCH)):
        texts, languages = [one.passage.text for one in due], [one.language for one in due]
        store.keep_tokens([one.passage.id for one in due], library.compress_tokens(texts, languages))
        on_encoded(len(due))
    library.archive.close_gaps()
