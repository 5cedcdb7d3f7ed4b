"""Who may be named in a sale and what they may be promised: the register, the filed cap, two people (OVER-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.kernel.errors import Conflict
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import Terms
from baohe.rooms.commission.errors import AboveFiledCap, ProducerNotRegistered, SaleClosed, SamePersonDecides
from baohe.rooms.commission.models import Attribution, Earning, Schedule
from tests.sale import steps
from tests.sale.commission_steps import ONE, OTHER, in_force, registered
from tests.sale.world import Customer

pytestmark = [pytest.mark.django_db, pytest.mark.rule("OVER-2")]

MEDICAL = "haijia-medical-a@2026-03-01"


def test_nobody_outside_the_register_is_named_in_a_sale(lin: Customer):
    proposal = steps.drafted(lin)
    later = registered("later", clock.today() + timedelta(days=1))
    for code in (later.code, "nobody", "\x00"):
        with pytest.raises(ProducerNotRegistered):
            commission.attribute(proposal.id, code)
    assert not Attribution.objects.exists()


def test_the_database_refuses_a_share_for_somebody_unregistered(lin: Customer):
    producer = registered(first_day=clock.today() + timedelta(days=30))
    with pytest.raises(DatabaseError, match="unregistered"), transaction.atomic():
        Earning.objects.create(
            shard_key=7, ref="x", insurer="haijia", policy_id=uuid4(), number="P", on=clock.today(),
            sold_on=clock.today(), is_first=True, producer_id=producer.id, premium_fen=100, cap_bp=1_000,
            rate_bp=1_000, share_bp=5_000,
        )  # fmt: skip


def test_the_adviser_of_a_sale_may_change_with_the_draft_and_never_after_it_is_issued(lin: Customer):
    proposal, first, second = steps.drafted(lin), registered("first"), registered("second")
    for code in (first.code, "", second.code, first.code):
        commission.attribute(proposal.id, code)
    policy = steps.sold(proposal)
    with pytest.raises(SaleClosed):
        commission.attribute(proposal.id, second.code)
    for change in (Attribution.objects.all().delete, lambda: Attribution.objects.update(producer=second.id)):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()
    assert Attribution.objects.get().policy_id == policy.id
    card = commission.adviser_of(proposal.id)
    assert card is not None
    assert (card.code, card.name) == ("first", "苏敏")


@pytest.mark.parametrize(("scope_kind", "scope"), [("version", MEDICAL), ("line", "medical")])
def test_terms_above_the_filed_cap_are_refused_by_name(lin: Customer, scope_kind: str, scope: str):
    cap_bp, version_id = commission.cap_of(scope_kind, scope)
    with pytest.raises(AboveFiledCap, match=version_id):
        in_force(scope, (cap_bp + 1,), scope_kind=scope_kind)
    in_force(scope, (cap_bp,), scope_kind=scope_kind)
    assert Schedule.objects.count() == 1
    with pytest.raises(DatabaseError, match="schedule_within_filed_cap"), transaction.atomic():
        Schedule.objects.create(
            scope_kind=scope_kind, scope=scope, valid_from=clock.today(), rates_bp=[9_000], highest_bp=9_000,
            share_bp=0, cap_bp=cap_bp, proposed_by=uuid4(), proposed_by_name="x", proposed_at=clock.now(),
        )  # fmt: skip


def test_a_version_below_the_terms_of_its_line_is_not_published(lin: Customer):
    in_force("medical", (1_500,), scope_kind="line")
    version = catalog.version(MEDICAL)
    commission.refuse_over_cap(version)
    with pytest.raises(AboveFiledCap):
        commission.refuse_over_cap(replace(version, commission_bp=1_499))


def test_register_and_terms_want_two_people(lin: Customer):
    change = commission.propose_producer(
        ONE, code="alone", kind="agent", name="一人", registration_number="260000000001", affiliation="platform",
        first_day=clock.today(),
    )  # fmt: skip
    schedule = commission.propose_schedule(
        ONE, scope_kind="version", scope=MEDICAL, valid_from=clock.today(), terms=Terms((100,), 0)
    )
    with pytest.raises(SamePersonDecides):
        commission.decide_change(ONE, change.id, approve=True)
    with pytest.raises(SamePersonDecides):
        commission.decide_schedule(ONE, schedule.id, approve=True)
    assert commission.producer(change.producer.id).state == "proposed"
    assert commission.waiting() == 2
    commission.decide_schedule(OTHER, schedule.id, approve=False)
    with pytest.raises(Conflict):
        commission.decide_schedule(OTHER, schedule.id, approve=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Schedule.objects.update(share_bp=10_000)


def test_a_versions_own_terms_come_before_its_lines(lin: Customer):
    in_force("medical", (1_000,), scope_kind="line")
    in_force(MEDICAL, (1_200,))
    policy = steps.sold(steps.drafted(lin))
    assert Earning.objects.get(policy_id=policy.id).rate_bp == 1_200
