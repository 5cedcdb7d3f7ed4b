"""The words of the accountant, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.ledger.contracts import Posting
from baohe.rooms.ledger.rules import chart, movements
from baohe.rooms.ledger.rules.entries import joined, mirrored, totals

AMOUNTS = st.integers(1, 10**13)

EVERY_MOVEMENT = (
    lambda fen: movements.premium_received("haijia", fen, "deduction"),
    lambda fen: movements.bulk_premium("shop-1", "haijia", fen),
    lambda fen: movements.partner_settled("shop-1", fen),
    lambda fen: movements.refund_decided("haijia", fen),
    lambda fen: movements.refund_done(fen, "transfer"),
    lambda fen: movements.claim_agreed("haijia", fen),
    lambda fen: movements.claim_done("haijia", fen),
    lambda fen: movements.commission_accrued("haijia", 2 * fen, fen),
    movements.commission_due,
    lambda fen: movements.commission_clawed_back("haijia", fen, fen),
    lambda fen: movements.producer_owed("shen", fen),
    lambda fen: movements.producer_paid("shen", fen),
    lambda fen: movements.insurer_settled("haijia", fen),
    lambda fen: movements.receivable_due("haijia", fen),
    lambda fen: movements.referral("haijia", "songtao", fen),
    lambda fen: movements.unearned_change("haijia", -fen),
    movements.vat,
    movements.suspense_in,
    movements.suspense_out,
)


@given(amount=AMOUNTS)
def test_every_movement_adds_up_and_stays_inside_the_chart(amount):
    for movement in EVERY_MOVEMENT:
        postings = movement(amount)
        assert totals(postings) == {"CNY": 0}
        assert totals((*postings, *mirrored(postings))) == {"CNY": 0}
        assert all(chart.kind_of(posting.account) for posting in postings)
        assert all(posting.amount_fen for posting in postings)
        assert movement(0) == ()


@given(parts=st.lists(st.tuples(st.sampled_from(EVERY_MOVEMENT), AMOUNTS), max_size=8))
def test_joined_movements_say_the_same_in_one_line_an_account(parts):
    movements_ = [movement(amount) for movement, amount in parts]
    one = joined(*movements_)
    accounts = [posting.account for posting in one]
    assert len(accounts) == len(set(accounts))
    for account in {posting.account for movement in movements_ for posting in movement}:
        said = sum(p.amount_fen for movement in movements_ for p in movement if p.account == account)
        assert sum(p.amount_fen for p in one if p.account == account) == said
    assert sum(posting.amount_fen for posting in one) == 0


def test_lines_that_cancel_out_vanish():
    assert joined(movements.premium_received("haijia", 5), movements.refund_done(5)) == (
        Posting("insurer/haijia/premium_income", -5),
        Posting("refunds/payable", 5),
    )


def test_accounts_have_names_in_both_languages():
    assert chart.name_of("insurer/haijia/premium_income").zh == "代收保费 · haijia"
    assert chart.name_of("transfer/clearing").en == "Clearing at the provider · transfer"
    assert chart.kind_of("insurer/haijia/slush_fund") is None
    assert chart.kind_of("insurer/../premium_income/x") is None
    assert chart.kind_of("elsewhere/clearing") is None
    assert {kind.class_ for kind in chart.CHART} <= {*chart.CLASSES, "insurer"}


@pytest.mark.parametrize("kind", chart.CHART, ids=lambda kind: kind.name.en)
def test_every_account_lies_on_a_side(kind):
    assert kind.normal in ("debit", "credit")
