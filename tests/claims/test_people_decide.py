"""What handlers decide: one name, two names, with clause and words, and on request again."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from baohe.flows import settle_claim
from baohe.kernel.errors import NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.errors import ClaimNotOpen, PaperListClosed, SameName, SecondNameNeeded
from baohe.rooms.claims.models import Claim, ClaimDecision
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from baohe.rooms.people import facade as people
from tests.claims import world
from tests.claims.world import codes

LETTER = "特需病房的床位费不在保障内，其余已按条款赔付。不同意可以请人复议。"


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
