"""The basket as the phone uses it, over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies.models import Policy
from tests.sale import basket_steps as does
from tests.sale import steps, world
from tests.sale.test_journey import SHOP, Phone
from tests.sale.world import Customer


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


def items(basket: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for person in basket["people"] for item in person["items"]]


def test_two_people_one_payment_two_policies_and_one_of_them_back(lin: Customer, phone: Phone) -> None:
    him = does.husband(lin)
    assert phone.get("basket") == {"people": [], "count": 0, "due_today_fen": 0, "ready_count": 0, "ready_fen": 0}
    for person, product in ((lin.me, steps.MEDICAL), (him, does.ACCIDENT)):
        quote = phone.post("quotes", {"product": product, "person_id": str(person.id), "inputs": {}})
        for _ in range(2):
            basket = phone.post("basket/items", {"quote_id": quote["id"], "instalment": "single"})
    assert ([person["name"] for person in basket["people"]], basket["count"]) == (["林知夏", "周远"], 2)
    assert [item["state"] for item in items(basket)] == ["to_declare", "to_declare"]
    assert phone.get("basket/count") == {"count": 2}

    for item, person in zip(items(basket), (lin.me, him), strict=True):
        questions = phone.get(f"products/{item['product']}/questions?person_id={person.id}")["questions"]
        healthy = {q["id"]: q["answers"][0]["value"] for q in questions if not q["asked_when"]}
        told = {"quote_id": item["quote_id"], "answers": healthy, "health_consent": True}
        declaration = phone.post("declarations", told)
        assert items(phone.get("basket"))[basket_index(item, basket)]["state"] == "to_fill"
        proposal = phone.post("proposals", {"declaration_id": declaration["id"], "instalment": "single"})
        assert proposal["in_basket"]
        assert phone.signed(proposal)["state"] == "signed"

    basket = phone.get("basket")
    assert ([item["state"] for item in items(basket)], basket["ready_count"]) == (["ready", "ready"], 2)
    assert basket["ready_fen"] == basket["due_today_fen"] == sum(item["premium_fen"] for item in items(basket))
    body = {"items": [{"item_id": item["id"], "instalment": "single"} for item in items(basket)]}
    started = phone.post("basket/payment", body, key="pay-1")
    assert phone.post("basket/payment", body, key="pay-2")["payment_id"] == started["payment_id"]
    assert started["amount_fen"] == basket["ready_fen"]
    assert phone.get("basket")["people"][0]["items"][0]["payment_id"] == started["payment_id"]
    assert phone.client.delete(f"{SHOP}/basket/items/{items(basket)[0]['id']}").status_code == 409

    assert steps.told(payments.intent(started["payment_id"])).word == "accepted"
    state = phone.get(f"payments/{started['payment_id']}")
    assert (state["state"], state["basket"], state["proposal_id"]) == ("paid", True, "")
    assert {one["insured_name"] for one in state["policies"]} == {"林知夏", "周远"}
    assert phone.get("basket/count") == {"count": 0}

    one = state["policies"][0]
    left = phone.post(f"policies/{one['id']}/cancellation", {"refund_fen": one["paid_fen"]}, status=200, key="leave")
    assert left["refund_fen"] == one["paid_fen"]
    assert ledger.balance("refunds/payable") == -one["paid_fen"]


def test_an_item_that_cannot_be_paid_is_named_and_nothing_happened(lin: Customer, phone: Phone) -> None:
    mine, _ = does.of_two(lin)
    waiting = does.put_in(lin)
    picks = [{"item_id": str(item_id), "instalment": "single"} for item_id in (mine.item.id, waiting.id)]
    refused = phone.post("basket/payment", {"items": picks}, status=409, key="pay-1")
    assert (refused["code"], refused["item_id"]) == ("basket_item_not_payable", str(waiting.id))
    assert (payments.intent_of_subject("basket", mine.proposal.id), Policy.objects.count()) == (None, 0)
    assert [item["state"] for item in items(phone.get("basket"))] == ["ready", "to_declare", "ready"]


def test_a_payment_can_be_stopped_and_its_items_are_free_again(lin: Customer, phone: Phone) -> None:
    intent = does.paying(lin, does.of_two(lin))
    stopped = phone.post(f"payments/{intent.id}/stop", {}, status=200)
    assert (stopped["state"], stopped["policies"]) == ("closed", [])
    assert {item["state"] for item in items(phone.get("basket"))} == {"ready"}


@pytest.mark.field_bug(27)
def test_a_stranger_gets_404_at_every_door_of_the_basket(lin: Customer) -> None:
    mine, _ = does.of_two(lin)
    intent = does.paying(lin, [mine])
    stranger = Phone(world.customer("13800000002"))
    stranger.post("basket/items", {"quote_id": str(mine.item.quote_id)}, status=404)
    stranger.post(f"basket/items/{mine.item.id}/price", {}, status=404)
    stranger.post(
        "basket/payment", {"items": [{"item_id": str(mine.item.id), "instalment": "single"}]}, status=404, key="k"
    )
    stranger.post(f"payments/{intent.id}/stop", {}, status=404)
    assert stranger.client.delete(f"{SHOP}/basket/items/{mine.item.id}").status_code == 404
    assert stranger.client.delete(f"{SHOP}/basket/items/{uuid4()}").status_code == 404
    assert does.states(lin) == ["paying", "ready"]


def basket_index(item: dict[str, Any], basket: dict[str, Any]) -> int:
    return [one["id"] for one in items(basket)].index(item["id"])
