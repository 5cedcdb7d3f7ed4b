"""An agreement between two insurers: proposed by one, approved by another."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.introductions.contracts import AgreementTerms, AgreementView
from baohe.rooms.introductions.errors import SecondNameNeeded
from baohe.rooms.introductions.models import Agreement
from baohe.rooms.introductions.queries import agreement_view

LONGEST_DAYS = 366


def propose(number: str, terms: AgreementTerms, staff_id: UUID, staff_name: str) -> AgreementView:
    """`number` is the signed paper's; told again it is the same agreement. Raises `InvalidInput`."""
    number = number.strip()
    _refuse_bad(number, terms)
    row, made = Agreement.objects.get_or_create(
        number=number,
        defaults={
            "id": clock.new_id(),
            **{field: getattr(terms, field) for field in AgreementTerms.__slots__},
            "proposed_by": staff_id,
            "proposed_by_name": staff_name,
            "proposed_at": clock.now(),
        },
    )
    if not made and agreement_view(row).terms != terms:
        raise InvalidInput(field="number", reason_zh="这个编号已有别的条款", reason_en="stands for other terms already")
    return agreement_view(row)


def approve(agreement_id: UUID, staff_id: UUID, staff_name: str) -> AgreementView:
    """The second name; a repeat changes nothing. Raises `SecondNameNeeded`, `NotFound`."""
    with transaction.atomic():
        row = Agreement.objects.select_for_update().filter(id=agreement_id).first()
        if row is None:
            raise NotFound(what="转介绍协议")
        if row.approved_at is None:
            if row.proposed_by == staff_id:
                raise SecondNameNeeded()
            row.approved_by, row.approved_by_name, row.approved_at = staff_id, staff_name, clock.now()
            row.save(update_fields=["approved_by", "approved_by_name", "approved_at"])
        return agreement_view(row)


def _refuse_bad(number: str, terms: AgreementTerms) -> None:
    if not 0 < len(number) <= 40:
        _bad("number", "需要 1–40 个字符", "needs 1–40 characters")
    if terms.introducer == terms.insurer:
        _bad("insurer", "转出与接收须是两家公司", "must be another insurer than the introducer")
    if not 0 < terms.rate_bp <= 10_000:
        _bad("rate_bp", "须在 1 至 10000 之间", "lies between 1 and 10000")
    if terms.cap_fen <= 0:
        _bad("cap_fen", "须大于零", "must be above zero")
    if not (0 < terms.buy_days <= LONGEST_DAYS and 0 <= terms.return_days <= LONGEST_DAYS):
        _bad("buy_days", f"天数不超过 {LONGEST_DAYS}", f"may be {LONGEST_DAYS} days at most")
    if terms.first_day > terms.last_day:
        _bad("last_day", "早于开始日", "lies before the first day")


def _bad(field: str, zh: str, en: str) -> None:
    raise InvalidInput(field=field, reason_zh=zh, reason_en=en)
