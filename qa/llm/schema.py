"""The JSON schema of a value, as OpenAI's strict mode takes it."""

from functools import cache
from typing import Any

from pydantic import BaseModel

_REFUSED = {"default", "title", "minLength", "maxLength", "minItems", "maxItems", "format"}
"""Keywords that strict mode refuses, or that endpoints do; the value is validated by pydantic in any case."""


@cache
def strict_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """Give a schema whose objects have every field required and no other."""
    strict: dict[str, Any] = _strict(schema.model_json_schema())
    return strict


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:  # strict mode takes nothing beside a reference
        return {"$ref": node["$ref"]}
    strict = {
        key: {name: _strict(one) for name, one in value.items()} if key in {"properties", "$defs"} else _strict(value)
        for key, value in node.items()
        if key not in _REFUSED
    }
    if strict.get("type") == "object":
        strict |= {"additionalProperties": False, "required": list(strict.get("properties", {}))}
    return strict
