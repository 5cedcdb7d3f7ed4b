"""Workers that raise one clock at once, and acts that begin one at once: each level once, one clock (SERV-4)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from baohe.flows import keep_service_clocks
from baohe.kernel.decisions import Text
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.notices.models import Message
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.service_clocks.contracts import OURS, Subject, Turn
from baohe.rooms.service_clocks.models import ServiceClock, ServiceEscalation
from tests.claims import world as claimed
from tests.races import limited
from tests.races.limited import Round
from tests.service_clocks.steps import house

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("SERV-4")]

CALLERS, ROUNDS = 12, 5


def subject(number: int, account_id: UUID) -> Subject:
    name = Text(f"P2026-{number:04d}", f"P2026-{number:04d}")
    return Subject("end_refund", clock.new_id(), shard_of(str(account_id)), account_id, name)


def test_workers_that_look_at_once_raise_each_level_once() -> None:
    with clock.travel(claimed.NOW):
        house()
        report = limited.run(_raising, callers=CALLERS, rounds=ROUNDS)
    assert report.rounds == ROUNDS


def test_a_clock_that_is_begun_by_many_at_once_is_one() -> None:
    with clock.travel(claimed.NOW):
        report = limited.run(_beginning, callers=CALLERS, rounds=ROUNDS)
    assert report.rounds == ROUNDS


def _raising(number: int) -> Round:
    account_id = claimed.claimant(f"1380006{number:04d}")
    waits = subject(number, account_id)
    with transaction.atomic():
        service_clocks.follow(waits, [Turn(clock.now() - timedelta(days=30), OURS)])
    row = ServiceClock.objects.get(subject_id=waits.id)

    def given() -> int:
        levels = list(ServiceEscalation.objects.filter(clock=row).order_by("level").values_list("level", flat=True))
        assert levels == [1, 2, 3]
        return Message.objects.filter(template="service_deadline", account_id=account_id).count()

    acts = [lambda: keep_service_clocks._raise(row.id)] * CALLERS
    return Round(acts, allowed=None, given=given, end=1)


def _beginning(number: int) -> Round:
    waits = subject(number, claimed.claimant(f"1380007{number:04d}"))
    turns = [Turn(clock.now(), OURS)]

    def given() -> int:
        return ServiceClock.objects.filter(subject_id=waits.id).count()

    def begin() -> None:
        with transaction.atomic():
            service_clocks.hold(waits.kind, waits.id)
            service_clocks.follow(waits, turns)

    return Round([begin] * CALLERS, allowed=None, given=given, end=1)
