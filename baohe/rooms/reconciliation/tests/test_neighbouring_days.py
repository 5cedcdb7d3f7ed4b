"""A movement that one side books before midnight and the other after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baohe.kernel.dates import day_begins
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation import facade
from baohe.rooms.reconciliation.models import Crossing, Item
from baohe.rooms.reconciliation.tests.two_sides import DAY, NEXT, NOON, Books, Ours, billed, differences, suspense

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def next_morning():
    with clock.travel(day_begins(NEXT) + timedelta(hours=9)):
        yield


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
