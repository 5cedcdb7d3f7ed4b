"""The underwriter's pages: who waits, what they declared, and the decision under one's own name (SERV-9)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.forms import ReferralForm
from baohe.faces.desk.frame import show
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.underwriting import facade as underwriting

PAGE = 20


@require_GET
@at_desk("underwriter", "auditor")
def queue(request: HttpRequest) -> HttpResponse:
    page = underwriting.referrals(page=1, size=PAGE)
    products = {item.version_id: catalog.version(item.version_id).name for item in page.items}
    rows = [(item, products[item.version_id]) for item in page.items]
    return show(request, "desk/referrals.html", "referrals", page=page, rows=rows)


@require_GET
@at_desk("underwriter", "auditor")
def referral(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    return _file_page(request, declaration_id, ReferralForm(initial={"outcome": "accept"}))


@require_POST
@at_desk("underwriter")
def decide(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    form = ReferralForm(request.POST)
    if not form.is_valid():
        return _file_page(request, declaration_id, form, status=422)
    try:
        underwriting.decide_referral(
            staff_at(request).id,
            declaration_id,
            form.cleaned_data["outcome"],
            form.cleaned_data["note"],
            loading_bp=form.loading_bp(),
            exclusions=form.exclusions(),
        )
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _file_page(request, declaration_id, form, status=refusal.status)
    messages.success(request, "已决定，客户会收到通知")
    return redirect("desk:referrals")


def _file_page(request: HttpRequest, declaration_id: UUID, form: ReferralForm, status: int = 200) -> HttpResponse:
    staff = staff_at(request)
    declaration = underwriting.declaration_by_id(declaration_id)
    person = people.person(
        declaration.account_id, declaration.person_id, actor=f"staff:{staff.id}", purpose="underwrite_referral"
    )
    product = catalog.version(declaration.version_id)
    return show(
        request,
        "desk/referral.html",
        "referrals",
        status=status,
        declaration=declaration,
        product=product,
        inputs=[(i.name, i.label_of(declaration.inputs[i.code])) for i in product.rating_inputs],
        person=person,
        answers=underwriting.referral_answers(staff.id, declaration_id),
        form=form,
        may_decide=declaration.outcome == "refer" and staff.has("underwriter"),
    )
