"""What the machine decided goes to a person because the customer says so (DATA-3). Once; the first terms stay."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.underwriting import rules, rules_referral, sealing
from baohe.rooms.underwriting.actions.declare import handler_for
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.errors import ReviewNotPossible
from baohe.rooms.underwriting.models import Declaration, Referral
from baohe.rooms.underwriting.queries import declaration_by_id
from baohe.rooms.underwriting.referral_records import day_and_time, event, tell

REVIEWABLE = frozenset({"load", "exclude", "postpone"})


def request_review(account_id: UUID, declaration_id: UUID, reason: str) -> DeclarationView:
    """Make a referral of a decision that a machine took against the customer: load, exclude or postpone.

    Raises `ReviewNotPossible` where a person already looks or looked at it, it is older than 30 days or there is
    nothing to contest, `InvalidInput` without a reason, `NotFound`.
    """
    said = reason.strip()
    if not 2 <= len(said) <= 500 or "\x00" in said:
        raise InvalidInput(field="reason", reason_zh="请写一两句理由", reason_en="say why in a sentence or two")
    declared = Declaration.objects.filter(id=declaration_id, account_id=account_id).defer("answers_sealed").first()
    if declared is None:
        raise NotFound(what="健康告知")
    _refuse_impossible(declared)
    try:
        with transaction.atomic():
            _open(declared, said)
    except IntegrityError:  # two taps at once: the key of the referral is the declaration
        raise _twice() from None
    return declaration_by_id(declaration_id)


def _refuse_impossible(declared: Declaration) -> None:
    if Referral.objects.filter(declaration_id=declared.id).exists():
        raise _twice()
    if declared.outcome not in REVIEWABLE:
        raise ReviewNotPossible(reason_zh="这份结果没有附加条件", reason_en="there is nothing to contest")
    if clock.now() > declared.created_at + timedelta(days=rules_referral.REVIEW_DAYS):
        days = rules_referral.REVIEW_DAYS
        raise ReviewNotPossible(reason_zh=f"已超过 {days} 天", reason_en=f"it is older than {days} days")


def _open(declared: Declaration, reason: str) -> None:
    moment = clock.now()
    row = Referral.objects.create(
        declaration=declared,
        handler=handler_for(declared.id),
        cause="customer",
        ask_sealed=sealing.seal_ask(declared.id, reason),
        reply_by=rules.reply_by(moment),
        created_at=moment,
    )
    event(row, "review_asked")
    tell(row, "underwriting_review_asked", handler=row.handler, until=day_and_time(row.reply_by))


def _twice() -> ReviewNotPossible:
    return ReviewNotPossible(reason_zh="已经有人在看或看过了", reason_en="a person already looks or looked at it")
