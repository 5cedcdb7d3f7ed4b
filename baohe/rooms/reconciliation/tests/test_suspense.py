"""What stands on suspense belongs to an item, once, whatever is told and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baohe.kernel.dates import day_begins
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation import facade
from baohe.rooms.reconciliation.tests.two_sides import DAY, NEXT, NOON, Books, Ours, billed, differences, suspense

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def next_morning():
    with clock.travel(day_begins(NEXT) + timedelta(hours=9)):
        yield


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
