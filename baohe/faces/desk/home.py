"""The first page of the desk, search, and leaving it."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import queues_for, show
from baohe.faces.desk.session import at_desk, staff_at
from baohe.rooms.claims import facade as claims
from baohe.rooms.studio.contracts import ROLES


class SignIn(LoginView):
    """Staff only: a customer's account has no password, and axes counts the failures."""

    template_name = "desk/sign_in.html"
    next_page = "desk:home"
    redirect_authenticated_user = False


@require_GET
@at_desk()
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the queue whose deadline is nearest."""
    waiting = [queue for queue in queues_for(staff_at(request)) if queue.count and queue.nearest]
    if waiting:
        return redirect(min(waiting, key=lambda queue: queue.nearest.timestamp()).url)  # type: ignore[union-attr]
    if staff_at(request).has(*ROLES):
        return redirect("desk:studio")
    if staff_at(request).has("finance"):
        return redirect("desk:books")
    return show(request, "desk/home.html", "")


@require_GET
@at_desk("claims_handler", "auditor")
def search(request: HttpRequest) -> HttpResponse:
    """By claim number or policy number, exactly as printed."""
    text = request.GET.get("q", "").strip()[:40]
    found = claims.find(text) if text else ()
    if len(found) == 1:
        return redirect("desk:claim", claim_id=found[0].id)
    return show(request, "desk/search.html", "", q=text, found=found)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("desk:sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
