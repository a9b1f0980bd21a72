"""The gate: a model's draft → a claim whose every word its sources carry, or a fault."""

from qa.gate.gate import Gate

__all__ = ["Gate"]
