"""A producer in the register and terms in force, each with four eyes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from baohe.plumbing import clock
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import ProducerView, Terms

ONE, OTHER = (uuid4(), "程立"), (uuid4(), "许衡")


def registered(code: str = "su-min", first_day: date | None = None) -> ProducerView:
    change = commission.propose_producer(
        ONE,
        code=code,
        kind="agent",
        name="苏敏",
        registration_number=f"26{abs(hash(code)) % 10**14:014d}",
        affiliation="platform",
        first_day=first_day or clock.today(),
    )
    commission.decide_change(OTHER, change.id, approve=True)
    return commission.producer(change.producer.id)


def ended(producer_id: UUID, last_day: date | None = None) -> None:
    change = commission.propose_end(ONE, producer_id, last_day or clock.today() - timedelta(days=1), "离职")
    commission.decide_change(OTHER, change.id, approve=True)


def in_force(
    scope: str,
    rates_bp: tuple[int, ...],
    share_bp: int = 6_000,
    claw_back: tuple[tuple[int, int], ...] = (),
    scope_kind: str = "version",
    pay_from: int = 0,
) -> None:
    schedule = commission.propose_schedule(
        ONE,
        scope_kind=scope_kind,
        scope=scope,
        valid_from=clock.today(),
        terms=Terms(rates_bp, share_bp, claw_back),
        pay_from=pay_from,
    )
    commission.decide_schedule(OTHER, schedule.id, approve=True)
