"""The customer answers an offer, once, while it holds."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.underwriting import locks
from baohe.rooms.underwriting.actions.decide_referral import close
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.errors import OfferGone
from baohe.rooms.underwriting.models import Referral, Verdict
from baohe.rooms.underwriting.queries import declaration_by_id
from baohe.rooms.underwriting.referral_records import event


def accept_offer(account_id: UUID, declaration_id: UUID, offer_id: UUID) -> DeclarationView:
    """Take the terms; from now on the declaration carries them. Accepting the same offer twice is once.

    `offer_id` is the offer that was shown, so that nobody agrees to terms they did not see. Raises `OfferGone`,
    `NotFound`.
    """
    with transaction.atomic():
        row, verdict, fresh = _offer(account_id, declaration_id, offer_id, "accepted")
        if fresh:
            _answer(verdict, "accepted")
            close(row, "accepted", verdict)
            event(row, "accepted")
    return declaration_by_id(declaration_id)


def decline_offer(account_id: UUID, declaration_id: UUID, offer_id: UUID) -> DeclarationView:
    """Leave the terms. Where the rules had given terms of their own (a review), those stay. Raises like
    `accept_offer`."""
    with transaction.atomic():
        row, verdict, fresh = _offer(account_id, declaration_id, offer_id, "declined")
        if fresh:
            _answer(verdict, "declined")
            close(row, "declined_by_customer", None)
            event(row, "declined")
    return declaration_by_id(declaration_id)


def _offer(account_id: UUID, declaration_id: UUID, offer_id: UUID, wanted: str) -> tuple[Referral, Verdict, bool]:
    row = locks.own_referral(account_id, declaration_id)
    verdict = row.verdicts.filter(id=offer_id).first()
    if verdict is None or verdict.valid_until is None:
        raise OfferGone(reason_zh="不存在", reason_en="do not exist")
    if verdict.answer == wanted:
        return row, verdict, False
    if verdict.answer or row.state != "offered":
        raise OfferGone(reason_zh="已经答复过", reason_en="were answered before")
    if clock.now() > verdict.valid_until:
        raise OfferGone(reason_zh="已过有效期", reason_en="have run out")
    return row, verdict, True


def _answer(verdict: Verdict, answer: str) -> None:
    verdict.answer, verdict.answered_at = answer, clock.now()
    verdict.save()
