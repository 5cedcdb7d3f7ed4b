"""The evidence log over HTTP, in the paths of c2sp.org/tlog-tiles below `/log`. Read only, no cookies."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from baohe.faces.problems import problem_response
from baohe.faces.public.pages import page
from baohe.kernel.errors import BaoheError, InvalidInput, NotFound
from baohe.kernel.tlog import TILE_WIDTH, tile_number
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.errors import ProofNotReady

_LARGEST = 1 << 63
_FOR_EVER = "public, max-age=31536000, immutable"

View = Callable[..., HttpResponse]


def _public(view: View) -> View:
    """GET and HEAD only; refusals leave as problem documents."""

    @require_safe
    def answered(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BaoheError as refusal:
            return problem_response(refusal)

    return answered


@_public
def front(request: HttpRequest) -> HttpResponse:
    return page("log.html", {"checkpoint": evidence.checkpoint(), "key": evidence.verifier_key()})


@_public
def checkpoint(request: HttpRequest) -> HttpResponse:
    head = evidence.checkpoint()
    if head is None:
        raise ProofNotReady()
    return _plain(head.note)


@_public
def key(request: HttpRequest) -> HttpResponse:
    return _plain(evidence.verifier_key() + "\n")


@_public
def tile(request: HttpRequest, level: str, number: str, width: str | None = None) -> HttpResponse:
    return _binary(evidence.tile(int(level), _number(number), _width(width)))


@_public
def entries(request: HttpRequest, number: str, width: str | None = None) -> HttpResponse:
    return _binary(evidence.entry_bundle(_number(number), _width(width)))


@_public
def proof(request: HttpRequest, subject: str) -> HttpResponse:
    """`.tlog-proof` text, or with `.json` the object that `baohe log check` reads. `?kind=` chooses among the leaves
    of a subject. Published without its opening: facts are for who holds the document."""
    as_json = subject.endswith(".json")
    found = evidence.proof(subject.removesuffix(".json"), request.GET.get("kind", ""))
    if found is None:
        raise ProofNotReady()
    if as_json:
        return _json(found.as_check())
    return _plain(evidence.proof_text(found, with_opening=False))


@_public
def consistency(request: HttpRequest) -> HttpResponse:
    """Consistency from tree size `from` to `to` (default: the newest checkpoint), as `baohe log check` reads it."""
    found = evidence.consistency(_size(request, "from"), _size(request, "to") if "to" in request.GET else None)
    if found is None:
        raise ProofNotReady()
    return _json(found.as_check())


def _size(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidInput(field=name, reason_zh="需要一个整数", reason_en="needs a whole number")
    return int(text)


def _number(text: str) -> int:
    number = tile_number(text)
    if number is None or number >= _LARGEST // TILE_WIDTH:
        raise NotFound(what="tile")
    return number


def _width(text: str | None) -> int:
    return TILE_WIDTH if text is None else int(text)


def _plain(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _json(content: dict[str, object]) -> HttpResponse:
    response = JsonResponse(content)
    response["Cache-Control"] = "no-cache"
    return response


def _binary(content: bytes | None) -> HttpResponse:
    if content is None:
        raise NotFound(what="tile")
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Cache-Control"] = _FOR_EVER
    return response


_NUMBER = r"(?P<number>(?:x[0-9]{3}/){0,5}[0-9]{3})"
_WIDTH = r"(?:\.p/(?P<width>[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"

urlpatterns = [
    path("log/", front),
    path("log/checkpoint", checkpoint),
    path("log/key", key),
    path("log/consistency", consistency),
    re_path(rf"^log/tile/entries/{_NUMBER}{_WIDTH}$", entries),
    re_path(rf"^log/tile/(?P<level>[0-7])/{_NUMBER}{_WIDTH}$", tile),
    path("log/proof/<str:subject>", proof),
]
