"""What the customer sees: the promise before, the sources behind a claim, and the press that says it is wrong."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.faces.desk.tests.desk_world import browser
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.parametric.models import Dispute
from baohe.rooms.people.models import Account
from tests.claims import world as claimed
from tests.parametric import world


@pytest.fixture
def lin(sky: OraclesSimulator) -> UUID:
    return claimed.claimant()


def phone(account_id: UUID) -> Client:
    return browser(Account.objects.get(id=account_id))


def test_before_it_happens_the_policy_says_what_it_pays_and_by_whose_word(lin: UUID) -> None:
    policy_id = world.ticket(lin, "own", partner=False)
    [told] = phone(lin).get(f"/api/shop/v1/policies/{policy_id}/triggers").json()["triggers"]
    assert [line["zh"] for line in told["lines"]] == [
        "晚到 15–30 分钟，赔 ¥40.00",
        "晚到 30–45 分钟，赔 ¥80.00",
        "晚到 45 分钟以上，赔 ¥120.00",
        "航班取消，赔 ¥200.00",
        "备降或返航，赔 ¥200.00",
    ]
    assert ([source["zh"] for source in told["sources"]], told["need"]) == (
        ["数据 flight-a", "数据 flight-b", "数据 flight-c"],
        2,
    )


def test_a_policy_without_triggers_promises_none(lin: UUID) -> None:
    assert phone(lin).get(f"/api/shop/v1/policies/{claimed.policy(lin)}/triggers").json() == {"triggers": []}


def test_the_claim_shows_who_said_what_and_can_be_disputed_once(sky: OraclesSimulator, lin: UUID) -> None:
    world.ticket(lin, "own", partner=False)
    world.tell_by(sky, a=47, b=46, c=5)
    world.work()
    claim_id = claims.claims_of(lin).items[0].id
    client, address = phone(lin), f"/api/shop/v1/claims/{claim_id}/observation"
    seen = client.get(address).json()["observation"]
    assert {one["source"]["en"]: (one["value"]["zh"], one["agrees"]) for one in seen["said"]} == {
        "Data flight-a": ("晚到 47 分钟", True),
        "Data flight-b": ("晚到 46 分钟", True),
        "Data flight-c": ("晚到 5 分钟", False),
    }
    assert (seen["may_dispute"], seen["dispute"], seen["decided_by"]) == (True, None, [])
    first, again = (client.post(f"{address}/dispute") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    seen = client.get(address).json()["observation"]
    assert (seen["may_dispute"], seen["dispute"]["answered_at"]) == (False, None)


def test_strangers_see_and_dispute_nothing(sky: OraclesSimulator, lin: UUID) -> None:
    policy_id = world.ticket(lin, "own", partner=False)
    world.tell(sky, 47)
    world.work()
    claim_id = claims.claims_of(lin).items[0].id
    stranger = phone(claimed.claimant("13900000008"))
    answers = [
        stranger.get(f"/api/shop/v1/policies/{policy_id}/triggers"),
        stranger.get(f"/api/shop/v1/claims/{claim_id}/observation"),
        stranger.post(f"/api/shop/v1/claims/{claim_id}/observation/dispute"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Dispute.objects.count() == 0


def test_another_customers_dispute_is_not_shown_to_me(sky: OraclesSimulator, lin: UUID) -> None:
    other = claimed.claimant("13900000008")
    for account_id in (lin, other):
        world.ticket(account_id, f"own-{account_id}", partner=False)
    world.tell(sky, 47)
    world.work()
    mine, theirs = (claims.claims_of(one).items[0].id for one in (lin, other))
    phone(other).post(f"/api/shop/v1/claims/{theirs}/observation/dispute")
    seen = phone(lin).get(f"/api/shop/v1/claims/{mine}/observation").json()["observation"]
    assert (seen["dispute"], seen["may_dispute"]) == (None, True)


def test_a_claim_by_hand_rests_on_no_data(lin: UUID) -> None:
    notice = FirstNotice(claimed.policy(lin), "accident_outpatient", "放学路上跌倒", claimed.INJURED_ON)
    claim = claims.first_notice(lin, notice, "one")
    client = phone(lin)
    assert client.get(f"/api/shop/v1/claims/{claim.id}/observation").json() == {"observation": None}
    assert client.post(f"/api/shop/v1/claims/{claim.id}/observation/dispute").status_code == 409
