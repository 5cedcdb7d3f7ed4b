"""Minors' death cover over all policies and both parents' accounts (SALE-12)."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice
from baohe.rooms.policies.errors import MinorDeathCoverLimit, PartiesNotPossible
from baohe.rooms.policies.models import Policy, Proposal
from tests.sale import steps, world
from tests.sale.test_settle import in_parallel
from tests.sale.world import Customer
from tests.shelf import put_on_sale

ACCIDENT = "songtao-accident"
NINE = date(2016, 11, 24)
"""Ten on the day after the first covered day."""
TEN = date(2016, 11, 23)


def child_of(customer: Customer, birth: date) -> PersonView:
    return world.relative(customer.id, "林小满", "child", birth, order=44)


def sum_of(yuan: int) -> dict[str, str]:
    return {"sum_insured": str(yuan), "plan": "basic"}


@pytest.mark.rule("SALE-12")
def test_under_ten_the_limit_is_two_hundred_thousand_in_all(lin: Customer) -> None:
    child = child_of(lin, NINE)
    steps.sold(steps.drafted(lin, child, ACCIDENT, inputs=sum_of(100_000)))
    steps.sold(steps.drafted(lin, child, ACCIDENT, inputs=sum_of(100_000)))
    with pytest.raises(MinorDeathCoverLimit):
        steps.drafted(lin, child, ACCIDENT, inputs=sum_of(100_000))
    assert (Policy.objects.count(), Proposal.objects.count()) == (2, 2)


@pytest.mark.rule("SALE-12")
def test_on_the_tenth_birthday_the_limit_is_five_hundred_thousand(lin: Customer) -> None:
    steps.sold(steps.drafted(lin, child_of(lin, TEN), ACCIDENT, inputs=sum_of(500_000)))
    with pytest.raises(MinorDeathCoverLimit):
        steps.drafted(lin, child_of(lin, NINE), ACCIDENT, inputs=sum_of(300_000))


@pytest.mark.rule("SALE-12")
def test_the_other_parents_policy_counts_too(lin: Customer) -> None:
    father = world.customer("13900000002")
    steps.sold(steps.drafted(lin, child_of(lin, NINE), ACCIDENT, inputs=sum_of(100_000)))
    same_child = child_of(father, NINE)
    steps.sold(steps.drafted(father, same_child, ACCIDENT, inputs=sum_of(100_000)))
    with pytest.raises(MinorDeathCoverLimit):
        steps.drafted(father, same_child, ACCIDENT, inputs=sum_of(100_000))


@pytest.mark.rule("SALE-12")
def test_a_left_policy_makes_room_again(lin: Customer) -> None:
    child = child_of(lin, NINE)
    steps.sold(steps.drafted(lin, child, ACCIDENT, inputs=sum_of(100_000)))
    second = steps.sold(steps.drafted(lin, child, ACCIDENT, inputs=sum_of(100_000)))
    policies.cancel(lin.id, second.id, second.paid_fen)
    assert steps.drafted(lin, child, ACCIDENT, inputs=sum_of(100_000)).state == "draft"


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("SALE-12")
def test_two_parents_paying_at_once_do_not_pass_the_limit_together(now: None) -> None:
    put_on_sale()
    parents = [world.customer("13800000001"), world.customer("13900000002"), world.customer("13700000003")]
    proposals = [steps.signed(steps.drafted(p, child_of(p, NINE), ACCIDENT, inputs=sum_of(100_000))) for p in parents]

    def pay() -> str:
        proposal = proposals.pop()
        try:
            policies.start_paying(proposal.account_id, proposal.id, "single")
        except MinorDeathCoverLimit:
            return "refused"
        return "paying"

    assert sorted(in_parallel(3, pay)) == ["paying", "paying", "refused"]


@pytest.mark.rule("SALE-11")
def test_death_cover_on_a_friend_is_refused(lin: Customer) -> None:
    friend = world.relative(lin.id, "周远", "other", date(1990, 6, 1), order=66)
    with pytest.raises(PartiesNotPossible):
        steps.drafted(lin, friend, ACCIDENT, inputs=sum_of(100_000))
    assert Proposal.objects.count() == 0


@pytest.mark.rule("SALE-11")
@pytest.mark.rule("SALE-13")
def test_cover_on_a_spouses_death_needs_the_spouses_consent_to_sum_and_beneficiaries(lin: Customer) -> None:
    spouse = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=66)
    proposal = steps.drafted(lin, spouse, ACCIDENT, inputs=sum_of(300_000))
    consent = proposal.papers[2]
    assert (consent.code, consent.needed) == ("insured_consent", True)
    signed = steps.signed(proposal)
    named = policies.set_beneficiaries(lin.id, signed.id, (BeneficiaryChoice(lin.me.id, 1, 100),))
    assert named.state == "draft"
    assert named.papers[2].confirmed_at is None
    assert named.papers[2].digest != consent.digest
    policy = steps.sold(named)
    assert [(b.name, b.share_percent) for b in policy.beneficiaries] == [("林知夏", 100)]
