"""Requests to take up a suspended policy again: asked by the customer, decided by a named person (SERV-8, SERV-9)."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.kernel.dates import business_date
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.billing.contracts import OPEN_REQUESTS, ReinstatementView
from baohe.rooms.billing.errors import NotReinstatable
from baohe.rooms.billing.models import Reinstatement
from baohe.rooms.billing.rules.days import allowed_until
from baohe.rooms.billing.views import STATEMENT, reinstatement_view

LONGEST = 400


def ask(policy_id: UUID, account_id: UUID, shard_key: int, health_unchanged: bool, statement: str) -> ReinstatementView:
    """The open request of the policy; asked twice, also at once, it is one. A permission that ran out makes room for
    a new request."""
    with transaction.atomic():
        today = clock.today()
        Reinstatement.objects.filter(
            policy_id=policy_id, state="allowed", allowed_until__lt=today, payment_id=None
        ).update(state="closed")
        standing = Reinstatement.objects.filter(policy_id=policy_id, state__in=OPEN_REQUESTS).first()
        if standing is not None:
            return reinstatement_view(standing)
        id_ = clock.new_id()
        row = Reinstatement(
            id=id_,
            shard_key=shard_key,
            policy_id=policy_id,
            account_id=account_id,
            asked_at=clock.now(),
            health_unchanged=health_unchanged,
            statement_sealed=vault.seal(STATEMENT, id_, statement.strip()[:LONGEST]),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            row = Reinstatement.objects.get(policy_id=policy_id, state__in=OPEN_REQUESTS)
        return reinstatement_view(row)


def decide(reinstatement_id: UUID, allowed: bool, staff_id: UUID, staff_name: str, note: str) -> ReinstatementView:
    """Under one's own name, with the reason. Raises `InvalidInput` without one, `NotReinstatable` when it was decided
    before, `NotFound`."""
    if not note.strip():
        raise InvalidInput(field="note", reason_zh="请写明理由", reason_en="say why")
    with transaction.atomic():
        row = _held(reinstatement_id)
        if row.state != "asked":
            raise NotReinstatable(reason_zh="这份申请已经有结论", reason_en="the request has been decided")
        moment = clock.now()
        row.state = "allowed" if allowed else "declined"
        row.decided_by, row.decided_by_name, row.decided_at = staff_id, staff_name, moment
        row.note = note.strip()[:LONGEST]
        row.allowed_until = allowed_until(business_date(moment)) if allowed else None
        row.save()
        return reinstatement_view(row)


def hold_request(reinstatement_id: UUID) -> ReinstatementView:
    """Locked until the transaction ends, after its policy. Raises `NotFound`."""
    return reinstatement_view(_held(reinstatement_id))


def request_paying(reinstatement_id: UUID, payment_id: UUID | None) -> None:
    """Which payment may restore the policy; None when that one is closed."""
    Reinstatement.objects.filter(id=reinstatement_id, state="allowed").update(payment_id=payment_id)


def request_done(reinstatement_id: UUID) -> None:
    Reinstatement.objects.filter(id=reinstatement_id, state="allowed").update(state="done")


def close_requests(policy_id: UUID) -> None:
    """The contract has ended: nothing is left to take up again."""
    Reinstatement.objects.filter(policy_id=policy_id, state__in=OPEN_REQUESTS).update(state="closed")


def _held(reinstatement_id: UUID) -> Reinstatement:
    row = Reinstatement.objects.select_for_update().filter(id=reinstatement_id).first()
    if row is None:
        raise NotFound(what="复效申请")
    return row
