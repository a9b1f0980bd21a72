"""The HTTP API, version 1: what it takes and gives is described by the models in `qa.api.schemas` and `qa.answer`."""

from qa.api.app import create_app

__all__ = ["create_app"]
