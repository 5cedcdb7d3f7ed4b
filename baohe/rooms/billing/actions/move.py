"""The steps of an instalment. Each is guarded by the state it leaves, so a repeat changes nothing and says so.

The caller holds the policy's row (`policies.hold`): everything that may befall one policy queues there.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.errors import NotFound
from baohe.rooms.billing.contracts import UNPAID, InstalmentView
from baohe.rooms.billing.models import Instalment
from baohe.rooms.billing.rules import days
from baohe.rooms.billing.views import instalment_view


def hold(instalment_id: UUID) -> InstalmentView:
    """The instalment, locked until the transaction ends; after its policy. Raises `NotFound`."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an instalment moves in the transaction of its cause")
    row = Instalment.objects.select_for_update().filter(id=instalment_id).first()
    if row is None:
        raise NotFound(what="这一期保费")
    return instalment_view(row)


def is_first_unpaid(of: InstalmentView) -> bool:
    return not Instalment.objects.filter(policy_id=of.policy_id, number__lt=of.number, state__in=UNPAID).exists()


def fall_due(instalment_id: UUID) -> bool:
    return Instalment.objects.filter(id=instalment_id, state="planned").update(state="due") == 1


def owe(instalment_id: UUID) -> bool:
    """Its policy is suspended: from now on it is part of the reinstatement."""
    rows = Instalment.objects.filter(id=instalment_id, state__in=("planned", "due"), payment_id=None)
    return rows.update(state="owed", remind_on=None, next_try_on=None) == 1


def ask_again(policy_id: UUID) -> list[InstalmentView]:
    """The policy was reinstated: what fell due while that payment was under way is not part of it, and is due like any
    other; returns it. Left as owed, nobody could pay it and nothing after it would ever be tried or missed."""
    rows = list(Instalment.objects.select_for_update().filter(policy_id=policy_id, state="owed").order_by("number"))
    for row in rows:
        row.state, row.next_try_on = "due", row.due_on
        row.remind_on = days.press_on(row.due_on, row.grace_ends)
        row.save(update_fields=["state", "next_try_on", "remind_on"])
    return [instalment_view(row) for row in rows]


def reminded(of: InstalmentView, on: date) -> None:
    """The next reminder is the one before the end of the grace; after that one there is none."""
    press = days.press_on(of.due_on, of.grace_ends)
    Instalment.objects.filter(id=of.id).update(remind_on=press if on < press else None)


def tried(of: InstalmentView, on: date) -> None:
    """This day's try is over without a charge: the next comes on its own day."""
    Instalment.objects.filter(id=of.id).update(next_try_on=days.next_try(of.due_on, on, of.grace_ends))


def payment_opened(of: InstalmentView, payment_id: UUID, provider: str, on: date, charged: bool) -> None:
    """A payment may pay it from now on; until that is known nothing else is tried. A charge counts as a try and
    names the day of the next one, so that no failure is the end (field bug 16)."""
    changes: dict[str, object] = {"payment_id": payment_id, "provider": provider}
    if charged:
        changes |= {"tries": of.tries + 1, "next_try_on": days.next_try(of.due_on, on, of.grace_ends), "reason": ""}
    if not Instalment.objects.filter(id=of.id, state__in=("planned", "due"), payment_id=None).update(**changes):
        raise ValueError(f"instalment {of.id} already waits for a payment")


def payment_closed(instalment_id: UUID, payment_id: UUID, reason: str) -> bool:
    """The payment will certainly never be made. False when the instalment does not wait for it."""
    rows = Instalment.objects.filter(id=instalment_id, payment_id=payment_id, state__in=UNPAID)
    return rows.update(payment_id=None, provider="", reason=reason[:40]) == 1


def paid(instalment_id: UUID, payment_id: UUID, provider: str, on: date) -> bool:
    rows = Instalment.objects.filter(id=instalment_id, state__in=UNPAID)
    return rows.update(state="paid", payment_id=payment_id, provider=provider, paid_on=on, remind_on=None) == 1


def drop(policy_id: UUID) -> list[InstalmentView]:
    """Nothing more is asked for of a policy that ended; returns what was due, as it was before."""
    rows = Instalment.objects.select_for_update().filter(policy_id=policy_id, state__in=UNPAID).order_by("number")
    unpaid = [instalment_view(row) for row in rows]
    Instalment.objects.filter(id__in=[one.id for one in unpaid]).update(
        state="dropped", remind_on=None, next_try_on=None
    )
    return [one for one in unpaid if one.state == "due"]
