"""Both sides of a day against each other: each kind of difference, the border between days, and a plain reference."""

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
from baohe.rooms.reconciliation.models import Crossing, Item, Run
from baohe.rooms.reconciliation.tests.two_sides import DAY, NOON, Books, Ours, billed, differences, plainly

pytestmark = pytest.mark.django_db

NEXT = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def next_morning():
    with clock.travel(day_begins(NEXT) + timedelta(hours=9)):
        yield


def suspense(provider="wallet"):
    return facade.suspense(provider)


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


@pytest.mark.field_bug(17)
def test_a_movement_billed_on_the_neighbouring_day_is_no_difference():
    midnight = day_begins(NEXT)
    late = Ours("payment", "late", 10, "t", at=midnight - timedelta(seconds=1))
    early = Ours("refund", "early", 4, at=midnight + timedelta(seconds=1))
    books = Books(late, early)
    first = books.run([billed("refund", "early", 4, at=midnight - timedelta(seconds=1))])

    assert (first.crossed, differences()) == (1, [("ours_only", "late", -10)])
    assert Item.objects.get().state == "waiting"
    assert suspense().balance_fen == 0  # before it counts

    with clock.travel(midnight + timedelta(days=1, hours=9)):
        second = books.run([billed("payment", "late", 10, at=midnight + timedelta(seconds=1))], NEXT)

    assert (second.crossed, differences()) == (1, [])
    assert facade.items(live=False)[0][0].resolution == f"{NEXT} 的账单里有这一笔"
    assert ledger.balance("wallet/clearing") == 0


def test_what_the_next_day_does_not_bill_either_is_a_difference_after_all():
    books = Books(Ours("payment", "late", 10, "t", at=day_begins(NEXT) - timedelta(minutes=5)))
    books.run([])
    with clock.travel(day_begins(NEXT) + timedelta(days=1, hours=9)):
        books.run([], NEXT)

    assert Item.objects.get().state == "open"
    assert suspense().balance_fen == -10


def test_a_movement_billed_on_both_days_is_billed_twice():
    midnight = day_begins(NEXT)
    books = Books(Ours("payment", "a", 10, "t"), Ours("payment", "b", 20, "t", at=midnight))
    books.run([billed("payment", "a", 10), billed("payment", "b", 20)])
    with clock.travel(midnight + timedelta(days=1, hours=9)):
        books.run([billed("payment", "a", 10), billed("payment", "b", 20)], NEXT)

    assert differences() == [("twice", "a", 10), ("twice", "b", 20)]
    assert set(Crossing.objects.values_list("number", "bill_day")) == {("b", DAY)}


def test_what_a_new_edition_no_longer_bills_is_a_difference_of_its_own_day_again():
    midnight = day_begins(NEXT)
    books = Books(Ours("payment", "late", 10, "t", at=midnight - timedelta(seconds=1)))
    books.run([])
    line = billed("payment", "late", 10, at=midnight + timedelta(seconds=1))
    with clock.travel(midnight + timedelta(days=1, hours=9)):
        books.run([line], NEXT)
        assert differences() == []

        books.run([], NEXT)
        assert (differences(), suspense().balance_fen) == ([("ours_only", "late", -10)], -10)
        assert Item.objects.get(ended_at=None).day == DAY
        books.run([], NEXT)
        books.run([])  # its own day finds the same one
        assert differences() == [("ours_only", "late", -10)]

        books.run([line], NEXT)
    assert (differences(), suspense().balance_fen, facade.problems()) == ([], 0, [])


def test_a_movement_billed_by_a_later_edition_and_on_the_next_day_is_billed_twice():
    midnight = day_begins(NEXT)
    books = Books(Ours("payment", "a", 10, "t"))
    books.run([])
    books.run([billed("payment", "a", 10)])
    with clock.travel(midnight + timedelta(days=1, hours=9)):
        books.run([billed("payment", "a", 10)], NEXT)

    assert differences() == [("twice", "a", 10)]


def test_days_apart_are_told_and_move_no_money():
    books = Books(Ours("refund", "r", 4, at=NOON - timedelta(days=3)))
    books.run([billed("refund", "r", 4)])

    assert differences() == [("day", "r", 0)]
    assert suspense().balance_fen == 0


