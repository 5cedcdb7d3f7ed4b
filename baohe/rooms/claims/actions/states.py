"""Which state allows what, said in words before the database says it."""

from __future__ import annotations

from baohe.kernel.errors import NotAllowed
from baohe.rooms.claims import moves
from baohe.rooms.claims.errors import ClaimNotOpen
from baohe.rooms.claims.models import Claim
from baohe.rooms.people.contracts import StaffView

HANDLER = "claims_handler"
AUDITOR = "auditor"
_BY_ACTING = "办理这件理赔"

_WHY = {
    "draft": ("还没有提交", "it has not been submitted"),
    "with_person": ("正由理赔员处理", "a handler is working on it"),
    "to_pay": ("已同意赔付", "payment was agreed"),
    "paying": ("正在付款", "it is being paid"),
    "paid": ("已经赔付", "it was paid"),
    "refused_by_person": ("已有结论", "it was concluded"),
    "withdrawn": ("已撤回", "it was withdrawn"),
}


def refuse_unless_draft(row: Claim) -> None:
    if row.state != "draft":
        raise not_open(row)


def refuse_unless_with_person(row: Claim) -> None:
    """Open for a handler: referred, or paid and under review. While a payment runs, its end is waited for."""
    if row.state != "with_person" and not (row.state == "paid" and row.review_open):
        raise not_open(row)


def not_open(row: Claim) -> ClaimNotOpen:
    zh, en = _WHY[row.state]
    return ClaimNotOpen(reason_zh=zh, reason_en=en)


def refuse_unless_handler(staff: StaffView) -> None:
    """Raises `NotAllowed` for staff without the role of a claims handler."""
    if HANDLER not in staff.roles:
        raise NotAllowed()


def refuse_unless_reader(staff: StaffView) -> None:
    """Raises `NotAllowed` for staff who neither handle nor audit claims (DATA-5)."""
    if not {HANDLER, AUDITOR} & set(staff.roles):
        raise NotAllowed()


def take(row: Claim, staff: StaffView) -> None:
    """A person acts: from here on the claimant sees the name, and the claim is theirs."""
    moves.give(row, "taken", staff, by=staff, reason=_BY_ACTING)
