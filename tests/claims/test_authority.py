"""Who may decide what: grade × act, under one name and under two. A denial leaves everything as it was."""

from __future__ import annotations

import pytest

from baohe.flows import settle_claim
from baohe.kernel.errors import NotAllowed
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import AuthorityTooSmall, SameName, SecondNameNeeded
from baohe.rooms.claims.models import Claim, ClaimDecision, JointDecision, Move
from baohe.rooms.ledger.models import LedgerEntry
from baohe.rooms.payments.models import Payout
from baohe.rooms.people import facade as people
from tests.claims import world
from tests.claims.clock_steps import graded

LETTER = "特需病房的床位费不在保障内，其余已按条款赔付。不同意可以请人复议。"
ALONE = {
    "claims_handler": 2_000_000,
    "claims_senior": 10_000_000,
    "claims_lead": 30_000_000,
    "claims_head": 100_000_000,
}
SECOND = {"claims_handler": 10_000_000, "claims_senior": 50_000_000, "claims_lead": 200_000_000}
GRADES = tuple(ALONE)


@pytest.fixture
def claim(draft, submit):
    """No calculation of the rules binds it, so that any sum can be decided."""
    return submit(draft("other"))


def everything():
    """What a decision would move."""
    tables = (Claim, ClaimDecision, JointDecision, Move, Payout, LedgerEntry)
    return [sorted(map(repr, table.objects.values_list())) for table in tables]


def member(grade: str, username: str = "first"):
    extra = () if grade == "claims_handler" else (grade,)
    return graded(username, f"{grade}-{username}", *extra)


@pytest.mark.parametrize("grade", GRADES)
def test_one_name_pays_up_to_its_grade_and_not_a_fen_more(claim, grade):
    staff, before = member(grade), everything()
    with pytest.raises(SecondNameNeeded) as refused:
        settle_claim.decide_by_person(staff.id, claim.id, ALONE[grade] + 1, "核定")
    assert f"{ALONE[grade] // 100:,}.00" in refused.value.message_zh
    assert everything() == before

    settle_claim.decide_by_person(staff.id, claim.id, ALONE[grade], "核定")
    assert Payout.objects.get().amount_fen == ALONE[grade]
    assert claims.file_of(staff.id, claim.id).single_authority_fen == ALONE[grade]


@pytest.mark.parametrize("maker", GRADES)
@pytest.mark.parametrize("checker", GRADES)
def test_a_second_name_is_not_of_a_lower_grade(claim, maker, checker):
    first, second = member(maker, "first"), member(checker, "second")
    joint = settle_claim.propose_refusal(
        first.id, claim.id, pay_fen=0, refused_fen=500_000, clause="3.1", letter=LETTER
    )
    before = everything()
    if GRADES.index(checker) < GRADES.index(maker):
        with pytest.raises(AuthorityTooSmall):
            settle_claim.confirm_refusal(second.id, claim.id, joint.id)
        assert everything() == before
    else:
        settle_claim.confirm_refusal(second.id, claim.id, joint.id)
        assert Claim.objects.get(id=claim.id).state == "refused_by_person"


@pytest.mark.parametrize("checker", tuple(SECOND))
@pytest.mark.parametrize("paid", [True, False])
def test_a_second_name_has_a_limit_over_what_is_paid_and_refused(claim, checker, paid):
    first, second = member("claims_handler", "first"), member(checker, "second")
    total = SECOND[checker] + 1
    pay, refuse = (total - 1, 1) if paid else (0, total)
    joint = settle_claim.propose_refusal(
        first.id, claim.id, pay_fen=pay, refused_fen=refuse, clause="3.1", letter=LETTER
    )
    before = everything()
    with pytest.raises(AuthorityTooSmall):
        settle_claim.confirm_refusal(second.id, claim.id, joint.id)
    assert everything() == before

    settle_claim.confirm_refusal(member("claims_head", "head").id, claim.id, joint.id)  # the head has no limit
    assert Claim.objects.get(id=claim.id).state == ("paying" if paid else "refused_by_person")


def test_whoever_stands_in_for_the_second_name_is_still_the_first(claim):
    first, second = member("claims_handler", "first"), member("claims_handler", "second")
    claims.set_leave(second.id, world.NOW.date(), world.NOW.date(), first.id)
    claims.hand_over(first.id, claim.id, first.id, "第二人休假，由我代理")
    joint = settle_claim.propose_refusal(
        first.id, claim.id, pay_fen=0, refused_fen=500_000, clause="3.1", letter=LETTER
    )
    before = everything()
    with pytest.raises(SameName):
        settle_claim.confirm_refusal(first.id, claim.id, joint.id)
    assert everything() == before


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("roles", [("finance",), ("auditor",), ("claims_lead",), ("claims_head",)])
def test_leading_without_handling_decides_nothing(claim, roles):
    staff = people.create_staff("other", "旁人", roles, "long-enough-for-a-test-9")
    handler = member("claims_handler")
    joint = settle_claim.propose_refusal(
        handler.id, claim.id, pay_fen=0, refused_fen=500_000, clause="3.1", letter=LETTER
    )
    before = everything()
    for attempt in (
        lambda: settle_claim.decide_by_person(staff.id, claim.id, 1_000, "核定"),
        lambda: settle_claim.propose_refusal(staff.id, claim.id, pay_fen=0, refused_fen=1, clause="3", letter=LETTER),
        lambda: settle_claim.confirm_refusal(staff.id, claim.id, joint.id),
        lambda: settle_claim.return_refusal(staff.id, claim.id, joint.id),
        lambda: settle_claim.ask_for_papers(staff.id, claim.id, ["record"], "看不清"),
        lambda: settle_claim.keep_result(staff.id, claim.id),
        lambda: settle_claim.pay_again(staff.id, claim.id),
        lambda: claims.take_claim(staff.id, claim.id, "我来"),
        lambda: claims.hand_over(staff.id, claim.id, handler.id, "给他"),
        lambda: claims.set_leave(staff.id, world.NOW.date(), world.NOW.date(), handler.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert everything() == before
