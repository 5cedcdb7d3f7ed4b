"""A named underwriter decides. The only path in the platform to "declined_by_person" (SERV-9)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.errors import NotAnUnderwriter, ReferralClosed
from baohe.rooms.underwriting.models import PERSON_OUTCOMES, Referral, ReferralDecision
from baohe.rooms.underwriting.queries import declaration_by_id


def decide_referral(
    staff_account_id: UUID,
    declaration_id: UUID,
    outcome: str,
    note: str,
    loading_bp: int = 0,
    exclusions: Sequence[Text] = (),
) -> DeclarationView:
    """Decide an open referral: accept | load | exclude | declined_by_person, with a note that says why.

    `loading_bp` may go with load or exclude. Raises `NotAnUnderwriter`, `ReferralClosed`, `InvalidInput`,
    `NotFound`.
    """
    staff = people.staff(staff_account_id)
    if "underwriter" not in staff.roles:
        raise NotAnUnderwriter()
    _check(outcome, note, loading_bp, exclusions)
    with transaction.atomic():
        referral = (
            Referral.objects.select_for_update(of=("self",))
            .select_related("declaration")
            .filter(declaration_id=declaration_id)
            .first()
        )
        if referral is None:
            raise NotFound(what="待核保的告知")
        if referral.decided_at is not None:
            raise ReferralClosed(handler=referral.handler)
        row = referral.declaration
        version = catalog.version(row.version_id)
        premium_fen = row.quoted_premium_fen
        if loading_bp:
            premium_fen = rating.load(version, row.inputs, premium_fen, loading_bp).premium_fen
        moment = clock.now()
        ReferralDecision.objects.create(
            declaration=row,
            staff_account_id=staff.id,
            staff_name=staff.name,
            outcome=outcome,
            note=note.strip(),
            loading_bp=loading_bp,
            exclusions=[exclusion.as_dict() for exclusion in exclusions],
            premium_fen=premium_fen,
            decided_at=moment,
        )
        referral.handler, referral.decided_at = staff.name, moment
        referral.save(update_fields=["handler", "decided_at"])
        _tell(row.account_id, version)
    return declaration_by_id(declaration_id)


def _tell(account_id: UUID, version: ProductVersion) -> None:
    """A message in the transaction of the decision; it says that there is an answer, not which."""
    phone = people.phone_of(account_id, "system:underwriting", "underwriting_decided")
    if phone is not None:
        names = version.name
        notices.send(phone, "underwriting_decided", {"product": names.zh}, account_id, {"product": names.en})


def _check(outcome: str, note: str, loading_bp: int, exclusions: Sequence[Text]) -> None:
    if outcome not in PERSON_OUTCOMES:
        allowed = "、".join(PERSON_OUTCOMES)
        raise InvalidInput(field="outcome", reason_zh=f"可选：{allowed}", reason_en=f"one of: {allowed}")
    if not note.strip():
        raise InvalidInput(field="note", reason_zh="请写明理由", reason_en="say why")
    if (outcome == "load") != (loading_bp > 0) and outcome != "exclude":
        raise InvalidInput(field="loading_bp", reason_zh="加费承保须写加费比例", reason_en="goes with a loading only")
    if (outcome == "exclude") != bool(exclusions):
        raise InvalidInput(
            field="exclusions", reason_zh="除外承保须写除外内容", reason_en="goes with an exclusion only"
        )
