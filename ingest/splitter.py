"""Passages for LlamaIndex: the cutting of `ingest.passages` as a node parser.

Import this module only where LlamaIndex is used: `llama_index.core` alone takes about two seconds.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Self

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, Document, MetadataMode, NodeRelationship, TextNode
from pydantic import Field, model_validator

from ingest.embedding import count_tokens
from ingest.passages import HARD_MAX_TOKENS, MAX_TOKENS, OVERLAP_TOKENS, cut_spans, passage_id


class PassageSplitter(NodeParser):
    """Splits documents into passages of whole sentences, each with its exact place in the document.

    A node's id is the id of the same passage cut by `ingest.passages.cut` from an article with
    the document's id and text. Sizes are in tokens of `count_tokens`; metadata is not counted,
    so documents whose metadata is embedded with the text need a smaller `max_tokens`.
    """

    count_tokens: Callable[[str], int] = Field(default=count_tokens, exclude=True)
    """Counts the embedder's tokens in a text, its own additions included; by default the bundled model's."""

    max_tokens: int = MAX_TOKENS
    """Largest passage of several sentences."""

    overlap_tokens: int = OVERLAP_TOKENS
    """Most that a passage repeats of the one before."""

    hard_max_tokens: int = HARD_MAX_TOKENS
    """Largest single sentence left whole."""

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises this parser."""
        return "PassageSplitter"

    @model_validator(mode="after")
    def _sizes_agree(self) -> Self:
        self._spans("")
        return self

    def _spans(self, text: str) -> Sequence[tuple[int, int]]:
        return cut_spans(
            text,
            count_tokens=self.count_tokens,
            max_tokens=self.max_tokens,
            overlap_tokens=self.overlap_tokens,
            hard_max_tokens=self.hard_max_tokens,
        )

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:  # noqa: ARG002, FBT001 - LlamaIndex's signature
        return [passage for node in nodes for passage in self._passages(node)]

    def _passages(self, node: BaseNode) -> list[BaseNode]:
        text = node.get_content(metadata_mode=MetadataMode.NONE)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        # Hashes the whole document at each call, so made once.
        whole = node.as_related_node_info()
        return [
            TextNode(
                id_=passage_id(node.node_id, sha256, start, end),
                text=text[start:end],
                start_char_idx=start,
                end_char_idx=end,
                excluded_embed_metadata_keys=node.excluded_embed_metadata_keys,
                excluded_llm_metadata_keys=node.excluded_llm_metadata_keys,
                metadata_template=node.metadata_template,
                metadata_separator=node.metadata_separator,
                relationships={NodeRelationship.SOURCE: whole},
            )
            for start, end in self._spans(text)
        ]

    def _postprocess_parsed_nodes(self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]) -> list[BaseNode]:
        # LlamaIndex searches the document for each node's text again, which finds repeated
        # sentences in the wrong place; what it adds besides (metadata, neighbours) is kept.
        places = [(node.start_char_idx, node.end_char_idx) for node in nodes if isinstance(node, TextNode)]
        done = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(done, places, strict=True):
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = start, end
        return done
