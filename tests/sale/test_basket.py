"""What lies in a basket, what it waits for, and what takes it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from baohe.flows import basket, pay_basket, purchase
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.baskets import facade as baskets
from baohe.rooms.baskets.errors import BasketFull, ItemBeingPaid, ItemNotPayable
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies import facade as policies
from baohe.rooms.quoting.errors import QuoteExpired
from tests.sale import basket_steps as does
from tests.sale import steps, world
from tests.sale.world import Customer


@pytest.mark.rule("SALE-2")
def test_nothing_is_in_a_basket_that_was_not_put_there_and_taking_out_is_one_step(lin: Customer) -> None:
    steps.sold(steps.drafted(lin))
    assert basket.entries(lin.id) == []
    item = does.put_in(lin)
    assert basket.add(lin.id, item.quote_id, "monthly").id == item.id  # the same quote again is the same item
    assert does.states(lin) == ["to_declare"]
    basket.remove(lin.id, item.id)
    basket.remove(lin.id, item.id)
    assert basket.entries(lin.id) == []


def test_an_item_says_what_it_waits_for(lin: Customer) -> None:
    quote = steps.quoted(lin)
    basket.add(lin.id, quote.id, "single")
    assert does.states(lin) == ["to_declare"]
    drafted = policies.draft_proposal(lin.id, steps.decided(quote), lin.me, (), None, "single")
    assert does.states(lin) == ["to_sign"]
    steps.signed(drafted)
    assert does.states(lin) == ["ready"]
    with clock.travel(world.NOW + timedelta(minutes=31)):
        assert does.states(lin) == ["expired"]


def test_what_cannot_be_sold_is_named_and_the_rest_can_be_paid(lin: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, his = does.of_two(lin)
    waiting = does.put_in(lin)
    real = catalog.version

    def withdrawn(version_id: str) -> object:
        version = real(version_id)
        return replace(version, sale_ends=version.effective_from) if version.insurer.code == "songtao" else version

    monkeypatch.setattr(catalog, "version", withdrawn)
    before = OutboxEvent.objects.count()
    assert sorted(does.states(lin)) == ["ready", "to_declare", "withdrawn"]
    for unsellable, reason in ((his.item.id, "version_withdrawn"), (waiting.id, "signature_needed")):
        wanted = [*does.picks([mine]), pay_basket.ItemChoice(unsellable, "single")]
        with pytest.raises(ItemNotPayable) as refusal:
            pay_basket.start_payment(lin.id, wanted, uuid4().hex)
        assert (refusal.value.facts["item_id"], refusal.value.facts["reason"]) == (str(unsellable), reason)
    assert (PaymentIntent.objects.count(), OutboxEvent.objects.count()) == (0, before)
    assert policies.proposal(lin.id, mine.proposal.id).state == "signed"
    assert len(does.bought(lin, [mine])) == 1
    assert len(does.states(lin)) == 2


@pytest.mark.rule("PUB-2")
def test_a_sale_stopped_by_a_notice_ends_for_signed_proposals_too(lin: Customer) -> None:
    mine, his = does.of_two(lin)
    catalog.stop_sale(his.proposal.version_id, clock.today())
    with clock.travel(world.NOW + timedelta(hours=10)):  # past midnight, and the quote holds no more either
        assert does.states(lin)[1] == "withdrawn"
    with clock.travel(world.NOW + timedelta(minutes=20)):
        assert does.states(lin) == ["ready", "ready"]  # the last day of sale is a day of sale
        assert len(does.bought(lin, [mine, his])) == 2


def test_an_expired_item_is_priced_again_and_shows_the_price_before(lin: Customer) -> None:
    item = does.put_in(lin)
    with clock.travel(world.NOW + timedelta(minutes=31)):
        assert does.states(lin) == ["expired"]
        again = basket.reprice(lin.id, item.id)
        assert (again.id, again.before_fen) == (item.id, item.premium_fen)
        assert again.quote_id != item.quote_id
        assert does.states(lin) == ["to_declare"]
        with pytest.raises(QuoteExpired):
            basket.add(lin.id, item.quote_id, "single")


def test_while_it_is_being_paid_an_item_stays(lin: Customer) -> None:
    mine, his = does.of_two(lin)
    intent = does.paying(lin, [mine, his])
    for attempt in (basket.remove, basket.reprice):
        with pytest.raises(ItemBeingPaid):
            attempt(lin.id, mine.item.id)
    assert purchase.stop_payment(lin.id, intent.id).state == "closed"
    assert does.states(lin) == ["ready", "ready"]
    basket.remove(lin.id, mine.item.id)
    assert len(does.bought(lin, [his])) == 1


def test_the_single_sale_of_an_item_takes_it_out_of_the_basket(lin: Customer) -> None:
    mine, _ = does.of_two(lin)
    assert steps.told(steps.locked(mine.proposal)).word == "accepted"
    assert does.states(lin) == ["ready"]


@pytest.mark.field_bug(27)
def test_a_strangers_basket_does_not_exist(lin: Customer) -> None:
    mine, _ = does.of_two(lin)
    other = world.customer("13800000002")
    attempts = (
        lambda: basket.add(other.id, mine.item.quote_id, "single"),
        lambda: basket.remove(other.id, mine.item.id),
        lambda: basket.reprice(other.id, mine.item.id),
        lambda: pay_basket.start_payment(other.id, does.picks([mine]), uuid4().hex),
        lambda: purchase.stop_payment(other.id, does.paying(lin, [mine]).id),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    assert basket.entries(other.id) == []
    assert does.states(lin) == ["paying", "ready"]


def test_a_basket_has_an_end(lin: Customer) -> None:
    for _ in range(baskets.MOST):
        does.put_in(lin)
    with pytest.raises(BasketFull):
        does.put_in(lin)
    assert baskets.count(lin.id) == baskets.MOST


@pytest.mark.parametrize("wanted", [0, 2])
def test_an_empty_or_repeated_choice_is_refused(lin: Customer, wanted: int) -> None:
    mine, _ = does.of_two(lin)
    with pytest.raises(InvalidInput):
        pay_basket.start_payment(lin.id, does.picks([mine]) * wanted, "k1")
    assert PaymentIntent.objects.count() == 0
