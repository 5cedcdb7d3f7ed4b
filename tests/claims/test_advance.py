"""先予支付: sixty days without a decision, and what is certain is paid first (SERV-5, INS 25)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import claim_money, settle_claim
from baohe.flows.cancel import leaving_today
from baohe.kernel.errors import NotAllowed
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import (
    AdvanceIsMore,
    AdvanceNotDue,
    AdvanceUnderWay,
    ClaimNotOpen,
    SameName,
    SecondNameNeeded,
)
from baohe.rooms.claims.models import Advance, Claim, ClaimPayment, CoverUse
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.payments.conftest import together

pytestmark = pytest.mark.rule("SERV-5")
LATER = timedelta(days=61)


@pytest.fixture
def due(with_person):
    """The claim's sixtieth day has ended, and the round has looked."""
    with clock.travel(world.NOW + LATER):
        claim_money.look_for_advances()
        yield with_person


def paid_in_advance(due, shen, wallet_says, fen=None):
    fen = fen or claims.money_of(shen.id, due.id).advance.certain_fen
    claim_money.propose(shen.id, due.id, "advance", fen, "先付确定的部分")
    wallet_says("done")
    return fen


def test_the_task_is_made_with_the_end_of_the_sixtieth_day_and_once(with_person, shen):
    moment = Claim.objects.get(id=with_person.id).advance_by
    with clock.travel(moment - timedelta(seconds=2)):
        assert claim_money.look_for_advances() == 0
        with pytest.raises(AdvanceNotDue):
            claim_money.propose(shen.id, with_person.id, "advance", 1, "想先付")
    with clock.travel(moment):
        assert (claim_money.look_for_advances(), claim_money.look_for_advances()) == (1, 0)
        [queue] = [one for one in claims.queue_counts() if one.queue == "advance"]
        assert queue.count == 1
    assert Advance.objects.get().certain_fen == Claim.objects.get().calculated_fen
    assert Payout.objects.count() == 0  # a task orders nothing


def test_what_was_decided_before_makes_no_task(with_person, shen):
    calculated = claims.queue().items[0].amount_fen
    settle_claim.decide_by_person(shen.id, with_person.id, calculated)
    with clock.travel(world.NOW + LATER):
        assert claim_money.look_for_advances() == 0


def test_a_doubt_about_the_cover_leaves_nothing_certain(draft, submit):
    submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00", patient="赵无关"))
    with clock.travel(world.NOW + LATER):
        claim_money.look_for_advances()
    assert Advance.objects.get().certain_fen == 0


def test_it_is_its_own_decision_and_deducted_from_the_whole(due, shen, insured, wallet_says, work):
    calculated = Claim.objects.get(id=due.id).calculated_fen
    advanced = paid_in_advance(due, shen, wallet_says, 200_000)
    claim = claims.claim(insured.account_id, due.id)
    assert (claim.state, claim.paid_fen) == ("with_person", 200_000)
    assert re_add(claim.decision.calculation) == advanced
    assert claims.money_of(shen.id, due.id).reserve_fen == calculated - advanced

    with pytest.raises(SecondNameNeeded):
        settle_claim.decide_by_person(shen.id, due.id, calculated - 1)
    settle_claim.decide_by_person(shen.id, due.id, calculated)
    wallet_says("done")
    claim = claims.claim(insured.account_id, due.id)
    assert (claim.state, claim.amount_fen, claim.paid_fen) == ("paid", calculated, calculated)
    assert re_add(claim.decision.calculation) == calculated - advanced
    assert [(line.op, line.label.zh, line.amount_fen) for line in claim.decision.calculation[-2:]] == [
        ("minus", "已预付", advanced),
        ("total", "赔付", calculated - advanced),
    ]
    work()
    used = CoverUse.objects.filter(claim_id=due.id, key__contains=":cap:").values_list("key", "amount_fen")
    assert {key: sum(f for k, f in used if k == key) for key, _ in used} == dict.fromkeys(dict(used), calculated)
    assert ledger.balance(f"insurer/{claim.insurer_code}/claims_paid") == calculated
    assert ledger.balance(f"insurer/{claim.insurer_code}/claims_payable") == 0
    assert (claims.problems(), ledger.check()) == ([], [])


def test_an_advance_that_was_the_whole_closes_the_claim_without_another_payout(due, shen, wallet_says, work):
    advanced = paid_in_advance(due, shen, wallet_says)
    settle_claim.decide_by_person(shen.id, due.id, advanced)
    claim = claims.claim_by_id(due.id)
    assert (claim.state, claim.amount_fen, claim.decision.amount_fen) == ("paid", advanced, 0)
    work()
    assert (Payout.objects.count(), claims.problems()) == (1, [])


def test_a_policy_that_paid_in_advance_gives_no_premium_back(due, shen, insured):
    assert leaving_today(insured.account_id, insured.policy_id).refund_fen > 0
    claim_money.propose(shen.id, due.id, "advance", 1_000, "先付确定的部分")
    assert leaving_today(insured.account_id, insured.policy_id).refund_fen == 0