def test_a_payment_settled_after_the_bill_explains_its_item():
    books = Books(Ours("payment", "p", 5, state="closed"))
    books.run([billed("payment", "p", 5)])
    assert suspense().balance_fen == 5

    settled = Ours("payment", "p", 5, "t", at=NOON + timedelta(days=2))
    assert facade.numbers_to_recheck("wallet") == ["p"]
    assert facade.recheck("wallet", [settled], lambda *_: False, books.find) == 1

    assert (differences(), suspense().balance_fen) == ([], 0)
    with clock.travel(NOON + timedelta(days=3)):
        Books(settled).run([], DAY + timedelta(days=2))  # its own day must not miss it now
    assert differences() == []


def test_money_that_the_settlement_put_on_suspense_is_not_put_there_twice():
    def receive():
        ledger.post(ledger.Entry("suspense_received", "u:9", 7, DAY, "p", ledger.movements.suspense_in(9)))

    books = Books(Ours("payment", "p", 9, "t"), Ours("payment", "q", 9, "t"))
    receive()
    books.run([billed("payment", n, 9, t) for n in "pq" for t in "tu"], adopted=lambda number, *_: number == "p")
    assert (suspense().items_fen, suspense().balance_fen) == (18, 18)

    ledger.post(ledger.Entry("suspense_received", "u:9", 8, DAY, "q", ledger.movements.suspense_in(9)))
    facade.recheck("wallet", books.rows, lambda *_: True, books.find)  # the callback of q came after the bill

    assert (suspense().items_fen, suspense().balance_fen, suspense().fresh_fen) == (18, 18, 0)
    assert facade.problems() == []


FALSE_WORDS = [
    ("settled", [Ours("payment", "p", 100, "t")], [], 101, 100),
    ("settled and billed", [Ours("payment", "p", 100, "t")], [billed("payment", "p", 100)], 101, 100),
    ("settled, billed as told", [Ours("payment", "p", 100, "t")], [billed("payment", "p", 101)], 101, 100),
    ("settled under another trade", [Ours("payment", "p", 100, "u")], [], 101, None),
    ("open", [Ours("payment", "p", 100, state="checking")], [], 101, None),
    ("billed alone", [Ours("payment", "p", 100, state="closed")], [billed("payment", "p", 99)], 101, 99),
    ("billed in another currency", [], [billed("payment", "p", 101, currency="USD")], 101, 101),
    ("billed as told, unsettled", [], [billed("payment", "p", 101)], 101, None),
    ("billed as told and otherwise", [], [billed("payment", "p", 101), billed("payment", "p", 7)], 101, None),
    ("another trade billed", [], [billed("payment", "p", 100, "u")], 101, None),
    ("a refund of the trade", [], [billed("refund", "r", 100)], 101, None),
]


@pytest.mark.parametrize(
    ("ours", "lines", "told_fen", "true_fen"), [one[1:] for one in FALSE_WORDS], ids=[one[0] for one in FALSE_WORDS]
)
def test_a_false_word_is_taken_back_once_its_trade_proves_it(ours, lines, told_fen, true_fen):
    words = ledger.movements.suspense_in(told_fen)
    entry = ledger.post(ledger.Entry("suspense_received", f"t:{told_fen}", 7, DAY, "p", words))
    books = Books(*ours)

    def adopted(number, trade_no, fen):
        return (trade_no, fen) == ("t", told_fen) and not ledger.is_reversed(entry)

    books.run(lines, adopted=adopted)
    for _ in range(2):
        facade.recheck("wallet", [], adopted, books.find)

    items = [one for one in facade.items(live=True)[0] if one.difference == "false_word"]
    assert [(one.bill_fen, one.ours_fen, one.standing_fen) for one in items] == [(true_fen, told_fen, 0)] * len(items)
    assert (len(items), ledger.is_reversed(entry)) == ((0, False) if true_fen is None else (1, True))
    assert suspense().balance_fen == suspense().items_fen + suspense().fresh_fen
    assert facade.problems() == [] == ledger.check()
    books.run(lines, adopted=adopted)  # another edition neither ends nor repeats it
    assert sum(one.difference == "false_word" for one in facade.items(live=True)[0]) == len(items)


def test_the_check_fails_when_somebody_posts_to_suspense_by_hand():
    Books().run([billed("payment", "x", 100)])
    assert facade.problems() == []
    ledger.post(ledger.Entry("by_hand", "1", 0, DAY, "", ledger.movements.suspense_out(100)))

    assert facade.problems() == ["suspense/wallet holds 0 fen, of which -100 fen belong to no item"]


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
