"""Stopping deductions is one step, and the consent is really gone (SALE-3)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from baohe.flows.stop_deduction import deduction_stands, stop_deduction
from baohe.kernel.errors import Conflict, NotFound
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.people.models import Account
from tests.sale import steps, world
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


@pytest.mark.rule("SALE-3")
def test_the_home_page_no_longer_announces_a_stopped_deduction(lin: Customer, client: Client) -> None:
    client.force_login(Account.objects.get(id=lin.id), "django.contrib.auth.backends.ModelBackend")
    policy = steps.sold(steps.drafted(lin, instalment="monthly"), "monthly")
    assert "due" in _announced(client)
    stop_deduction(lin.id, policy.id)
    assert "due" not in _announced(client)


def _announced(client: Client) -> set[str]:
    """Four weeks later, when the first deduction is near."""
    with clock.travel(world.NOW + timedelta(days=27)):
        return {item["kind"] for item in client.get("/api/shop/v1/home").json()["next"]}