def test_less_than_the_advance_is_no_decision(due, shen, gu, wallet_says):
    paid_in_advance(due, shen, wallet_says, 200_000)
    joint = settle_claim.propose_refusal(
        shen.id, due.id, pay_fen=100_000, refused_fen=1, clause="3.1", letter="其余的不在保障之内，见条款说明"
    )
    before = everything()
    with pytest.raises(AdvanceIsMore):
        settle_claim.confirm_refusal(gu.id, due.id, joint.id)
    assert everything() == before


def test_while_it_is_being_paid_nothing_is_decided_refused_or_withdrawn(due, shen, gu, insured):
    claim_money.propose(shen.id, due.id, "advance", 1_000, "先付确定的部分")
    before = everything()
    for act in (
        lambda: settle_claim.decide_by_person(shen.id, due.id, 1_900_000),
        lambda: claims.withdraw(insured.account_id, due.id),
    ):
        with pytest.raises(AdvanceUnderWay):
            act()
    with pytest.raises(AdvanceNotDue):
        claim_money.propose(shen.id, due.id, "advance", 1_000, "再付一次")
    assert everything() == before
    joint = settle_claim.propose_refusal(
        shen.id, due.id, pay_fen=0, refused_fen=1, clause="3.1", letter="全部不在保障之内，见条款说明"
    )
    with pytest.raises(AdvanceUnderWay):
        settle_claim.confirm_refusal(gu.id, due.id, joint.id)
    assert claims.claim_by_id(due.id).state == "with_person"


def test_an_advance_that_failed_is_owed_and_paid_again(due, shen, wallet_says):
    claim_money.propose(shen.id, due.id, "advance", 1_000, "先付确定的部分")
    wallet_says("failed")
    assert claims.claim_by_id(due.id).state == "with_person"
    with pytest.raises(AdvanceUnderWay):
        settle_claim.decide_by_person(shen.id, due.id, 1_900_000)
    with pytest.raises(AdvanceUnderWay):
        claims.withdraw(due.account_id, due.id)
    settle_claim.pay_again(shen.id, due.id)
    wallet_says("done")
    assert (claims.claim_by_id(due.id).paid_fen, claims.claim_by_id(due.id).state) == (1_000, "with_person")


def test_more_than_is_certain_takes_two_names(due, shen, gu, qian):
    certain = claims.money_of(shen.id, due.id).advance.certain_fen
    act = claim_money.propose(shen.id, due.id, "advance", certain + 1, "手术费也确定")
    assert (act.state, Payout.objects.count()) == ("waiting", 0)
    before = everything()
    with pytest.raises(SameName):
        claim_money.confirm(shen.id, due.id, act.id)
    with pytest.raises(NotAllowed):
        claim_money.confirm(qian.id, due.id, act.id)
    assert everything() == before
    claim_money.confirm(gu.id, due.id, act.id)
    assert Payout.objects.get().amount_fen == certain + 1


def test_a_resubmitted_claim_is_not_paid_by_rules_on_top(due, shen, insured, wallet_says, submit):
    paid_in_advance(due, shen, wallet_says, 1_000)
    settle_claim.ask_for_papers(shen.id, due.id, ["record"], "病历看不清，请重拍")
    claims.add_paper(insured.account_id, due.id, "record", world.photo(30))
    again = submit(claims.claim(insured.account_id, due.id))
    assert again.state == "with_person"
    assert "paid_in_advance" in [reason.code for reason in again.decision.reasons]


def test_the_database_orders_an_advance_once(due, shen):
    claim_money.propose(shen.id, due.id, "advance", 1_000, "先付确定的部分")
    for change in ({"amount_fen": 5}, {"ordered_at": None, "amount_fen": None, "decision_number": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Advance.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(id=due.id).update(state="paid", paid_at=clock.now(), paid_fen=5, amount_fen=5)


@pytest.mark.django_db(transaction=True)
def test_the_advance_and_the_whole_ordered_at_once_are_one_payout(transactional_db, with_person, shen, gu):
    Claim.objects.update(advance_by=world.NOW)  # the race is of two handlers, not of clocks
    claim_money.look_for_advances()
    calculated = Claim.objects.get().calculated_fen
    told = together(
        lambda: claim_money.propose(shen.id, with_person.id, "advance", 1_000, "先付确定的部分"),
        lambda: settle_claim.decide_by_person(gu.id, with_person.id, calculated),
        lambda: claim_money.propose(gu.id, with_person.id, "advance", 1_000, "先付确定的部分"),
    )
    assert sum(isinstance(one, AdvanceUnderWay | AdvanceNotDue | ClaimNotOpen) for one in told) == 2
    assert (Payout.objects.count(), ClaimPayment.objects.count()) == (1, 1)
