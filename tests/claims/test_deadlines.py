"""The stored clocks of a claim: which begin, when they fall, when they stand still, what ends them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from baohe.flows import settle_claim
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.errors import ClaimNotOpen, CompulsoryNotRefused
from baohe.rooms.claims.models import Claim, ClaimDecision, Deadline, JointDecision
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.clock_steps import COMPULSORY, at, running

LETTER = "责任认定书写明对方全责，本次不赔，您可以要求重新审核。"


@pytest.fixture
def referred(draft, submit):
    return submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))


@pytest.fixture
def shen(on_sale):
    return world.handler("shen", "沈一诺")


@pytest.fixture
def gu(on_sale):
    return world.handler("gu", "顾远")


@pytest.fixture
def motor(insured):
    """A compulsory motor claim that waits for a person."""
    policy_id = world.policy(insured.account_id, COMPULSORY, inputs={"vehicle": "family_under_6"})
    notice = FirstNotice(policy_id, "third_party_property", "倒车碰了别人的车门", world.INJURED_ON)
    return claims.first_notice(insured.account_id, notice, str(uuid4()))


@pytest.mark.rule("SERV-4")
@pytest.mark.rule("SERV-5")
def test_a_simple_claim_has_five_working_days_within_the_thirty_and_sixty_of_the_law(referred):
    # complete on Sunday 22 November 2026
    assert running(referred.id) == {"decide_simple": "2026-11-27", "decide": "2026-12-22", "advance": "2027-01-21"}
    assert Claim.objects.get(id=referred.id).due_at == at("2026-11-27 23:59:59")
    rules = {row.code: (row.rule, row.source) for row in Deadline.objects.all()}
    assert rules["decide_simple"] == ("SERV-4", "人身保险业务基本服务规定")
    assert rules["advance"] == ("SERV-5", "保险法 25")


def test_what_the_rules_cannot_calculate_is_complex(draft, submit):
    assert "decide_simple" not in running(submit(draft("other")).id)


@pytest.mark.rule("SERV-5")
def test_what_is_agreed_is_paid_within_ten_days_and_the_clock_ends_with_the_money(draft, submit, wallet_says):
    claim = submit(draft())
    assert running(claim.id) == {"pay": "2026-12-02"}
    wallet_says("failed")
    assert running(claim.id) == {"pay": "2026-12-02"}  # a payout that failed stops nothing

    settle_claim.pay_again(world.handler("shen", "沈一诺").id, claim.id)
    wallet_says("done")
    assert running(claim.id) == {}
    assert Claim.objects.get(id=claim.id).due_at is None
    assert Deadline.objects.get(code="pay").ended_by == "paid"


@pytest.mark.rule("SERV-5")
def test_the_thirty_days_stand_still_for_papers_asked_once_and_run_on_after(referred, shen, insured, submit):
    with clock.travel(at("2026-11-24 10:00:00")):
        settle_claim.ask_for_papers(shen.id, referred.id, ["record"], "病历第二页看不清")
    stands = {one.code: one.state for one in claims.file_of(shen.id, referred.id).deadlines}
    assert stands == {"decide": "standing", "advance": "running", "decide_simple": "kept"}
    # while it stands, nothing but the sixty days runs
    assert Claim.objects.get(id=referred.id).due_at == at("2027-01-21 23:59:59")

    with clock.travel(at("2026-12-01 09:30:00")):
        claims.add_paper(insured.account_id, referred.id, "record", world.photo(30))
        submit(claims.claim(insured.account_id, referred.id))
    assert running(referred.id) == {"decide": "2026-12-29", "advance": "2027-01-21", "decide_simple": "2026-12-08"}


@pytest.mark.rule("SERV-5")
def test_a_second_asking_stops_nothing(referred, shen, insured, submit):
    for asked, back, shade in (("2026-11-24", "2026-11-26", 30), ("2026-11-27", "2026-12-04", 60)):
        with clock.travel(at(f"{asked} 10:00:00")):
            settle_claim.ask_for_papers(shen.id, referred.id, ["record"], "病历看不清")
        with clock.travel(at(f"{back} 10:00:00")):
            claims.add_paper(insured.account_id, referred.id, "record", world.photo(shade))
            submit(claims.claim(insured.account_id, referred.id))
    assert running(referred.id)["decide"] == "2026-12-24"


@pytest.mark.rule("SERV-5")
def test_a_refusal_is_told_within_three_days(referred, shen, gu, monkeypatch):
    monkeypatch.setattr("baohe.flows.claimant.people.phone_of", lambda *_: None)  # an account without a telephone
    joint = settle_claim.propose_refusal(
        shen.id, referred.id, pay_fen=0, refused_fen=623_000, clause="3.1", letter=LETTER
    )
    settle_claim.confirm_refusal(gu.id, referred.id, joint.id)
    assert running(referred.id) == {"refusal_notice": "2026-11-25"}
    claims.told_by_hand(shen.id, referred.id)
    assert running(referred.id) == {}
    with pytest.raises(ClaimNotOpen):
        claims.told_by_hand(shen.id, referred.id)


def test_a_refusal_that_was_told_by_message_leaves_no_clock(referred, shen, gu, insured):
    joint = settle_claim.propose_refusal(
        shen.id, referred.id, pay_fen=0, refused_fen=623_000, clause="3.1", letter=LETTER
    )
    settle_claim.confirm_refusal(gu.id, referred.id, joint.id)
    assert running(referred.id) == {}
    with clock.travel(world.NOW + timedelta(days=20)):
        settle_claim.ask_person(insured.account_id, referred.id)
    assert running(referred.id)["decide"] == "2027-01-11"  # looked at again: from that day


def test_a_withdrawn_claim_has_no_clock(referred, insured):
    claims.withdraw(insured.account_id, referred.id)
    assert running(referred.id) == {}


@pytest.mark.rule("SERV-6")
def test_compulsory_motor_has_its_list_at_once_and_five_and_ten_days(motor, insured, shen):
    assert Deadline.objects.get(claim_id=motor.id, code="paper_list").ended_by == "list_given"
    settle_claim.ask_person(insured.account_id, motor.id)
    assert running(motor.id) == {"decide": "2026-11-27", "advance": "2027-01-21"}

    settle_claim.decide_by_person(shen.id, motor.id, 100_000, "责任认定清楚")
    assert running(motor.id) == {"pay": "2026-12-02"}
    assert Deadline.objects.get(claim_id=motor.id, code="pay").rule == "SERV-6"


@pytest.mark.rule("SERV-6")
def test_compulsory_motor_without_a_list_is_told_it_within_a_day(insured):
    policy_id = world.policy(insured.account_id, COMPULSORY, inputs={"vehicle": "family_under_6"})
    notice = FirstNotice(policy_id, "other", "说不清楚，请人看", world.INJURED_ON)
    claim = claims.first_notice(insured.account_id, notice, "k1")
    assert running(claim.id) == {"paper_list": "2026-11-23"}


@pytest.mark.rule("SERV-6")
def test_compulsory_motor_counts_anew_from_the_papers_that_were_asked_for(motor, insured, shen):
    settle_claim.ask_person(insured.account_id, motor.id)
    settle_claim.ask_for_papers(shen.id, motor.id, ["record"], "请补交事故认定书")
    assert "decide" not in running(motor.id)
    with clock.travel(at("2026-12-10 10:00:00")):
        settle_claim.ask_person(insured.account_id, motor.id)
    assert running(motor.id)["decide"] == "2026-12-15"


@pytest.mark.rule("SERV-6")
@pytest.mark.rule("SERV-9")
def test_compulsory_motor_is_not_refused_also_with_two_names(motor, insured, shen, gu):
    settle_claim.ask_person(insured.account_id, motor.id)
    decisions = ClaimDecision.objects.count()
    with pytest.raises(CompulsoryNotRefused):
        settle_claim.propose_refusal(shen.id, motor.id, pay_fen=0, refused_fen=200_000, clause="3.1", letter=LETTER)
    # not either where a proposal of before this rule lies there
    joint = JointDecision.objects.create(
        id=clock.new_id(),
        claim_id=motor.id,
        shard_key=motor.shard_key,
        maker_id=shen.id,
        maker_name=shen.name,
        pay_fen=0,
        refused_fen=200_000,
        clause="3.1",
        letter_sealed=b"",
        proposed_at=clock.now(),
    )
    with pytest.raises(CompulsoryNotRefused):
        settle_claim.confirm_refusal(gu.id, motor.id, joint.id)

    assert claims.claim(insured.account_id, motor.id).state == "with_person"
    assert (ClaimDecision.objects.count(), Payout.objects.count()) == (decisions, 0)
