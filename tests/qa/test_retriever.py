"""Our retrieval inside LlamaIndex: a query engine over the archive, with places that hold."""

import asyncio

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode

from ingest.domain import Filters
from qa.bootstrap import Service
from qa.domain import Question
from qa.retriever import ArchiveRetriever

QUESTION = "How many civilians did the Observatory report?"


def check(service: Service, nodes: list[NodeWithScore]) -> None:
    """Check that each node's words stand in the archive where the node says."""
    assert nodes
    for scored in nodes:
        node = scored.node
        assert isinstance(node, TextNode)
        article = service.library.archive.get(node.metadata["article_id"])
        assert article.text[node.start_char_idx : node.end_char_idx] == node.text != ""
        assert (article.title, article.outlet, article.url, article.language) == tuple(
            node.metadata[key] for key in ("title", "outlet", "url", "language")
        )


def test_retrieves_what_the_pipeline_does(service: Service) -> None:
    """Nodes are the pipeline's passages: ids, scores, order and places."""
    nodes = ArchiveRetriever(service, top_k=2).retrieve(QUESTION)
    question = Question(text=QUESTION, language="en", answer_language="en", top_k=2)
    passages = service.pipeline.retrieve(question).passages

    check(service, nodes)
    assert [(one.passage_id, one.score, one.start) for one in passages] == [
        (scored.node.node_id, scored.score, scored.node.start_char_idx)
        for scored in nodes
        if isinstance(scored.node, TextNode)
    ]


def test_async_gives_the_same(service: Service) -> None:
    """Awaited retrieval gives the same nodes."""
    retriever = ArchiveRetriever(service)

    assert retriever.retrieve(QUESTION) == asyncio.run(retriever.aretrieve(QUESTION))


def test_filters_hold(service: Service) -> None:
    """Only articles that pass the filters are retrieved."""
    nodes = ArchiveRetriever(service, filters=Filters(languages=("ar",))).retrieve(QUESTION)

    check(service, nodes)
    assert {"sana"} == {scored.node.metadata["article_id"] for scored in nodes}


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_inside_a_query_engine(demo: Service, *, asynchronous: bool) -> None:
    """A query engine of LlamaIndex answers from our passages, and its sources hold in the archive."""
    engine = RetrieverQueryEngine.from_args(ArchiveRetriever(demo, top_k=4), llm=MockLLM(max_tokens=8))
    response = asyncio.run(engine.aquery(QUESTION)) if asynchronous else engine.query(QUESTION)

    assert isinstance(response, Response)
    assert response.response
    assert len(response.source_nodes) == 4
    check(demo, response.source_nodes)
