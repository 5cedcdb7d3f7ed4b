"""A closed claim is taken up again: by its claimant within limits, by a handler with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import claim_money
from baohe.kernel.dates import business_date
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import ClaimNotOpen, ReopeningOver
from baohe.rooms.claims.models import Claim, Deadline
from tests.claims import world
from tests.claims.test_api import Phone


def test_a_withdrawn_draft_is_a_draft_again_with_its_papers(draft, insured):
    claim = draft()
    claims.withdraw(insured.account_id, claim.id)
    again = claim_money.reopen(insured.account_id, claim.id)
    assert (again.state, len(again.papers)) == ("draft", 2)
    assert claims.money_of(world.handler("s", "沈").id, claim.id).reserve_fen == 80_000
    assert claim_money.reopen(insured.account_id, claim.id).state == "draft"  # twice is once
    assert not Deadline.objects.filter(claim_id=claim.id, ended_at=None).exists()  # nobody has to decide a draft


@pytest.mark.rule("SERV-5")
def test_what_had_been_submitted_goes_to_a_person_with_new_clocks(with_person, insured):
    claims.withdraw(insured.account_id, with_person.id)
    with clock.travel(world.NOW + timedelta(days=20)):
        again = claim_money.reopen(insured.account_id, with_person.id)
        assert (again.state, business_date(again.decide_by)) == ("with_person", date(2027, 1, 11))
    running = Deadline.objects.filter(claim_id=with_person.id, ended_at=None)
    assert {one.code: business_date(one.falls_at) for one in running if one.code != "decide_simple"} == {
        "decide": date(2027, 1, 11),
        "advance": date(2027, 2, 10),
    }


def test_after_the_time_to_claim_or_too_often_only_a_handler_reopens(with_person, insured, shen):
    for _ in range(3):
        withdrawn = claims.withdraw(insured.account_id, with_person.id)
        assert withdrawn.reopen_until == date(withdrawn.happened_on.year + 2, 11, withdrawn.happened_on.day)
        assert claim_money.reopen(insured.account_id, with_person.id).reopen_until is None
    assert claims.withdraw(insured.account_id, with_person.id).reopen_until is None
    before = everything()
    with pytest.raises(ReopeningOver):
        claim_money.reopen(insured.account_id, with_person.id)
    assert everything() == before
    claim_money.propose(shen.id, with_person.id, "reopen", 0, "客户交来新病历")
    assert Claim.objects.get().state == "with_person"


def test_two_years_after_the_event_it_is_too_late(with_person, insured):
    claims.withdraw(insured.account_id, with_person.id)
    last = clock.now().replace(year=2028, month=11, day=20, hour=15, minute=59, second=50)
    with clock.travel(last + timedelta(seconds=12)), pytest.raises(ReopeningOver):
        claim_money.reopen(insured.account_id, with_person.id)
    with clock.travel(last):
        assert claim_money.reopen(insured.account_id, with_person.id).state == "with_person"


def test_a_paid_claim_is_reviewed_not_reopened_by_its_claimant(draft, submit, wallet_says, insured, shen):
    claim = submit(draft())
    wallet_says("done")
    with pytest.raises(ClaimNotOpen):
        claim_money.reopen(insured.account_id, claim.id)
    claim_money.propose(shen.id, claim.id, "reopen", 0, "发现少算一张")
    after = claims.claim(insured.account_id, claim.id)
    assert (after.state, after.review_open) == ("paid", True)
    with pytest.raises(ClaimNotOpen):
        claim_money.propose(shen.id, claim.id, "reopen", 0, "再来一次")


def test_a_handler_who_sends_it_twice_reopens_it_once_and_tells_it_once(with_person, insured, shen):
    claims.withdraw(insured.account_id, with_person.id)
    key = clock.new_id()
    first = claim_money.propose(shen.id, with_person.id, "reopen", 0, "客户交来新病历", key=key)
    before = everything()
    assert claim_money.propose(shen.id, with_person.id, "reopen", 0, "客户交来新病历", key=key) == first
    assert everything() == before


def test_a_stranger_and_other_staff_reopen_nothing(with_person, insured, qian, audit, shen):
    claims.withdraw(insured.account_id, with_person.id)
    stranger = world.claimant("13800000099")
    before = everything()
    with pytest.raises(NotFound):
        claim_money.reopen(stranger, with_person.id)
    for staff in (qian, audit):
        with pytest.raises(NotAllowed):
            claim_money.propose(staff.id, with_person.id, "reopen", 0, "想打开")
    with pytest.raises(InvalidInput):
        claim_money.propose(shen.id, with_person.id, "reopen", 0, " ")
    assert everything() == before


def test_the_phone_reopens_and_hears_why_not(draft, insured):
    claim = draft()
    phone, stranger = Phone(insured.account_id), Phone(world.claimant("13800000099"))
    assert phone.post(f"claims/{claim.id}/withdrawal").json()["state"] == "withdrawn"
    assert stranger.post(f"claims/{claim.id}/reopening").status_code == 404
    assert phone.post(f"claims/{claim.id}/reopening").json()["state"] == "draft"
    phone.post(f"claims/{claim.id}/withdrawal")
    with clock.travel(world.NOW + timedelta(days=731)):
        refused = phone.post(f"claims/{claim.id}/reopening")
    assert (refused.status_code, refused.json()["code"]) == (409, "reopening_over")
