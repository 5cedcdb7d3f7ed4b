"""Leave a policy, once, for the amount the customer saw (SERV-2)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.kernel.money import yuan
from baohe.plumbing import clock
from baohe.rooms.policies.contracts import CancelledView
from baohe.rooms.policies.errors import LeavingNotPossible, RefundChanged
from baohe.rooms.policies.locks import policy_for_update
from baohe.rooms.policies.models import Policy
from baohe.rooms.policies.queries import leaving_of
from baohe.rooms.policies.shapes import policy_view


def cancel(account_id: UUID, policy_id: UUID, expected_refund_fen: int, claimed: bool = False) -> CancelledView:
    """End the policy now; `claimed` when a claim was agreed or paid.

    A repeat finds it cancelled and changes nothing (`already`).

    Raises `RefundChanged` when today's amount differs from what the customer saw, `LeavingNotPossible` for a policy
    that has ended, `NotFound`.
    """
    with transaction.atomic():
        row = policy_for_update(account_id, policy_id)
        if row.cancelled_at is not None:
            return _cancelled(row, already=True)
        return _end(row, expected_refund_fen, claimed)


def end_lapsed(policy_id: UUID, expected_refund_fen: int) -> CancelledView:
    """The insurer ends a suspended contract after its time of reinstatement (保险法 37) and gives back the cash value.

    Raises `LeavingNotPossible` when it is not suspended, `RefundChanged`, `NotFound`.
    """
    with transaction.atomic():
        row = Policy.objects.select_for_update().filter(id=policy_id).first()
        if row is None:
            raise NotFound(what="保单")
        if row.cancelled_at is not None:
            return _cancelled(row, already=True)
        if row.lapsed_on is not None or not row.suspensions.filter(until=None).exists():
            raise LeavingNotPossible(reason_zh="没有中止", reason_en="is not suspended")
        return _end(row, expected_refund_fen, claimed=False, lapsed_on=clock.today())


def mark_refunded(policy_id: UUID) -> bool:
    """The wallet has given the money back. False when it was marked before."""
    return (
        Policy.objects.filter(id=policy_id, cancelled_at__isnull=False, refunded_at=None).update(
            refunded_at=clock.now()
        )
        == 1
    )


def _end(row: Policy, expected_refund_fen: int, claimed: bool, lapsed_on: date | None = None) -> CancelledView:
    leaving = leaving_of(row, clock.today(), claimed)
    if not leaving.allowed:
        raise LeavingNotPossible(reason_zh="已经到期", reason_en="has come to its end")
    if leaving.refund_fen != expected_refund_fen:
        raise RefundChanged(refund=yuan(leaving.refund_fen), refund_fen=leaving.refund_fen)
    row.cancelled_at, row.lapsed_on = clock.now(), lapsed_on
    row.refund_fen = leaving.refund_fen
    row.refunded_at = row.cancelled_at if leaving.refund_fen == 0 else None
    row.save(update_fields=["cancelled_at", "refund_fen", "refunded_at", "lapsed_on"])
    return _cancelled(row, already=False)


def _cancelled(row: Policy, already: bool) -> CancelledView:
    assert row.cancelled_at is not None and row.refund_fen is not None  # noqa: S101, PT018 - CHECK of the table
    return CancelledView(
        policy=policy_view(row, clock.today()),
        refund_fen=row.refund_fen,
        cancelled_at=row.cancelled_at,
        already=already,
    )
