"""From the first sentence to the money: what the rules pay, ask and refer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baohe.flows import settle_claim
from baohe.kernel.dates import business_date
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.models import Claim, ClaimDecision, CoverUse
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.world import codes


@pytest.mark.rule("SERV-7")
def test_a_small_clean_claim_is_paid_at_once_with_its_calculation(draft, submit, wallet_says):
    claim = submit(draft())

    assert claim.state == "paying"
    assert codes(claim) == ["within_rules"]
    assert [(line.op, line.amount_fen, line.clause) for line in claim.decision.calculation] == [
        ("start", 128_640, "2.4"),
        ("minus", 41_260, "2.5"),
        ("minus", 8_600, "3.2"),
        ("minus", 10_000, "2.4"),
        ("subtotal", 68_780, ""),
        ("times", None, "2.4"),
        ("cap", None, "2.3"),
        ("total", 61_902, ""),
    ]
    assert re_add(claim.decision.calculation) == 61_902

    with clock.travel(world.NOW + timedelta(seconds=103)):
        wallet_says("done")
        paid = claims.claim(claim.account_id, claim.id)
    assert (paid.state, paid.amount_fen) == ("paid", 61_902)
    assert 0 < paid.seconds_to_pay <= 103
    assert [line.title.zh for line in paid.timeline] == ["报案", "提交", "核对票据真伪与重复报销", "同意赔付", "到账"]


def test_decision_payout_books_and_evidence_are_one(draft, submit):
    claim = submit(draft())

    payout = Payout.objects.get()
    assert (payout.amount_fen, payout.subject_id, payout.natural_key) == (61_902, claim.id, f"claim:{claim.id}:1")
    entry = ledger.entry_of(claim.shard_key, "claim_agreed", payout.natural_key)
    assert {(p.account, p.amount_fen) for p in entry.postings} == {
        (f"insurer/{claim.insurer_code}/claims_paid", 61_902),
        (f"insurer/{claim.insurer_code}/claims_payable", -61_902),
    }
    assert EvidenceLeaf.objects.filter(kind="claim_decided", subject=str(claim.id)).count() == 1
    assert ledger.check() == []


def test_a_claim_that_cannot_be_booked_is_not_decided(draft, insured, monkeypatch):
    claim = draft()
    monkeypatch.setattr(ledger, "post", lambda entry: (_ for _ in ()).throw(RuntimeError("the books are closed")))

    with pytest.raises(RuntimeError):
        settle_claim.submit_claim(insured.account_id, claim.id, "k1")

    assert claims.claim(insured.account_id, claim.id).state == "draft"
    assert Payout.objects.count() == ClaimDecision.objects.count() == CoverUse.objects.count() == 0


@pytest.mark.rule("SERV-5")
def test_all_missing_papers_are_named_at_once_and_the_draft_is_kept(insured, reads, submit):
    notice = FirstNotice(insured.policy_id, "accident_outpatient", "放学路上跌倒", world.INJURED_ON)
    claim = submit(claims.first_notice(insured.account_id, notice, "k1"))

    assert claim.state == "draft"
    assert codes(claim) == ["papers_missing"]
    assert claim.decision.reasons[0].text.zh == "还差材料：医疗费用发票、病历"
    assert [(paper.kind, paper.state) for paper in claim.needed] == [
        ("invoice", "missing"),
        ("record", "missing"),
        ("identity", "on_file"),
    ]
    assert submit(claim).decision.number == 1  # asking again says the same and stores nothing new


@pytest.mark.rule("SERV-5")
def test_the_legal_clocks_start_when_the_papers_are_complete(draft, submit):
    claim = submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))
    row = Claim.objects.get(id=claim.id)

    assert claim.state == "with_person"
    assert business_date(claim.decide_by) == date(2026, 12, 22)
    assert business_date(row.advance_by) == date(2027, 1, 21)
    assert claims.queue().items[0].decide_by == claim.decide_by


@pytest.mark.rule("SERV-5")
def test_what_was_agreed_is_paid_within_ten_days(draft, submit):
    assert business_date(submit(draft()).pay_by) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"total": "9000.00", "social_paid": "0.00", "self_paid": "0.00"}, "over_instant_limit"),
        ({"patient": "赵无关"}, "patient_is_not_insured"),
        ({"doubtful": "self_paid"}, "unconfirmed_doubt"),
        ({"date": "2026-11-19"}, "unconfirmed_doubt"),
        ({"total": "400.00"}, "figures_disagree"),
        ({"total": "150.00", "social_paid": "60.00", "self_paid": "0.00"}, "nothing_payable_by_rules"),
    ],
)
def test_what_is_not_clean_goes_to_a_person_and_nothing_is_paid(draft, submit, values, code):
    claim = submit(draft(**values))

    assert claim.state == "with_person"
    assert code in codes(claim)
    assert claim.handler is not None
    assert Payout.objects.count() == 0


def test_a_confirmed_doubt_is_no_doubt(draft, submit, insured):
    claim = draft(doubtful="self_paid")
    invoice = next(paper for paper in claim.papers if paper.kind == "invoice")

    claims.correct_fields(insured.account_id, claim.id, invoice.id, {"self_paid": "36.00"})

    assert submit(claims.claim(insured.account_id, claim.id)).state == "paying"


def test_a_correction_in_the_claimants_favour_is_looked_at_and_kept(draft, submit, insured):
    claim = draft()
    invoice = next(paper for paper in claim.papers if paper.kind == "invoice")

    claims.correct_fields(insured.account_id, claim.id, invoice.id, {"total": "¥1,986.40"})
    claim = submit(claim)
    handler = world.handler("shen", "沈一诺")

    assert "raised_by_claimant" in codes(claim)
    change = claims.file_of(handler.id, claim.id).corrections
    assert [(item.field, item.before, item.after) for item in change] == [("total", "1286.40", "1986.40")]


def test_a_correction_that_is_no_value_changes_nothing(draft, insured):
    claim = draft()
    invoice = next(paper for paper in claim.papers if paper.kind == "invoice")

    with pytest.raises(InvalidInput):
        claims.correct_fields(insured.account_id, claim.id, invoice.id, {"number": "123", "total": "一百"})

    fields = {f.code: f.value for f in claims.claim(insured.account_id, claim.id).papers[0].fields}
    assert (fields["number"], fields["total"]) == ("8707257965", "1286.40")


def test_the_same_invoice_in_a_second_claim_goes_to_a_person(draft, submit, insured):
    submit(draft())
    other_policy = world.policy(insured.account_id)

    again = submit(draft(shade=190, policy_id=other_policy))

    assert codes(again) == ["used_before"]
    assert Payout.objects.count() == 1


def test_the_same_picture_of_anybody_else_goes_to_a_person(draft, submit, insured):
    submit(draft())

    again = submit(draft(policy_id=world.policy(insured.account_id), number="1111111111", total="999.00"))

    assert codes(again) == ["used_before"]


def test_an_invoice_of_a_draft_or_a_withdrawn_claim_is_not_used(draft, submit, insured):
    withdrawn = draft()
    claims.withdraw(insured.account_id, withdrawn.id)

    assert submit(draft()).state == "paying"


def test_the_same_picture_twice_is_one_paper(draft, insured):
    claim = draft()

    claims.add_paper(insured.account_id, claim.id, "invoice", world.photo())

    assert len(claims.claim(insured.account_id, claim.id).papers) == 2
