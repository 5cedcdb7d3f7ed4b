"""What lies outside the cover is looked at by a person and never refused by a machine; nobody else sees a claim."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baohe.flows import settle_claim
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.world import codes


@pytest.mark.rule("SALE-14")
def test_an_accident_after_the_premium_and_before_the_cover_goes_to_a_person_with_the_note(draft, submit, insured):
    policy_id = world.policy(
        insured.account_id,
        start=date(2026, 11, 23),
        end=date(2027, 11, 23),
        issued_at=world.NOW - timedelta(days=3),
    )

    assert codes(submit(draft(policy_id=policy_id))) == ["premium_taken_before_cover"]


def test_a_day_outside_the_cover_is_not_refused_but_looked_at(draft, submit, insured):
    policy_id = world.policy(insured.account_id, start=date(2025, 3, 1), end=date(2026, 3, 1))

    assert codes(submit(draft(policy_id=policy_id))) == ["outside_cover"]


def test_the_first_day_after_the_cover_is_outside(draft, submit, insured):
    policy_id = world.policy(insured.account_id, start=date(2025, 11, 20), end=world.INJURED_ON)
    assert codes(submit(draft(policy_id=policy_id))) == ["outside_cover"]


def test_a_cancelled_policy_and_a_waiting_period_go_to_a_person(draft, submit, insured):
    cancelled = world.policy(insured.account_id, cancelled_at=world.NOW, refund_fen=100)
    waiting = world.policy(insured.account_id, world.MEDICAL, waiting_ends=date(2026, 11, 21))

    assert "policy_cancelled" in codes(submit(draft(policy_id=cancelled)))
    assert "in_waiting_period" in codes(submit(draft("hospital", shade=150, policy_id=waiting, number="2222222222")))


@pytest.mark.parametrize("event", ["death", "other"])
def test_death_and_what_has_no_name_are_handled_by_a_person(draft, submit, insured, event):
    claim = draft(event)
    claims.add_paper(insured.account_id, claim.id, "identity", world.photo(90))
    claims.add_paper(insured.account_id, claim.id, "relation", world.photo(80))

    assert submit(claim).state == "with_person"
    assert Payout.objects.count() == 0


def test_a_yearly_limit_and_a_yearly_deductible_count_over_all_claims_of_the_policy(draft, submit, insured):
    policy_id = world.policy(insured.account_id, world.MEDICAL)
    first = submit(draft("hospital", policy_id=policy_id, total="12000.00", social_paid="1500.00", self_paid="0.00"))
    second = submit(
        draft("hospital", 120, policy_id, total="3000.00", social_paid="1000.00", self_paid="0.00", number="3333333333")
    )

    assert (first.amount_fen, second.amount_fen) == (50_000, 200_000)
    deductible = [line for line in second.decision.calculation if line.clause == "2.4"][0]
    assert deductible.amount_fen == 0
    assert "此前已抵 ¥10,000.00" in deductible.detail.zh


@pytest.mark.field_bug(26)
def test_a_day_in_the_future_is_not_accepted(insured):
    notice = FirstNotice(insured.policy_id, "accident_outpatient", "明天会跌倒", date(2026, 11, 23))
    with pytest.raises(InvalidInput):
        claims.first_notice(insured.account_id, notice, "k1")
    assert Claim.objects.count() == 0


def test_the_same_key_opens_one_claim(insured):
    notice = FirstNotice(insured.policy_id, "accident_outpatient", "放学路上跌倒", world.INJURED_ON)
    first, again = (claims.first_notice(insured.account_id, notice, "k1") for _ in range(2))
    assert first.id == again.id
    assert Claim.objects.count() == 1


@pytest.mark.field_bug(27)
def test_a_stranger_finds_nothing(draft, insured):
    claim = draft()
    stranger = world.claimant("13800000099")
    paper = claim.papers[0]
    notice = FirstNotice(insured.policy_id, "accident_outpatient", "不是我的保单", world.INJURED_ON)

    for attempt in (
        lambda: claims.claim(stranger, claim.id),
        lambda: claims.events_of(stranger, insured.policy_id),
        lambda: claims.first_notice(stranger, notice, "k9"),
        lambda: claims.add_paper(stranger, claim.id, "invoice", world.photo(1)),
        lambda: claims.picture_of(stranger, claim.id, paper.id),
        lambda: claims.correct_fields(stranger, claim.id, paper.id, {"total": "1"}),
        lambda: claims.remove_paper(stranger, claim.id, paper.id),
        lambda: settle_claim.submit_claim(stranger, claim.id, "k1"),
        lambda: settle_claim.ask_person(stranger, claim.id),
        lambda: claims.withdraw(stranger, claim.id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert claims.claim(insured.account_id, claim.id) == claim


@pytest.mark.rule("DATA-4")
def test_names_sentence_and_pictures_lie_sealed(draft, insured):
    claim = draft()
    row = Claim.objects.get(id=claim.id)
    paper = ClaimPaper.objects.get(id=claim.papers[0].id)
    stored = b"".join(bytes(part) for part in (row.sentence_sealed, row.insured_name_sealed, paper.fields_sealed))
    assert not any(word.encode() in stored for word in (world.INSURED, "跌倒", world.HOSPITAL, "1286.40"))
    from baohe.plumbing import files

    assert b"JFIF" not in files.read(paper.file_name)
    assert claims.picture_of(insured.account_id, claim.id, paper.id).startswith(b"\xff\xd8\xff")
