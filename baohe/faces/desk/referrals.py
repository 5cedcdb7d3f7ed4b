"""The underwriter's pages: the queue by deadline, and the whole file on one screen (SERV-9, DATA-5)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from baohe.faces.desk.forms import ReferralForm
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.referral_forms import PapersAskForm, ReturnForm
from baohe.faces.desk.session import at_desk, staff_at
from baohe.faces.documented import pdf
from baohe.flows import policy_papers
from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView, QueuePage

PAGE = 20
TABS = {
    "open": "待核保",
    "to_confirm": "待复核",
    "waiting_for_papers": "等客户材料",
    "offered": "等客户答复",
    "closed": "已结束",
}


@require_GET
@at_desk("underwriter", "auditor")
def queue(request: HttpRequest) -> HttpResponse:
    """Filters live in the address: `?state=&handler=&late=1&page=`."""
    state = request.GET.get("state", "open")
    handlers = [one.name for one in people.staff_with_role("underwriter")]
    handler = request.GET.get("handler", "")
    handler = handler if handler in handlers else ""
    late = request.GET.get("late") == "1"
    state = state if state in TABS else "open"
    page = underwriting.referral_queue(state, handler, late, number_of(request), PAGE)
    return show(
        request,
        "desk/referrals.html",
        "referrals",
        page=page,
        rows=_named(page),
        tabs=[(code, name, page.counts.get(code), code == state) for code, name in TABS.items()],
        state=state,
        handler=handler,
        late=late,
        handlers=handlers,
        before=_address(state, handler, late, page.page - 1) if page.page > 1 else "",
        after=_address(state, handler, late, page.page + 1) if page.page * PAGE < page.total else "",
    )


@require_GET
@at_desk("underwriter", "auditor")
def referral(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    return file_page(request, declaration_id)


@require_GET
@at_desk("underwriter", "auditor")
def picture(request: HttpRequest, declaration_id: UUID, paper_id: UUID) -> HttpResponse:
    content = underwriting.picture_for_staff(staff_at(request).id, declaration_id, paper_id)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return response


@require_GET
@at_desk("underwriter", "auditor")
def declared_paper(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """The health declaration as a paper, of a referral or of a policy; opening it leaves a row in the read log."""
    staff = staff_at(request)
    declared = underwriting.declaration_by_id(declaration_id)
    insured = people.person(
        declared.account_id, declared.person_id, actor=f"staff:{staff.id}", purpose="health_declaration_paper"
    )
    content = policy_papers.declared_for_desk(staff.id, declaration_id, insured.name)
    return pdf(content, f"{declaration_id}-health-declaration.pdf")


def file_page(
    request: HttpRequest, declaration_id: UUID, failed: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The file; a form that was refused comes back with what was typed."""
    staff = staff_at(request)
    file = underwriting.file_of(staff.id, declaration_id)
    declared = underwriting.declaration_by_id(declaration_id)
    person = people.person(
        declared.account_id, declared.person_id, actor=f"staff:{staff.id}", purpose="underwrite_referral"
    )
    product = catalog.version(declared.version_id)
    asks = PapersAskForm(closed={one.kind for one in file.referral.requested})
    here = {form.__class__.__name__: form for form in (_first_thoughts(declared), asks, ReturnForm())}
    if failed is not None:
        here[failed.__class__.__name__] = failed
    waiting = file.to_confirm
    return show(
        request,
        "desk/referral.html",
        "referrals",
        status=status,
        file=file,
        referral=file.referral,
        declaration=declared,
        product=product,
        inputs=[(one.name, one.label_of(declared.inputs[one.code])) for one in product.rating_inputs],
        person=person,
        answers=underwriting.referral_answers(staff.id, declaration_id),
        held=_held(declared),
        forms=here,
        may_decide=file.referral.state == "open" and staff.has("underwriter"),
        may_confirm=waiting is not None and staff.has("underwriter") and waiting.maker_id != staff.id,
        items=_named(underwriting.referral_queue(_beside(file.referral.state), page=1, size=PAGE)),
        state_name=TABS.get(file.referral.state, "已结束"),
    )


def _first_thoughts(declared: DeclarationView) -> ReferralForm:
    return ReferralForm(initial={"outcome": "accept"})


def _held(declared: DeclarationView) -> list[PolicyView]:
    """What covers the person already, and for how much: the sums at risk so far."""
    return [one for one in policies.in_force_of(declared.account_id) if one.person_id == declared.person_id]


def _beside(state: str) -> str:
    return state if state in TABS else "closed"


def _named(page: QueuePage) -> list[tuple[object, Text]]:
    names = {item.version_id: catalog.version(item.version_id).name for item in page.items}
    return [(item, names[item.version_id]) for item in page.items]


def _address(state: str, handler: str, late: bool, page: int) -> str:
    facts = {"state": state, "handler": handler, "late": "1" if late else "", "page": page}
    return "?" + urlencode({name: value for name, value in facts.items() if value})
