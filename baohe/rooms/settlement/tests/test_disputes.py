"""Disputes: in time, answered by a named person, kept for ever; what is disputed is held back and the rest is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.settlement import facade
from baohe.rooms.settlement.contracts import Actor
from baohe.rooms.settlement.errors import (
    AlreadyAgreed,
    DisputeDecided,
    DisputeTooLate,
    DisputeUndecided,
    PartyMayStillAnswer,
    ReferenceTaken,
    StatementReplaced,
)
from baohe.rooms.settlement.models import Agreement, Dispute
from baohe.rooms.settlement.tests.world import CHENG, HAIJIA, ISSUED, LATER, SONGTAO, of, september

pytestmark = pytest.mark.django_db
THEY = Actor(None, "海岬健康")


@pytest.fixture(autouse=True)
def stated():
    september()
    with clock.travel(ISSUED):
        yield


def dispute(lines=(), reference="H-1", reason="第 2 笔不是我们的保单"):
    return facade.open_dispute(of(HAIJIA).id, reference, reason, lines, THEY, HAIJIA)


def test_a_line_is_disputed_and_only_it_is_held():
    made = dispute([2])
    standing = facade.standing(of(HAIJIA).id)

    assert (made.state, made.held_fen, made.lines) == ("open", 2_500, (2,))
    assert (standing.word, standing.held_fen, standing.due_fen) == ("disputed", 2_500, 9_500)
    assert made.due_at == datetime(2026, 11, 9, 18, tzinfo=SHANGHAI)
    assert [(step.action, step.by_name) for step in made.steps] == [("opened", "海岬健康")]


def test_the_whole_statement_is_disputed():
    assert dispute().held_fen == 12_000
    assert facade.standing(of(HAIJIA).id).due_fen == 0


def test_a_line_that_lowers_the_payment_holds_nothing():
    assert dispute([3]).held_fen == 0


def test_told_twice_it_is_one_dispute():
    assert dispute([2]) == dispute([2])
    with pytest.raises(ReferenceTaken):
        dispute([1])
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize("lines", [[0], [4], list(range(1, 203))])
def test_a_line_that_is_not_there_is_refused(lines):
    with pytest.raises(InvalidInput):
        dispute(lines)
    assert Dispute.objects.count() == 0


def test_the_last_day_counts_and_the_next_does_not():
    last = datetime(2026, 11, 12, 23, 59, tzinfo=SHANGHAI)
    with clock.travel(last + timedelta(minutes=2)), pytest.raises(DisputeTooLate):
        dispute()
    assert Dispute.objects.count() == 0
    with clock.travel(last):
        assert dispute().state == "open"


def test_an_answer_that_is_accepted_lets_the_money_go():
    made = dispute([2])
    told = facade.answer(made.id, "那笔保单 9 月 20 日生效，见附页", CHENG)
    done = facade.accept(made.id, THEY, HAIJIA)

    assert (told.state, told.due_at) == ("answered", datetime(2026, 11, 9, 18, tzinfo=SHANGHAI))
    assert (done.state, done.due_at, done.held_fen) == ("accepted", None, 0)
    assert facade.accept(made.id, THEY, HAIJIA) == done
    assert facade.standing(of(HAIJIA).id).due_fen == 12_000
    assert [step.action for step in done.steps] == ["opened", "answered", "accepted"]
    with pytest.raises(DisputeDecided):
        facade.answer(made.id, "再说一次", CHENG)


def test_the_party_has_its_days_before_a_statement_is_upheld():
    made = dispute([2])
    with pytest.raises(DisputeDecided):
        facade.uphold(made.id, "账没有错", CHENG)
    facade.answer(made.id, "见附页", CHENG)
    with pytest.raises(PartyMayStillAnswer):
        facade.uphold(made.id, "账没有错", CHENG)
    with clock.travel(datetime(2026, 11, 9, 10, 1, tzinfo=UTC)):
        done = facade.uphold(made.id, "账没有错", CHENG)

    assert (done.state, done.steps[-1].by_name) == ("upheld", "程立")


def test_a_correction_is_a_new_edition_that_says_why():
    made = dispute([2])
    old = of(HAIJIA)
    done, new = facade.correct(made.id, "第 2 笔在 11 月冲正", CHENG)

    assert (done.state, new.edition, new.reason) == ("corrected", 2, "第 2 笔在 11 月冲正")
    assert (new.payable_fen, new.closing_fen) == (old.payable_fen, old.closing_fen)
    with pytest.raises(StatementReplaced):
        facade.open_dispute(old.id, "H-2", "还是不对", [], THEY)
    with pytest.raises(StatementReplaced):
        facade.agree(old.id, THEY)


def test_an_agreed_statement_is_disputed_no_more():
    facade.agree(of(HAIJIA).id, THEY, HAIJIA)
    facade.agree(of(HAIJIA).id, THEY, HAIJIA)
    with pytest.raises(AlreadyAgreed):
        dispute()

    assert (Agreement.objects.count(), Dispute.objects.count()) == (1, 0)
    assert facade.standing(of(HAIJIA).id).agreed_how == "party"


def test_silence_agrees_when_the_days_are_over_and_nothing_is_disputed():
    dispute()
    assert facade.agree_by_silence() == 0
    with pytest.raises(DisputeUndecided):
        facade.agree(of(HAIJIA).id, THEY)
    with clock.travel(LATER):
        assert facade.standing(of(SONGTAO).id).word == "agreed"
        assert (facade.agree_by_silence(), facade.agree_by_silence()) == (1, 0)

    assert [row.statement_id for row in Agreement.objects.all()] == [of(SONGTAO).id]


def test_another_partys_statement_and_dispute_are_not_found():
    made = dispute()
    for act in (
        lambda: facade.open_dispute(of(HAIJIA).id, "S-1", "不对", [], THEY, SONGTAO),
        lambda: facade.agree(of(HAIJIA).id, THEY, SONGTAO),
        lambda: facade.dispute(made.id, SONGTAO),
        lambda: facade.accept(made.id, THEY, SONGTAO),
    ):
        with pytest.raises(NotFound):
            act()
    assert Dispute.objects.get().state == "open"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE settlement_disputestep SET text = 'x'",
        "DELETE FROM settlement_disputestep",
        "UPDATE settlement_dispute SET held_fen = 0",
        "UPDATE settlement_dispute SET reason = 'x'",
        "DELETE FROM settlement_dispute",
        "TRUNCATE settlement_disputestep",
        "UPDATE settlement_agreement SET by_name = 'x'",
    ],
)
def test_the_database_keeps_the_history(change):
    dispute([2])
    facade.agree(of(SONGTAO).id, THEY)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Dispute.objects.get().held_fen == 2_500
