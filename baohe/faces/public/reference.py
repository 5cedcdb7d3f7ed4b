"""The browsable reference: an OpenAPI document turned into one page of plain HTML. Reads the document, knows no API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.responses import NinjaJSONEncoder

from baohe.faces.public.pages import page

Node = Mapping[str, Any]

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: str
    target: str
    """Name of the schema the type links to, or empty."""
    needed: bool
    note: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    note: str
    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Operation:
    anchor: str
    method: str
    path: str
    title: str
    note: str
    parameters: list[Field]
    body: Field | None
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    operations: list[Operation]


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    note: str
    fields: list[Field]


def apis() -> dict[str, tuple[NinjaAPI, str, str]]:
    """Name → API, title in Chinese, title in English."""
    from baohe.faces.open_api.api import api as open_api
    from baohe.faces.public.api import api as public_api
    from baohe.faces.shop.api import api as shop_api

    return {
        "shop": (shop_api, "消费者应用接口", "Shop API, used by the app"),
        "open": (open_api, "合作方开放接口", "Open API, for partners"),
        "public": (public_api, "公开验真接口", "Public API, for anyone"),
    }


@require_safe
def document(request: HttpRequest, name: str) -> HttpResponse:
    """The OpenAPI document itself."""
    text = json.dumps(_document(name), cls=NinjaJSONEncoder, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    listed = [{"name": name, "zh": zh, "en": en} for name, (_, zh, en) in apis().items()]
    return page("openapi_list.html", {"apis": listed})


@require_safe
def reference(request: HttpRequest, name: str) -> HttpResponse:
    found = _document(name)
    _, title_zh, title_en = apis()[name]
    facts = {
        "name": name,
        "title_zh": title_zh,
        "title_en": title_en,
        "version": found["info"]["version"],
        "description": found["info"].get("description", ""),
        "groups": groups(found),
        "shapes": shapes(found),
    }
    return page("openapi.html", facts)


def groups(found: Node) -> list[Group]:
    """Operations by their first tag, in the order of the document."""
    by_tag: dict[str, list[Operation]] = {}
    for path, method, operation in _operations(found):
        tag = (operation.get("tags") or ["general"])[0]
        by_tag.setdefault(tag, []).append(_operation(found, path, method, operation))
    return [Group(tag.replace("_", " "), operations) for tag, operations in by_tag.items()]


def shapes(found: Node) -> list[Shape]:
    """The named schemas, in alphabetical order."""
    named = found.get("components", {}).get("schemas", {})
    return [_shape(name, named[name]) for name in sorted(named)]


def _document(name: str) -> dict[str, Any]:
    if name not in apis():
        raise Http404
    return dict(apis()[name][0].get_openapi_schema())


def _operations(found: Node) -> Iterator[tuple[str, str, Node]]:
    for path, methods in found.get("paths", {}).items():
        for method in _METHODS:
            if method in methods:
                yield path, method, methods[method]


def _operation(found: Node, path: str, method: str, operation: Node) -> Operation:
    return Operation(
        anchor=operation.get("operationId", f"{method}-{path}"),
        method=method.upper(),
        path=path,
        title=operation.get("summary", ""),
        note=operation.get("description", ""),
        parameters=[_parameter(item) for item in operation.get("parameters", [])],
        body=_body(operation.get("requestBody")),
        answers=[_answer(status, item) for status, item in operation.get("responses", {}).items()],
    )


def _parameter(item: Node) -> Field:
    words, target = _type(item.get("schema", {}))
    note = item.get("description") or item.get("schema", {}).get("description", "")
    return Field(item["name"], words, target, bool(item.get("required")), note, item["in"])


def _body(item: Node | None) -> Field | None:
    if not item:
        return None
    kind, content = next(iter(item["content"].items()))
    schema = content.get("schema", {})
    words, target = _type(schema)
    if kind == "multipart/form-data":
        words = ", ".join(schema.get("properties", {})) or words
    return Field(kind, words, target, bool(item.get("required")), item.get("description", ""))


def _answer(status: str | int, item: Node) -> Answer:
    content: Node = next(iter(item.get("content", {}).values()), {})
    words, target = _type(content.get("schema", {})) if content else ("", "")
    return Answer(str(status), item.get("description", ""), words, target)


def _shape(name: str, schema: Node) -> Shape:
    needed = schema.get("required", [])
    fields = []
    for field_name, field_schema in schema.get("properties", {}).items():
        words, target = _type(field_schema)
        fields.append(Field(field_name, words, target, field_name in needed, field_schema.get("description", "")))
    return Shape(name, schema.get("description", ""), fields)


def _type(schema: Node) -> tuple[str, str]:
    """A schema in words, and the named schema it leads to."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return name, name
    if "anyOf" in schema:
        parts = [_type(part) for part in schema["anyOf"]]
        return " | ".join(words for words, _ in parts), next((target for _, target in parts if target), "")
    if schema.get("type") == "array":
        words, target = _type(schema.get("items", {}))
        return f"list of {words}", target
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"]), ""
    if isinstance(schema.get("additionalProperties"), Mapping):
        words, target = _type(schema["additionalProperties"])
        return f"map to {words}", target
    words = str(schema.get("type", "any"))
    bounds = [
        f"{sign} {schema[key]}"
        for key, sign in (("minimum", "≥"), ("maximum", "≤"), ("minLength", "length ≥"), ("maxLength", "length ≤"))
        if key in schema
    ]
    return " ".join([words, f"({schema['format']})" if "format" in schema else "", ", ".join(bounds)]).strip(), ""
