"""Any order of acts by underwriters, the customer and the clock: the invariants hold after each."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.models import Referral, ReferralDecision, ReferralEvent, Verdict
from baohe.rooms.underwriting.referral_models import CLOSED
from tests.sale import world as sale_world
from tests.sale.world import Customer
from tests.underwriting import world
from tests.underwriting.test_states import ACTS
from tests.underwriting.world import Desk

_PASSING = {"an_hour": timedelta(hours=1), "four_days": timedelta(days=4)}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*ACTS, *_PASSING, *ACTS, "look"]), min_size=1, max_size=9))
def test_any_order_of_acts(who: Desk, lin: Customer, acts: list[str]) -> None:
    moment = sale_world.NOW
    with clock.travel(moment):
        made = world.referred(lin).id
    told = 0
    for act in acts:
        moment += _PASSING.get(act, timedelta(minutes=1))
        with clock.travel(moment), contextlib.suppress(BaoheError):
            if act == "look":
                underwriting.keep_deadlines()
            elif act in ACTS:
                ACTS[act](who, lin, made)
        told = _holds(lin, made, told)


def _holds(lin: Customer, made, told: int) -> int:
    row = Referral.objects.get(declaration_id=made)
    decided = ReferralDecision.objects.filter(declaration_id=made).count()
    assert decided == (row.state in ("accepted", "decided"))
    assert (row.decided_at is not None) == (row.state in CLOSED)
    assert (row.papers_by is not None) == (row.state == "waiting_for_papers")
    verdicts = Verdict.objects.filter(referral_id=made)
    assert verdicts.filter(returned_at=None, answered_at=None).count() <= 1
    assert (row.state == "offered") == verdicts.filter(valid_until__isnull=False, answer="").exists()
    assert all(one.checker_id != one.maker_id for one in verdicts)
    assert not verdicts.filter(two_names=True, given_at__isnull=False, checker_id=None).exists()
    outcome = underwriting.declaration(lin.id, made).outcome
    nothing = {"declined_by_customer": "offer_declined", "expired": "offer_expired"}
    assert outcome == nothing.get(row.state, outcome)
    assert (outcome == "refer") == (row.state not in CLOSED)
    now = ReferralEvent.objects.filter(referral_id=made).count()
    assert now >= told
    return now
