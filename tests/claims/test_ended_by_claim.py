"""A paid death ends its contract: nothing more is asked for, deducted or given back, and it stays so."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.config.wiring import handlers
from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import claim_money, pay_shares, settle_claim
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.plumbing import clock, outbox
from baohe.rooms.billing import facade as billing
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from baohe.rooms.policies.contracts import DEDUCTION, PolicyView
from baohe.rooms.policies.errors import LeavingNotPossible
from baohe.rooms.policies.models import Policy
from tests.billing import steps
from tests.billing.conftest import bank, lin, now
from tests.claims import world
from tests.claims.clock_steps import graded
from tests.sale.world import Customer

__all__ = ["bank", "lin", "now"]
DUE = date(2027, 11, 23)
DIED = date(2028, 1, 4)
LETTER = "按条款 2.1 给付，另有一份材料的部分不在保障内。"


def work() -> None:
    known = {topic: act for topic, act in handlers().items() if not topic.startswith("payments.payout_")}
    while outbox.work_once(known):
        pass


def agreed(policy: PolicyView):
    """Reported, agreed by two handlers, its one heir found, and on its way to their account."""
    notice = FirstNotice(policy.id, "death", "人走了", DIED)
    claim = claims.first_notice(policy.account_id, notice, uuid4().hex)
    settle_claim.ask_person(policy.account_id, claim.id)
    shen, gu = world.handler("shen", "沈一诺"), graded("gu", "顾远", "claims_head")
    amount = policy.sum_insured_fen
    joint = settle_claim.propose_refusal(shen.id, claim.id, pay_fen=amount, refused_fen=0, clause="2.1", letter=LETTER)
    settle_claim.confirm_refusal(gu.id, claim.id, joint.id)
    act = claim_money.propose(shen.id, claim.id, "heirs", 0, "公证书齐全", {"heirs": "周明远 100"})
    claim_money.confirm(gu.id, claim.id, act.id)
    [share] = claims.claim_by_id(claim.id).shares
    account = claims.ShareAccount("招商银行", share.name, "6222020200001234")
    pay_shares.give_account(policy.account_id, claim.id, share.id, account)
    return claim


def bank_paid() -> None:
    payout = Payout.objects.get(state="requested")
    payload = {
        "id": str(payout.id),
        "natural_key": payout.natural_key,
        "subject_id": str(payout.subject_id),
        "amount_fen": payout.amount_fen,
        "provider": payout.provider,
    }
    event = outbox.Event(0, "payments.payout_done", str(payout.id), payload, 1)
    Payout.objects.update(state="done", done_at=clock.now())
    handlers()[event.topic](event)
    handlers()[event.topic](event)  # at least once means: also twice


@pytest.fixture
def policy(lin: Customer, bank) -> PolicyView:
    """Term life paid by the year, its second premium due and receivable when the insured dies."""
    found = steps.yearly(lin)
    steps.round_on(DUE)
    return found


def test_the_contract_ends_with_the_payment_and_not_before(policy: PolicyView) -> None:
    with steps.on(DIED + timedelta(days=3)):
        claim = agreed(policy)
        assert steps.seen(policy).state == "in_force"
        assert ledger.balance("insurer/yunshan/premium_receivable") == policy.premium_fen
        bank_paid()
        work()
        after = steps.seen(policy)
        assert (after.state, after.ended_by_claim_on) == ("ended", clock.today())
        assert {one.state for one in billing.plan_of(policy.id)} == {"dropped"}
        assert ledger.balance("insurer/yunshan/premium_receivable") == 0
        assert not consent.is_granted(policy.account_id, DEDUCTION, subject=str(policy.proposal_id))
        assert evidence.leaf_of(str(policy.id), "policy_ended_by_claim") is not None
        assert steps.events("policies.ended_by_claim") == 1
        assert claims.claim_by_id(claim.id).state == "paid"
        assert (claims.problems(), billing.problems(), ledger.check()) == ([], [], [])
    steps.round_on(DUE + timedelta(days=365))
    with steps.on(DUE + timedelta(days=366)):
        assert steps.seen(policy).state == "ended"
        assert ledger.balance("insurer/yunshan/premium_receivable") == 0


def test_what_ended_with_a_claim_gives_no_premium_back(policy: PolicyView) -> None:
    with steps.on(DIED + timedelta(days=3)):
        agreed(policy)
        bank_paid()
        work()
        assert not leaving_today(policy.account_id, policy.id).allowed
        before = everything()
        with pytest.raises(LeavingNotPossible):
            cancel_policy(policy.account_id, policy.id, 0, "k1")
        assert everything() == before


def test_the_database_lets_it_end_once_and_one_way(policy: PolicyView) -> None:
    with steps.on(DIED + timedelta(days=3)):
        agreed(policy)
        bank_paid()
        row = Policy.objects.filter(id=policy.id)
        for change in ({"ended_by_claim_on": None}, {"ended_by_claim_on": DUE}, {"lapsed_on": DUE}):
            with pytest.raises(DatabaseError), transaction.atomic():
                row.update(**change)


def test_each_beneficiary_of_the_first_order_sees_a_share_that_re_adds(policy: PolicyView) -> None:
    with steps.on(DIED + timedelta(days=3)):
        claim = agreed(policy)
        shares = claims.money_of(world.handler("lu", "陆").id, claim.id).shares
        named = steps.seen(policy).beneficiaries
        assert len(shares) == len([one for one in named if one.rank == 1])
        assert sum(share.amount_fen for share in shares) == (policy.sum_insured_fen if named else 0)


def test_a_paid_claim_of_another_event_ends_nothing(insured, draft, submit, wallet_says) -> None:
    submit(draft())
    wallet_says("done")
    assert Policy.objects.get(id=insured.policy_id).ended_by_claim_on is None
