"""Well-formed requests drawn from an OpenAPI document, and the places in them where text and numbers stand."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.contract.belongings import Owned

Place = tuple[str | int, ...]
_FORMATS = {"uuid": "01a204e6-a8f9-7609-a6c5-e4a308fa8f76", "date": "2026-11-20", "date-time": "2026-11-20T10:00:00Z"}


@dataclass
class Sample:
    method: str
    path: str
    parameters: dict[str, dict[str, Any]] = field(default_factory=lambda: {"path": {}, "query": {}, "header": {}})
    body: Any = None

    def with_(self, place: Place, value: Any) -> Sample:
        """The same request with another value at one place."""
        changed = copy.deepcopy(self)
        holder: Any = changed.body if place[0] == "body" else changed.parameters[str(place[0])]
        if len(place) == 1:
            changed.body = value
            return changed
        for step in place[1:-1]:
            holder = holder[step]
        holder[place[-1]] = value
        return changed

    def places(self, kind: type) -> Iterator[Place]:
        """Where a `kind` stands: in the path, the query and the body."""
        for where in ("path", "query"):
            for name, value in self.parameters[where].items():
                if type(value) is kind:
                    yield (where, name)
        yield from _inside(self.body, ("body",), kind)

    def address(self) -> str:
        return self.path.format(**self.parameters["path"])


def samples(document: dict[str, Any], owned: Owned) -> Iterator[Sample]:
    """One request for every operation that takes no file."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {"application/json": {}})
            if "application/json" not in content:
                continue
            sample = Sample(method.upper(), path)
            for parameter in operation.get("parameters", []):
                value = _value(document, parameter["schema"], owned, parameter["name"])
                sample.parameters[parameter["in"]][parameter["name"]] = value
            if content["application/json"]:
                sample.body = _value(document, content["application/json"]["schema"], owned, "")
            yield sample


def _value(document: dict[str, Any], schema: dict[str, Any], owned: Owned, name: str) -> Any:
    if name in owned:
        return owned[name][0]
    if "$ref" in schema:
        return _value(document, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], owned, name)
    if "anyOf" in schema:
        return _value(document, schema["anyOf"][0], owned, name)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        known = {n: _value(document, s, owned, n) for n, s in schema.get("properties", {}).items()}
        return known or {"age": "34"}
    if kind == "array":
        return [_value(document, schema["items"], owned, name)]
    if kind == "integer":
        return schema.get("minimum", 1)
    if kind == "boolean":
        return True
    return _FORMATS.get(schema.get("format", ""), schema.get("default") or "a1" * max(1, schema.get("minLength", 0)))


def _inside(value: Any, place: Place, kind: type) -> Iterator[Place]:
    if type(value) is kind:
        yield place
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _inside(part, (*place, name), kind)
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _inside(part, (*place, n), kind)
