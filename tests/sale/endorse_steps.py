"""Accident cover for a year, and its sum made smaller."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from baohe.flows import cancel, endorse
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.payments.models import Refund
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.errors import EndorsementNotPossible
from tests.sale import steps, world
from tests.sale.world import Customer

ACCIDENT = "songtao-accident"
HIGH = {"sum_insured": "1000000", "plan": "with_medical"}
LATER = world.NOW + timedelta(days=100)
"""Past cooling-off, well within the year of cover."""


def insured(lin: Customer, instalment: str = "single") -> PolicyView:
    return steps.sold(steps.drafted(lin, product=ACCIDENT, inputs=HIGH, instalment=instalment), instalment)


def lowered(policy: PolicyView, value: str = "300000", key: str = "") -> PolicyView:
    chosen = next(one for one in endorse.lower_choices(policy.account_id, policy.id) if one.value == value)
    done = endorse.reduce_cover(policy.account_id, policy.id, value, chosen.refund_fen, key or uuid4().hex)
    return done.policy


def refunded(policy: PolicyView) -> None:
    """The provider's word for every refund of the policy that it has not answered."""
    for refund in Refund.objects.filter(intent_id=policy.payment_id).exclude(state="done"):
        Refund.objects.filter(id=refund.id).update(state="done", done_at=clock.now())
        facts = {"natural_key": refund.natural_key, "amount_fen": refund.amount_fen, "provider": "wallet"}
        for told in (endorse.refund_done, cancel.refund_done) * 2:  # told twice
            told(Event(1, "payments.refund_done", "", facts, 1))


def refused(act: Callable[[], object], word: str) -> None:
    with pytest.raises(EndorsementNotPossible) as refusal:
        act()
    assert word in str(refusal.value.facts["reason_zh"])
