"""服务时限 at the desk: what a customer waits for from us, nearest deadline first, and how many were kept (SERV-4)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from baohe.faces.desk.care.waiting import CLOCK_READERS
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.session import Staff, at_desk, staff_at
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.service_clocks.contracts import MARKS, ClockView

PAGE = 20
TABS = {"": "在走", "near": "快到期", "late": "已超期", "standing": "等客户"}
EMPTY = {
    "": "没有在走的服务时限",
    "near": "没有快到期的",
    "late": "没有超期的",
    "standing": "没有等客户的",
}
_UNDERWRITING = ("underwriter", "auditor")
_REFUNDS = ("finance", "claims_handler", "auditor")
_PAYMENTS = ("finance", "auditor")


@require_GET
@at_desk(*CLOCK_READERS)
def clocks(request: HttpRequest) -> HttpResponse:
    """`?mark=&page=`: the filter lives in the address; an unknown one narrows nothing."""
    said = request.GET.get("mark", "")
    mark = said if said in MARKS else ""
    page = service_clocks.page(mark, number_of(request), PAGE)
    counts = service_clocks.counts()
    numbers = {"": counts.running, "near": counts.near, "late": counts.late, "standing": counts.standing}
    staff = staff_at(request)
    return show(
        request,
        "desk/care/service_clocks.html",
        "service_clocks",
        page=page,
        rows=[(one, _file(one, staff)) for one in page.items],
        tabs=[(code, name, numbers[code], code == mark) for code, name in TABS.items()],
        empty=EMPTY[mark],
        kept=service_clocks.kept(),
        kept_days=service_clocks.KEPT_DAYS,
        before=_address(mark, page.page - 1) if page.page > 1 else "",
        after=_address(mark, page.page + 1) if page.page * PAGE < page.total else "",
    )


def _file(one: ClockView, staff: Staff) -> str:
    """Where the work is done; "" for whose duty it is not: a link that leads to a refusal helps nobody."""
    if one.kind == "referral":
        return reverse("desk:referral", args=[one.subject_id]) if staff.has(*_UNDERWRITING) else ""
    if one.kind == "reinstatement":
        return reverse("desk:billing-request", args=[one.subject_id]) if staff.has(*_UNDERWRITING) else ""
    if one.kind in ("end_refund", "endorsement_refund"):
        return reverse("desk:disbursements") if staff.has(*_REFUNDS) else ""
    if one.kind in ("sale_payment", "reinstatement_payment"):
        payment = reverse("admin:payments_paymentintent_change", args=[one.subject_id])
        return payment if staff.has(*_PAYMENTS) else ""
    policies = f"{reverse('admin:policies_policy_changelist')}?{urlencode({'q': one.name.zh})}"
    return policies if staff.has("auditor") else ""


def _address(mark: str, page: int) -> str:
    return "?" + urlencode({"mark": mark, "page": page} if mark else {"page": page})
