"""From sources to an archive that can be searched: sources → Page → Article → Passages → archive and index."""
