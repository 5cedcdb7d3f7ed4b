"""Reads of the room.

The four lists of the daily round give what is ripe on `day`, by id after `after`; with `only` they say of one
instalment whether it still is, asked again under its lock.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.billing.contracts import UNPAID, Counts, InstalmentView, ReinstatementView
from baohe.rooms.billing.models import Instalment, Reinstatement
from baohe.rooms.billing.views import instalment_view, reinstatement_view

BATCH = 200
MAX_PAGE = 200


def instalment(instalment_id: UUID) -> InstalmentView:
    """Raises `NotFound`. The caller checks whose it is (`account_id`)."""
    row = Instalment.objects.filter(id=instalment_id).first()
    if row is None:
        raise NotFound(what="这一期保费")
    return instalment_view(row)


def plan_of(policy_id: UUID) -> tuple[InstalmentView, ...]:
    """The later instalments of a policy, in order; none when it was paid at once."""
    return tuple(instalment_view(row) for row in Instalment.objects.filter(policy_id=policy_id).order_by("number"))


def planned(policy_ids: Collection[UUID]) -> set[UUID]:
    """Which of these policies have a plan."""
    return set(Instalment.objects.filter(policy_id__in=policy_ids).values_list("policy_id", flat=True).distinct())


def falling_due(day: date, after: UUID | None = None, only: UUID | None = None) -> list[InstalmentView]:
    return _after(Instalment.objects.filter(state="planned", due_on__lte=day), after, only)


def reminding(day: date, after: UUID | None = None, only: UUID | None = None) -> list[InstalmentView]:
    return _after(Instalment.objects.filter(state__in=("planned", "due"), remind_on__lte=day), after, only)


def trying(day: date, after: UUID | None = None, only: UUID | None = None) -> list[InstalmentView]:
    """Only the earliest unpaid one of a policy: a later premium never pays before an earlier one."""
    rows = Instalment.objects.filter(state="due", payment_id=None, next_try_on__lte=day, grace_ends__gte=day)
    return _after(rows.exclude(_has_earlier()), after, only)


def past_grace(day: date, after: UUID | None = None, only: UUID | None = None) -> list[InstalmentView]:
    rows = Instalment.objects.filter(state="due", payment_id=None, grace_ends__lt=day)
    return _after(rows.exclude(_has_earlier()), after, only)


def overdue(page: int = 1, size: int = 50) -> tuple[list[InstalmentView], int]:
    """One page of what fell due and is not paid, nearest end of grace first, and how many. Raises `InvalidInput`."""
    _refuse_page(page, size)
    rows = Instalment.objects.filter(state="due", due_on__lt=clock.today())
    found = rows.order_by("grace_ends", "id")[(page - 1) * size : page * size]
    return [instalment_view(row) for row in found], rows.count()


def owed_fen(policy_id: UUID, on: date) -> int:
    """What is due and unpaid of a policy on a day."""
    rows = Instalment.objects.filter(policy_id=policy_id, state__in=("due", "owed"), due_on__lte=on)
    return sum(rows.values_list("amount_fen", flat=True))


def reinstatement(reinstatement_id: UUID) -> ReinstatementView:
    """Raises `NotFound`. The caller checks whose it is."""
    row = Reinstatement.objects.filter(id=reinstatement_id).first()
    if row is None:
        raise NotFound(what="复效申请")
    return reinstatement_view(row)


def reinstatement_of(policy_id: UUID) -> ReinstatementView | None:
    """The latest request of a policy."""
    row = Reinstatement.objects.filter(policy_id=policy_id).order_by("-asked_at").first()
    return None if row is None else reinstatement_view(row)


def requests(page: int = 1, size: int = 50) -> tuple[list[ReinstatementView], int]:
    """One page of the requests that wait for a person, oldest first, and how many. Raises `InvalidInput`."""
    _refuse_page(page, size)
    rows = Reinstatement.objects.filter(state="asked")
    found = rows.order_by("asked_at", "id")[(page - 1) * size : page * size]
    return [reinstatement_view(row) for row in found], rows.count()


def counts() -> Counts:
    waiting = Reinstatement.objects.filter(state="asked")
    return Counts(
        overdue=Instalment.objects.filter(state="due", due_on__lt=clock.today()).count(),
        requests=waiting.count(),
        oldest_request=waiting.aggregate(first=Min("asked_at"))["first"],
    )


def problems() -> list[str]:
    """What the daily round should have done and has not, in sentences; empty when all is well."""
    late = clock.today() - timedelta(days=2)
    stuck = Instalment.objects.filter(state="planned", due_on__lt=late).count()
    held = Instalment.objects.filter(state="due", payment_id=None, grace_ends__lt=late).count()
    found = [f"{stuck} instalments fell due and were not billed"] if stuck else []
    return found + ([f"{held} instalments are past their grace and nothing followed"] if held else [])


def _after(rows: QuerySet[Instalment], after: UUID | None, only: UUID | None) -> list[InstalmentView]:
    if only is not None:
        rows = rows.filter(id=only)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [instalment_view(row) for row in rows.order_by("id")[:BATCH]]


def _has_earlier() -> Exists:
    earlier = Instalment.objects.filter(
        policy_id=OuterRef("policy_id"), number__lt=OuterRef("number"), state__in=UNPAID
    )
    return Exists(earlier)


def _refuse_page(page: int, size: int) -> None:
    # OFFSET is a bigint in the database: a page beyond it would be an error of ours.
    if not 1 <= page <= 10**9 or not 1 <= size <= MAX_PAGE:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} a page")
