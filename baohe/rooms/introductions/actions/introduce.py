"""One introduction, from the insurer's word to the fee. What follows a yes is the flow's, under the row's lock."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.introductions.contracts import IntroductionView
from baohe.rooms.introductions.errors import AgreementNotInForce, Answered
from baohe.rooms.introductions.models import Agreement, Introduction
from baohe.rooms.introductions.queries import agreement_view, introduction_view


def record(agreement_id: UUID, reference: str, staff_id: UUID, staff_name: str) -> IntroductionView:
    """The insurer's own number of a customer it wants to introduce, and a link for that customer: no name, no number.

    Told again it is the same introduction. Raises `AgreementNotInForce`, `NotFound`, `InvalidInput`.
    """
    reference = reference.strip()
    if not 0 < len(reference) <= 60:
        raise InvalidInput(field="reference", reason_zh="需要 1–60 个字符", reason_en="needs 1–60 characters")
    agreement = Agreement.objects.filter(id=agreement_id).first()
    if agreement is None:
        raise NotFound(what="转介绍协议")
    if not agreement_view(agreement).in_force(clock.today()):
        raise AgreementNotInForce(number=agreement.number, day=clock.today())
    row, _ = Introduction.objects.get_or_create(
        agreement=agreement,
        reference=reference,
        defaults={
            "id": clock.new_id(),
            "token": secrets.token_urlsafe(24),
            "made_by": staff_id,
            "made_by_name": staff_name,
            "made_at": clock.now(),
            "looked_at": clock.now(),
        },
    )
    return introduction_view(row)


def answer(token: str, account_id: UUID, agreed: bool, text_digest: str) -> IntroductionView:
    """The signed-in customer's word, inside the caller's transaction. The first word holds; the same again changes
    nothing. Raises `Answered` for another word or another person, `AgreementNotInForce`, `NotFound`."""
    row = Introduction.objects.select_for_update(of=("self",)).select_related("agreement").filter(token=token).first()
    if row is None:
        raise NotFound(what="转介绍")
    if row.state != "asked":
        if row.account_id == account_id and agreed == (row.state != "declined"):
            return introduction_view(row)
        raise Answered()
    if agreed and not agreement_view(row.agreement).in_force(clock.today()):
        raise AgreementNotInForce(number=row.agreement.number, day=clock.today())
    row.state = "agreed" if agreed else "declined"
    row.account_id, row.text_digest, row.answered_at = account_id, text_digest, clock.now()
    row.save(update_fields=["state", "account_id", "text_digest", "answered_at"])
    return introduction_view(row)


def take(introduction_id: UUID) -> IntroductionView | None:
    """The row's lock for the round, in its transaction; None when another round has it. It counts as looked at."""
    row = (
        Introduction.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("agreement")
        .filter(id=introduction_id)
        .first()
    )
    if row is None:
        return None
    row.looked_at = clock.now()
    row.save(update_fields=["looked_at"])
    return introduction_view(row)


def bind(introduction_id: UUID, policy_id: UUID, fee_fen: int, due_on: date, issued_on: date) -> IntroductionView:
    """A policy came of it. `fee_fen` is due on `due_on`, and goes back when the policy ends within the agreed days."""
    row = Introduction.objects.select_related("agreement").get(id=introduction_id, state="agreed")
    row.state, row.policy_id, row.fee_fen, row.due_on = "bound", policy_id, fee_fen, due_on
    row.returnable_until = issued_on + timedelta(days=row.agreement.return_days)
    row.save(update_fields=["state", "policy_id", "fee_fen", "due_on", "returnable_until"])
    return introduction_view(row)


def mark(introduction_id: UUID, before: str, after: str) -> bool:
    """Whether this call moved it from `before` to `after`."""
    with transaction.atomic():
        return bool(Introduction.objects.filter(id=introduction_id, state=before).update(state=after))
