"""What a signal does to a claim: a person looks. Nothing more, and no later."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from baohe.plumbing import clock, files, vault
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import sealing
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.claims.models import ClaimDecision, ClaimPaper
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.reading import blank_fields, correct
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.fraud.contracts import CARD, INVOICE, ClaimFacts, CoverDays, Mark
from baohe.rooms.fraud.models import ClaimTrace, KnownPicture, Look
from baohe.rooms.payments.models import Payout
from baohe.rooms.people import facade as people
from baohe.rooms.people.tests.people_made import identity_number, typed
from tests.claims import world


@pytest.fixture
def same_invoice_elsewhere(on_sale: None) -> None:
    """Somebody else has a draft with the invoice that the claimant is about to hand in."""
    today = clock.today()
    cover = CoverDays(today, today, today + timedelta(days=365))
    marks = (Mark(INVOICE, "8707257965"),)
    fraud.look(ClaimFacts(clock.new_id(), 3, clock.new_id(), clock.new_id(), "other", today, today, cover, marks=marks))


@pytest.mark.rule("SERV-9")
@pytest.mark.rule("SERV-5")
def test_a_strong_signal_sends_a_clean_claim_to_a_person_in_time(draft, submit, same_invoice_elsewhere) -> None:
    claim = submit(draft())
    assert claim.state == "with_person"
    assert claim.decision is not None
    assert (claim.decision.outcome, [reason.code for reason in claim.decision.reasons]) == ("refer", ["fraud_signal"])
    assert claim.decide_by == deadlines.decide_by(clock.now())
    assert not Payout.objects.exists()
    [signal, *_] = fraud.signals_of(claim.id).signals or ()
    assert signal.code == "invoice_repeated"


def test_a_claim_with_weak_signals_is_paid_at_once(draft, submit) -> None:
    claim = submit(draft())
    assert claim.state == "paying"
    file = fraud.signals_of(claim.id)
    assert file.signals == ()
    assert Look.objects.filter(claim_id=claim.id).count() == 1


def test_submitting_again_looks_no_second_time(draft, submit, insured) -> None:
    claim = submit(draft())
    submit(claims.claim(insured.account_id, claim.id))
    assert Look.objects.filter(claim_id=claim.id).count() == 1


def test_only_photographs_are_remembered_and_not_the_printed_invoice(draft, submit, insured) -> None:
    claim = draft()
    record = claims.add_paper(insured.account_id, claim.id, "record", world.another_photo(0b1011001))
    submit(claims.claim(insured.account_id, claim.id))
    records = {paper.id for paper in claims.claim(insured.account_id, claim.id).papers if paper.kind == "record"}
    assert record.id in records
    assert {row.paper_id for row in KnownPicture.objects.all()} == records


def test_a_paper_without_sums_hides_none_of_the_others(draft) -> None:
    told = claims.paper_facts(draft().id)  # an invoice and a record
    assert told.amount_fen == 128_640


def test_the_claimant_reads_no_accusation(draft, submit, same_invoice_elsewhere) -> None:
    claim = submit(draft())
    [stored] = ClaimDecision.objects.filter(claim_id=claim.id, outcome="refer")
    [reason] = stored.reasons
    assert "欺诈" not in reason["text"]["zh"]
    assert "fraud" not in reason["text"]["en"].lower()
    assert "期限不变" in reason["text"]["zh"]


def test_a_damaged_photograph_stops_nobody_from_claiming(draft, submit, insured) -> None:
    claim = draft()
    record = claims.add_paper(insured.account_id, claim.id, "record", world.another_photo(0b1011001))
    row = ClaimPaper.objects.get(id=record.id)
    damaged = base64.b64encode(b"\xff\xd8\xff damaged").decode()
    files.write(row.file_name, vault.seal("claims_claimpaper.picture", row.id, damaged))
    assert submit(claims.claim(insured.account_id, claim.id)).state == "paying"
    assert not KnownPicture.objects.filter(paper_id=record.id).exists()


CARD_NUMBER = "6222021234567890128"


@pytest.fixture
def paid_on_one_card(draft, insured, reads, monkeypatch) -> Callable[[UUID], ClaimView]:
    """A claim whose claimant handed in a bank card; another account's claim used the same one before."""

    def make(other: UUID) -> ClaimView:
        today = clock.today()
        cover = CoverDays(today, today, today + timedelta(days=365))
        marks = (Mark(CARD, CARD_NUMBER),)
        fraud.look(ClaimFacts(clock.new_id(), 3, other, clock.new_id(), "other", today, today, cover, marks=marks))
        claim = draft()
        added = claims.add_paper(insured.account_id, claim.id, "identity", world.another_photo(5))
        row = ClaimPaper.objects.get(id=added.id)
        sealing.seal_fields(row, correct(blank_fields("identity"), {"card_number": "6222 0212 3456 7890 128"}))
        row.state = "read"
        row.save()
        return claim

    return make


def test_a_payout_account_of_a_stranger_calls_a_person_and_its_number_is_kept_nowhere(submit, paid_on_one_card) -> None:
    claim = submit(paid_on_one_card(clock.new_id()))
    assert (claim.state, [reason.code for reason in claim.decision.reasons]) == ("with_person", ["fraud_signal"])
    assert not Payout.objects.exists()
    [signal, *_] = fraud.signals_of(claim.id).signals or ()
    assert (signal.code, signal.strong) == ("account_linked", True)
    assert CARD_NUMBER not in signal.text.zh + signal.text.en
    assert all(CARD_NUMBER.encode() not in bytes(row.mark) for row in ClaimTrace.objects.all())


def test_a_family_on_one_payout_account_is_paid_at_once(submit, insured, paid_on_one_card) -> None:
    hers = identity_number(order=13)
    wife = people.open_account("13800138222").id
    people.add_person(wife, typed(name="陈默", identity_number=hers))
    people.add_person(insured.account_id, typed(name="陈默", relation="spouse", identity_number=hers))

    claim = submit(paid_on_one_card(wife))

    assert claim.state == "paying"
    [signal] = fraud.signals_of(claim.id).signals or ()
    assert (signal.code, signal.strong) == ("account_linked", False)
    assert "一家人共用账户" in signal.text.zh


def test_a_card_number_that_proves_itself_wrong_connects_nobody(draft, insured, reads) -> None:
    claim = draft()
    added = claims.add_paper(insured.account_id, claim.id, "identity", world.another_photo(5))
    row = ClaimPaper.objects.get(id=added.id)
    sealing.seal_fields(row, correct(blank_fields("identity"), {"card_number": "6222021234567890127"}))
    row.save()
    assert claims.paper_facts(claim.id).card_numbers == ()
