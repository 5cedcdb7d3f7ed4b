"""Money of a settlement: asked for once, booked when the bank has done it, owed still when it has not."""

from __future__ import annotations

import pytest
from django.db import transaction

from baohe.config.wiring import handlers
from baohe.flows import pay_settlement
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.models import LedgerEntry
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import Payout
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor
from baohe.rooms.settlement.errors import NeedsSecondPerson, NothingOwed
from baohe.rooms.settlement.models import BatchItem, Collection
from baohe.rooms.settlement.tests.world import (
    CHENG,
    HAIJIA,
    ISSUED,
    LATER,
    SEPTEMBER,
    SONGTAO,
    XU,
    account,
    of,
    september,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    id_ = september(shop=True)
    with clock.travel(ISSUED):
        account(HAIJIA), account(SONGTAO)
    with clock.travel(LATER):
        yield f"partner/{id_}"


def batch(*branches):
    return settlement.make_batch(SEPTEMBER, [of(branch).id for branch in branches], CHENG)


def hear(topic, payload):
    handlers()[topic](outbox.Event(0, topic, "", payload, 1))


def tell(word):
    """What the payments say of every payout, twice: an event may be delivered again."""
    for row in Payout.objects.all():
        payload = {"natural_key": row.natural_key, "subject_id": str(row.subject_id), "amount_fen": row.amount_fen}
        for _ in range(2):
            hear(f"payments.payout_{word}", payload)


def test_one_person_alone_moves_nothing(shop):
    made = batch(HAIJIA)
    before = OutboxEvent.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(NeedsSecondPerson):
        pay_settlement.approve(made.id, CHENG)

    assert (OutboxEvent.objects.count(), LedgerEntry.objects.count()) == before
    assert Payout.objects.count() == 0
    assert settlement.batch(made.id).state == "proposed"


@pytest.mark.field_bug(21)
def test_an_approved_batch_is_paid_once_and_booked_once(shop):
    assert pay_settlement.approve(batch(HAIJIA, SONGTAO).id, XU) == 2
    payout = payments.payout(f"settle:{of(HAIJIA).id}", pay_settlement.SHARD)
    tell("done")

    assert payout is not None and (payout.amount_fen, payout.provider, payout.kind) == (
        12_000,
        "transfer",
        "settlement",
    )
    assert ledger.balance(HAIJIA) == ledger.balance(SONGTAO) == 0
    assert ledger.balance("transfer/clearing") == -12_777
    assert LedgerEntry.objects.filter(kind="insurer_settled").count() == 2
    assert {row.state for row in BatchItem.objects.all()} == {"done"}
    assert settlement.standing(of(HAIJIA).id).due_fen == 0
    assert settlement.problems() == [] and ledger.check() == []


def test_what_the_bank_did_not_pay_is_owed_still_and_can_be_paid_again(shop):
    pay_settlement.approve(batch(HAIJIA).id, XU)
    tell("failed")
    assert (ledger.balance(HAIJIA), settlement.standing(of(HAIJIA).id).due_fen) == (-12_000, 12_000)

    pay_settlement.approve(batch(HAIJIA).id, XU)
    assert {row.natural_key for row in Payout.objects.all()} == {
        f"settle:{of(HAIJIA).id}",
        f"settle:{of(HAIJIA).id}:2",
    }


def test_what_nobody_knows_of_stays_on_its_way(shop):
    pay_settlement.approve(batch(HAIJIA).id, XU)
    Payout.objects.update(state="checking")

    assert [row.state for row in BatchItem.objects.all()] == ["sent"]
    (one,) = (one for one in settlement.candidates(SEPTEMBER) if one.statement.party.branch == HAIJIA)
    assert one.obstacle == "已在付款批次里"


def test_a_partner_that_owes_is_asked_and_its_transfer_is_booked(shop):
    asked = pay_settlement.collect(of(shop).id, CHENG)
    assert pay_settlement.collect(of(shop).id, CHENG) == asked
    intent = payments.intent_of_subject(pay_settlement.COLLECTING, asked.id)
    assert intent is not None
    assert (asked.amount_fen, intent.order_number, intent.provider) == (333, asked.remark, "transfer")
    with transaction.atomic():
        settled = pay_settlement.settle(intent, clock.now())

    assert settled.refusal is None
    assert (ledger.balance(shop), ledger.balance("transfer/clearing")) == (0, 333)
    assert settlement.standing(of(shop).id).due_fen == 0
    assert settlement.problems() == []
    with pytest.raises(NothingOwed):
        pay_settlement.collect(of(shop).id, CHENG)


def test_a_notice_that_ran_out_makes_room_for_another_and_its_money_goes_back(shop):
    asked = pay_settlement.collect(of(shop).id, CHENG)
    intent = payments.intent_of_subject(pay_settlement.COLLECTING, asked.id)
    assert intent is not None and payments.close(intent.id)
    for event in OutboxEvent.objects.filter(topic="payments.closed"):
        hear(event.topic, event.payload)
    again = pay_settlement.collect(of(shop).id, CHENG)
    with transaction.atomic():
        late = pay_settlement.settle(intent, clock.now())

    assert again.remark != asked.remark
    assert late.refusal is not None
    assert ledger.balance(shop) == 333
    assert sorted(row.state for row in Collection.objects.all()) == ["closed", "open"]


def test_who_is_owed_is_not_asked(shop):
    with pytest.raises(NothingOwed):
        pay_settlement.collect(of(HAIJIA).id, CHENG)


def test_what_a_partner_disputes_is_not_collected(shop):
    with clock.travel(ISSUED):
        settlement.open_dispute(of(shop).id, "P-1", "退货了", [1], Actor(None, "晴天小店"))
    with pytest.raises(NothingOwed):
        pay_settlement.collect(of(shop).id, CHENG)
