"""From the first sentence to the money: what the rules pay, ask and refer, and what people decide."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from baohe.flows import settle_claim
from baohe.kernel.dates import business_date
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.errors import ClaimNotOpen, PaperListClosed, SameName, SecondNameNeeded
from baohe.rooms.claims.models import Claim, ClaimDecision, ClaimPaper, CoverUse
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from baohe.rooms.people import facade as people
from tests.claims import world

LETTER = "特需病房的床位费不在保障内，其余已按条款赔付。不同意可以请人复议。"


def codes(claim):
    return [reason.code for reason in claim.decision.reasons]


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


# What people decide


@pytest.fixture
def referred(draft, submit):
    return submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))


@pytest.fixture
def shen(on_sale):
    return world.handler("shen", "沈一诺")


@pytest.fixture
def gu(on_sale):
    return world.handler("gu", "顾远")


def test_one_handler_pays_what_the_rules_calculated(referred, shen, insured, wallet_says):
    calculated = claims.queue().items[0].amount_fen
    settle_claim.decide_by_person(shen.id, referred.id, calculated)
    wallet_says("done")

    claim = claims.claim(insured.account_id, referred.id)
    assert (claim.state, claim.amount_fen, claim.handler.name) == ("paid", calculated, "沈一诺")
    assert claim.decision.decided_by == shen.id
    assert re_add(claim.decision.calculation) == calculated


@pytest.mark.rule("SERV-9")
def test_less_than_the_calculation_takes_two_names(referred, shen, gu, insured):
    with pytest.raises(SecondNameNeeded):
        settle_claim.decide_by_person(shen.id, referred.id, 1_000)
    assert Payout.objects.count() == 0

    joint = settle_claim.propose_refusal(
        shen.id, referred.id, pay_fen=500_000, refused_fen=123_000, clause="3.1", letter=LETTER
    )
    assert claims.claim(insured.account_id, referred.id).state == "with_person"
    with pytest.raises(SameName):
        settle_claim.confirm_refusal(shen.id, referred.id, joint.id)
    assert Payout.objects.count() == 0

    settle_claim.confirm_refusal(gu.id, referred.id, joint.id)
    claim = claims.claim(insured.account_id, referred.id)
    assert (claim.state, claim.amount_fen) == ("paying", 500_000)
    assert re_add(claim.decision.calculation) == 500_000
    assert claim.decision.calculation[-2].clause == "3.1"


@pytest.mark.rule("SERV-9")
def test_a_refusal_has_two_names_its_clause_and_its_words_and_can_be_appealed(referred, shen, gu, insured):
    joint = settle_claim.propose_refusal(
        shen.id, referred.id, pay_fen=0, refused_fen=623_000, clause="3.1", letter=LETTER
    )
    settle_claim.confirm_refusal(gu.id, referred.id, joint.id)

    claim = claims.claim(insured.account_id, referred.id)
    assert claim.state == "refused_by_person"
    assert claim.decision.reasons[0].text.zh == LETTER
    assert claim.decision.reasons[0].clause == "3.1"
    assert "沈一诺 经办，顾远 复核" in claim.timeline[-1].detail.zh
    assert Payout.objects.count() == 0

    settle_claim.ask_person(insured.account_id, claim.id)
    assert claims.claim(insured.account_id, claim.id).state == "with_person"


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize("decided_by", [None, uuid4()])
def test_the_database_itself_refuses_a_refusal_without_two_names(referred, decided_by):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(id=referred.id).update(state="refused_by_person", decided_by=decided_by)
    assert Claim.objects.get(id=referred.id).state == "with_person"


@pytest.mark.rule("SERV-9")
def test_the_database_keeps_no_machine_decision_that_refuses(referred):
    stored = ClaimDecision.objects.get(claim_id=referred.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimDecision.objects.create(
            id=clock.new_id(),
            claim_id=referred.id,
            shard_key=stored.shard_key,
            number=2,
            outcome="refuse",
            reasons=[],
            calculation=[],
            rule_version="x",
            input_hash="x",
            decided_at=clock.now(),
        )


@pytest.mark.parametrize("state", ["paid", "to_pay", "draft", "withdrawn"])
def test_a_claim_passes_only_through_its_states(referred, state):
    if state in ("draft", "withdrawn"):
        return  # with_person may go back to the claimant, or be withdrawn
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(id=referred.id).update(state=state, paid_at=clock.now(), paid_fen=1)


@pytest.mark.parametrize("table", ["claims_claimdecision", "claims_coveruse", "claims_milestone", "claims_correction"])
def test_history_is_never_rewritten(draft, submit, insured, table):
    claim = draft()
    claims.correct_fields(insured.account_id, claim.id, claim.papers[0].id, {"total": "1286.39"})
    submit(claim)
    for statement in (f"UPDATE {table} SET shard_key = 1", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_desk_finds_a_claim_by_either_number_and_an_auditor_may_read_it(referred):
    auditor = people.create_staff("audit", "审计", ("auditor",), "long-enough-for-a-test-9")
    for text in (referred.number, f" {referred.policy_number.lower()} "):
        assert [found.id for found in claims.find(text)] == [referred.id]
    assert claims.find(referred.number[:-1]) == ()
    assert claims.file_of(auditor.id, referred.id).claim.id == referred.id
    with pytest.raises(NotAllowed):
        settle_claim.decide_by_person(auditor.id, referred.id, 1)


def test_a_returned_proposal_leaves_the_claim_with_the_handlers(referred, shen, gu):
    joint = settle_claim.propose_refusal(
        shen.id, referred.id, pay_fen=0, refused_fen=623_000, clause="3.1", letter=LETTER
    )
    assert [item.queue for item in claims.queue_counts() if item.count] == ["to_confirm"]
    settle_claim.return_refusal(gu.id, referred.id, joint.id)
    assert [item.queue for item in claims.queue_counts() if item.count] == ["to_decide"]
    with pytest.raises(ClaimNotOpen):
        settle_claim.confirm_refusal(gu.id, referred.id, joint.id)


def test_more_than_one_person_may_pay_takes_two_names(draft, submit, shen, insured):
    claim = submit(draft("other"))
    with pytest.raises(SecondNameNeeded):
        settle_claim.decide_by_person(shen.id, claim.id, 2_000_001)
    assert Payout.objects.count() == 0


@pytest.mark.rule("DATA-5")
def test_only_a_claims_handler_decides(referred, insured):
    finance = people.create_staff("fin", "钱多", ("finance",), "long-enough-for-a-test-9")
    for attempt in (
        lambda: settle_claim.decide_by_person(finance.id, referred.id, 1),
        lambda: settle_claim.propose_refusal(
            finance.id, referred.id, pay_fen=0, refused_fen=1, clause="3", letter=LETTER
        ),
        lambda: settle_claim.ask_for_papers(finance.id, referred.id, ["record"], "看不清"),
        lambda: claims.file_of(finance.id, referred.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    with pytest.raises(NotFound):
        settle_claim.decide_by_person(insured.account_id, referred.id, 1)
    assert claims.claim(insured.account_id, referred.id).state == "with_person"


@pytest.mark.rule("SERV-5")
def test_a_handler_asks_again_only_for_papers_of_the_list(referred, shen, insured, submit):
    with pytest.raises(PaperListClosed):
        settle_claim.ask_for_papers(shen.id, referred.id, ["relation"], "还要户口本")
    settle_claim.ask_for_papers(shen.id, referred.id, ["record"], "病历第二页看不清，请重拍")

    claim = claims.claim(insured.account_id, referred.id)
    assert claim.state == "draft"
    assert "病历第二页" in claim.next.zh
    assert next(paper.state for paper in claim.needed if paper.kind == "record") == "missing"
    assert submit(claim).state == "draft"

    claims.add_paper(insured.account_id, claim.id, "record", world.photo(30))
    assert submit(claim).state == "with_person"


def test_a_payout_that_failed_for_certain_stays_owed_and_is_paid_again(draft, submit, shen, insured, wallet_says):
    claim = submit(draft())
    wallet_says("failed")
    waiting = claims.claim(insured.account_id, claim.id)
    assert waiting.state == "to_pay"
    assert ledger.balance("wallet/clearing") == 0
    assert ledger.balance(f"insurer/{claim.insurer_code}/claims_payable") == -61_902

    settle_claim.pay_again(shen.id, claim.id)
    wallet_says("done")
    assert claims.claim(insured.account_id, claim.id).state == "paid"
    assert ledger.balance("wallet/clearing") == -61_902
    assert ledger.balance(f"insurer/{claim.insurer_code}/claims_payable") == 0
    assert ledger.balance(f"insurer/{claim.insurer_code}/claims_paid") == 61_902
    assert ledger.check() == []


def test_a_paid_claim_is_recalculated_by_a_person_on_request(draft, submit, shen, insured, wallet_says):
    claim = submit(draft())
    wallet_says("done")
    settle_claim.ask_person(insured.account_id, claim.id)
    assert [item.queue for item in claims.queue_counts() if item.count] == ["reviews"]

    settle_claim.decide_by_person(shen.id, claim.id, 7_740, "目录外自费核对有误，补付")
    wallet_says("done")

    after = claims.claim(insured.account_id, claim.id)
    assert (after.state, after.amount_fen, after.review_open) == ("paid", 69_642, False)
    assert sum(Payout.objects.values_list("amount_fen", flat=True)) == 69_642


def test_a_review_may_let_the_result_stand(draft, submit, shen, insured, wallet_says):
    claim = submit(draft())
    wallet_says("done")
    settle_claim.ask_person(insured.account_id, claim.id)
    settle_claim.keep_result(shen.id, claim.id)
    after = claims.claim(insured.account_id, claim.id)
    assert (after.state, after.review_open, after.timeline[-1].detail.zh) == ("paid", False, "沈一诺")


@pytest.mark.rule("DATA-3")
def test_a_person_on_request_even_without_papers(insured):
    notice = FirstNotice(insured.policy_id, "accident_outpatient", "说不清楚，请人看", world.INJURED_ON)
    claim = claims.first_notice(insured.account_id, notice, "k1")
    settle_claim.ask_person(insured.account_id, claim.id)
    settle_claim.ask_person(insured.account_id, claim.id)
    after = claims.claim(insured.account_id, claim.id)
    assert (after.state, codes(after)) == ("with_person", ["asked_for_person"])
    assert ClaimDecision.objects.count() == 1


# Reported facts


def returned(partner, reference, at=world.NOW, event="parcel_returned"):
    return settle_claim.settle_event(partner, reference, event, at)


@pytest.fixture
def shop(on_sale):
    return uuid4()


def test_a_returned_parcel_is_paid_with_no_human_and_once(shop, wallet_says):
    world.order(shop, "T-1")
    first, again = returned(shop, "T-1"), returned(shop, "T-1")

    assert (first.decision, first.amount_fen, first.repeated) == ("pay", 1_200, False)
    assert (again.number, again.amount_fen, again.repeated) == (first.number, 1_200, True)
    assert Payout.objects.count() == 1
    wallet_says("done")
    policy_id = Claim.objects.get().policy_id
    assert [(item.state, item.amount_fen) for item in claims.claims_of_policy(policy_id)] == [("paid", 1_200)]


def test_a_second_event_of_one_order_finds_the_limit_used_and_goes_to_a_person(shop):
    world.order(shop, "T-1")
    returned(shop, "T-1")
    Claim.objects.update(reference="T-1-earlier")
    assert returned(shop, "T-1").decision == "refer"
    assert Payout.objects.count() == 1


@pytest.mark.parametrize(("event", "at"), [("death", world.NOW), ("parcel_returned", world.NOW + timedelta(hours=1))])
def test_an_unknown_event_or_a_future_one_is_refused_and_leaves_nothing(shop, event, at):
    world.order(shop, "T-1")
    with pytest.raises(InvalidInput):
        returned(shop, "T-1", at, event)
    assert Claim.objects.count() == 0


def test_another_shops_order_is_not_found(shop):
    world.order(shop, "T-1")
    with pytest.raises(NotFound):
        returned(uuid4(), "T-1")


def test_a_parcel_returned_before_the_order_was_insured_goes_to_a_person(shop):
    world.order(shop, "T-1")
    assert returned(shop, "T-1", world.NOW - timedelta(days=30)).decision == "refer"
    assert Payout.objects.count() == 0


# At the same time


def together(*acts):
    start = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            with clock.travel(world.NOW):
                results[number] = act()
        except Exception as failure:  # noqa: BLE001 - the test looks at what came out
            results[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(11)
def test_many_submissions_at_once_pay_once(transactional_db, draft, insured):
    claim = draft()
    acts = [lambda key=f"k{n % 3}": settle_claim.submit_claim(insured.account_id, claim.id, key) for n in range(6)]

    results = together(*acts)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Payout.objects.count() == ClaimDecision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_do_not_share_one_invoice(transactional_db, draft, insured):
    first = draft()
    second = draft(shade=180, policy_id=world.policy(insured.account_id))

    together(
        lambda: settle_claim.submit_claim(insured.account_id, first.id, "k1"),
        lambda: settle_claim.submit_claim(insured.account_id, second.id, "k2"),
    )

    assert sorted(Claim.objects.values_list("state", flat=True)) == ["paying", "with_person"]
    assert Payout.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_event_reported_many_times_at_once_is_one_claim(transactional_db, shop):
    world.order(shop, "T-1")
    results = together(*[lambda: returned(shop, "T-1") for _ in range(6)])
    assert sorted(result.repeated for result in results) == [False, True, True, True, True, True]
    assert Claim.objects.count() == Payout.objects.count() == 1
