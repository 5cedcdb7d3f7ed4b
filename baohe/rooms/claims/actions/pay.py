"""What the wallet said about a payout: done, or failed for certain. A time-out says neither and comes later."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.claims import locks, records, shares
from baohe.rooms.claims.actions.states import not_open, refuse_unless_handler, take
from baohe.rooms.claims.contracts import PayOrder, Settled
from baohe.rooms.claims.models import Claim, ClaimPayment
from baohe.rooms.people import facade as people


def payout_done(claim_id: UUID, natural_key: str) -> Settled:
    """The money arrived: the claim is paid. Once for a natural key; inside the caller's transaction."""
    row, payment = _open_payment(claim_id, natural_key)
    if payment is None:
        return records.settled(row, None, None, fresh=False)
    payment.done_at = clock.now()
    payment.save(update_fields=["done_at"])
    row.paid_fen += payment.amount_fen
    if payment.advance:
        row.save()
        _told_paid(row, "advance_paid", payment)
        return records.settled(row, None, None, fresh=True)
    if payment.share_id is not None:
        if shares.done(row, payment):
            insurer = records.insurer_name(row)
            records.milestone(row, "shares_paid", insurer=insurer.zh, insurer_en=insurer.en)
        return records.settled(row, None, None, fresh=True)
    row.state = "paid"
    row.paid_at = payment.done_at
    row.save()
    _told_paid(row, "paid", payment)
    return records.settled(row, None, None, fresh=True)


def payout_failed(claim_id: UUID, natural_key: str) -> Settled:
    """The wallet cannot pay for certain: the claim stays agreed and waits for a handler to pay again."""
    row, payment = _open_payment(claim_id, natural_key)
    if payment is None:
        return records.settled(row, None, None, fresh=False)
    payment.failed_at = clock.now()
    payment.save(update_fields=["failed_at"])
    if payment.share_id is not None:
        shares.failed(row, payment)
        return records.settled(row, None, None, fresh=True)
    if not payment.advance:  # the claim behind an advance stays open, and a handler orders the advance again
        row.state = "to_pay"
        row.save()
    records.milestone(row, "payout_failed", payout=natural_key)
    return records.settled(row, None, None, fresh=True)


def pay_again(staff_id: UUID, claim_id: UUID) -> PayOrder:
    """Order an agreed payout anew after a certain failure, under a new natural key. Raises `ClaimNotOpen`."""
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    row = locks.any_claim(claim_id)
    # a share that failed waits for another account instead
    failed = row.payments.filter(share=None, done_at=None, failed_at__isnull=False).order_by("-id").first()
    if failed is None or (row.state != "to_pay" and not advance_failed(row)):
        raise not_open(row)
    attempt = row.payments.filter(decision_number=failed.decision_number).count()
    take(row, staff)
    if not failed.advance:
        row.state = "paying"
    row.save()
    return records.order(row, failed.decision_number, failed.amount_fen, attempt, failed.advance)


def advance_failed(row: Claim) -> bool:
    """The last try of an advance failed for certain: it is still owed."""
    last = row.payments.order_by("-id").first()
    return row.state in ("draft", "with_person") and last is not None and last.advance and last.failed_at is not None


def _told_paid(row: Claim, code: str, payment: ClaimPayment) -> None:
    insurer = records.insurer_name(row)
    facts = {"insurer": insurer.zh, "insurer_en": insurer.en, "payout": payment.natural_key}
    records.milestone(row, code, amount_fen=payment.amount_fen, **facts)


def _open_payment(claim_id: UUID, natural_key: str) -> tuple[Claim, ClaimPayment | None]:
    row = locks.any_claim(claim_id)
    return row, row.payments.filter(natural_key=natural_key, done_at=None, failed_at=None).first()
