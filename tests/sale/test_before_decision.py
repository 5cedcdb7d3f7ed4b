"""Premium taken and no cover yet (SALE-14). Here a decision always comes before the premium, so the window that is left
lies between the moment the premium left the payer and the first day of cover."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from baohe.adapters.wallet import protocol
from baohe.flows import purchase, settle_claim
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimView, FirstNotice
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.errors import DecisionNeeded
from baohe.rooms.policies.models import Proposal
from tests.sale import steps
from tests.sale.world import Customer

ACCIDENT = "songtao-accident"


@pytest.mark.rule("SALE-14")
def test_no_premium_is_taken_before_a_decision(lin: Customer) -> None:
    waiting = steps.decided(steps.quoted(lin), "refer")
    with pytest.raises(DecisionNeeded):
        policies.draft_proposal(lin.id, waiting, lin.me, (), None, "single")
    assert (Proposal.objects.count(), PaymentIntent.objects.count()) == (0, 0)


def _paid_then_heard(lin: Customer) -> PolicyView:
    """Paid on 22 November; the wallet's word is heard three days later, the day before cover begins."""
    proposal = steps.drafted(lin, product=ACCIDENT, start=date(2026, 11, 26))
    intent = steps.locked(steps.signed(proposal))
    paid = protocol.wallet_time(clock.now())
    with clock.travel(datetime(2026, 11, 25, 4, tzinfo=UTC)):
        assert steps.told(intent, gmt_payment=paid).word == "accepted"
    policy = policies.policy_of_payment(intent.id, intent.shard_key)
    assert policy is not None
    return policy


def _reported(lin: Customer, policy: PolicyView, day: date) -> ClaimView:
    with clock.travel(datetime(2026, 12, 1, 4, tzinfo=UTC)):
        notice = FirstNotice(policy.id, "death", "下班路上出了车祸", day)
        claim = claims.first_notice(lin.id, notice, str(uuid4()))
        settle_claim.ask_person(lin.id, claim.id)
        return claims.claim(lin.id, claim.id)


@pytest.mark.rule("SALE-14")
@pytest.mark.parametrize(
    ("day", "note"),
    [
        (date(2026, 11, 21), "outside_cover"),
        (date(2026, 11, 22), "premium_taken_before_cover"),
        (date(2026, 11, 24), "premium_taken_before_cover"),
        (date(2026, 11, 25), "premium_taken_before_cover"),
    ],
)
def test_an_event_in_the_window_goes_to_a_person_with_the_note(lin: Customer, day: date, note: str) -> None:
    claim = _reported(lin, _paid_then_heard(lin), day)
    assert claim.state == "with_person"
    assert claim.decision is not None
    codes = {reason.code for reason in claim.decision.reasons}
    assert codes & {"outside_cover", "premium_taken_before_cover"} == {note}


@pytest.mark.rule("SALE-14")
def test_the_first_day_of_cover_needs_no_note(lin: Customer) -> None:
    claim = _reported(lin, _paid_then_heard(lin), date(2026, 11, 26))
    assert claim.decision is not None
    assert "premium_taken_before_cover" not in {reason.code for reason in claim.decision.reasons}


@pytest.mark.rule("SALE-14")
def test_policy_and_payment_are_one_fact(lin: Customer) -> None:
    """Nothing is left between "paid" and "issued": the payment that cannot issue takes the policy's place with a
    refund of its own."""
    intent = steps.locked(steps.signed(steps.drafted(lin, product=ACCIDENT)))
    assert steps.told(intent).word == "accepted"
    row = PaymentIntent.objects.get(id=intent.id)
    policy = policies.policy_of_payment(intent.id, intent.shard_key)
    assert policy is not None and row.state == "paid"
    assert purchase.proposals_paid_by(intent.id, intent.kind, intent.subject_id) == [policy.proposal_id]
