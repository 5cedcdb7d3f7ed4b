"""Stopping deductions is one step, and the consent is really gone (SALE-3)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from baohe.flows.stop_deduction import deduction_stands, stop_deduction
from baohe.kernel.errors import Conflict, NotFound
from baohe.rooms.evidence import facade as evidence
from tests.sale import steps
from tests.sale.world import Customer


@pytest.mark.rule("SALE-3")
def test_a_withdrawn_consent_stops_the_next_charge_and_leaves_a_leaf(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin, instalment="monthly"), "monthly")
    assert deduction_stands(policy)
    stop_deduction(lin.id, policy.id)
    stop_deduction(lin.id, policy.id)
    assert not deduction_stands(policy)
    assert evidence.leaf_of(str(policy.id), "deduction_stopped") is not None


def test_a_premium_paid_at_once_has_nothing_to_stop(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    with pytest.raises(Conflict):
        stop_deduction(lin.id, policy.id)


@pytest.mark.field_bug(27)
def test_the_deductions_of_others_cannot_be_stopped(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin, instalment="monthly"), "monthly")
    with pytest.raises(NotFound):
        stop_deduction(uuid4(), policy.id)
    assert deduction_stands(policy)
