"""A shop reports a fact and it settles by itself, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import Claim
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.world import returned


@pytest.fixture
def shop(on_sale):
    return uuid4()


def test_a_returned_parcel_is_paid_with_no_human_and_once(shop, wallet_says):
    world.order(shop, "T-1")
    first, again = returned(shop, "T-1"), returned(shop, "T-1")

    assert (first.decision, first.amount_fen, first.repeated) == ("pay", 1_200, False)
    assert (again.number, again.amount_fen, again.repeated) == (first.number, 1_200, True)
    assert Payout.objects.count() == 1
    wallet_says("done")
    policy_id = Claim.objects.get().policy_id
    assert [(item.state, item.amount_fen) for item in claims.claims_of_policy(policy_id)] == [("paid", 1_200)]


def test_a_second_event_of_one_order_finds_the_limit_used_and_goes_to_a_person(shop):
    world.order(shop, "T-1")
    returned(shop, "T-1")
    Claim.objects.update(reference="T-1-earlier")
    assert returned(shop, "T-1").decision == "refer"
    assert Payout.objects.count() == 1


@pytest.mark.parametrize(("event", "at"), [("death", world.NOW), ("parcel_returned", world.NOW + timedelta(hours=1))])
def test_an_unknown_event_or_a_future_one_is_refused_and_leaves_nothing(shop, event, at):
    world.order(shop, "T-1")
    with pytest.raises(InvalidInput):
        returned(shop, "T-1", at, event)
    assert Claim.objects.count() == 0


def test_another_shops_order_is_not_found(shop):
    world.order(shop, "T-1")
    with pytest.raises(NotFound):
        returned(uuid4(), "T-1")


def test_a_parcel_returned_before_the_order_was_insured_goes_to_a_person(shop):
    world.order(shop, "T-1")
    assert returned(shop, "T-1", world.NOW - timedelta(days=30)).decision == "refer"
    assert Payout.objects.count() == 0
