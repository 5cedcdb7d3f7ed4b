"""The public catalogue (PUB-4): every version ever sold, as a page to read and a feed to fetch. No session, no cookie.

The feed is JSON, page by page in the order of the product codes; `next` leads on. An `ETag` that still holds is
answered with 304, so a reader may ask every hour.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import etag, require_safe

from baohe.faces.problems import problem_response
from baohe.faces.public.pages import page
from baohe.faces.shop import feed
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog

_LARGEST = 500
_SHOWN = 50
_CACHED = "public, max-age=300"


@require_safe
@etag(feed.feed_tag)
def versions(request: HttpRequest) -> HttpResponse:
    """`?page=1&size=100`; each item names its wording, rates and cash values as addresses of this server."""
    try:
        number, size = _number(request, "page", 1, 10_000), _number(request, "size", 100, _LARGEST)
    except InvalidInput as refusal:
        return problem_response(refusal)
    entries, total = catalog.feed(number, size)
    _, changed = catalog.feed_stamp()
    last = max(1, -(-total // size))
    answer = JsonResponse(
        {
            "title": {"zh": "保和公开产品目录", "en": "Baohe public catalogue"},
            "updated": changed.isoformat() if changed else None,
            "total": total,
            "page": number,
            "size": size,
            "next": f"/catalogue/versions.json?page={number + 1}&size={size}" if number < last else None,
            "items": [feed.published(entry).model_dump(mode="json") for entry in entries],
        },
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Cache-Control"] = _CACHED
    return answer


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The same as a page: what was sold, under which filing number, from when to when."""
    try:
        number = _number(request, "page", 1, 10_000)
    except InvalidInput as refusal:
        return problem_response(refusal)
    entries, total = catalog.feed(number, _SHOWN)
    today = clock.today()
    rows = [
        {"entry": entry, "state": _state(entry.effective_from > today, entry.sale_ends, today)} for entry in entries
    ]
    facts = {"rows": rows, "total": total, "page": number, "pages": max(1, -(-total // _SHOWN))}
    return page("catalogue.html", facts)


def _state(coming: bool, sale_ends: object, today: object) -> str:
    if coming:
        return "coming"
    return "ended" if sale_ends is not None and sale_ends < today else "on_sale"  # type: ignore[operator]


def _number(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    text = request.GET.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= most):
        raise InvalidInput(field=name, reason_zh=f"1 到 {most} 的整数", reason_en=f"a whole number from 1 to {most}")
    return int(text)


urlpatterns = [
    path("catalogue/", front),
    path("catalogue/versions.json", versions),
]
