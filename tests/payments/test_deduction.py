"""An agreement and its charges over real lines, through the room: money once, an end that ends, no card number."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from django.db import connection
from django.test import Client

from baohe.adapters.deduction.tests.conftest import network  # noqa: F401 - fixtures
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.payments import facade as payments

committed = pytest.mark.django_db(transaction=True)
HOURS = 30


@pytest.fixture
def signed(network):  # noqa: F811
    """A function that signs an agreement with a test card; gives (account, agreement)."""

    def signed_(card="8888"):
        account = uuid4()
        agreement, url = payments.sign_agreement(account, "林晓", "http://shop.example/agreements")
        assert agreement.state == "waiting"
        page = network.simulator.address + httpx.get(url).headers["location"]
        httpx.post(page + "/sign", data={"card": card})
        return account, payments.refresh_agreement(agreement.id)

    return signed_


@pytest.fixture
def charged():
    def charged_(account, agreement, amount_fen=31200):
        return payments.open_charge(
            kind="test",
            subject_id=uuid4(),
            shard_key=7,
            account_id=account,
            payee="haijia",
            payee_name="海岬健康保险",
            amount_fen=amount_fen,
            description="医疗险第2期",
            payer="林晓",
            agreement_id=agreement.id,
        )

    return charged_


@committed
@pytest.mark.parametrize("fault", [{}, {"lose_reply": 2}, {"garbage": 1}, {"undecided": 600}], ids=str)
def test_a_charge_is_paid_once_whatever_becomes_of_its_answer(network, signed, charged, cover, work, fault):  # noqa: F811
    account, agreement = signed()
    assert (agreement.state, agreement.account_masked) == ("active", "6200********8888")
    network.faults(**fault)
    intent = charged(account, agreement)
    work()
    work(hours=HOURS)
    assert payments.intent(intent.id).state == "paid"
    assert network.merchant() == 31200
    assert len(cover.issued) == 1

    body = json.loads(network.outgoing()[0]["body"])
    answer = Client(enforce_csrf_checks=True).post(
        "/callbacks/deduction", urlencode(body), content_type="application/x-www-form-urlencoded"
    )
    assert answer.content == b"ok"
    assert len(cover.issued) == 1


@committed
def test_a_refused_charge_closes_with_the_banks_reason(network, signed, charged, cover, work):  # noqa: F811
    account, agreement = signed("0000")
    intent = charged(account, agreement)
    work()
    work(hours=HOURS)
    assert payments.intent(intent.id).state == "closed"
    assert OutboxEvent.objects.get(topic="payments.closed").payload["reason"] == "insufficient_funds"
    assert (network.merchant(), cover.issued) == (0, [])


@committed
@pytest.mark.rule("SALE-3")
def test_an_ended_agreement_is_ended_at_the_network_too(network, signed, work):  # noqa: F811
    account, agreement = signed()
    assert payments.end_agreement(account, agreement.id).state == "ended"
    network.faults(lose_reply=1, http_500=1)
    work()
    work(hours=HOURS)
    with network.simulator.store.write() as db:
        assert [row["state"] for row in db.execute("SELECT state FROM agreement")] == ["ended"]


@committed
def test_our_database_holds_no_card_number(network, signed, charged, cover, work):  # noqa: F811
    account, agreement = signed()
    charged(account, agreement)
    work()
    assert network.merchant() == 31200
    assert [run for run in _digits_of_all_tables() if _is_luhn(run)] == []


def _digits_of_all_tables():
    """Every run of 16 to 19 digits in any cell of any table: what a card number would look like."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield from re.findall(r"(?<![0-9A-Za-z])[0-9]{16,19}(?![0-9A-Za-z])", row)


def _is_luhn(digits):
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits), start=1)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
