"""From the sale on a policy waits for its observation: a partner's flight, a customer's days at a place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import wait_for_data
from baohe.plumbing import clock, outbox
from baohe.rooms.parametric.models import Observation, Watch
from baohe.rooms.payments.models import Payout
from baohe.rooms.policies.models import Policy
from tests.claims import world as claimed
from tests.contract.partner import Partner
from tests.parametric import world

WEATHER = "songtao-weather-trip@2026-11-15"
INPUTS = {"route_class": "trunk", "departure_hour": "7", "past_flights": "120", "delay_index": "500", "benefit": "400"}
TOMORROW = (world.DAY + timedelta(days=1)).isoformat()
SHANGHAI = (312_000, 1_214_000)


def order(reference: str, **facts: str) -> dict[str, object]:
    return {
        "reference": reference,
        "product": "yizhan-flight-delay",
        "start": TOMORROW,
        "inputs": {**INPUTS, **facts},
    }


def test_a_partners_order_names_its_flight_and_waits_for_it(sky: OraclesSimulator) -> None:
    partner = Partner()
    items = [order("F-1", flight="MU5101", day=TOMORROW), order("F-2", flight="MU5101", day=TOMORROW)]
    for issued in (2, 0):  # sent twice, written once
        status, answer = partner.post("/open/v1/policies", {"items": items})
        assert (status, answer["issued"]) == (200, issued)
    assert Observation.objects.get().subject == f"MU5101/{TOMORROW}"
    assert Watch.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "inputs.flight"),
        ({"flight": "mu 5101", "day": TOMORROW}, "inputs.flight"),
        ({"flight": "MU5101"}, "inputs.day"),
        ({"flight": "MU5101", "day": "tomorrow"}, "inputs.day"),
    ],
)
def test_without_its_flight_an_order_is_refused_by_name(
    sky: OraclesSimulator, facts: dict[str, str], field: str
) -> None:
    _, answer = Partner().post("/open/v1/policies", {"items": [order("F-1", **facts)]})
    assert field in str(answer["results"][0]["problem"])
    assert (Policy.objects.count(), Watch.objects.count()) == (0, 0)


def trip(days: int) -> None:
    lin = claimed.claimant()
    policy_id = claimed.policy(
        lin,
        WEATHER,
        inputs={"city": "shanghai", "benefit": "500", "days": str(days)},
        sum_insured_fen=50_000,
        start=world.DAY,
        end=world.DAY + timedelta(days=days),
    )
    issued = outbox.Event(0, "policies.issued", str(policy_id), {"policy_id": str(policy_id)}, 1)
    wait_for_data.policy_issued(issued)
    wait_for_data.policy_issued(issued)


def test_every_day_of_a_trip_is_watched_once(sky: OraclesSimulator) -> None:
    trip(days=3)
    assert Watch.objects.count() == Observation.objects.count() == 2 * 3


def test_a_wet_day_is_paid_when_it_is_over(sky: OraclesSimulator) -> None:
    trip(days=1)
    sky.lines.tell("rain_24h", f"58362/{world.DAY}", 512, clock.now(), SHANGHAI)
    world.work()
    assert Payout.objects.count() == 0
    with clock.travel(world.later(hours=10, minutes=20)):
        world.work()
    assert list(Payout.objects.values_list("amount_fen", flat=True)) == [10_000]


def test_a_typhoon_between_its_fixes_is_paid_and_the_rain_of_the_day_is_not_paid_on_top(sky: OraclesSimulator) -> None:
    trip(days=1)
    sky.lines.tell("rain_24h", f"58362/{world.DAY}", 512, clock.now(), SHANGHAI)
    for hours, lon in ((9, 1_234_700), (3, 1_194_700)):
        at = clock.now() - timedelta(hours=hours)
        sky.lines.tell("typhoon_wind", f"2630/{hours}", 70, at, (312_300, lon))
    with clock.travel(world.later(hours=10, minutes=20)):
        world.work()
    assert sum(Payout.objects.values_list("amount_fen", flat=True)) == 50_000


def test_a_dry_day_pays_nothing(sky: OraclesSimulator) -> None:
    trip(days=1)
    sky.lines.tell("rain_24h", f"58362/{world.DAY}", 12, clock.now(), SHANGHAI)
    with clock.travel(world.later(hours=10, minutes=20)):
        world.work()
    assert Observation.objects.get(trigger="rain").state == "nothing"
    assert Payout.objects.count() == 0
