"""A lower sum that is refused, repeated or killed on its way changes nothing, or changes it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from baohe.flows import cancel, endorse
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Refund
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.errors import EndorsementChanged, EndorsementNotPossible, SumNotOffered
from baohe.rooms.policies.models import Endorsement, Policy
from tests.sale import steps
from tests.sale.endorse_steps import LATER, insured, refused
from tests.sale.world import Customer


def standing(policy: PolicyView) -> tuple[object, ...]:
    """Everything that a refused endorsement must leave alone."""
    return (
        Endorsement.objects.count(),
        Refund.objects.count(),
        OutboxEvent.objects.count(),
        ledger.balance("refunds/payable"),
        Policy.objects.filter(id=policy.id).values().get(),
    )


def test_the_same_key_is_one_endorsement_and_another_request_under_it_is_refused(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        chosen = endorse.lower_choices(lin.id, policy.id)[0]
        first = endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
        again = endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
        assert again.endorsement == first.endorsement
        with pytest.raises(KeyReused):
            endorse.reduce_cover(lin.id, policy.id, "100000", chosen.refund_fen, "k1")
        with pytest.raises((EndorsementNotPossible, SumNotOffered)):
            endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k2")
    assert (Endorsement.objects.count(), Refund.objects.count()) == (1, 1)


def test_killed_before_the_commit_nothing_stands_and_the_repeat_does_it_once(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        before, chosen = standing(policy), endorse.lower_choices(lin.id, policy.id)[0]
        with pytest.raises(InterruptedError), transaction.atomic():
            endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
            raise InterruptedError
        assert standing(policy) == before
        endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
    assert (Endorsement.objects.count(), Refund.objects.count()) == (1, 1)


def _claimed(lin: Customer, policy: PolicyView) -> None:
    notice = FirstNotice(policy.id, "accident_outpatient", "楼梯上跌倒，左膝裂伤", policy.start + timedelta(days=3))
    claims.first_notice(lin.id, notice, uuid4().hex)


def _left(lin: Customer, policy: PolicyView) -> None:
    cancel.cancel_policy(lin.id, policy.id, cancel.leaving_today(lin.id, policy.id).refund_fen, uuid4().hex)


@pytest.mark.parametrize(
    ("happens", "word"), [(_claimed, "理赔正在处理"), (_left, "已经退保")], ids=["open claim", "left"]
)
def test_what_stands_in_the_way_is_said_and_nothing_happens(
    lin: Customer, happens: Callable[[Customer, PolicyView], None], word: str
) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        happens(lin, policy)
        before = standing(policy)
        refused(lambda: endorse.lower_choices(lin.id, policy.id), word)
        refused(lambda: _by(lin.id, policy), word)
        assert standing(policy) == before


def test_instalments_to_come_a_fixed_sum_and_a_long_contract_are_refused_with_the_reason(lin: Customer) -> None:
    long = {"term": "20y", "pay_period": "10", "sum_insured": "500000"}
    cases = [
        (steps.sold(steps.drafted(lin), "monthly"), "分期"),
        (steps.sold(steps.drafted(lin)), "没有可以减到的"),
        (
            steps.sold(steps.drafted(lin, product="yunshan-term-life", instalment="yearly", inputs=long), "yearly"),
            "一年期",
        ),
    ]
    for policy, word in cases:
        before = standing(policy)
        refused(partial(_by, lin.id, policy), word)
        assert standing(policy) == before


def test_another_amount_an_unknown_sum_and_a_stranger_change_nothing(lin: Customer) -> None:
    policy = insured(lin)
    before = standing(policy)
    for value in ("1000000", "2000000", "300001", "", "x"):
        with pytest.raises(SumNotOffered):
            endorse.reduce_cover(lin.id, policy.id, value, 1, uuid4().hex)
    with pytest.raises(EndorsementChanged) as refusal:
        endorse.reduce_cover(lin.id, policy.id, "300000", 1, uuid4().hex)
    assert refusal.value.facts["refund_fen"] > 1
    for strange in (lambda: endorse.lower_choices(uuid4(), policy.id), lambda: _by(uuid4(), policy)):
        with pytest.raises(NotFound):
            strange()
    assert standing(policy) == before


def _by(account_id: UUID, policy: PolicyView) -> object:
    return endorse.reduce_cover(account_id, policy.id, "300000", 1, uuid4().hex)
