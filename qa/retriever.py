"""Our retrieval as a LlamaIndex `BaseRetriever`, for anyone's query engine."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from ingest.domain import Filters
from qa.bootstrap import Service
from qa.requests import LONGEST_QUERY, SearchRequest


class ArchiveRetriever(BaseRetriever):
    """Retrieves passages of an archive as `TextNode`s.

    A node's id is the passage's; `start_char_idx` and `end_char_idx` are code points into the stored text
    of the article that `metadata["article_id"]` names, which is also the node's `ref_doc_id`.

    Args:
        service: an open service.
        top_k: passages a query.
        filters: which articles are searched.
    """

    def __init__(self, service: Service, *, top_k: int = 8, filters: Filters | None = None) -> None:
        super().__init__()
        self._service = service
        self._top_k = top_k
        self._filters = filters or Filters()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = query_bundle.query_str[:LONGEST_QUERY]  # engines that condense a conversation ask at any length
        request = SearchRequest(query=query, top_k=self._top_k, filters=self._filters)
        evidence = self._service.pipeline.retrieve(request.to_question())
        return [
            NodeWithScore(
                node=TextNode(
                    id_=passage.passage_id,
                    text=passage.text,
                    start_char_idx=passage.start,
                    end_char_idx=passage.end,
                    metadata={
                        "article_id": passage.article.id,
                        "title": passage.article.title,
                        "outlet": passage.article.outlet,
                        "url": passage.article.url,
                        "published_at": passage.article.published_at and passage.article.published_at.isoformat(),
                        "language": passage.article.language,
                    },
                    excluded_embed_metadata_keys=["article_id", "url"],
                    relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.article.id)},
                ),
                score=passage.score,
            )
            for passage in evidence.passages
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        import anyio.to_thread

        # LlamaIndex's own default would run on the event loop and block it.
        return await anyio.to_thread.run_sync(self._retrieve, query_bundle)
