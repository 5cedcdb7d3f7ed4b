"""The second underwriter agrees, or returns the file to the first (four eyes, SERV-9)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.underwriting import locks
from baohe.rooms.underwriting.actions.decide_referral import give
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.errors import SameUnderwriter
from baohe.rooms.underwriting.models import Referral, Verdict
from baohe.rooms.underwriting.queries import declaration_by_id
from baohe.rooms.underwriting.referral_records import event, underwriter


def confirm_verdict(staff_account_id: UUID, declaration_id: UUID) -> DeclarationView:
    """Agree under one's own name; the verdict holds from now on.

    Raises `NotAnUnderwriter`, `SameUnderwriter`, `ReferralNotOpen`, `ReferralClosed`, `NotFound`.
    """
    staff = underwriter(staff_account_id)
    with transaction.atomic():
        row, verdict = _waiting(staff, declaration_id)
        verdict.checker_id, verdict.checker_name = staff.id, staff.name
        event(row, "confirmed", staff, outcome=verdict.outcome)
        give(row, verdict)
    return declaration_by_id(declaration_id)


def return_verdict(staff_account_id: UUID, declaration_id: UUID, why: str) -> DeclarationView:
    """Disagree: the file is open again, with what the second underwriter said. Raises like `confirm_verdict`."""
    staff = underwriter(staff_account_id)
    if not 2 <= len(why.strip()) <= 300:
        raise InvalidInput(field="why", reason_zh="请写明为什么退回", reason_en="say why it goes back")
    with transaction.atomic():
        row, verdict = _waiting(staff, declaration_id)
        verdict.checker_id, verdict.checker_name = staff.id, staff.name
        verdict.returned_at = clock.now()
        verdict.save()
        row.state = "open"
        row.save()
        event(row, "returned", staff, why=why.strip())
    return declaration_by_id(declaration_id)


def _waiting(staff: StaffView, declaration_id: UUID) -> tuple[Referral, Verdict]:
    row = locks.referral(declaration_id)
    locks.refuse_unless(row, "to_confirm")
    verdict = row.verdicts.get(returned_at=None, answered_at=None)
    if verdict.maker_id == staff.id:
        raise SameUnderwriter()
    return row, verdict
