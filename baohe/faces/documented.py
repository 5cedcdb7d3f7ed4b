"""Every operation documents how it refuses: the problem document of RFC 9457, in one place for all APIs."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from baohe.faces.problems import teach
from baohe.faces.shop.schemas.basis import Problem

REFUSALS = {
    400: "The request cannot be read",
    401: "Not signed in, or the signature is missing or wrong",
    403: "Not allowed, or the page has expired",
    404: "Nothing there, or nothing of yours",
    409: "Not possible in the present state",
    410: "A link that has done its work, or is too old",
    413: "The body is too large",
    415: "A file of a kind that is not read",
    422: "A field is wrong; `field` names it",
    429: "Too often; Retry-After tells when to come back",
    503: "Busy for the moment; nothing submitted is lost",
}
"""Statuses that any operation may answer with. 500 is absent: it is a fault of ours, never an answer."""

_REF = "#/components/schemas/{model}"


class WellFormedText(Parser):
    """JSON whose text is text: half a character (a lone surrogate) can be neither stored nor hashed nor answered."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises ValueError, which ninja answers as an unreadable request."""
        text = request.body.decode()  # json.loads alone would guess encodings and let surrogates pass
        body = json.loads(text)
        if "\\u" in text:
            json.dumps(body, ensure_ascii=False).encode()
        return body


class DocumentedAPI(NinjaAPI):
    """An API of the platform: fails as all faces fail, and says so in its OpenAPI document."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(docs_url=None, **settings)
        teach(self)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        problem = Problem.model_json_schema(ref_template=_REF)
        shapes = document["components"].setdefault("schemas", {})
        for name, shape in problem.pop("$defs").items():
            shapes.setdefault(name, shape)
        shapes["Problem"] = problem
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].update(_refusals())
        return document


def file_answer(media_type: str) -> dict[str, Any]:
    """`openapi_extra` of an operation that answers with a file."""
    schema = {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}
    return {"responses": {200: {"description": "OK", "content": {media_type: {"schema": schema}}}}}


def pdf(content: bytes, name: str) -> HttpResponse:
    """A document of one customer: shown in the page, never kept by a cache between."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _refusals() -> dict[int, Any]:
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {status: {"description": words, "content": content} for status, words in REFUSALS.items()}
