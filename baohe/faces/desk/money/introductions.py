"""转介绍 at the desk: agreements of two names, links for customers, and what became of them.

An insurer has no door of its own; its liaison tells finance, who records the insurer's own number here and gets the
link for the customer.
"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.forms import Yuan
from baohe.faces.desk.frame import show
from baohe.faces.desk.money.naming import Names
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.flows import introduce
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.introductions.contracts import AgreementTerms

READERS = ("finance", "auditor")
PAGE = 50
STATE_NAMES = {
    "asked": "等客户决定",
    "agreed": "客户已同意",
    "declined": "客户不同意",
    "bound": "已投保，犹豫期内",
    "paid": "费用已记账",
    "settled": "费用已确定",
    "lapsed": "不产生费用",
    "reversed": "费用已冲回",
}


class AgreementForm(forms.Form):
    number = forms.CharField(label="协议编号", max_length=40)
    introducer = forms.ChoiceField(label="介绍方")
    insurer = forms.ChoiceField(label="接收方")
    line = forms.ChoiceField(label="产品类别")
    rate_percent = forms.DecimalField(label="首期保费的比例（%）", min_value=0, max_value=100, decimal_places=2)
    cap_fen = Yuan(label="每单上限（元）", max_length=20)
    buy_days = forms.IntegerField(label="同意后几天内投保", min_value=1, max_value=366, initial=30)
    return_days = forms.IntegerField(label="承保后几天内退保要冲回", min_value=0, max_value=366, initial=60)
    first_day = forms.DateField(label="生效日", widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label="最后一日", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        insurers = [(one.code, one.short_name.zh) for one in catalog.insurers()]
        self.fields["introducer"].choices = insurers
        self.fields["insurer"].choices = insurers
        self.fields["line"].choices = sorted(_lines().items())

    def terms(self) -> AgreementTerms:
        said = self.cleaned_data
        return AgreementTerms(
            introducer=said["introducer"],
            insurer=said["insurer"],
            line=said["line"],
            rate_bp=int(said["rate_percent"] * 100),
            cap_fen=said["cap_fen"],
            buy_days=said["buy_days"],
            return_days=said["return_days"],
            first_day=said["first_day"],
            last_day=said["last_day"],
        )


@require_GET
@at_desk(*READERS)
def page(request: HttpRequest) -> HttpResponse:
    return _page(request, AgreementForm())


@require_POST
@at_desk("finance")
def propose(request: HttpRequest) -> HttpResponse:
    form, staff = AgreementForm(request.POST), staff_at(request)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        made = introductions.propose(form.cleaned_data["number"], form.terms(), staff.id, staff.name)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _page(request, form, status=422)
    messages.success(request, f"协议 {made.number} 已提出，等另一位财务批准")
    return redirect("desk:introductions")


@require_POST
@at_desk("finance")
def approve(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    staff = staff_at(request)
    try:
        made = introductions.approve(agreement_id, staff.id, staff.name)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, f"协议 {made.number} 已批准")
    return redirect("desk:introductions")


@require_POST
@at_desk("finance")
def record(request: HttpRequest) -> HttpResponse:
    staff = staff_at(request)
    try:
        agreement_id = UUID(request.POST.get("agreement", ""))
        made = introductions.record(agreement_id, request.POST.get("reference", ""), staff.id, staff.name)
    except ValueError:
        messages.error(request, "请选择一份协议")
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, f"已登记 {made.reference}，请把下面的链接发给客户本人")
    return redirect("desk:introductions")


@require_POST
@at_desk("finance")
def contact(request: HttpRequest, introduction_id: UUID) -> HttpResponse:
    """Shown in this answer alone: a telephone number is kept in no message and no address."""
    staff = staff_at(request)
    try:
        phone = introduce.contact(introduction_id, staff.id)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("desk:introductions")
    return _page(request, AgreementForm(), opened=introduction_id, phone=phone)


def _page(
    request: HttpRequest, form: AgreementForm, status: int = 200, opened: UUID | None = None, phone: str = ""
) -> HttpResponse:
    staff, names = staff_at(request), Names()
    number = number_of(request)
    found = introductions.introductions(number, PAGE)
    agreements, _ = introductions.agreements(1, PAGE)
    lines = _lines()
    return show(
        request,
        "desk/money/introductions.html",
        "introductions",
        status,
        introductions=[
            (
                one,
                names.owner(one.agreement.terms.introducer),
                names.owner(one.agreement.terms.insurer),
                STATE_NAMES[one.state],
                request.build_absolute_uri(f"/introductions/{one.token}") if one.state == "asked" else "",
                phone if one.id == opened else "",
            )
            for one in found.items
        ],
        agreements=[
            (
                one,
                names.owner(one.terms.introducer),
                names.owner(one.terms.insurer),
                lines.get(one.terms.line, one.terms.line),
                one.approved_at is None and one.proposed_by != staff.id,
            )
            for one in agreements
        ],
        usable=introductions.agreements_in_force(clock.today()),
        form=form,
        more=number * PAGE < found.total,
        number=number,
        may_write=staff.has("finance"),
    )


def _lines() -> dict[str, str]:
    """Kinds of product on the shelf by code, in words."""
    facets = catalog.search(size=1).facets
    return {choice.value: choice.label.zh for one in facets if one.code == "line" for choice in one.choices}
