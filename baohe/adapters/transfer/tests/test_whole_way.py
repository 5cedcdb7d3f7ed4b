"""The whole way of a transfer: the room opens it, the payer sends it, the bank's notice comes through the door."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest
from django.test import Client

from baohe.adapters.transfer import protocol
from baohe.flows import settle_payment
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import CallbackRecord


class Settled:
    refusal = None


@pytest.fixture
def covers(bank):
    issued = []

    def settle(intent, paid_at):
        issued.append(intent.subject_id)
        return Settled()

    settle_payment.register("test", settle)
    return issued


@pytest.fixture
def intent(bank):
    return payments.open_intent(
        kind="test",
        subject_id=uuid4(),
        shard_key=7,
        account_id=uuid4(),
        payee="haijia",
        payee_name="海岬健康保险",
        amount_fen=31200,
        description="百万医疗 保费",
        payer="林晓",
        provider="transfer",
    )


def transferred(bank, intent, **choice):
    page = httpx.get(payments.cashier_url(intent.id, "http://shop.example/pay")).headers["location"]
    assert httpx.post(bank.simulator.address + page + "/transfer", data=choice).status_code == 303


def delivered(bank):
    """What the platform's door answers to every notice so far."""
    door = Client(enforce_csrf_checks=True)
    return [
        door.post(
            "/callbacks/transfer",
            message,
            content_type=protocol.CONTENT_TYPE,
            headers={protocol.SIGNATURE: signature},
        ).content.decode()
        for message, signature in bank.outgoing()
    ]


@pytest.mark.django_db
def test_a_transfer_told_twice_pays_once(bank, covers, intent):
    transferred(bank, intent)
    assert delivered(bank) + delivered(bank) == ["received", "received"]
    assert payments.intent(intent.id).state == "paid"
    assert covers == [intent.subject_id]


@pytest.mark.django_db
def test_money_without_a_code_pays_nothing_and_leaves_a_trace(bank, covers, intent):
    transferred(bank, intent, remark="忘了写")
    delivered(bank)
    assert payments.intent(intent.id).state != "paid"
    assert covers == []
    assert CallbackRecord.objects.count() == 1


@pytest.mark.django_db
def test_too_little_pays_nothing_and_the_right_sum_afterwards_does(bank, covers, intent):
    transferred(bank, intent, amount="31.20")
    delivered(bank)
    assert covers == []
    transferred(bank, intent)
    delivered(bank)
    assert covers == [intent.subject_id]
    assert payments.intent(intent.id).state == "paid"
