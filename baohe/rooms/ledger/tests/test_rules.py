"""The words of the accountant, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.ledger.rules import chart, movements
from baohe.rooms.ledger.rules.entries import mirrored, totals

AMOUNTS = st.integers(1, 10**13)
BASIS_POINTS = st.integers(0, 10_000)


@given(amount=AMOUNTS, bp=BASIS_POINTS)
def test_every_movement_adds_up_and_stays_inside_the_chart(amount, bp):
    for postings in (
        movements.premium_received("haijia", amount, bp),
        movements.premium_refunded("haijia", amount, bp),
        movements.bulk_premium_receivable("shop-1", "haijia", amount, bp),
        movements.partner_settled("shop-1", amount),
        movements.claim_paid("haijia", amount),
        movements.suspense_received(amount),
        movements.suspense_returned(amount),
    ):
        assert totals(postings) == {"CNY": 0}
        assert totals((*postings, *mirrored(postings))) == {"CNY": 0}
        assert all(chart.kind_of(posting.account) for posting in postings)
        assert all(posting.amount_fen for posting in postings)


@pytest.mark.rule("OVER-2")
@given(parts=st.lists(st.integers(1, 10**9), min_size=1, max_size=6), bp=BASIS_POINTS)
def test_a_premium_refunded_in_parts_claws_back_exactly_its_commission(parts, bp):
    def commission(postings):
        return sum(p.amount_fen for p in postings if p.account == chart.commission_expense("haijia"))

    earned = commission(movements.premium_received("haijia", sum(parts), bp))
    given_back = 0
    clawed = 0
    for part in parts:
        clawed += commission(movements.premium_refunded("haijia", part, bp, refunded_before_fen=given_back))
        given_back += part
    assert clawed == -earned


def test_accounts_have_names_in_both_languages():
    assert chart.name_of("insurer/haijia/premium_income").zh == "保费收入 · haijia"
    assert chart.name_of("wallet/clearing").en == "Wallet clearing"
    assert chart.kind_of("insurer/haijia/slush_fund") is None
    assert chart.kind_of("insurer/../premium_income/x") is None
