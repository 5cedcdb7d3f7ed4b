"""Where the wallet tells us. It hears `success` when it may stop telling, else `fail`, and nothing more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from baohe.flows.settle_payment import settle_notification

MAX_BODY_BYTES = 32 * 1024
_FORM = "application/x-www-form-urlencoded"


@csrf_exempt
@require_POST
def notify(request: HttpRequest) -> HttpResponse:
    """One notification as a form. The signature is the caller's only credential, so no session or token is asked."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > MAX_BODY_BYTES:
        return _word("fail", 413)
    if request.content_type != _FORM:
        return _word("fail", 415)
    form = request.POST
    # A name given twice could be read one way by the signature and another way by us.
    if any(len(values) != 1 for _, values in form.lists()):
        return _word("fail", 400)
    outcome = settle_notification(form.dict())
    return _word("success" if outcome.acknowledged else "fail", 200)


def _word(word: str, status: int) -> HttpResponse:
    response = HttpResponse(word, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
