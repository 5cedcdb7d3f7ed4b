"""Reserving, what is certain, correcting and sharing: the pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.money import split, split_after
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.rules import lines as words
from baohe.rooms.claims.rules.calculation import less_advance, re_add
from baohe.rooms.claims.rules.certain import certain_fen
from baohe.rooms.claims.rules.correcting import freed, lines_of
from baohe.rooms.claims.rules.reopening import last_day
from baohe.rooms.claims.rules.reserving import average_fen
from baohe.rooms.claims.rules.sharing import shares_of
from baohe.rooms.claims.tests.test_assess import CASE, CLEAN
from baohe.rooms.policies.contracts import Beneficiary

DAY = date(2026, 11, 22)
FEN = st.integers(min_value=1, max_value=10**10)


@pytest.mark.parametrize(
    ("line", "event", "on", "fen"),
    [
        ("accident", "accident_outpatient", DAY, 80_000),
        ("travel", "hospital", DAY, 150_000),
        ("nothing_known", "", DAY, 100_000),
        ("accident", "accident_outpatient", date(2025, 12, 31), 0),
    ],
)
def test_the_closest_average_in_force(line, event, on, fen):
    assert average_fen(line, event, on) == fen


@given(FEN, FEN)
def test_lines_less_an_advance_re_add_to_what_is_paid_now(one, other):
    whole, advanced = max(one, other), min(one, other)
    start = CalculationLine("start", words.total(0).label, None, whole)
    assert re_add(less_advance((start, words.total(whole)), advanced)) == whole - advanced


@given(FEN, FEN, FEN)
def test_a_correction_frees_no_more_than_was_used(one, other, met):
    paid, over = max(one, other), min(one, other)
    used = {"x:cap:year": paid, "x:minus:year": met}
    back = freed(used, over, paid - over)
    assert all(-used[key] <= fen < 0 for key, fen in back.items())
    assert back["x:cap:year"] == -over
    assert ("x:minus:year" in back) == (paid == over)
    assert re_add(lines_of(paid, over)) == paid - over


@given(st.lists(st.integers(min_value=1, max_value=99), min_size=1, max_size=6), FEN)
def test_shares_of_the_first_order_re_add(percents, amount):
    named = tuple(Beneficiary(uuid4(), "甲", "child", 2, percent) for percent in percents)
    later = Beneficiary(uuid4(), "乙", "child", 3, 100)
    shares = shares_of((later, *named), amount)
    assert sum(share.amount_fen for share in shares) == amount
    assert [share.person_id for share in shares] == [one.person_id for one in named]


def test_without_a_beneficiary_no_share_is_drawn_up():
    assert shares_of((), 100) == ()


@pytest.mark.rule("SERV-5")
def test_only_papers_without_a_doubt_are_certain():
    clean = CASE
    whole = certain_fen(clean)
    assert whole > 0
    assert certain_fen(replace(clean, asked_for_person=True)) == whole
    for doubt in ({"patient_is_insured": False}, {"used_before": True}, {"doubt_unconfirmed": True}, {"raised": True}):
        assert certain_fen(replace(clean, invoices=(replace(CLEAN, **doubt),))) == 0
        assert certain_fen(replace(clean, invoices=(CLEAN, replace(CLEAN, **doubt)))) == whole
    assert certain_fen(replace(clean, missing=(words.total(0).label,))) == 0
    assert certain_fen(replace(clean, cover=replace(clean.cover, cancelled=True))) == 0


def test_life_has_five_years_and_the_others_two():
    assert (last_day("term_life", DAY), last_day("home", DAY)) == (date(2031, 11, 22), date(2028, 11, 22))


@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=12))
def test_a_reserve_that_moves_through_any_balances_leaves_each_carrier_its_share_of_the_last(balances):
    weights, carriers, before = (5_001, 3_333, 1_666), [0, 0, 0], 0
    for after in balances:
        parts = split_after(before, after - before, weights)
        carriers = [one + part for one, part in zip(carriers, parts, strict=True)]
        before = after
    assert carriers == split(balances[-1], weights)
