"""A process that has the encoder and nothing else of ours, for its memory to be measured: encodes the texts of a file.

It stands apart from `evals.bench`, which brings everything else along.
"""

import sys
from pathlib import Path

from ingest.encoder import Encoder

if __name__ == "__main__":
    cache, source = map(Path, sys.argv[1:])
    encoder = Encoder(cache)
    for _ in encoder.each(lambda text: encoder.encode(text, "passage"), source.read_text(encoding="utf-8").split("\0")):
        pass
