"""Both sides of a day against each other: each kind of difference, and a plain reference."""

from __future__ import annotations

import resource
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.dates import day_begins
from baohe.plumbing import clock
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation import facade
from baohe.rooms.reconciliation.models import Item, Run
from baohe.rooms.reconciliation.tests.two_sides import (
    DAY,
    NEXT,
    NOON,
    Books,
    Ours,
    billed,
    differences,
    plainly,
    suspense,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def next_morning():
    with clock.travel(day_begins(NEXT) + timedelta(hours=9)):
        yield


EACH = [
    ("nothing", [Ours("payment", "p1", 100, "t")], [billed("payment", "p1", 100)], []),
    ("unknown payment", [], [billed("payment", "x", 100)], [("provider_only", "x", 100)]),
    ("money without a number", [], [billed("payment", "", 100, "t9")], [("provider_only", "t9", 100)]),
    ("unknown refund", [], [billed("refund", "x", 30)], [("provider_only", "x", -30)]),
    (
        "we hold it closed",
        [Ours("payment", "p", 5, state="closed")],
        [billed("payment", "p", 5)],
        [("provider_only", "p", 5)],
    ),
    (
        "we hold it failed",
        [Ours("payout", "o", 5, state="failed")],
        [billed("payout", "o", 5)],
        [("provider_only", "o", -5)],
    ),
    ("dropped payment", [Ours("payment", "p", 7, "t")], [], [("ours_only", "p", -7)]),
    ("dropped payout", [Ours("payout", "o", 7)], [], [("ours_only", "o", 7)]),
    ("altered payment", [Ours("payment", "p", 100, "t")], [billed("payment", "p", 90)], [("amount", "p", -10)]),
    ("altered refund", [Ours("refund", "r", 100)], [billed("refund", "r", 90)], [("amount", "r", 10)]),
    (
        "other currency",
        [Ours("payment", "p", 9, "t")],
        [billed("payment", "p", 9, currency="USD")],
        [("currency", "p", -9)],
    ),
    ("twice the same line", [Ours("payment", "p", 9, "t")], [billed("payment", "p", 9)] * 2, [("twice", "p", 9)]),
    ("three times", [Ours("refund", "r", 9)], [billed("refund", "r", 9)] * 3, [("twice", "r", -9)] * 2),
    (
        "a second trade",
        [Ours("payment", "p", 9, "t")],
        [billed("payment", "p", 9, "u"), billed("payment", "p", 9, "t")],
        [("twice", "p", 9)],
    ),
    (
        "another trade alone",
        [Ours("payment", "p", 9, "t")],
        [billed("payment", "p", 9, "u")],
        [("ours_only", "p", -9), ("provider_only", "p", 9)],
    ),
    ("foreign unknown", [], [billed("payment", "x", 100, currency="USD")], [("provider_only", "x", 0)]),
    (
        "one number of two kinds",
        [Ours("refund", "n", 4)],
        [billed("payout", "n", 4)],
        [("ours_only", "n", 4), ("provider_only", "n", -4)],
    ),
]


@pytest.mark.parametrize(("ours", "lines", "expected"), [one[1:] for one in EACH], ids=[one[0] for one in EACH])
def test_each_kind_of_difference_becomes_an_item_and_stands_on_suspense(ours, lines, expected):
    told = Books(*ours).run(lines)

    assert differences() == expected
    assert told.differences == len(expected)
    assert suspense().balance_fen == suspense().items_fen == sum(fen for _, _, fen in expected)
    assert ledger.balance("wallet/clearing") == sum(fen for _, _, fen in expected)
    assert facade.problems() == [] == ledger.check()


def test_a_run_keeps_both_sums_and_the_digest_and_leaves_a_leaf():
    told = Books(Ours("payment", "p", 100, "t"), Ours("refund", "r", 30)).run(
        [billed("payment", "p", 100), billed("refund", "r", 30), billed("payout", "o", 5)]
    )

    assert (told.bill.count, told.bill.in_fen, told.bill.out_fen) == (3, 100, 35)
    assert (told.ours.count, told.ours.in_fen, told.ours.out_fen) == (2, 100, 30)
    [leaf] = EvidenceLeaf.objects.filter(kind="day_reconciled", subject=str(told.id))
    assert told.bill_digest in str(leaf.opening)


def test_a_payment_still_open_is_asked_about_before_it_counts():
    books = Books(Ours("payment", "p", 5, state="checking"), Ours("payment", "q", 6, state="created"))
    books.settles = {"p"}
    told = books.run([billed("payment", "p", 5), billed("payment", "q", 6)])

    assert (books.asked, told.asked) == (["p", "q"], 2)
    assert differences() == [("provider_only", "q", 6)]


def test_a_second_run_adds_nothing_and_a_better_bill_explains():
    books = Books(Ours("payment", "p", 5, "t"), Ours("payment", "q", 6, "t"))
    books.run([billed("payment", "q", 7)])
    first = differences()
    again = books.run([billed("payment", "q", 7)])

    assert (differences(), again.edition, Run.objects.filter(superseded_at=None).count()) == (first, 2, 1)
    assert suspense().balance_fen == -4

    books.run([billed("payment", "p", 5), billed("payment", "q", 6)])

    assert differences() == []
    assert {one.resolution for one in facade.items(live=False)[0]} == {"重新对账后两边一致"}
    assert ledger.balance("wallet/clearing") == suspense().balance_fen == 0


NUMBERS = st.sampled_from(["a", "b", "c", "d", ""])
KINDS = st.sampled_from(["payment", "refund", "payout"])
LINES = st.lists(
    st.builds(
        billed,
        KINDS,
        NUMBERS,
        st.integers(1, 3),
        st.sampled_from(["t", "u"]),
        st.sampled_from(["CNY", "CNY", "CNY", "USD"]),
    ),
    max_size=12,
)
OURS = st.lists(
    st.builds(
        Ours,
        KINDS,
        NUMBERS.filter(bool),
        st.integers(1, 3),
        st.sampled_from(["", "t", "u"]),
        st.just("CNY"),
        st.sampled_from([NOON, NOON, NOON - timedelta(days=1), NOON + timedelta(days=4)]),
        st.sampled_from(["done", "done", "done", "checking", "closed"]),
    ),
    max_size=10,
    unique_by=lambda one: (one.kind, one.number),
)


@settings(max_examples=40, deadline=None, database=None)
@given(lines=LINES, ours=OURS)
def test_the_database_says_what_plain_python_says(lines, ours):
    with transaction.atomic():
        books = Books(*ours)
        books.run(lines)
        found = Counter((row.difference, row.movement, row.number, row.diff_fen) for row in Item.objects.all())
        assert found == plainly(lines, books)
        assert suspense().balance_fen == sum(row.standing_fen for row in Item.objects.all())
        assert facade.problems() == []
        transaction.set_rollback(True)


def test_memory_stays_flat():
    """Kept as objects, 50,000 lines and payments would be 40 MB; a batch is 5,000."""
    count, seen = 50_000, []

    def watched(rows):
        for n, row in enumerate(rows):
            if n % 2_500 == 0:
                seen.append(int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize())
            yield row

    lines = watched(billed("payment", f"n{n}", 100 + n % 7, f"t{n}") for n in range(count))
    ours = watched(Ours("payment", f"n{n}", 100 + n % 7, f"t{n}") for n in range(count) if n % 5_000)
    staged = facade.stage("wallet", DAY, lines, ours, lambda _: [], lambda _: None)
    told = facade.conclude(staged, lambda *_: False)

    assert (told.bill.count, told.differences) == (count, 10)
    assert max(seen) - seen[0] < 12 * 1024 * 1024
