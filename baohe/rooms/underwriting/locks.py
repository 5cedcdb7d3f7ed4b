"""Every act on a referral holds its row, and nothing else of the room: two acts at once happen one after the other."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.underwriting.errors import ReferralClosed, ReferralNotOpen
from baohe.rooms.underwriting.models import Referral

_WHY = {
    "open": ("核保员正在看", "an underwriter is looking at it"),
    "waiting_for_papers": ("在等客户补材料", "it waits for the customer's papers"),
    "to_confirm": ("在等另一位核保员复核", "it waits for a second underwriter"),
    "offered": ("已给出承保条件，等客户答复", "terms were offered; the customer has not answered"),
    "accepted": ("客户已接受承保条件", "the customer accepted the terms"),
    "declined_by_customer": ("客户没有接受承保条件", "the customer declined the terms"),
    "expired": ("承保条件已过期", "the terms ran out"),
    "decided": ("已有结论", "it is decided"),
}


def referral(declaration_id: UUID) -> Referral:
    """For staff and the worker: the row, locked. Raises `NotFound`."""
    return _one(declaration_id=declaration_id)


def own_referral(account_id: UUID, declaration_id: UUID) -> Referral:
    """For its customer. Raises `NotFound`, also for those of others."""
    return _one(declaration_id=declaration_id, declaration__account_id=account_id)


def refuse_unless(row: Referral, *states: str) -> None:
    """Raises `ReferralClosed` with the name of who decided, or `ReferralNotOpen` with what is going on."""
    if row.state in states:
        return
    if row.state == "decided":
        raise ReferralClosed(handler=row.handler)
    zh, en = _WHY[row.state]
    raise ReferralNotOpen(reason_zh=zh, reason_en=en)


def _one(**which: UUID) -> Referral:
    row = Referral.objects.select_for_update(of=("self",)).select_related("declaration").filter(**which).first()
    if row is None:
        raise NotFound(what="待核保的告知")
    return row
