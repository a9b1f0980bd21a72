"""The owner of `openai`'s chat: messages in, a checked value out, its errors mapped to ours.

`model` has what callers see. Below it: `endpoint` makes the calls (in turn, tried again, bounded), `dialect` says each
so that the endpoint takes it, `reading` makes a value of what came back, `breaker`, `waiting`, `capped` and `prices`
do what they are called, and `mapping` turns foreign errors into ours.
"""

from qa.llm.endpoint import Message
from qa.llm.model import Completion, Model

__all__ = ["Completion", "Message", "Model"]
