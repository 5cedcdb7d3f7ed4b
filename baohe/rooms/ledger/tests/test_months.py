"""Months: what lands where, what a closed one keeps, and that closing does not race with posting."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.ledger import facade, models
from baohe.rooms.ledger.contracts import Entry
from baohe.rooms.ledger.errors import MonthNotClosable
from baohe.rooms.ledger.facade import movements
from baohe.rooms.ledger.rules.flows import Turnover, family, flows_between

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
CHENG = UUID("019307a2-0000-7000-8000-000000000001")
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with clock.travel(NOON):
        yield


def premium(ref, day, fen=1_000):
    return facade.post(Entry("premium_received", ref, 7, day, "", movements.premium_received("haijia", fen)))


def refund(ref, day, fen):
    return facade.post(Entry("premium_refunded", ref, 7, day, "", movements.refund_decided("haijia", fen)))


def close(month):
    return facade.close_month(month, CHENG, "程立")


def period_of(ref):
    return models.LedgerEntry.objects.get(ref=ref).period


def test_an_entry_counts_in_the_month_of_its_date_until_that_month_is_closed():
    premium("a", date(2026, 9, 30))
    close(SEPTEMBER)
    premium("late", date(2026, 9, 30))
    premium("now", date(2026, 11, 2))

    assert (period_of("a"), period_of("late"), period_of("now")) == (SEPTEMBER, OCTOBER, NOVEMBER)
    assert models.LedgerEntry.objects.get(ref="late").business_date == date(2026, 9, 30)
    assert facade.trial_balance(SEPTEMBER).debit_fen == 1_000
    assert facade.check() == []


def test_copy_lands_in_the_open_month_as_well():
    premium("a", date(2026, 9, 30))
    close(SEPTEMBER)
    late = Entry("premium_received", "b", 7, date(2026, 9, 3), "", movements.premium_received("haijia", 5))
    facade.post_many([late])
    assert period_of("b") == OCTOBER


def test_a_closed_month_takes_its_correction_in_the_next():
    wrong = premium("a", date(2026, 9, 30))
    close(SEPTEMBER)
    before = facade.trial_balance(SEPTEMBER)
    facade.reverse(wrong.id, date(2026, 9, 30), "记错")

    assert facade.trial_balance(SEPTEMBER) == before
    row = next(row for row in facade.trial_balance(OCTOBER).rows if row.account == "wallet/clearing")
    assert (row.opening_fen, row.credit_fen, row.closing_fen) == (1_000, 1_000, 0)


def test_months_close_in_order_and_never_while_they_run():
    premium("a", date(2026, 9, 30))
    for month, first in ((NOVEMBER, "还没有结束"), (OCTOBER, "2026-09"), (date(2026, 8, 1), "2026-09")):
        with pytest.raises(MonthNotClosable) as refusal:
            close(month)
        assert first in refusal.value.message_zh
    with pytest.raises(MonthNotClosable):
        close(date(2026, 9, 15))
    assert models.ClosedMonth.objects.count() == 0

    close(SEPTEMBER)
    assert facade.first_open_month() == OCTOBER
    close(OCTOBER)
    assert [view.month for view in facade.closed_months()] == [OCTOBER, SEPTEMBER]


def test_closing_twice_is_closing_once():
    premium("a", date(2026, 9, 30))
    assert close(SEPTEMBER) == close(SEPTEMBER)
    assert models.MonthBalance.objects.count() == 2


@pytest.fixture
def without_a_trigger():
    """The migration's triggers are put back by the rollback of the test."""

    def switch_off(table, name):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was posted is checked before the trigger goes
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")

    return switch_off


def test_books_with_a_fault_do_not_close(without_a_trigger):
    premium("a", date(2026, 9, 30))
    without_a_trigger("ledger_posting", "posting_only_grows")
    with pytest.raises(MonthNotClosable) as refusal:
        close(SEPTEMBER)
    assert "posting_only_grows" in refusal.value.message_en
    assert models.ClosedMonth.objects.count() == models.MonthBalance.objects.count() == 0


