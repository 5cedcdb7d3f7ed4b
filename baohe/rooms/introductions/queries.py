"""Reads."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.introductions.contracts import AgreementTerms, AgreementView, IntroductionPage, IntroductionView
from baohe.rooms.introductions.models import Agreement, Introduction

MOST = 100


def agreements(page: int = 1, size: int = 50) -> tuple[list[AgreementView], int]:
    """The newest first, and how many there are."""
    rows = Agreement.objects.order_by("-proposed_at", "id")
    first, size = (page - 1) * min(size, MOST), min(size, MOST)
    return [agreement_view(row) for row in rows[first : first + size]], rows.count()


def unapproved() -> int:
    """Agreements that wait for their second name."""
    return Agreement.objects.filter(approved_at=None).count()


def agreements_in_force(day: date) -> list[AgreementView]:
    """Those under which a customer may be introduced that day; at most 100."""
    rows = Agreement.objects.filter(approved_at__isnull=False, first_day__lte=day, last_day__gte=day)
    return [agreement_view(row) for row in rows.order_by("number")[:MOST]]


def introductions(page: int = 1, size: int = 50) -> IntroductionPage:
    rows = Introduction.objects.select_related("agreement").order_by("-made_at", "id")
    first, size = (page - 1) * min(size, MOST), min(size, MOST)
    return IntroductionPage(
        tuple(introduction_view(row) for row in rows[first : first + size]), rows.count(), page, size
    )


def introduction(introduction_id: UUID) -> IntroductionView:
    """Raises `NotFound`."""
    return _found(Introduction.objects.select_related("agreement").filter(id=introduction_id).first())


def introduction_of_link(token: str) -> IntroductionView:
    """Raises `NotFound`."""
    return _found(Introduction.objects.select_related("agreement").filter(token=token).first())


def is_bound(policy_id: UUID) -> bool:
    """Whether a policy came of some introduction already: one policy pays one fee."""
    return Introduction.objects.filter(policy_id=policy_id).exists()


def open_ids(limit: int) -> list[UUID]:
    """What a round has to look at, the longest unseen first."""
    rows = Introduction.objects.filter(state__in=("agreed", "bound", "paid")).order_by("looked_at", "id")
    return list(rows.values_list("id", flat=True)[:limit])


def agreement_view(row: Agreement) -> AgreementView:
    terms = AgreementTerms(**{field: getattr(row, field) for field in AgreementTerms.__slots__})
    return AgreementView(
        row.id, row.number, terms, row.proposed_by, row.proposed_by_name, row.approved_by_name, row.approved_at
    )


def introduction_view(row: Introduction) -> IntroductionView:
    return IntroductionView(
        id=row.id,
        agreement=agreement_view(row.agreement),
        reference=row.reference,
        token=row.token,
        state=row.state,
        account_id=row.account_id,
        made_by_name=row.made_by_name,
        made_at=row.made_at,
        answered_at=row.answered_at,
        policy_id=row.policy_id,
        due_on=row.due_on,
        fee_fen=row.fee_fen,
        returnable_until=row.returnable_until,
    )


def _found(row: Introduction | None) -> IntroductionView:
    if row is None:
        raise NotFound(what="转介绍")
    return introduction_view(row)
