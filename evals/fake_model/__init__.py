"""A model server that holds no model: OpenAI's chat completions on loopback, answered by a function, at once.

`evals bench` measures the service's own time with it; tests have it go wrong (`tests/model_server.py`).
"""

from evals.fake_model.drafting import honest
from evals.fake_model.server import Call, Fault, Replies, Say, Wire, serve

__all__ = ["Call", "Fault", "Replies", "Say", "Wire", "honest", "serve"]