@pytest.mark.parametrize(
    ("table", "change"), [("ledger_closedmonth", "closed_by_name = 'x'"), ("ledger_monthbalance", "opening_fen = 1")]
)
def test_what_was_closed_stays(table, change):
    premium("a", date(2026, 9, 30))
    close(SEPTEMBER)
    for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_snapshot_that_is_off_is_found(without_a_trigger):
    premium("a", date(2026, 9, 30))
    close(SEPTEMBER)
    without_a_trigger("ledger_monthbalance", "month_balance_only_grows")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_monthbalance SET debit_fen = 999, closing_fen = 999 WHERE account LIKE 'wallet%'")
        cursor.execute("ALTER TABLE ledger_monthbalance ENABLE TRIGGER month_balance_only_grows")
    assert facade.check() == ["balance of wallet/clearing at the end of 2026-09 is off"]


def test_a_statement_runs_from_opening_to_closing():
    premium("a", date(2026, 9, 30))
    close(SEPTEMBER)
    premium("b", date(2026, 10, 5), 300)
    refund("c", date(2026, 10, 6), 100)

    told = facade.account_statement("insurer/haijia", OCTOBER, NOVEMBER, size=1)
    assert (told.opening_fen, told.debit_fen, told.credit_fen, told.closing_fen) == (-1_000, 100, 300, -1_200)
    assert (told.total, told.items[0].balance_fen) == (2, -1_300)
    second = facade.account_statement("insurer/haijia", OCTOBER, NOVEMBER, page=2, size=1)
    assert second.items[0].balance_fen == told.closing_fen
    assert facade.account_statement("insurer/hai", OCTOBER, NOVEMBER).total == 0
    assert facade.account_statement("insurer/hai_ia", OCTOBER, NOVEMBER).total == 0
    with pytest.raises(InvalidInput):
        facade.account_statement("insurer/haijia", NOVEMBER, OCTOBER)


def test_an_open_month_is_added_up_from_the_last_snapshot():
    premium("a", date(2026, 9, 30))
    close(SEPTEMBER)
    premium("b", date(2026, 11, 5), 300)
    balance = facade.trial_balance(NOVEMBER)
    row = next(row for row in balance.rows if row.account == "wallet/clearing")
    assert (row.opening_fen, row.debit_fen, row.closing_fen) == (1_000, 300, 1_300)
    assert balance.debit_fen == balance.credit_fen
    assert sum(row.closing_fen for row in balance.rows) == 0


def test_money_flows_name_source_and_target():
    premium("a", date(2026, 11, 2))
    refund("b", date(2026, 11, 3), 100)
    assert [(flow.source, flow.target, flow.amount_fen) for flow in facade.money_flows(NOVEMBER, NOVEMBER)] == [
        ("insurer/premium_income", "clearing", 1_000),
        ("refunds/payable", "insurer/premium_refunded", 100),
    ]


ACCOUNTS = ["wallet/clearing", "insurer/a/premium_income", "insurer/a/settled", "platform/commission_cost"]


@given(moved=st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(-(10**12), 10**12)))
def test_the_arrows_re_add_to_both_sides(moved):
    turnovers = [Turnover("k", account, fen) for account, fen in moved.items()]
    turnovers.append(Turnover("k", "tax/output_vat", -sum(moved.values())))
    flows = flows_between(turnovers)
    for turnover in turnovers:
        name = family(turnover.account)
        into = sum(flow.amount_fen for flow in flows if flow.target == name)
        out = sum(flow.amount_fen for flow in flows if flow.source == name)
        assert into - out == turnover.amount_fen


@committed
def test_closing_waits_for_a_post_under_way_and_counts_it():
    premium("a", date(2026, 9, 30))
    posted, release, closed = threading.Event(), threading.Event(), []

    def post_slowly():
        with clock.travel(NOON), transaction.atomic():
            premium("b", date(2026, 9, 30), 300)
            posted.set()
            release.wait(10)
        connection.close()

    def close_it():
        with clock.travel(NOON):
            closed.append(close(SEPTEMBER))
        connection.close()

    slow, closer = threading.Thread(target=post_slowly), threading.Thread(target=close_it)
    slow.start()
    assert posted.wait(10)
    closer.start()
    closer.join(0.3)
    assert not closed  # it waits
    release.set()
    slow.join(10)
    closer.join(10)
    assert closed[0].entries == 2
    assert facade.trial_balance(SEPTEMBER).debit_fen == 1_300
    assert facade.check() == []
