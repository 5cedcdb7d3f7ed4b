"""A day with the simulated wallet, reconciled from the bill it writes: whole, bent, torn, and before it is there."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from typer.testing import CliRunner

from baohe.cli.reconcile import app
from baohe.flows import reconcile, settle_payment
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.contracts import Party
from baohe.rooms.reconciliation.errors import DayNotOver, NotBilled
from baohe.rooms.reconciliation.models import Item, Run
from tests.payments.test_providers import hear

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
FORM = "application/x-www-form-urlencoded"
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


MAKER, CHECKER = Party(uuid4(), "制单"), Party(uuid4(), "复核")


@pytest.fixture
def unnamed(bank, cover, open_payment):
    """A transfer of the day whose remark names no order, and the bank's notice of it."""
    with clock.travel(NOON):
        bank.transfer(open_payment(provider="transfer"), remark="房租")
        [notice] = bank.told()
    return notice


def stands_once():
    """One item, and all of suspense is its money: once, and as the bill says."""
    [item] = reconciliation.items(live=True)[0]
    found = reconciliation.suspense("transfer")
    assert (item.difference, item.number, item.standing_fen) == ("provider_only", "", 31_200)
    assert (found.balance_fen, found.items_fen, found.fresh_fen, found.off_fen) == (31_200, 31_200, 0, 0)
    assert ledger.balance("transfer/clearing") == 31_200
    assert (reconciliation.problems(), ledger.check()) == ([], [])
    return item


def test_an_unnamed_transfer_is_one_item_that_takes_over_what_stands_on_suspense(bank, unnamed):
    with clock.travel(NOON):
        assert [hear(unnamed), hear(unnamed)] == ["received", "received"]
        assert (ledger.balance("suspense/transfer"), reconciliation.problems()) == (-31_200, [])
    with clock.travel(MORNING):
        reconcile.run("transfer", DAY)
        stands_once()
        reconcile.run("transfer", DAY, again=True)
        assert hear(unnamed) == "received"
        reconcile.recheck("transfer")
        stands_once()


def test_a_notice_that_comes_after_the_bill_stands_once_too(bank, unnamed):
    with clock.travel(MORNING):
        reconcile.run("transfer", DAY)
        stands_once()
        assert hear(unnamed) == "received"
        reconcile.recheck("transfer")
        stands_once()


def test_a_notice_of_money_that_people_have_booked_puts_nothing_back(bank, unnamed):
    with clock.travel(MORNING):
        reconcile.run("transfer", DAY)
        item = stands_once()
        booking = reconciliation.propose(item.id, "退回汇款人", MAKER)
        reconciliation.decide(booking.id, CHECKER, confirm=True)
        assert hear(unnamed) == "received"
        assert ledger.balance("suspense/transfer") == 0
        assert (reconciliation.suspense("transfer").fresh_fen, reconciliation.problems()) == (0, [])


def test_a_line_that_the_bill_repeats_takes_over_once(bank, unnamed):
    with clock.travel(NOON):
        hear(unnamed)
    with clock.travel(MORNING):
        with reconciliation.bill_of("transfer", DAY) as lines:
            [line] = lines
        with reconciliation.held("transfer", DAY):
            reconcile.match("transfer", DAY, [line, line])
        assert sorted(Item.objects.values_list("difference", "adopted")) == [("provider_only", True), ("twice", False)]
        assert reconciliation.suspense("transfer").off_fen == 0
        assert ledger.balance("transfer/clearing") == 62_400  # what the bill says


def test_a_wrong_amount_that_the_wallet_told_is_taken_back_and_asks_a_person(wallet, cover, open_payment):
    with clock.travel(NOON):
        intent = open_payment(amount_fen=1_000)
        wallet.faults(wrong_amount=7)
        wallet.pay(intent.id)
        [notice] = wallet.outgoing()
        Client().post("/callbacks/wallet", urlencode(json.loads(notice["body"])), content_type=FORM)
        assert ledger.balance("suspense/wallet") == -1_007
        settle_payment.settle_by_query(intent.id, rest_seconds=0)
    assert (payments.intent(intent.id).state, ledger.balance("wallet/clearing")) == ("paid", 2_007)

    with clock.travel(MORNING):
        reconcile.run("wallet", DAY)
        [item] = reconciliation.items(live=True)[0]
        assert (item.difference, item.bill_fen, item.ours_fen, item.standing_fen) == ("false_word", 1_000, 1_007, 0)
        assert ledger.balance("wallet/clearing") == 1_000
        assert (reconciliation.suspense("wallet").fresh_fen, reconciliation.problems()) == (0, [])
        reconcile.run("wallet", DAY, again=True)
        reconciliation.explain(item.id, "钱包已确认通知有误", MAKER)
        assert (live(), ledger.check()) == ([], [])


def test_a_line_of_strangers_money_that_a_better_bill_corrects_stands_as_that_bill_says(bank, unnamed):
    with clock.travel(MORNING):
        bank.faults(alter_bill_line=1)
        reconcile.run("transfer", DAY)
        assert live() == [("provider_only", 31_300)]

        bank.faults(alter_bill_line=0)
        reconcile.run("transfer", DAY, again=True)
        stands_once()
        assert {"explained"} == {one.state for one in Item.objects.exclude(ended_at=None)}


def test_a_true_word_that_a_bent_bill_called_false_stands_once_more(bank, unnamed):
    with clock.travel(NOON):
        assert hear(unnamed) == "received"
    with clock.travel(MORNING):
        bank.faults(alter_bill_line=1)
        reconcile.run("transfer", DAY)
        assert live() == [("false_word", 0), ("provider_only", 31_300)]
        assert (ledger.balance("transfer/clearing"), reconciliation.problems()) == (31_300, [])

        bank.faults(alter_bill_line=0)
        reconcile.run("transfer", DAY, again=True)
        assert hear(unnamed) == "received"
        reconcile.recheck("transfer")
        stands_once()


def test_a_difference_that_comes_back_with_a_later_bill_is_an_item_again(wallet, three_paid):
    with clock.travel(MORNING):
        for line, expected in ((1, [("ours_only", -1_000)]), (0, []), (1, [("ours_only", -1_000)]), (0, [])):
            wallet.faults(drop_bill_line=line)
            reconcile.run("wallet", DAY, again=True)
            assert live() == expected
            assert reconciliation.problems() == []
            assert ledger.balance("wallet/clearing") == 3_003 + sum(fen for _, fen in expected)


def test_a_difference_that_people_have_ended_does_not_come_back(wallet, three_paid):
    with clock.travel(MORNING):
        wallet.faults(drop_bill_line=1)
        reconcile.run("wallet", DAY)
        [item] = reconciliation.items(live=True)[0]
        booking = reconciliation.propose(item.id, "钱包承认漏记", MAKER)
        reconciliation.decide(booking.id, CHECKER, confirm=True)
        reconcile.run("wallet", DAY, again=True)
        assert (live(), Item.objects.count()) == ([], 1)
