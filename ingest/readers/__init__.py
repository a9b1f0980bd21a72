"""Readers: the bytes of one format → what its author wrote, as pages.

Each raises `SourceError` for a source that is no article and nothing else; its message
begins with the place (`news.jsonl, line 17: …`) and ends with what to do.
"""
