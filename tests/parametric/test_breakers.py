"""What makes the machine stop, and that nothing is lost: people see it, two of them let it go on."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth.models import Group

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import settle_parametric
from baohe.kernel.errors import NotAllowed
from baohe.plumbing import clock
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.errors import NotWaiting, SecondNameNeeded
from baohe.rooms.parametric.models import Breaker, Source
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.people.models import Account
from tests.parametric import world

Two = tuple[StaffView, StaffView]


def reopen(handlers: Two) -> None:
    [breaker] = parametric.breakers()
    settle_parametric.ask_reopen(handlers[0].id, breaker.id)
    settle_parametric.reopen(handlers[1].id, breaker.id)


@pytest.mark.parametrize("fault", ["silent", "stale"])
def test_a_source_without_a_sign_of_life_is_stopped(sky: OraclesSimulator, seller: UUID, fault: str) -> None:
    world.ticket(seller, "T-1")
    sky.faults.set({fault: 2})
    with clock.travel(world.later(seconds=299)):
        world.work()
        assert parametric.breakers() == ()
    with clock.travel(world.later(seconds=302)):
        world.work()
        assert sorted((one.scope, one.reason) for one in parametric.breakers()) == [
            ("flight-b", "stale"),
            ("parcel-b", "stale"),
            ("sensor-b", "stale"),
            ("weather-b", "stale"),
        ]
        world.tell_by(sky, a=47, c=46)
        world.work()
    assert Payout.objects.count() == 1  # the two others are enough


def test_two_values_under_one_sequence_stop_a_source_and_its_word(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    sky.faults.set({"equivocates": 1})
    world.tell_by(sky, a=47, b=47)
    world.work()
    assert [(one.scope, one.reason) for one in parametric.breakers()] == [("flight-a", "equivocates")]
    assert (world.observed().state, Payout.objects.count()) == ("waiting", 0)


def test_what_a_stopped_source_was_needed_for_goes_to_people(sky: OraclesSimulator, seller: UUID) -> None:
    """Agreed, not yet settled, and then one of the two is caught: the policies are not paid on its word."""
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47, b=47)
    settle_parametric.round_()
    sky.faults.set({"equivocates": 1})
    sky.lines.tell("flight_arrival", "CA1/2026-11-22", 1, world.LANDED, None)
    settle_parametric.round_()
    world.work()
    assert (world.observed().state, world.observed().why, Payout.objects.count()) == ("people", "stopped", 0)


def test_reopening_takes_two_handlers(sky: OraclesSimulator, seller: UUID, handlers: Two) -> None:
    sky.faults.set({"equivocates": 1})
    world.tell_by(sky, a=47)
    world.work()
    [breaker] = parametric.breakers()
    with pytest.raises(NotWaiting):
        settle_parametric.reopen(handlers[1].id, breaker.id)
    settle_parametric.ask_reopen(handlers[0].id, breaker.id)
    with pytest.raises(SecondNameNeeded):
        settle_parametric.reopen(handlers[0].id, breaker.id)
    with pytest.raises(NotWaiting):
        settle_parametric.ask_reopen(handlers[1].id, breaker.id)
    assert len(parametric.breakers()) == 1
    settle_parametric.reopen(handlers[1].id, breaker.id)
    assert parametric.breakers() == ()


def test_nobody_else_reopens(sky: OraclesSimulator, handlers: Two) -> None:
    sky.faults.set({"equivocates": 1})
    world.tell_by(sky, a=47)
    world.work()
    [breaker] = parametric.breakers()
    Account.objects.get(id=handlers[0].id).groups.set([Group.objects.get_or_create(name="underwriter")[0]])
    with pytest.raises(NotAllowed):
        settle_parametric.ask_reopen(handlers[0].id, breaker.id)
    assert Breaker.objects.get().asked_by is None


def test_a_source_that_is_let_on_counts_again(sky: OraclesSimulator, seller: UUID, handlers: Two) -> None:
    world.ticket(seller, "T-1")
    sky.faults.set({"silent": 2})
    Source.objects.exclude(code="flight-b").update(heartbeat_seconds=10**6)
    with clock.travel(world.later(seconds=600)):
        world.work()
        sky.faults.set({"silent": 0})
        world.tell_by(sky, a=47, b=47)
        world.work()
        assert (world.observed().state, Payout.objects.count()) == ("waiting", 0)
        reopen(handlers)
        world.work()
        assert (world.observed().state, Payout.objects.count()) == ("settled", 1)


@pytest.mark.parametrize(("limit", "reason"), [({"claims_an_hour": 3}, "claims"), ({"fen_an_hour": 36_000}, "money")])
def test_past_the_limit_of_an_hour_the_machine_stops_and_nothing_is_lost(
    sky: OraclesSimulator, handlers: Two, limit: dict[str, int], reason: str
) -> None:
    world.tickets(7, version_id=world.publish_with_breaker(limit))
    world.tell(sky, 47)
    for paid in (3, 6):
        world.work()
        assert (Payout.objects.count(), world.observed().state) == (paid, "agreed")
        assert [one.reason for one in parametric.breakers()] == [reason]
        reopen(handlers)
    world.work()
    assert (Payout.objects.count(), world.observed().state) == (7, "settled")
