"""Reads of the register and the terms. The producers' accounts are in `accounts`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.commission.contracts import AdviserCard, ChangeView, ProducerView, ScheduleView, Terms
from baohe.rooms.commission.errors import ProducerNotRegistered
from baohe.rooms.commission.models import Attribution, Producer, RegisterChange, Schedule

NAME = "commission_producer.name"
MAX_PAGE = 200


def registered_on(row: Producer, day: date) -> bool:
    return row.valid_from is not None and row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


def registered(code: str, day: date) -> Producer:
    """Raises `ProducerNotRegistered`, also for a code nobody has: an outsider learns nothing of the register."""
    row = Producer.objects.filter(code=code).first() if "\x00" not in code else None
    if row is None or not registered_on(row, day):
        raise ProducerNotRegistered(code=code[:20], day=f"{day}")
    return row


def adviser(code: str, day: date) -> AdviserCard:
    """Who a customer's link names. Raises `ProducerNotRegistered`."""
    return card_of(registered(code, day))


def adviser_of(proposal_id: UUID) -> AdviserCard | None:
    """Who sold it, as named before the signature."""
    row = Attribution.objects.select_related("producer").filter(proposal_id=proposal_id).first()
    return None if row is None else card_of(row.producer)


def producer(producer_id: UUID) -> ProducerView:
    """Raises `NotFound`."""
    row = Producer.objects.filter(id=producer_id).first()
    if row is None:
        raise NotFound(what="销售人员")
    return producer_view(row)


def producers(page: int = 1, size: int = 50) -> tuple[list[ProducerView], int]:
    """One page of the register, by code, and how many there are. Raises `InvalidInput`."""
    refuse_page(page, size)
    rows = Producer.objects.order_by("code")
    return [producer_view(row) for row in rows[(page - 1) * size : page * size]], rows.count()


def producer_names(ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """id → (code, name), for statements."""
    return {row.id: (row.code, _name(row)) for row in Producer.objects.filter(id__in=ids)}


def open_changes() -> list[ChangeView]:
    """Changes of the register that wait for a second person, the oldest first; at most a page."""
    rows = RegisterChange.objects.filter(decided_by=None).select_related("producer")
    return [change_view(row) for row in rows.order_by("proposed_at")[:MAX_PAGE]]


def schedules(page: int = 1, size: int = 50) -> tuple[list[ScheduleView], int]:
    """One page, those that wait for a decision first, then the newest. Raises `InvalidInput`."""
    refuse_page(page, size)
    rows = Schedule.objects.order_by("-approved", "-valid_from", "-id")  # NULL first: undecided
    return [schedule_view(row) for row in rows[(page - 1) * size : page * size]], rows.count()


def waiting() -> int:
    """How much of the room waits for a second person."""
    open_terms = Schedule.objects.filter(decided_by=None).count()
    return RegisterChange.objects.filter(decided_by=None).count() + open_terms


def producer_view(row: Producer) -> ProducerView:
    return ProducerView(
        id=row.id,
        code=row.code,
        kind=row.kind,
        name=_name(row),
        registration_number=row.registration_number,
        affiliation=row.affiliation,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=_state(row, clock.today()),
    )


def change_view(row: RegisterChange) -> ChangeView:
    return ChangeView(
        id=row.id,
        producer=producer_view(row.producer),
        kind=row.kind,
        on=row.on,
        reason=row.reason,
        proposed_by=row.proposed_by,
        proposed_by_name=row.proposed_by_name,
        proposed_at=row.proposed_at,
    )


def schedule_view(row: Schedule) -> ScheduleView:
    claw_back = tuple((int(months), int(share)) for months, share in row.claw_back)
    return ScheduleView(
        id=row.id,
        scope_kind=row.scope_kind,
        scope=row.scope,
        pay_from=row.pay_from,
        pay_until=row.pay_until,
        valid_from=row.valid_from,
        terms=Terms(tuple(row.rates_bp), row.share_bp, claw_back),
        cap_bp=row.cap_bp,
        state={None: "proposed", True: "approved", False: "refused"}[row.approved],
        proposed_by=row.proposed_by,
        proposed_by_name=row.proposed_by_name,
        proposed_at=row.proposed_at,
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
    )


def refuse_page(page: int, size: int) -> None:
    # OFFSET is a bigint in the database: a page beyond it would be an error of ours.
    if not 1 <= page <= 10**9 or not 1 <= size <= MAX_PAGE:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} a page")


def card_of(row: Producer) -> AdviserCard:
    return AdviserCard(row.code, row.kind, _name(row), row.registration_number)


def _name(row: Producer) -> str:
    return vault.unseal(NAME, row.id, row.name_sealed)


def _state(row: Producer, today: date) -> str:
    if row.valid_from is None:
        return "proposed" if row.changes.filter(decided_by=None).exists() else "refused"
    if row.valid_from > today:
        return "not_yet"
    return "ended" if row.valid_until is not None and row.valid_until < today else "registered"
