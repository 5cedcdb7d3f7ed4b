"""What the signals are worth: their measured precision, the model, its drift; and a handler's word on one claim."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.fraud.panel import VERDICT_NAMES, SayForm
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.fraud.errors import ModelUnreadable

PAGE = 20
_MOST_MOVED = 5


@require_GET
@at_desk("claims_handler", "auditor")
def signals(request: HttpRequest) -> HttpResponse:
    number = number_of(request)
    waiting, count = fraud.unanswered(number, PAGE)
    try:
        model, drift = fraud.trained(), fraud.last_drift()
    except ModelUnreadable as refusal:
        messages.error(request, sentence(refusal))
        model, drift = None, None
    return show(
        request,
        "desk/fraud.html",
        "fraud",
        precision=fraud.precision(),
        waiting=[(one, [fraud.TITLES[code] for code in one.codes]) for one in waiting],
        number=number,
        more=number * PAGE < count,
        model=model,
        drift=drift,
        drift_at=datetime.fromisoformat(drift.at) if drift else None,
        moved=[(one, fraud.feature_title(one.name)) for one in drift.moved[:_MOST_MOVED]] if drift else [],
        said=[(one, VERDICT_NAMES[one.verdict]) for one in fraud.last_feedback()],
    )


@require_POST
@at_desk("claims_handler")
def say(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    form = SayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选一个结论；说明最多 200 字")
        return redirect("desk:claim", claim_id=claim_id)
    try:
        fraud.feedback(claim_id, staff_at(request).id, form.cleaned_data["verdict"], form.cleaned_data["note"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, "已记下。这不是理赔结论，赔不赔另行决定")
    return redirect("desk:claim", claim_id=claim_id)
