"""What of a balance is paid: never a reserve, never premium that is not in, never twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.settlement import facade
from baohe.rooms.settlement.rules import payable, terms
from baohe.rooms.settlement.tests import world
from baohe.rooms.settlement.tests.world import HAIJIA, ISSUED, SEPTEMBER, of, post


@pytest.mark.django_db
def test_reserves_and_due_premium_are_told_apart_and_never_paid():
    with clock.travel(ISSUED):
        post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
        post("r", SEPTEMBER, movements.unearned_change("haijia", 7_000), "unearned_change")
        post("d", SEPTEMBER, movements.receivable_due("haijia", 900), "premium_due")
        post("c", SEPTEMBER, movements.claims_reserve_change("haijia", 800), "claim_reserve")
        world.close(SEPTEMBER)
        told = of(HAIJIA)

    paid, technical = facade.split_totals(told.totals)
    assert (told.payable_fen, told.technical_fen, told.closing_fen) == (10_000, 0, -10_000)
    assert [(t.account, t.amount_fen) for t in paid] == [("insurer/haijia/premium_income", -10_000)]
    assert {t.account.rpartition("/")[2] for t in technical} == set(payable.TECHNICAL)
    assert b'"payable_fen":10000' in told.content


@pytest.mark.django_db
def test_half_of_a_reserve_in_the_branch_does_not_change_what_is_paid():
    """A reserve whose other side lies elsewhere moves the closing balance, and still not the payment."""
    with clock.travel(ISSUED):
        post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
        half = (
            ledger.Posting("insurer/haijia/unearned_premium", -4_000),
            ledger.Posting("insurer/songtao/unearned_change", 4_000),
        )
        post("r", SEPTEMBER, half, "unearned_change")
        world.close(SEPTEMBER)

    assert (of(HAIJIA).closing_fen, of(HAIJIA).payable_fen) == (-14_000, 10_000)
    assert of("insurer/songtao").payable_fen == 0


def test_every_technical_account_is_in_the_chart():
    for account in payable.technical_accounts("insurer/haijia"):
        assert ledger.chart.kind_of(account) is not None
    assert payable.technical_accounts("partner/shop") == ()
    assert not payable.is_technical("partner/x/unearned_premium")


FEN = st.integers(-(10**9), 10**9)
HELD = st.integers(0, 10**9)


@given(st.lists(st.tuples(FEN, HELD), min_size=1, max_size=5))
def test_no_more_is_due_than_any_later_month_leaves(rests):
    due = terms.due_fen(rests)
    first = rests[0][0]

    assert due == 0 or (due > 0) == (first > 0)
    for rest, held in rests:
        if due > 0:
            assert due <= rest - held
        if due < 0:
            assert due >= rest + held


@given(st.lists(FEN, max_size=10), FEN)
def test_what_is_held_is_never_more_than_what_is_paid(lines, payable_fen):
    held = terms.held_fen(lines, payable_fen)
    assert 0 <= held <= abs(payable_fen)


def test_only_lines_that_make_up_the_payment_are_held():
    assert terms.held_fen([-300, 200], 1_000) == 300
    assert terms.held_fen([-300, 200], -1_000) == 200
    assert terms.held_fen([-5_000], 1_000) == 1_000
