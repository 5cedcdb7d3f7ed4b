"""What happens or does not, a returned parcel and a water alarm: sold, told beforehand, settled by two of three."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.faces.desk.tests.desk_world import browser
from baohe.flows import settle_claim, wait_for_data
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import Claim
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices.models import Message
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.models import Observation, Source, Watch
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.models import Account
from baohe.rooms.policies.contracts import ObjectLine
from baohe.rooms.policies.models import Policy
from tests.claims import world as claimed
from tests.contract.partner import Partner
from tests.parametric import world

LEAK = "suihe-water-leak@2026-11-20"
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
PRICED = {
    "buyer_return_rate_bp": "500",
    "seller_return_rate_bp": "500",
    "category": "daily",
    "order_value_fen": "9900",
    "benefit": "12",
}
DEVICE, LABEL = "SH-2026-00183A", "SF1234567"


@pytest.fixture
def on_the_29th(sky: OraclesSimulator) -> Any:
    """Both versions are on sale."""
    with clock.travel(NOW):
        Source.objects.update(heard_at=NOW)
        yield sky


def order(reference: str, label: str | None = LABEL) -> dict[str, Any]:
    inputs = {**PRICED, **({"parcel": label} if label else {})}
    return {"reference": reference, "product": "yizhan-freight-return", "start": TODAY.isoformat(), "inputs": inputs}


def sell(*orders: dict[str, Any], partner: Partner | None = None) -> list[dict[str, Any]]:
    _, answer = (partner or Partner()).post("/open/v1/policies", {"items": list(orders)})
    results: list[dict[str, Any]] = answer["results"]
    return results


def leak_cover(days: int = 7) -> UUID:
    lin = claimed.claimant()
    policy_id = claimed.policy(
        lin,
        LEAK,
        replace(claimed.CHILD, insured_object=(ObjectLine("device", DEVICE),)),
        inputs={"valve": "no", "benefit": "1000", "days": str(days)},
        sum_insured_fen=100_000,
        start=TODAY,
        end=TODAY + timedelta(days=days),
    )
    wait_for_data.policy_issued(outbox.Event(0, "policies.issued", str(policy_id), {"policy_id": str(policy_id)}, 1))
    return lin


def phone(account_id: UUID) -> Client:
    return browser(Account.objects.get(id=account_id))


def after(**passed: int) -> None:
    """The worker, so much later; the sources are alive."""
    with clock.travel(world.later(**passed)):
        world.work()
        world.work()


def test_a_shops_order_waits_for_its_label_and_is_paid_by_two_of_three(on_the_29th: OraclesSimulator) -> None:
    sell(order("O-1"))
    on_the_29th.lines.tell("parcel", LABEL, "returned", clock.now(), None, without=("parcel-c",))
    world.work()
    assert Payout.objects.count() == 0  # thirty minutes after it was signed for
    after(minutes=31)
    [payout], [claim] = Payout.objects.all(), Claim.objects.all()
    assert (payout.amount_fen, claim.event, claim.reference) == (1_200, "parcel_returned", LABEL)
    seen = parametric.observation_of(claim.id)
    assert seen is not None
    assert {one.source for one in seen.reports} == {"parcel-a", "parcel-b"}
    assert ledger.check() == []


def test_the_shop_alone_pays_nothing_and_cannot_report_it(on_the_29th: OraclesSimulator) -> None:
    partner = Partner()
    sell(order("O-1"), partner=partner)
    on_the_29th.lines.tell("parcel", LABEL, "returned", clock.now(), None, without=("parcel-a", "parcel-b"))
    after(minutes=31)
    policy = Policy.objects.get()
    with pytest.raises(InvalidInput):
        settle_claim.settle_event(policy.account_id, "O-1", "parcel_returned", clock.now())
    assert (Claim.objects.count(), Payout.objects.count()) == (0, 0)
    after(days=94)
    assert (Observation.objects.get().state, Claim.objects.count()) == ("people", 0)


def test_a_parcel_that_nobody_returned_ends_without_a_person(on_the_29th: OraclesSimulator) -> None:
    sell(order("O-1"))
    after(days=89)
    assert Observation.objects.get().state == "waiting"
    after(days=94)
    seen = Observation.objects.get()
    assert (seen.state, seen.event, Claim.objects.count()) == ("nothing", "", 0)
    [again] = parametric.replay(seen.id)
    assert (again.same, again.reports) == (True, 0)


def test_silence_of_sources_that_are_not_heard_is_no_word(on_the_29th: OraclesSimulator) -> None:
    """Two of three are stopped: nobody spoke, and nobody could have. A person looks."""
    sell(order("O-1"))
    on_the_29th.faults.set({"silent": 1})
    Source.objects.filter(code="parcel-b").update(address="http://127.0.0.1:1")
    after(days=94)
    seen = Observation.objects.get()
    assert (seen.state, seen.why) == ("people", "stopped")


def test_a_label_insures_one_order(on_the_29th: OraclesSimulator) -> None:
    partner = Partner()
    told = sell(order("O-1"), order("O-2"), order("O-3", None), partner=partner)
    assert [one["status"] for one in told] == ["issued", "refused", "refused"]
    assert told[1]["problem"]["code"] == "waited_for_already"
    assert "inputs.parcel" in str(told[2]["problem"])
    again = sell(order("O-1"), order("O-4"), order("O-5", "SF7654321"), partner=partner)
    assert [one["status"] for one in again] == ["repeated", "refused", "issued"]
    assert Watch.objects.count() == Policy.objects.count() == 2


def test_a_water_alarm_is_promised_before_and_paid_and_told_by_itself(on_the_29th: OraclesSimulator) -> None:
    lin = leak_cover()
    policy_id = Policy.objects.get().id
    [told] = phone(lin).get(f"/api/shop/v1/policies/{policy_id}/triggers").json()["triggers"]
    assert ([line["zh"] for line in told["lines"]], told["need"]) == (["传感器报警，赔 ¥1,000.00"], 2)
    assert Watch.objects.count() == 7
    on_the_29th.lines.tell("sensor", f"{DEVICE}/{TODAY}", "alarm", clock.now(), None, without=("sensor-c",))
    after(minutes=11)
    [payout], [message] = Payout.objects.all(), Message.objects.all()
    assert (payout.amount_fen, message.template) == (100_000, "parametric_paid")
    claim = claims.claims_of(lin).items[0]
    seen = phone(lin).get(f"/api/shop/v1/claims/{claim.id}/observation").json()["observation"]
    assert {one["value"]["zh"] for one in seen["said"]} == {"传感器报警"}
    assert (seen["outcome"]["zh"], seen["may_dispute"]) == ("传感器报警", True)


def test_a_second_wet_day_of_one_policy_is_not_paid_again_in_silence(on_the_29th: OraclesSimulator) -> None:
    leak_cover()
    on_the_29th.lines.tell("sensor", f"{DEVICE}/{TODAY}", "alarm", clock.now(), None)
    after(minutes=11)
    with clock.travel(world.later(days=1)):
        on_the_29th.lines.tell("sensor", f"{DEVICE}/{TODAY + timedelta(days=1)}", "alarm", clock.now(), None)
        after(minutes=11)
    assert Payout.objects.count() == 1
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["paying", "with_person"]


@pytest.mark.parametrize(
    ("fault", "state"),
    [("lies", "settled"), ("duplicate", "settled"), ("wrong_signature", "settled"), ("equivocates", "settled")],
)
def test_one_faulty_sensor_changes_nothing(on_the_29th: OraclesSimulator, fault: str, state: str) -> None:
    leak_cover()
    on_the_29th.faults.set({fault: 3})
    on_the_29th.lines.tell("sensor", f"{DEVICE}/{TODAY}", "alarm", clock.now(), None)
    after(minutes=11)
    assert Observation.objects.get(day=TODAY).state == state
    assert Payout.objects.count() == 1


def test_an_alarm_withdrawn_in_time_pays_nothing(on_the_29th: OraclesSimulator) -> None:
    leak_cover()
    for word in ("alarm", "withdrawn"):
        on_the_29th.lines.tell("sensor", f"{DEVICE}/{TODAY}", word, clock.now(), None)
    after(minutes=11)
    assert (Observation.objects.get(day=TODAY).state, Claim.objects.count()) == ("nothing", 0)
