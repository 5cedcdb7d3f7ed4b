"""Where the liveness provider tells a result. The signature is its only credential; `ok` ends its telling."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from baohe.rooms.identification import facade as identification

MAX_BODY_BYTES = 16 * 1024


@csrf_exempt
@require_POST
def notify(request: HttpRequest) -> HttpResponse:
    """A result that is forged, replayed or another session's is answered `no`, and changes nothing."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > MAX_BODY_BYTES:
        return _word("no", 413)
    return _word("ok" if identification.hear_liveness(request.POST.dict()) else "no", 200)


def _word(word: str, status: int) -> HttpResponse:
    response = HttpResponse(word, status=status, content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response
