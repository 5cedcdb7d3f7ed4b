"""A long contract waits for what it asks (SALE-7): what is missing is refused and nothing happened; what was chosen in
one's own hand goes on; short contracts get no longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from baohe.flows import readiness, record_sale, suitable
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import ProposalClosed, StepsMissing
from baohe.rooms.policies.models import Policy, ProposalSignature
from baohe.rooms.suitability import facade as suitability
from baohe.rooms.suitability.contracts import OWN_CHOICE
from baohe.rooms.suitability.errors import NothingToState, OwnSignatureNeeded, StatementChanged
from baohe.rooms.suitability.models import Assessment, Statement
from tests.sale import recorded, steps, world
from tests.sale.suitability_steps import BONUS, SMALL, WAN, answer, bonus, statement, waiting
from tests.sale.test_journey import Phone
from tests.sale.world import STROKES, Customer


@pytest.mark.rule("SALE-7")
def test_a_long_contract_is_not_signed_before_the_questions(lin: Customer) -> None:
    proposal = bonus(lin)
    assert waiting(proposal) == ["needs"]
    for act in (steps.signed_alone, steps.signed_unasked):
        with pytest.raises(StepsMissing) as refused:
            act(proposal)
        assert refused.value.facts["codes"] == ["needs"]
    assert ProposalSignature.objects.count() == 0
    answer(proposal)
    assert waiting(proposal) == []
    assert steps.signed_alone(proposal).state == "signed"


@pytest.mark.rule("SALE-7")
def test_against_the_advice_only_in_ones_own_hand(lin: Customer) -> None:
    # given an income of which the premium is more than a fifth
    proposal = bonus(lin)
    picture = answer(proposal, income_fen=WAN)
    assert picture.assessment is not None and picture.assessment.advises_to_stop
    choice = statement(picture, OWN_CHOICE)
    assert choice.by_law and "林知夏" in choice.lines[0].zh
    # when she signs the proposal without it, or states it without a name, then nothing happened
    with pytest.raises(StepsMissing):
        steps.signed_alone(proposal)
    for strokes in ([], [[{"x": 1, "y": 1, "t": 0}]]):
        with pytest.raises(OwnSignatureNeeded):
            suitable.state(lin.id, proposal.id, OWN_CHOICE, choice.digest, strokes)
    assert (Statement.objects.count(), ProposalSignature.objects.count(), Policy.objects.count()) == (0, 0, 0)
    # when she states it in her own hand, then the sale goes on
    suitable.state(lin.id, proposal.id, OWN_CHOICE, choice.digest, STROKES)
    policy = steps.sold(proposal, "yearly")
    found = suitability.file_of(proposal.id, proposal.shard_key)
    assert [one.decision.outcome for one in found.assessments] == ["stop"]
    [kept] = found.statements
    assert (kept.digest, len(kept.strokes[0]), kept.lines) == (choice.digest, 20, choice.lines)
    assert policy.proposal_id == proposal.id
    assert suitability.problems() == []
    assert EvidenceLeaf.objects.filter(kind="suitability_stated", subject=str(kept.id)).count() == 1


@pytest.mark.rule("SALE-7")
def test_a_choice_counts_for_what_it_says_alone(lin: Customer) -> None:
    proposal = bonus(lin)
    first = statement(answer(proposal, income_fen=WAN), OWN_CHOICE)
    suitable.state(lin.id, proposal.id, OWN_CHOICE, first.digest, STROKES)
    assert waiting(proposal) == []
    # other answers, another text: the signature does not count for it, and the old digest is refused
    second = answer(proposal, income_fen=2 * WAN)
    assert waiting(proposal) == ["own_choice"]
    with pytest.raises(StatementChanged):
        suitable.state(lin.id, proposal.id, OWN_CHOICE, first.digest, STROKES)
    assert statement(second, OWN_CHOICE).digest != first.digest
    assert Statement.objects.count() == 1
    # back to the first answers: it counts again, it says the same
    answer(proposal, income_fen=WAN)
    assert waiting(proposal) == []


@pytest.mark.rule("SALE-7")
def test_other_terms_ask_again(lin: Customer) -> None:
    quote = steps.quoted(lin, None, BONUS, **SMALL)
    declaration = steps.decided(quote)
    proposal = policies.draft_proposal(lin.id, declaration, lin.me, (), None, "yearly")
    answer(proposal)
    assert waiting(proposal) == []
    loaded = replace(declaration, premium_fen=quote.premium_fen * 2, loading_bp=10_000, outcome="load")
    again = policies.draft_proposal(lin.id, loaded, lin.me, (), None, "yearly")
    assert again.id == proposal.id
    assert waiting(again) == ["needs"]


@pytest.mark.rule("SALE-7")
def test_answers_given_after_the_signature_hold_up_the_payment(lin: Customer) -> None:
    proposal = bonus(lin)
    answer(proposal)
    recorded.sitting(proposal)
    steps.signed_alone(proposal)
    answer(proposal, income_fen=WAN)
    with pytest.raises(StepsMissing) as refused:
        steps.locked(proposal, "yearly")
    assert refused.value.facts["codes"] == ["own_choice"]
    assert PaymentIntent.objects.count() == 0
    assert policies.proposal(lin.id, proposal.id).state == "signed"


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize(
    ("inputs", "answers", "found"),
    [
        # one premium of more than four incomes, and exactly four
        ({"sum_insured": "100000", "pay_period": "1"}, {"income_fen": -1}, ["single_over_incomes"]),
        ({"sum_insured": "100000", "pay_period": "1"}, {"income_fen": 0}, []),
        # yearly: exactly a fifth, and more
        (SMALL, {"income_fen": 0}, []),
        (SMALL, {"income_fen": -1}, ["annual_over_share"]),
        # the budget
        (SMALL, {"budget_fen": 0}, ["over_budget"]),
        (SMALL, {"budget_fen": 1}, []),
    ],
)
def test_the_boundaries_hold_for_a_real_premium(
    lin: Customer, inputs: dict[str, str], answers: dict[str, int], found: list[str]
) -> None:
    """A number of `answers` is fen beside the boundary of this premium."""
    proposal = bonus(lin, inputs)
    once = inputs["pay_period"] == "1"
    premium = proposal.premium_fen
    income = -(-premium // 4) if once else premium * 5
    # 150% of the budget is the premium where premium = 3/2 budget
    budget = premium * 2 // 3
    given = {"income_fen": income, "budget_fen": 100 * premium}
    base = {"income_fen": income, "budget_fen": budget}
    asked = given | {name: base[name] + by for name, by in answers.items()}
    picture = answer(proposal, **asked)
    assert picture.assessment is not None
    assert [reason.code for reason in picture.assessment.decision.reasons] == found


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize(("birth", "found"), [(date(1961, 11, 24), []), (date(1961, 11, 23), ["pays_into_old_age"])])
def test_the_birthday_counts_on_the_first_day_of_cover(db: None, lin: Customer, birth: date, found: list[str]) -> None:
    """Ten years of paying and 65 on 23 November, the first day of cover; a day younger is 64."""
    older = world.customer("13800000007", birth)
    picture = answer(bonus(older), income_fen=10**12, budget_fen=10**12)
    assert picture.assessment is not None
    assert [reason.code for reason in picture.assessment.decision.reasons] == found


@pytest.mark.rule("SALE-7")
def test_stopping_is_recorded_and_asks_nothing(lin: Customer) -> None:
    proposal = bonus(lin)
    with pytest.raises(NothingToState):
        suitable.stop(lin.id, proposal.id)
    answer(proposal, purpose="soon")
    suitable.stop(lin.id, proposal.id)
    suitable.stop(lin.id, proposal.id)
    [stopped] = suitability.file_of(proposal.id, proposal.shard_key).statements
    assert (stopped.code, stopped.strokes) == ("stopped", ())
    assert waiting(proposal) == ["own_choice"]


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize("product", [steps.MEDICAL, "songtao-accident"])
def test_a_short_contract_gets_no_longer(lin: Customer, product: str) -> None:
    proposal = steps.drafted(lin, product=product, instalment="single")
    assert [need.code for need in readiness.needs(proposal)] == [record_sale.CODE]
    with pytest.raises(NothingToState):
        answer(proposal)
    assert Assessment.objects.count() == 0


def test_nothing_is_answered_for_others_or_after_the_payment_began(lin: Customer) -> None:
    proposal = bonus(lin)
    stranger = world.customer("13800000003")
    with pytest.raises(NotFound):
        suitable.answer(stranger.id, proposal.id, steps.fitting("whole_life"))
    steps.locked(steps.signed(proposal), "yearly")
    with pytest.raises(ProposalClosed):
        answer(proposal, income_fen=WAN)
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("changes", [{"purpose": "rich"}, {"existing": ""}, {"income_fen": -1}, {"budget_fen": 10**17}])
def test_an_answer_outside_its_range_is_named(lin: Customer, changes: dict[str, Any]) -> None:
    proposal = bonus(lin)
    with pytest.raises(InvalidInput) as refused:
        answer(proposal, **changes)
    assert refused.value.facts["field"] in changes
    assert Assessment.objects.count() == 0


@pytest.mark.rule("SALE-7")
def test_over_http_each_missing_step_is_refused_and_nothing_happened(lin: Customer) -> None:
    phone = Phone(lin)
    proposal = bonus(lin)
    path = f"proposals/{proposal.id}"
    page = phone.get(f"{path}/suitability")
    assert (page["examined"], page["advice"], page["statements"]) == (True, None, [])
    shown = {"document_sha256": phone.get(f"{path}/document")["sha256"]}
    assert phone.post(f"{path}/signature/code", shown, status=409)["codes"] == ["needs"]
    assert phone.post(f"{path}/signature", phone.unasked(path), status=409)["codes"] == ["needs"]

    poor = {"purpose": "heirs", "existing": "none", "income_fen": WAN, "budget_fen": 100 * WAN}
    page = phone.post(f"{path}/suitability", poor, status=200)
    assert (page["advice"], page["statements"][0]["code"]) == ("stop", "own_choice")
    refused = phone.post(f"{path}/signature", phone.unasked(path), status=409)
    assert (refused["code"], refused["codes"]) == ("steps_missing", ["own_choice"])
    choice = {"code": "own_choice", "digest": page["statements"][0]["digest"]}
    assert phone.post(f"{path}/statements", choice, status=422)["code"] == "own_signature_needed"
    assert phone.post(f"{path}/statements", {**choice, "digest": "0" * 64}, status=409)["code"] == "statement_changed"
    assert (ProposalSignature.objects.count(), Statement.objects.count(), PaymentIntent.objects.count()) == (0, 0, 0)

    page = phone.post(f"{path}/statements", {**choice, "strokes": STROKES}, status=200)
    assert page["statements"][0]["done"]
    assert phone.post(f"{path}/signature", phone.drawn(path), status=200)["state"] == "signed"
