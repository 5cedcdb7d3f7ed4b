"""Where providers tell us. Each hears its own word for "stop telling" or "tell again", and nothing more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from baohe.flows.settle_payment import acknowledgement, settle_notification

MAX_BODY_BYTES = 32 * 1024


@csrf_exempt
@require_POST
def notify(request: HttpRequest, provider: str) -> HttpResponse:
    """One notification, in whatever form its provider gives it. The signature is the caller's only credential, so no
    session or token is asked."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > MAX_BODY_BYTES:
        return _word(provider, False, 413)
    outcome = settle_notification(provider, request.headers, request.body)
    return _word(provider, outcome.acknowledged, 400 if outcome.reason == "malformed" else 200)


def _word(provider: str, taken: bool, status: int) -> HttpResponse:
    content_type, body = acknowledgement(provider, taken)
    response = HttpResponse(body, status=status, content_type=content_type)
    response["Cache-Control"] = "no-store"
    return response
