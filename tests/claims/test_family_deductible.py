"""A deductible that a family bears once: over claims one after the other, at once, and never over another family's."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum

from baohe.flows import settle_claim
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import LinesChanged
from baohe.rooms.claims.models import Claim, CoverUse
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.payments.models import Payout
from tests.claims import family, world
from tests.claims.family import invoice, taken

DEDUCTIBLE = 500_000
STAY = ("床位费 600.00", "住院天数 4")


@pytest.fixture
def members(on_sale):
    return family.of_three()


def stay(member, total, social_paid="1000.00"):
    return invoice(member, total, social_paid, STAY)


def deductible_of(claim):
    return taken(claim, "2.5", "免赔额")


def borne():
    return CoverUse.objects.filter(key__endswith=":family").aggregate(fen=Sum("amount_fen"))["fen"] or 0


@pytest.mark.rule("SERV-7")
def test_the_second_member_bears_only_what_the_first_left(desk, members):
    """A stay below the deductible pays nothing, which only people may say; it counts toward the family's."""
    mother, father, child = members
    with family.on():
        first = desk.submit(mother, "hospital", stay(mother, "4200.00"))
        assert [reason.code for reason in first.decision.reasons] == ["nothing_payable_by_rules"]
        concluded(first, clause="2.5")
        second = desk.submit(father, "hospital", stay(father, "9000.00"))
        third = desk.submit(child, "hospital", stay(child, "3000.00"))

    assert (deductible_of(second), second.amount_fen) == (180_000, 620_000)
    assert (deductible_of(third), third.amount_fen) == (0, 200_000)
    assert all(re_add(one.decision.calculation) == one.amount_fen for one in (second, third))
    assert borne() == DEDUCTIBLE


def test_a_loss_that_is_not_covered_counts_toward_nothing(desk, members):
    mother, father, _ = members
    with family.on():
        concluded(desk.submit(mother, "hospital", stay(mother, "4200.00")), clause="3.1(1)")
        second = desk.submit(father, "hospital", stay(father, "9000.00"))

    assert deductible_of(second) == DEDUCTIBLE


def test_a_claim_looked_at_again_counts_once(desk, members):
    """Concluded, appealed, and concluded in the same way: what the family bore is booked once."""
    mother = members[0]
    with family.on():
        claim = desk.submit(mother, "hospital", stay(mother, "4200.00"))
        concluded(claim, clause="2.5")
        settle_claim.ask_person(mother.account_id, claim.id)
        concluded(claim, clause="2.5")

    assert borne() == 320_000


def test_a_claim_calculated_before_anothers_payment_books_no_second_deductible(desk, members):
    """The mother's claim waits for a person; the father's is paid meanwhile and bears it all."""
    mother, father, _ = members
    shen = world.handler("shen", "沈一诺")
    with family.on():
        waiting = desk.submit(mother, "hospital", stay(mother, "19000.00"))
        assert waiting.state == "with_person"
        desk.submit(father, "hospital", stay(father, "6200.00"))
        with pytest.raises(LinesChanged):
            settle_claim.decide_by_person(shen.id, waiting.id, 1_800_000)
        settle_claim.decide_by_person(shen.id, waiting.id, 1_800_000)

    assert borne() == DEDUCTIBLE


def test_part_of_the_deductible_is_shown_as_met(desk, members):
    mother, father, _ = members
    with family.on():
        first = desk.submit(mother, "hospital", stay(mother, "6200.00"))
        second = desk.submit(father, "hospital", stay(father, "9000.00"))

    assert (deductible_of(first), first.amount_fen) == (500_000, 20_000)
    assert (deductible_of(second), second.amount_fen) == (0, 800_000)
    line = next(line for line in second.decision.calculation if "免赔额" in line.label.zh)
    assert line.detail.zh == "全家每年 ¥5,000.00，此前已抵 ¥5,000.00"
    assert borne() == DEDUCTIBLE


def test_another_familys_deductible_is_untouched(desk, members):
    others = family.of_three("13800000002")
    with family.on():
        desk.submit(members[0], "hospital", stay(members[0], "6200.00"))
        theirs = desk.submit(others[1], "hospital", stay(others[1], "9000.00"))

    assert (deductible_of(theirs), theirs.amount_fen) == (DEDUCTIBLE, 300_000)


def test_the_same_account_paying_again_is_another_family(desk, members):
    """Shared is what was paid for together, not what lies under one account."""
    alone = family.insured_later(members[0])
    with family.on():
        desk.submit(members[0], "hospital", stay(members[0], "6200.00"))
        again = desk.submit(alone, "hospital", stay(alone, "9000.00"))

    assert deductible_of(again) == DEDUCTIBLE


def test_used_limits_count_after_a_person_paid_a_part(desk, members):
    """Two names pay less than the rules calculated: the family's deductible is borne as calculated, the limit used by
    what was paid."""
    mother, father, _ = members
    shen, gu = world.handler("shen", "沈一诺"), world.handler("gu", "顾远")
    with family.on():
        large = desk.submit(mother, "hospital", stay(mother, "20000.00"))
        assert (large.state, large.decision.reasons[0].code) == ("with_person", "over_instant_limit")
        letter = "出院带药不在保障内，其余已按条款赔付。不同意可以请人复议。"
        joint = settle_claim.propose_refusal(
            shen.id, large.id, pay_fen=1_000_000, refused_fen=400_000, clause="3.1(8)", letter=letter
        )
        settle_claim.confirm_refusal(gu.id, large.id, joint.id)
        second = desk.submit(father, "hospital", stay(father, "3000.00"))

    assert (deductible_of(second), second.amount_fen) == (0, 200_000)
    used = dict(CoverUse.objects.filter(policy_id=mother.policy.id).values_list("key", "amount_fen"))
    assert used == {"hospital:minus:year:family": DEDUCTIBLE, "hospital:cap:year": 1_000_000}


def concluded(claim, clause):
    """Two names say that nothing is payable."""
    maker, checker = world.handler(f"m{uuid4()}"[:30], "沈一诺"), world.handler(f"c{uuid4()}"[:30], "顾远")
    letter = "这次的费用还没有超过免赔额。不同意可以请人复议。"
    joint = settle_claim.propose_refusal(maker.id, claim.id, pay_fen=0, refused_fen=0, clause=clause, letter=letter)
    settle_claim.confirm_refusal(checker.id, claim.id, joint.id)


# At the same time


def together(*acts):
    """The acts in threads of their own, started at once. Any failure is raised."""
    start, failures = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            with family.on():
                act()
        except Exception as failure:  # noqa: BLE001 - raised again below, in the test's own thread
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if failures:
        raise failures[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(11)
def test_members_claiming_at_once_bear_the_deductible_once(transactional_db, desk, members):
    with family.on():
        drafts = [(one, desk.draft(one, "hospital", stay(one, "9000.00"))) for one in members]

    together(
        *[
            lambda one=one, draft=draft: settle_claim.submit_claim(one.account_id, draft.id, str(draft.id))
            for one, draft in drafts
        ]
    )

    done = [claims.claim(one.account_id, draft.id) for one, draft in drafts]
    assert sorted(deductible_of(claim) for claim in done) == [0, 0, DEDUCTIBLE]
    assert sorted(claim.amount_fen for claim in done) == [300_000, 800_000, 800_000]
    assert set(Claim.objects.values_list("state", flat=True)) == {"paying"}
    assert Payout.objects.aggregate(fen=Sum("amount_fen"))["fen"] == 3 * 800_000 - DEDUCTIBLE
    assert borne() == DEDUCTIBLE
