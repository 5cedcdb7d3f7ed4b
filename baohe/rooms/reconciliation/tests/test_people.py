"""What people do with items: owners, words, four eyes; and two runs at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, connection, transaction

from baohe.kernel.dates import day_begins
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.models import LedgerEntry
from baohe.rooms.people.models import Account
from baohe.rooms.reconciliation import errors, facade
from baohe.rooms.reconciliation.actions.recheck import bill_is_missing
from baohe.rooms.reconciliation.contracts import Party
from baohe.rooms.reconciliation.models import Booking, Item, ItemEvent, Run
from baohe.rooms.reconciliation.rules import differences as rules
from baohe.rooms.reconciliation.tests.two_sides import DAY, NOON, Books, Ours, billed

pytestmark = pytest.mark.django_db

MAKER, CHECKER = Party(uuid4(), "程立"), Party(uuid4(), "许衡")
WHY = "渠道已原路退回付款人"


@pytest.fixture(autouse=True)
def next_morning():
    with clock.travel(day_begins(DAY) + timedelta(days=1, hours=9)):
        yield


@pytest.fixture
def item():
    Books().run([billed("payment", "x", 100)])
    [found] = facade.items()[0]
    return found


def test_items_go_to_whoever_has_the_fewest_with_a_deadline_in_working_days():
    group = Group.objects.get_or_create(name="finance")[0]
    for name in ("甲", "乙"):
        row = Account.objects.create(username=name, display_name=name, is_staff=True, joined_at=clock.now())
        row.groups.set([group])
    Books().run([billed("payment", f"x{n}", 1) for n in range(4)])

    found = facade.items()[0]
    assert sorted(one.owner.name for one in found) == ["乙", "乙", "甲", "甲"]
    assert {one.state for one in found} == {"assigned"}
    # Sunday 22 November 2026 + 3 working days, 18:00
    assert {one.deadline for one in found} == {day_begins(DAY + timedelta(days=4)) + timedelta(hours=18)}


def test_a_booking_takes_two_and_its_reference_is_the_item(item):
    booking = facade.propose(item.id, WHY, MAKER)
    assert facade.suspense("wallet").balance_fen == 100

    facade.decide(booking.id, CHECKER, confirm=True)

    ended = facade.item(item.id)
    assert (ended.state, ended.standing_fen, ended.resolution) == ("booked", 0, WHY)
    assert ledger.entry_of(0, "suspense_booked", str(item.id)).postings[0].amount_fen == 100
    assert (facade.suspense("wallet").balance_fen, facade.problems()) == (0, [])
    assert [event.what for event in facade.history(item.id)] == ["found", "proposed", "booked"]


def test_nobody_checks_a_booking_of_their_own_and_nothing_is_posted(item):
    booking = facade.propose(item.id, WHY, MAKER)
    before = LedgerEntry.objects.count()
    with pytest.raises(errors.SamePerson):
        facade.decide(booking.id, MAKER, confirm=True)
    with pytest.raises(IntegrityError, match="booking_four_eyes"), transaction.atomic():
        Booking.objects.filter(id=booking.id).update(decided_by=MAKER.id, decided_at=clock.now(), outcome="confirmed")

    assert LedgerEntry.objects.count() == before
    assert facade.item(item.id).is_live
    assert facade.suspense("wallet").balance_fen == 100


def test_a_returned_booking_posts_nothing_and_another_may_follow(item):
    first = facade.propose(item.id, WHY, MAKER)
    with pytest.raises(errors.BookingWaits):
        facade.propose(item.id, WHY, CHECKER)
    facade.decide(first.id, CHECKER, confirm=False, text="缺退款回单")
    with pytest.raises(errors.ItemEnded):
        facade.decide(first.id, CHECKER, confirm=True)

    assert facade.suspense("wallet").balance_fen == 100
    facade.decide(facade.propose(item.id, WHY, CHECKER).id, MAKER, confirm=True)
    assert facade.suspense("wallet").balance_fen == 0


def test_words_alone_do_not_end_an_item_with_money(item):
    with pytest.raises(errors.StandsOnSuspense):
        facade.explain(item.id, WHY, MAKER)
    with pytest.raises(InvalidInput):
        facade.propose(item.id, "  ", MAKER)
    assert facade.item(item.id).is_live


def test_a_missing_bill_is_one_item_explained_by_hand_or_by_the_bill():
    first, second = (bill_is_missing("wallet", day, "账单还没有出") for day in (DAY, DAY - timedelta(days=1)))
    assert bill_is_missing("wallet", DAY, "账单还没有出").id == first.id
    with pytest.raises(errors.NothingToBook):
        facade.propose(first.id, WHY, MAKER)

    facade.explain(second.id, "渠道当天停业无账单", MAKER)
    Books().run([])

    assert (facade.item(first.id).resolution, facade.item(second.id).state) == ("账单已到", "explained")


def test_assigning_is_told_and_an_ended_item_stays_ended(item):
    assert facade.assign(item.id, CHECKER, MAKER).owner == CHECKER
    facade.decide(facade.propose(item.id, WHY, MAKER).id, CHECKER, confirm=True)
    with pytest.raises(errors.ItemEnded):
        facade.assign(item.id, MAKER, MAKER)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Item.objects.update(diff_fen=1),
        lambda: Item.objects.update(state="explained", ended_at=clock.now(), resolution="x"),
        lambda: Item.objects.update(standing_fen=7),
        lambda: ItemEvent.objects.update(text="x"),
        lambda: ItemEvent.objects.all().delete(),
        lambda: Run.objects.update(lines=2),
        lambda: Run.objects.all().delete(),
    ],
)
def test_the_database_keeps_the_trail_whoever_writes(item, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


@pytest.mark.field_bug(21)
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_are_one():
    books = Books(Ours("payment", "p", 7, "t"))
    start, told = threading.Barrier(2), []

    def once():
        with clock.travel(NOON + timedelta(days=1)):
            start.wait()
            with facade.held("wallet", DAY):
                earlier = facade.current_run("wallet", DAY)
                if earlier is None:
                    staged = facade.stage("wallet", DAY, [], books.on(DAY), books.find, books.settle)
                    earlier = facade.conclude(staged, lambda *_: False)
            told.append(earlier.id)
        connection.close()

    threads = [threading.Thread(target=once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 2
    assert len(set(told)) == Run.objects.count() == Item.objects.count() == 1
    assert facade.suspense("wallet").balance_fen == -7


def test_a_bill_is_missing_from_noon_of_the_next_day():
    noon = day_begins(DAY) + timedelta(days=1, hours=12)
    assert rules.bill_is_due(DAY, noon)
    assert not rules.bill_is_due(DAY, noon - timedelta(seconds=1))
