"""Shares of a death benefit: states as a table, whose account it may be, heirs as they are typed."""

from __future__ import annotations

from itertools import product

import pytest

from baohe.rooms.claims.rules import sharing
from baohe.rooms.claims.rules.sharing import Heir, claim_state, heirs_from, may_hold, waits_for

G, A, P, D = sharing.STATES


@pytest.mark.parametrize(
    ("shares", "state"),
    [
        ((), "to_pay"),
        ((G,), "to_pay"),
        ((A, D), "to_pay"),
        ((P, A), "to_pay"),
        ((P, D), "paying"),
        ((P,), "paying"),
        ((D, D), "paid"),
    ],
)
def test_the_claim_is_what_its_shares_say(shares, state):
    assert claim_state(shares) == state


def test_every_step_is_in_the_table_and_nothing_leaves_paid():
    known = {(G, "guardian"): A, (A, "account"): P, (P, "failed"): A, (P, "done"): D}
    for state, what in product(sharing.STATES, ("guardian", "account", "failed", "done")):
        assert sharing.STEPS.get((state, what)) == known.get((state, what))


@pytest.mark.parametrize(
    ("holder", "minor", "guardian", "may"),
    [
        ("周小禾", True, "", True),
        ("周 小 禾", False, "", True),
        ("林知夏", True, "林知夏", True),
        ("林知夏", True, "", False),
        ("林知夏", False, "林知夏", False),
        ("", True, "", False),
    ],
)
def test_whose_account_a_share_may_go_to(holder, minor, guardian, may):
    assert may_hold(holder, "周小禾", minor, guardian) is may


def test_what_the_claim_waits_for_in_words():
    assert waits_for([("甲", D), ("乙", P)], 1) is None
    assert waits_for([("甲", D), ("乙", A)], 1).zh == "已付一部分：等乙的收款账户"
    both = waits_for([("甲", G), ("乙", A)], 0)
    assert both.en == "Agreed: waiting for the account of 乙; waiting for the guardian of 甲"


def test_heirs_as_they_are_typed():
    assert heirs_from(" 甲 60%\n\n乙 40 未成年 ") == (Heir("甲", 60, False), Heir("乙", 40, True))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("甲", "form"),
        ("甲 0\n乙 100", "form"),
        ("甲 100 成年", "form"),
        ("甲 50\n甲 50", "twice"),
        ("甲 99", "sum"),
        ("", "sum"),
    ],
)
def test_what_is_no_list_of_heirs(text, why):
    with pytest.raises(ValueError, match=why):
        heirs_from(text)
