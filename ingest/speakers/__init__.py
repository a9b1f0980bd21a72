"""Who says each statement of an article, as the article itself says it, in Arabic and English."""

from ingest.speakers.cues import Aliases
from ingest.speakers.reading import read_attributions, speaker_of

__all__ = ["Aliases", "read_attributions", "speaker_of"]
