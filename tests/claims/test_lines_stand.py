"""A claim that waits with a person is decided on lines that are true at the decision, and on those that were seen."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import browser, everything, member
from baohe.flows import settle_claim
from baohe.kernel.errors import BaoheError
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import LinesChanged
from baohe.rooms.claims.models import Claim, ClaimDecision, JointDecision
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.payments.models import Payout
from tests.claims import family, world
from tests.claims.test_family_deductible import DEDUCTIBLE, borne, deductible_of, stay, together

LETTER = "出院带药不在保障内，其余已按条款赔付。不同意可以请人复议。"


@pytest.fixture
def members(on_sale):
    return family.of_three()


@pytest.fixture
def waiting(desk, members):
    """¥13,000 by the rules with the whole deductible; then the father's stay bears all of it."""
    mother, father, _ = members
    with family.on():
        claim = desk.submit(mother, "hospital", stay(mother, "19000.00"))
        desk.submit(father, "hospital", stay(father, "6200.00"))
    return claim


def seen(claim):
    return claims.claim_by_id(claim.id)


def test_nothing_is_paid_on_old_lines_and_the_new_ones_are_shown(waiting, shen):
    with family.on():
        with pytest.raises(LinesChanged):
            settle_claim.decide_by_person(shen.id, waiting.id, 1_300_000, seen=waiting.decision.number)
        now = seen(waiting)
        assert (now.state, deductible_of(waiting), deductible_of(now)) == ("with_person", DEDUCTIBLE, 0)
        assert now.decision.amount_fen == re_add(now.decision.calculation) == 1_800_000
        assert [one.code for one in now.decision.reasons] == ["lines_changed", "over_instant_limit"]
        assert Payout.objects.filter(subject_id=waiting.id).count() == 0
        assert Claim.objects.get(id=waiting.id).calculated_fen == 1_800_000

        settle_claim.decide_by_person(shen.id, waiting.id, 1_800_000, seen=now.decision.number)
    assert Payout.objects.get(subject_id=waiting.id).amount_fen == 1_800_000
    assert borne() == DEDUCTIBLE


def test_a_page_that_was_opened_before_the_lines_changed_is_stale_for_a_second_handler_too(waiting, shen, gu):
    with family.on():
        with pytest.raises(LinesChanged):
            settle_claim.decide_by_person(shen.id, waiting.id, 1_300_000)
        before = everything()
        with pytest.raises(LinesChanged):
            settle_claim.decide_by_person(gu.id, waiting.id, 1_300_000, seen=waiting.decision.number)
        assert everything() == before  # calculated anew once


def test_lines_that_stand_are_decided_on_at_once(desk, members, shen):
    with family.on():
        claim = desk.submit(members[0], "hospital", stay(members[0], "19000.00"))
        settle_claim.decide_by_person(shen.id, claim.id, 1_300_000, seen=claim.decision.number)
    assert ClaimDecision.objects.filter(claim_id=claim.id, decided_by=None).count() == 1


def test_a_proposal_is_not_confirmed_on_lines_that_changed_after_it(desk, members, shen, gu):
    mother, father, _ = members
    with family.on():
        claim = desk.submit(mother, "hospital", stay(mother, "19000.00"))
        joint = settle_claim.propose_refusal(
            shen.id, claim.id, pay_fen=900_000, refused_fen=400_000, clause="3.1(8)", letter=LETTER
        )
        desk.submit(father, "hospital", stay(father, "6200.00"))
        for _ in range(2):  # also when the new lines are there already
            with pytest.raises(LinesChanged):
                settle_claim.confirm_refusal(gu.id, claim.id, joint.id)
        assert JointDecision.objects.get().confirmed_at is None
        settle_claim.return_refusal(gu.id, claim.id, joint.id)
        again = settle_claim.propose_refusal(
            shen.id, claim.id, pay_fen=1_400_000, refused_fen=400_000, clause="3.1(8)", letter=LETTER
        )
        settle_claim.confirm_refusal(gu.id, claim.id, again.id)
    assert Payout.objects.get(subject_id=claim.id).amount_fen == 1_400_000


def test_a_limit_that_an_own_claim_ate_meanwhile(draft, submit, insured, shen):
    """¥2,000,000 a year: another claim of the same policy bears the deductible and takes ¥500 while this one waits."""
    policy_id = world.policy(insured.account_id, world.MEDICAL)
    waiting = submit(draft("hospital", policy_id=policy_id, total="2100000.00", social_paid="1.00", self_paid="0.00"))
    assert waiting.decision.amount_fen == 200_000_000
    other = {"total": "12000.00", "social_paid": "1500.00", "self_paid": "0.00", "number": "4444444444"}
    assert submit(draft("hospital", 90, policy_id, **other)).amount_fen == 50_000
    with pytest.raises(LinesChanged):
        settle_claim.decide_by_person(shen.id, waiting.id, 200_000_000)
    assert seen(waiting).decision.amount_fen == 199_950_000
    assert Payout.objects.filter(subject_id=waiting.id).count() == 0


def test_whoever_may_not_decide_calculates_nothing(waiting, audit):
    before = everything()
    with family.on(), pytest.raises(BaoheError, match="not_allowed|role|权限|职责"):
        settle_claim.decide_by_person(audit.id, waiting.id, 1_300_000)
    assert everything() == before


def test_the_desk_refuses_and_shows_the_new_lines(waiting):
    with family.on():
        shen = browser(member("claims_handler", name="沈一诺"))
        said = {"amount_fen": "13000.00", "note": "按条款赔付", "seen": waiting.decision.number}
        answer = shen.post(reverse("desk:pay", args=[waiting.id]), said)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "计算有变化" in page
        assert "18,000.00" in page
        assert f'name="seen" value="{waiting.decision.number + 1}"' in page
        assert 'value="13000.00"' in page  # what was typed stays


@pytest.mark.django_db(transaction=True)
def test_deciding_and_a_relatives_claim_at_once_never_bear_the_deductible_twice(transactional_db, desk, members):
    """Whoever is second finds what the first left: the handler is refused, or the relative bears nothing."""
    mother, father, _ = members
    shen = world.handler("shen", "沈一诺")
    with family.on():
        claim = desk.submit(mother, "hospital", stay(mother, "19000.00"))
        draft = desk.draft(father, "hospital", stay(father, "6200.00"))
    refused = []

    def decide():
        try:
            settle_claim.decide_by_person(shen.id, claim.id, 1_300_000, seen=claim.decision.number)
        except LinesChanged:
            refused.append(1)

    together(decide, lambda: settle_claim.submit_claim(father.account_id, draft.id, str(uuid4())))
    with family.on():
        theirs = claims.claim(father.account_id, draft.id)
    paid = sum(Payout.objects.values_list("amount_fen", flat=True))
    assert paid == (20_000 if refused else 1_300_000 + 520_000)
    assert deductible_of(theirs) == (DEDUCTIBLE if refused else 0)
    assert borne() == DEDUCTIBLE
