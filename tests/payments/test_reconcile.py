"""A day with the simulated wallet, reconciled from the bill it writes: whole, bent, torn, and before it is there."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from baohe.cli.reconcile import app
from baohe.flows import reconcile, settle_payment
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.errors import DayNotOver, NotBilled
from baohe.rooms.reconciliation.models import Item, Run

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 21, 9, tzinfo=SHANGHAI)


@pytest.fixture
def three_paid(wallet, cover, open_payment):
    """Three payments of the day, of which the last is not known to us yet."""
    with clock.travel(NOON):
        intents = [open_payment(amount_fen=1_000 + n) for n in range(3)]
        for intent in intents:
            wallet.pay(intent.id)
        for intent in intents[:2]:
            settle_payment.settle_by_query(intent.id)
    return intents


def live():
    return sorted((one.difference, one.diff_fen) for one in reconciliation.items(live=True)[0])


def test_a_day_agrees_and_an_open_payment_is_settled_the_ordinary_way(wallet, three_paid):
    with clock.travel(MORNING):
        done = reconcile.run("wallet", DAY)

        assert (done.bill.count, done.bill.in_fen, done.asked, live()) == (3, 3_003, 1, [])
        assert [payments.intent(one.id).state for one in three_paid] == ["paid"] * 3
        assert reconcile.run("wallet", DAY).id == done.id
        assert Run.objects.count() == 1
        assert ledger.balance("wallet/clearing") == 3_003


@pytest.mark.parametrize(
    ("fault", "expected"),
    [({"drop_bill_line": 1}, [("ours_only", -1_000)]), ({"alter_bill_line": 1}, [("amount", 100)])],
)
def test_a_bent_line_is_an_item_on_suspense_until_a_better_bill_comes(wallet, three_paid, fault, expected):
    with clock.travel(MORNING):
        wallet.faults(**fault)
        reconcile.run("wallet", DAY)

        assert live() == expected
        assert reconciliation.suspense("wallet").balance_fen == expected[0][1]
        assert ledger.balance("wallet/clearing") == 3_003 + expected[0][1]  # what the bill says

        wallet.faults(**dict.fromkeys(fault, 0))
        reconcile.run("wallet", DAY, again=True)

        assert live() == []
        assert (reconciliation.suspense("wallet").balance_fen, reconciliation.problems()) == (0, [])
        assert ledger.balance("wallet/clearing") == 3_003


def test_a_torn_bill_is_used_for_nothing_and_its_absence_is_an_item(wallet, three_paid):
    with clock.travel(MORNING):
        wallet.faults(torn_bill=1)
        with pytest.raises(NotBilled):
            reconcile.run("wallet", DAY)
        assert (Run.objects.count(), Item.objects.count(), payments.intent(three_paid[2].id).state) == (
            0,
            0,
            "checking",
        )

        reconciliation.bill_is_missing("wallet", DAY, "账单有损坏")
        assert live() == [("missing_bill", 0)]
        assert reconcile.daily_round() == 1  # the next round fetches it again
        assert live() == []


def test_the_daily_round_waits_for_the_bill_and_does_each_day_once(wallet, three_paid):
    with clock.travel(MORNING):
        with pytest.raises(DayNotOver):
            reconcile.run("wallet", DAY + timedelta(days=1))
        assert reconcile.daily_round() == 1
        assert reconcile.daily_round() == 0
    with clock.travel(MORNING + timedelta(days=2)):
        assert reconcile.daily_round() == 2  # nothing of the days in between is left out
        assert live() == []


def test_a_person_at_a_terminal_sees_what_is_open(wallet, three_paid, monkeypatch):
    with clock.travel(MORNING):
        wallet.faults(drop_bill_line=1)
        ran = CliRunner().invoke(app, ["run", "--provider", "wallet", "--day", f"{DAY}", "--json"])
        told = CliRunner().invoke(app, ["items", "--json"])

    assert json.loads(ran.stdout)["differences"] == 1
    assert json.loads(told.stdout)["suspense_fen"] == -1_000
    assert CliRunner().invoke(app, ["run", "--provider", "bank"]).exit_code == 2
