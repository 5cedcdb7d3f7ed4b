"""Help with the record of a purchase at the desk: who asked, what of the sale is on record, and the link (SALE-5).

Nothing here writes a recording or lets a payment through: staff see the proposal's pages and answer the customer.
"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.care.waiting import CALLERS
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.flows import record_sale
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.recordings import facade as recordings

PAGE = 20
REASONS = {
    "unsupported": "浏览器太旧，录不了",
    "sending": "一直传不上来",
    "other": "其他",
}
OUTCOMES = {
    "own_device": "客户换了自己的另一台设备",
    "hosted": "客户在网点设备上自己登录办理",
    "works_again": "原来的手机又能留存了",
    "given_up": "客户不办了",
    "recorded": "已完整留存并承保",
}


class EndForm(forms.Form):
    outcome = forms.ChoiceField(
        label="怎么解决的", choices=(("", "请选"), *((code, OUTCOMES[code]) for code in OUTCOMES if code != "recorded"))
    )
    note = forms.CharField(label="经过", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


@require_GET
@at_desk(*CALLERS)
def queue(request: HttpRequest) -> HttpResponse:
    number = number_of(request)
    found, total = recordings.helps(number, PAGE)
    rows = [(one, catalog.version(one.version_id).name, REASONS[one.reason]) for one in found]
    more = number * PAGE < total
    return show(request, "desk/care/record_helps.html", "record_help", rows=rows, total=total, number=number, more=more)


@require_GET
@at_desk(*CALLERS)
def file(request: HttpRequest, help_id: UUID) -> HttpResponse:
    return _file_page(request, help_id)


@require_POST
@at_desk("service")
def send_link(request: HttpRequest, help_id: UUID) -> HttpResponse:
    try:
        record_sale.send_link(help_id)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _file_page(request, help_id, status=refusal.status)
    messages.success(request, "链接已发到客户手机")
    return redirect("desk:record-help", help_id=help_id)


@require_POST
@at_desk("service")
def end(request: HttpRequest, help_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _file_page(request, help_id, form, status=422)
    staff, said = staff_at(request), form.cleaned_data
    try:
        recordings.end_help(help_id, staff.id, staff.name, said["outcome"], said["note"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _file_page(request, help_id, form, status=refusal.status)
    messages.success(request, "已办结")
    return redirect("desk:record-helps")


def _file_page(request: HttpRequest, help_id: UUID, form: EndForm | None = None, status: int = 200) -> HttpResponse:
    """Opening it shows the telephone to who may call; the read is logged."""
    staff = staff_at(request)
    one = recordings.help_request(help_id)
    proposal = policies.proposal_by_id(one.proposal_id)
    may_act = one.state == "open" and staff.has("service")
    phone = people.phone_of(one.account_id, f"staff:{staff.id}", "record_help") if may_act else None
    return show(
        request,
        "desk/care/record_help.html",
        "record_help",
        status=status,
        one=one,
        proposal=proposal,
        product=catalog.version(proposal.version_id),
        reason=REASONS[one.reason],
        outcome=OUTCOMES.get(one.outcome, ""),
        pages=record_sale.pages(proposal.account_id, proposal.id),
        papers=[paper for paper in proposal.papers if paper.needed],
        phone=phone,
        may_act=may_act,
        form=form or EndForm(),
    )
