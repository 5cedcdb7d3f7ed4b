"""销售记录 at the desk: the list of recorded sales, the film of one, its export, and disputes that hold it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk import film_data
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import Staff, at_desk, staff_at
from baohe.flows import film, policy_papers
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.recordings import facade as recordings

READERS = ("auditor", "underwriter", "claims_handler")
PAGE = 30
OPEN_FOR = timedelta(minutes=30)
"""How long a reason that was written down opens a film."""

EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
"""The digest of nothing: the player may put an empty style element into its frame, and not one letter of style."""


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", min_length=2, max_length=200)


@require_GET
@at_desk(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    number = number_of(request)
    rows, total = recordings.sales(number, PAGE)
    known = {policy.id: policy for policy in policies.policies_by_ids([row.policy_id for row in rows])}
    lines = [(row, known[row.policy_id]) for row in rows if row.policy_id in known]
    more = number * PAGE < total
    return show(request, "desk/records.html", "records", rows=lines, total=total, number=number, more=more)


@require_GET
@at_desk(*READERS)
def sale(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    return _sale_page(request, policy_id)


@require_POST
@at_desk(*READERS)
def open_film(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """Write down why, then open."""

    def act(staff: Staff, reason: str) -> None:
        policies.policy_by_id(policy_id)
        recordings.note_viewing(policy_id, staff.id, staff.name, reason)
        request.session[_slot(policy_id)] = clock.now().timestamp()

    return _act(request, policy_id, act, "desk:film")


@require_GET
@csp_update({"style-src": [EMPTY_STYLE]})  # this page alone; its frame inherits the whole policy
@at_desk(*READERS)
def watch(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    if not _may_watch(request, policy_id):
        return redirect("desk:record", policy_id=policy_id)
    policy = policies.policy_by_id(policy_id)
    return show(request, "desk/film.html", "records", policy=policy, built=_player().is_file())


@require_GET
@at_desk(*READERS)
def data(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    if not _may_watch(request, policy_id):
        return JsonResponse({"code": "reason_needed"}, status=403)
    return JsonResponse(film_data.for_desk(film.sale_file(policy_id)))


@require_GET
@cache_control(private=True, max_age=86_400)
@at_desk(*READERS)
def style(request: HttpRequest, digest: str) -> HttpResponse:
    return HttpResponse(recordings.style(digest), content_type="text/css; charset=utf-8")


@require_POST
@at_desk(*READERS)
def export(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The film as one file that opens without a network and proves itself."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _sale_page(request, policy_id, failed=form, status=422)
    staff = staff_at(request)
    file = film.sale_file(policy_id)
    recordings.note_viewing(policy_id, staff.id, staff.name, form.cleaned_data["reason"], exported=True)
    content = film_data.as_file(file, film.parts(policy_id), _player())
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.policy.number}.html"'
    return response


@require_POST
@at_desk(*READERS)
def hold(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    return _act(request, policy_id, lambda staff, why: recordings.hold(policy_id, staff.id, staff.name, why))


@require_POST
@at_desk(*READERS)
def ask_to_lift(request: HttpRequest, policy_id: UUID, hold_id: UUID) -> HttpResponse:
    return _act(request, policy_id, lambda staff, why: recordings.ask_to_lift(hold_id, staff.id, staff.name, why))


@require_POST
@at_desk(*READERS)
def lift(request: HttpRequest, policy_id: UUID, hold_id: UUID) -> HttpResponse:
    staff = staff_at(request)
    try:
        recordings.lift(hold_id, staff.id, staff.name)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _sale_page(request, policy_id, status=refusal.status)
    messages.success(request, "已解除保留")
    return redirect("desk:record", policy_id=policy_id)


def _act(
    request: HttpRequest, policy_id: UUID, act: Callable[[Staff, str], object], then: str = "desk:record"
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _sale_page(request, policy_id, failed=form, status=422)
    try:
        act(staff_at(request), form.cleaned_data["reason"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _sale_page(request, policy_id, failed=form, status=refusal.status)
    return redirect(then, policy_id=policy_id)


def _sale_page(
    request: HttpRequest, policy_id: UUID, failed: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    file = film.sale_file(policy_id)
    staff = staff_at(request)
    hold_ = file.hold
    return show(
        request,
        "desk/record.html",
        "records",
        status=status,
        file=file,
        policy=file.policy,
        kinds=[(name.zh, kind in file.recorded) for kind, name in recordings.KINDS.items()],
        sizes=sum(reel.recording.size for reel in file.reels),
        keep_until=max((r.recording.keep_until for r in file.reels if r.recording.keep_until), default=None),
        destroyed=all(reel.recording.state == "destroyed" for reel in file.reels),
        failed=failed,
        hold=hold_ if hold_ is not None and hold_.state != "lifted" else None,
        may_lift=hold_ is not None and hold_.state == "lift_asked" and hold_.lift_asked_by != staff.id,
        built=_player().is_file(),
        **(_papers(file.policy) if staff.has("underwriter", "auditor") else {}),
    )


def _papers(policy: PolicyView) -> dict[str, object]:
    """The papers of the sale that only some duties open: the declaration, and the proposal of an own choice."""
    if policy.proposal_id is None:
        return {}
    proposal = policies.proposal_by_id(policy.proposal_id)
    chosen = policy_papers.own_choice_at(proposal) is not None
    return {"declaration": policy_papers.declaration_of(proposal), "own_choice": proposal.id if chosen else None}


def _slot(policy_id: UUID) -> str:
    return f"film:{policy_id}"


def _may_watch(request: HttpRequest, policy_id: UUID) -> bool:
    opened = request.session.get(_slot(policy_id))
    return isinstance(opened, float) and clock.now().timestamp() - opened < OPEN_FOR.total_seconds()


def _player() -> Path:
    return Path(settings.BAOHE_APP) / "film" / "player.js"
