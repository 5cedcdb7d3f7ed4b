"""Payment with four eyes: nothing leaves on the word of one person, and nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.ledger.facade import movements
from baohe.rooms.notices.models import Message
from baohe.rooms.settlement import facade
from baohe.rooms.settlement.contracts import Actor
from baohe.rooms.settlement.errors import (
    AccountWaits,
    BatchDecided,
    BatchStale,
    CannotBePaid,
    NeedsSecondPerson,
    NothingToPay,
)
from baohe.rooms.settlement.models import BankAccount, Batch, BatchItem
from baohe.rooms.settlement.tests import world
from baohe.rooms.settlement.tests.world import (
    CHENG,
    HAIJIA,
    ISSUED,
    LATER,
    OCTOBER,
    SEPTEMBER,
    SONGTAO,
    XU,
    account,
    of,
    september,
)
from tests.payments.conftest import together

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agreed():
    september()
    with clock.travel(ISSUED):
        account(HAIJIA), account(SONGTAO)
    with clock.travel(LATER):
        yield


def batch(*branches, month=SEPTEMBER, actor=CHENG):
    return facade.make_batch(month, [of(one, month).id for one in branches], actor)


def test_agreed_balances_go_into_a_batch_and_another_person_lets_them_go(agreed):
    made = batch(HAIJIA, SONGTAO)
    sent = facade.approve_batch(made.id, XU)

    assert (made.items, made.total_fen, made.state) == (2, 12_777, "proposed")
    assert {(one.item.natural_key, one.item.amount_fen, one.number) for one in sent} == {
        (f"settle:{of(HAIJIA).id}", 12_000, "6222000011112222"),
        (f"settle:{of(SONGTAO).id}", 777, "6222000011112222"),
    }
    assert facade.batch(made.id).decided_by_name == "许衡"


def test_whoever_made_a_batch_cannot_decide_it(agreed):
    made = batch(HAIJIA)
    for act in (lambda: facade.approve_batch(made.id, CHENG), lambda: facade.decline_batch(made.id, "x", CHENG)):
        with pytest.raises(NeedsSecondPerson):
            act()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE settlement_batch SET state = 'approved', decided_by = made_by, decided_at = now()")

    assert (Batch.objects.get().state, BatchItem.objects.get().state) == ("proposed", "proposed")


def test_a_declined_batch_frees_its_statements(agreed):
    first = batch(HAIJIA)
    with pytest.raises(InvalidInput):
        facade.decline_batch(first.id, " ", XU)
    facade.decline_batch(first.id, "漏了松涛", XU)
    with pytest.raises(BatchDecided):
        facade.approve_batch(first.id, XU)

    assert batch(HAIJIA, SONGTAO).items == 2


def test_a_statement_is_in_one_batch_only(agreed):
    batch(HAIJIA)
    with pytest.raises(CannotBePaid):
        batch(HAIJIA, SONGTAO)
    with pytest.raises(NothingToPay):
        facade.make_batch(SEPTEMBER, [], CHENG)
    assert BatchItem.objects.count() == 1


@committed
def test_two_batches_at_once_take_a_statement_once():
    september()
    with clock.travel(ISSUED):
        account(HAIJIA)
    id_ = of(HAIJIA).id

    def make():
        with clock.travel(LATER):
            return facade.make_batch(SEPTEMBER, [id_], CHENG)

    answers = together(make, make, make)

    assert sorted(type(one).__name__ for one in answers) == ["BatchView", "CannotBePaid", "CannotBePaid"]
    assert BatchItem.objects.count() == 1


@committed
def test_two_people_approving_at_once_send_it_once():
    september()
    with clock.travel(ISSUED):
        account(HAIJIA)
    with clock.travel(LATER):
        made = batch(HAIJIA)

    answers = together(*[lambda: facade.approve_batch(made.id, XU)] * 2)

    assert sorted(type(one).__name__ for one in answers) == ["BatchDecided", "list"]


def test_before_its_days_are_over_a_statement_waits_unless_it_is_agreed(agreed):
    with clock.travel(ISSUED):
        with pytest.raises(CannotBePaid):
            batch(HAIJIA)
        facade.agree(of(HAIJIA).id, Actor(None, "海岬健康"))
        assert batch(HAIJIA).total_fen == 12_000


def test_what_is_disputed_is_held_and_the_rest_is_paid(agreed):
    with clock.travel(ISSUED):
        facade.open_dispute(of(HAIJIA).id, "H-1", "不是我们的", [2], Actor(None, "海岬健康"))
    made = batch(HAIJIA)

    assert (made.total_fen, facade.items(made.id)[0].held_fen) == (9_500, 2_500)


def test_what_was_held_comes_with_the_next_month_and_nothing_twice(agreed):
    with clock.travel(ISSUED):
        disputed = facade.open_dispute(of(HAIJIA).id, "H-1", "不是我们的", [2], Actor(None, "海岬健康"))
    (sent,) = facade.approve_batch(batch(HAIJIA).id, XU)
    facade.item_done(sent.item.id, clock.today())
    facade.answer(disputed.id, "是的", CHENG)
    facade.accept(disputed.id, Actor(None, "海岬健康"))
    world.post("n", OCTOBER, movements.premium_received("haijia", 1_000))
    world.close(OCTOBER)

    with clock.travel(LATER + timedelta(days=20)):
        assert of(HAIJIA, OCTOBER).payable_fen == 13_000
        assert facade.standing(of(HAIJIA, OCTOBER).id).due_fen == 3_500
        assert batch(HAIJIA, month=OCTOBER).total_fen == 3_500


def test_an_older_month_pays_no_more_than_the_newer_one_leaves(agreed):
    world.post("n", OCTOBER, movements.refund_decided("haijia", 11_000), "premium_refunded")
    world.close(OCTOBER)

    assert facade.standing(of(HAIJIA).id).due_fen == 1_000


def test_a_certain_failure_is_owed_still_and_can_be_paid_under_a_key_of_its_own(agreed):
    (sent,) = facade.approve_batch(batch(HAIJIA).id, XU)
    facade.item_failed(sent.item.id, "账户不存在")

    assert facade.item_done(sent.item.id, clock.today())[1] is False
    assert facade.standing(of(HAIJIA).id).due_fen == 12_000
    (again,) = facade.approve_batch(batch(HAIJIA).id, XU)
    assert again.item.natural_key == f"settle:{of(HAIJIA).id}:2"


def test_a_batch_that_no_longer_holds_is_refused_as_a_whole(agreed):
    made = batch(HAIJIA, SONGTAO)
    account(SONGTAO, "6222000099998888")
    with pytest.raises(BatchStale):
        facade.approve_batch(made.id, XU)

    assert Batch.objects.get().state == "proposed"
    assert {row.state for row in BatchItem.objects.all()} == {"proposed"}


def test_an_account_takes_two_people(agreed):
    party = settlement_party()
    made = propose(party)
    with pytest.raises(NeedsSecondPerson):
        facade.approve_account(made.id, CHENG)
    with pytest.raises(AccountWaits):
        propose(party)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE settlement_bankaccount SET state = 'refused', decided_by = set_by WHERE state = 'proposed'"
        )

    assert facade.accounts(party.id)[0].state == "proposed"


def test_a_changed_account_rests_and_both_telephones_hear_of_it(agreed):
    told_before = Message.objects.count()
    made = propose(settlement_party())
    assert facade.candidates(SEPTEMBER)[0].obstacle == ""  # before the approval the old one is in use
    facade.approve_account(made.id, XU)

    assert facade.candidates(SEPTEMBER)[0].obstacle == "账户刚变更，11-16 起可用"
    with pytest.raises(CannotBePaid):
        batch(HAIJIA)
    with clock.travel(datetime(2026, 11, 16, 2, 1, tzinfo=UTC)):
        (sent,) = facade.approve_batch(batch(HAIJIA).id, XU)
    assert sent.number == "6230999988887777"
    assert Message.objects.count() == told_before + 2
    assert [one.state for one in facade.accounts(settlement_party().id)] == ["approved", "replaced"]


def test_a_refused_account_is_never_used(agreed):
    made = propose(settlement_party())
    facade.refuse_account(made.id, "对方说没有要求变更", XU)

    (sent,) = facade.approve_batch(batch(HAIJIA).id, XU)
    assert sent.number == "6222000011112222"


@pytest.mark.parametrize("field", [{"number": "12"}, {"number": "6222x0000111"}, {"bank": " "}, {"contact": "1380"}])
def test_an_account_that_cannot_be_one_is_refused(agreed, field):
    with pytest.raises(InvalidInput):
        propose(settlement_party(), **field)
    assert BankAccount.objects.filter(state="proposed").count() == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE settlement_batchitem SET amount_fen = amount_fen + 1",
        "UPDATE settlement_batchitem SET account_id = gen_random_uuid()",
        "UPDATE settlement_batch SET total_fen = total_fen + 1",
        "UPDATE settlement_bankaccount SET last_four = '0000'",
        "UPDATE settlement_bankaccount SET number_sealed = ''",
        "DELETE FROM settlement_batchitem",
    ],
)
def test_the_database_refuses_to_change_what_was_put_together(agreed, change):
    batch(HAIJIA)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert BatchItem.objects.get().amount_fen == 12_000


def test_the_database_refuses_a_second_payment_of_a_statement(agreed):
    facade.approve_batch(batch(HAIJIA).id, XU)
    again = BatchItem.objects.get()
    again.pk, again.natural_key, again.state, again.done_on = clock.new_id(), "settle:x", "done", clock.today()
    with pytest.raises(IntegrityError, match="batch_item_once"), transaction.atomic():
        again.save(force_insert=True)
    assert BatchItem.objects.count() == 1


def settlement_party():
    return facade.party_of(HAIJIA)


def propose(party, **changes):
    fields = {"bank": "另一家银行", "holder": party.name, "number": "6230 9999 8888 7777", "contact": "13900000002"}
    return facade.propose_account(party.id, **(fields | changes), actor=CHENG)
