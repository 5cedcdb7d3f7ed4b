"""Is this process able to serve? For a balancer or an operator's script."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from baohe.kernel.errors import BaoheError
from baohe.rooms.evidence import facade as evidence


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database answers. A halted evidence log is reported but does not take the shop off line."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        facts = {"status": "ok", "database": "ok", "evidence_log": _log_state()}
        status = 200
    except DatabaseError:
        facts, status = {"status": "unavailable", "database": "unavailable"}, 503
    response = JsonResponse(facts, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "5"
    return response


def _log_state() -> str:
    try:
        head = evidence.checkpoint()
    except BaoheError as refusal:
        return refusal.code
    return "empty" if head is None else f"signed to {head.size}"
