"""Two registered producers and the terms they sell under, each proposed by one of finance and approved by another."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import Terms
from baohe.rooms.people import facade as people

ADVISER = "su-min"
_PRODUCERS = (
    (ADVISER, "agent", "苏敏", "26110100002381", "platform"),
    ("he-yuan", "broker", "何远", "26310100007714", "platform"),
)
_TERM_LIFE = Terms((3_000, 1_000, 500), 6_000, ((12, 10_000), (24, 5_000)))
_TERMS = (
    ("version", "yunshan-term-life@2026-02-01", _TERM_LIFE),
    ("version", "yunshan-term-life@2026-11-25", _TERM_LIFE),
    ("line", "medical", Terms((1_500,), 5_000)),
)
_BEFORE = timedelta(days=300)
"""They stood in the register before the family bought anything."""


def build() -> None:
    """All of them or none."""
    one, other = ((who.id, who.name) for who in people.staff_with_role("finance")[:2])
    with transaction.atomic(), clock.travel(clock.now() - _BEFORE):
        if not commission.producers(1, 1)[1]:
            for code, kind, name, number, affiliation in _PRODUCERS:
                change = commission.propose_producer(
                    one,
                    code=code,
                    kind=kind,
                    name=name,
                    registration_number=number,
                    affiliation=affiliation,
                    first_day=clock.today(),
                )
                commission.decide_change(other, change.id, approve=True)
        if not commission.schedules(1, 1)[1]:
            for scope_kind, scope, terms in _TERMS:
                schedule = commission.propose_schedule(
                    one, scope_kind=scope_kind, scope=scope, valid_from=clock.today(), terms=terms
                )
                commission.decide_schedule(other, schedule.id, approve=True)
