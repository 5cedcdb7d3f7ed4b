"""One paper for two benefits: what a stay cost is reimbursed once, and each cover's allowance for it is owed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from baohe.flows import settle_claim
from baohe.rooms.claims.models import Claim
from baohe.rooms.payments.models import Payout
from tests.claims import family
from tests.claims.family import invoice
from tests.claims.test_family_deductible import together

EARLIER = family.ILL_ON - timedelta(days=4)
"""The other claim says another day, so that it is not taken for the same one."""
STAY = ("床位费 600.00", "住院天数 5")


@pytest.fixture
def members(on_sale):
    return family.of_three()


def codes(claim):
    return [reason.code for reason in claim.decision.reasons]


def bill(member):
    return invoice(member, "9000.00", "1000.00", STAY)


def test_the_bill_of_a_stay_is_reimbursed_and_pays_its_allowance(desk, members):
    """Both by the rules, with the very same invoice: ¥3,000 of the cost, ¥200 for two days."""
    mother, paper = members[0], bill(members[0])
    with family.on():
        cost = desk.submit(mother, "hospital", paper)
        days = desk.submit(mother, "hospital_allowance", paper)
    assert [(one.state, one.amount_fen) for one in (cost, days)] == [("paying", 300_000), ("paying", 20_000)]


@pytest.mark.field_bug(11)
@pytest.mark.parametrize("event", ["hospital", "hospital_allowance"])
def test_the_same_cover_twice_goes_to_a_person(desk, members, event):
    mother, paper = members[0], bill(members[0])
    with family.on():
        for first in ("hospital", "hospital_allowance"):
            desk.submit(mother, first, paper)
        again = desk.submit(mother, event, paper, happened_on=EARLIER)
    assert again.state == "with_person"
    assert "used_before" in codes(again)
    assert Payout.objects.filter(subject_id=again.id).count() == 0


def test_another_persons_paper_serves_nobody_else(desk, members):
    """The father claims an allowance on the mother's invoice under his own name."""
    mother, father, _ = members
    paper = bill(mother)
    with family.on():
        desk.submit(mother, "hospital", paper)
        theirs = desk.submit(father, "hospital_allowance", _renamed(paper, father.name))
    assert theirs.state == "with_person"
    assert "used_before" in codes(theirs)


@pytest.mark.django_db(transaction=True)
def test_two_claims_of_one_cover_at_once_are_not_both_paid(transactional_db, desk, members):
    mother, paper = members[0], bill(members[0])
    with family.on():
        drafts = [desk.draft(mother, "hospital_allowance", paper, happened_on=day) for day in (family.ILL_ON, EARLIER)]
    together(*[lambda one=one: settle_claim.submit_claim(mother.account_id, one.id, str(uuid4())) for one in drafts])
    assert Payout.objects.get().amount_fen == 20_000
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["paying", "with_person"]


def _renamed(reading, name):
    return replace(
        reading,
        fields=tuple(replace(one, value=name) if one.code == "patient_name" else one for one in reading.fields),
    )
