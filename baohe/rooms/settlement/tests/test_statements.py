"""Statements: what the books say, month by month, told once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.flows import settle_period
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.partners import facade as partners
from baohe.rooms.settlement import facade
from baohe.rooms.settlement.errors import MonthNotClosed
from baohe.rooms.settlement.models import Statement
from baohe.rooms.settlement.tests.stated import close, file, of, september
from baohe.rooms.settlement.tests.world import OCTOBER, SEPTEMBER, post

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def november():
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield


def test_a_statement_is_what_the_books_say():
    september()
    done = settle_period.run(SEPTEMBER)

    assert [one.party.code for one in done.made] == ["haijia", "songtao"]
    told = of("haijia")
    assert (told.opening_fen, told.closing_fen, told.lines) == (0, -12_000, 3)
    assert [(t.kind, t.lines, t.amount_fen) for t in told.totals] == [
        ("premium_received", 2, -12_500),
        ("premium_refunded", 1, 500),
    ]
    assert told.closing_fen == ledger.balance("insurer/haijia")
    assert [line.amount_fen for line in facade.lines(told)] == [-10_000, -2_500, 500]
    assert [line.number for line in facade.lines(told, page=2, size=2)] == [3]


def test_the_next_month_opens_where_the_last_one_closed():
    september()
    post("d", OCTOBER, movements.premium_received("haijia", 1))
    close(OCTOBER)
    settle_period.run(SEPTEMBER)
    settle_period.run(OCTOBER)

    assert (of("haijia", OCTOBER).opening_fen, of("haijia", OCTOBER).closing_fen) == (-12_000, -12_001)
    assert (of("songtao", OCTOBER).lines, of("songtao", OCTOBER).closing_fen) == (0, -777)
    assert facade.problems() == []


def test_a_correction_stands_in_the_next_statement_and_the_last_one_stays():
    wrong = post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
    close(SEPTEMBER)
    settle_period.run(SEPTEMBER)
    before = file(of("haijia"))
    ledger.reverse(wrong.id, SEPTEMBER, "记错")
    close(OCTOBER)
    settle_period.run(OCTOBER)

    assert file(of("haijia")) == before
    assert [(t.kind, t.amount_fen) for t in of("haijia", OCTOBER).totals] == [("reversal", 10_000)]


def test_an_open_month_has_no_statement_and_nothing_happens():
    post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
    with pytest.raises(MonthNotClosed):
        settle_period.run(SEPTEMBER)
    party = facade.keep_party("insurer", "haijia", "海岬健康", "insurer/haijia")
    with pytest.raises(MonthNotClosed):
        facade.issue(party.id, SEPTEMBER)

    assert Statement.objects.count() == 0


@pytest.mark.field_bug(21)
def test_a_month_is_told_once_however_often_it_is_run():
    september()
    first = settle_period.run(SEPTEMBER)
    again = settle_period.run(SEPTEMBER)

    assert (len(first.made), len(first.already)) == (2, 0)
    assert (again.made, again.already) == ((), first.made)
    assert Statement.objects.count() == 2


@committed
@pytest.mark.field_bug(21)
def test_who_comes_while_a_statement_is_being_made_gets_that_one():
    september()
    party = facade.keep_party("insurer", "haijia", "海岬健康", "insurer/haijia")
    answers = []

    def second():
        try:
            with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
                answers.append(facade.issue(party.id, SEPTEMBER))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        first, fresh = facade.issue(party.id, SEPTEMBER)
        thread.start()
        while not _somebody_waits():
            thread.join(0.02)
            assert thread.is_alive()
    thread.join()
    assert fresh
    assert answers == [(first, False)]
    assert Statement.objects.count() == 1


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database()) OR NOT granted"
            " AND locktype = 'transactionid')"
        )
        return cursor.fetchone()[0]


ONE = st.tuples(
    st.sampled_from(["haijia", "songtao", "yizhan"]),
    st.sampled_from([SEPTEMBER, OCTOBER]),
    st.sampled_from(["in", "refund", "claim", "commission"]),
    st.integers(1, 10**9),
)
_BY_KIND = {
    "in": movements.premium_received,
    "refund": movements.refund_decided,
    "claim": movements.claim_agreed,
    "commission": movements.commission_accrued,
}


@settings(max_examples=25, deadline=None, database=None)
@given(facts=st.lists(ONE, min_size=1, max_size=12))
def test_the_statements_add_up_to_the_ledger(facts):
    with transaction.atomic():
        for n, (code, month, kind, fen) in enumerate(facts):
            post(f"{n}", month, _BY_KIND[kind](code, fen), f"fact_{kind}")
        first = ledger.first_open_month()
        for month in (SEPTEMBER, OCTOBER):
            if month >= first:
                close(month)
        made = settle_period.run(OCTOBER).made

        assert sum(one.closing_fen for one in made) == sum(ledger.balances("insurer").values())
        for one in made:
            assert one.closing_fen == ledger.balance(one.party.branch)
            assert one.opening_fen + sum(total.amount_fen for total in one.totals) == one.closing_fen
        assert facade.problems() == []
        transaction.set_rollback(True)


def test_a_partner_is_named_by_its_code_and_another_partys_statement_is_not_found():
    shop = partners.create_partner("shop", "晴天小店")
    post("p", SEPTEMBER, movements.bulk_premium(shop.id, "haijia", 333), "bulk_premium")
    close(SEPTEMBER)
    settle_period.run(SEPTEMBER)
    told = facade.statements(branch=f"partner/{shop.id}")[0][0]

    assert (told.number, told.party.name, told.closing_fen) == ("202609-partner-shop-1", "晴天小店", 333)
    with pytest.raises(NotFound):
        facade.statement(told.id, branch="insurer/haijia")
