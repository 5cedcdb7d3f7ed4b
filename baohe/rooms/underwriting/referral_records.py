"""Writing what happened to a referral, and telling its customer, in the transaction of the act."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.underwriting import rules_referral
from baohe.rooms.underwriting.errors import NotAnUnderwriter
from baohe.rooms.underwriting.models import Referral, ReferralEvent

PASSED_ON = "underwriting.passed_on"
_TOLD = frozenset({"review_asked", *rules_referral.TURNS, *rules_referral.ENDS})


def underwriter(staff_account_id: UUID) -> StaffView:
    """Raises `NotAnUnderwriter`, `NotFound` for who is no staff."""
    staff = people.staff(staff_account_id)
    if "underwriter" not in staff.roles:
        raise NotAnUnderwriter()
    return staff


def event(row: Referral, code: str, by: StaffView | None = None, key: str = "", **facts: Any) -> None:
    """One line of history. `facts` hold no health data; `key` names what may stand there only once. What passes the
    file on, or may end it, is told to whoever listens."""
    ReferralEvent.objects.create(
        referral=row,
        at=clock.now(),
        code=code,
        staff_id=by.id if by else None,
        staff_name=by.name if by else "",
        facts=facts,
        key=key,
    )
    if code in _TOLD:
        passed_on(row)


def passed_on(row: Referral) -> None:
    """Others hear that the file came, went to somebody else or ended; `referral_turns` says which."""
    declared = row.declaration
    outbox.publish(PASSED_ON, declared.id, shard_of(str(declared.account_id)), {})


def take(row: Referral, staff: StaffView) -> None:
    """From here on the customer sees this name."""
    row.handler, row.handler_id = staff.name, staff.id


def tell(row: Referral, template: str, **params: str) -> None:
    """A message that names the product and no illness: a text lies open on a locked screen."""
    declared = row.declaration
    phone = people.phone_of(declared.account_id, "system:underwriting", template)
    if phone is not None:
        name = catalog.version(declared.version_id).name
        notices.send(phone, template, {"product": name.zh, **params}, declared.account_id, {"product": name.en})


def day_and_time(moment: datetime) -> str:
    """`12月15日 23:59`, Shanghai, without words that need translating."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
