"""Policies of before there was an index of the insured are found once they were given theirs (`baohe db
index-insured`): in batches, once, from the sealed identity, and never by a guess."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonInput
from baohe.rooms.people.models import ReadLog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.models import Policy, Proposal
from tests.sale import steps, world
from tests.sale.world import Customer

HOME = "suihe-home"
ADDRESS = {"address": "北京市东城区示例路 18 号 3 幢 502 室", "area": "89", "sensor_serial": "0"}


def of_before(customer: Customer, **how: object) -> PolicyView:
    """Sold as it was before the migration: its proposal carries no index."""
    proposal = steps.signed(steps.drafted(customer, **how))  # type: ignore[arg-type]  # a test names its own facts
    Proposal.objects.filter(id=proposal.id).update(insured_index=None)
    assert steps.told(steps.locked(proposal)).word == "accepted"
    [policy] = policies.policies_of_proposals([proposal.id])
    assert Policy.objects.get(id=policy.id).insured_index is None
    return policy


def test_a_policy_without_an_index_is_found_after_it(lin: Customer) -> None:
    policy = of_before(lin)
    assert policies.covers_of(lin.id, lin.me.id) == ()
    reads = ReadLog.objects.filter(purpose="index_insured").count()
    assert policies.index_insured() == policies.Indexed(filled=1, left=(), last=None)
    assert [cover.version_id for cover in policies.covers_of(lin.id, lin.me.id)] == [policy.version_id]
    assert ReadLog.objects.filter(purpose="index_insured").count() == reads + 1
    # repeated it does nothing, and opens nobody
    assert policies.index_insured().filled == 0
    assert ReadLog.objects.filter(purpose="index_insured").count() == reads + 1


def test_it_goes_on_where_it_stopped(lin: Customer) -> None:
    for name, order in (("周东", 50), ("周南", 52), ("周西", 54)):
        of_before(lin, insured=world.relative(lin.id, name, "parent", date(1975, 6, 1), order))
    first = policies.index_insured(size=2)
    assert (first.filled, Policy.objects.filter(insured_index=None).count()) == (2, 1)
    assert policies.index_insured(first.last, size=2) == policies.Indexed(1, (), None)
    assert not Policy.objects.filter(insured_index=None).exists()


def test_a_proposal_on_its_way_carries_its_index_into_the_policy(lin: Customer) -> None:
    proposal = steps.signed(steps.drafted(lin))
    Proposal.objects.filter(id=proposal.id).update(insured_index=None)
    assert policies.index_proposals().filled == 1
    assert policies.proposal(lin.id, proposal.id).state == "signed"
    assert steps.told(steps.locked(proposal)).word == "accepted"
    assert len(policies.covers_of(lin.id, lin.me.id)) == 1


def test_a_person_with_another_number_by_now_is_left_to_people(lin: Customer) -> None:
    insured = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), 51)
    policy = of_before(lin, insured=insured)
    corrected = PersonInput("周远", "spouse", world.identity_number(date(1990, 6, 2), 53), True)
    people.change_person(lin.id, insured.id, corrected)
    assert policies.index_insured() == policies.Indexed(0, (policy.id,), None)
    assert Policy.objects.get(id=policy.id).insured_index is None


def test_cover_of_a_thing_has_no_insured_to_find(lin: Customer) -> None:
    quote = steps.quoted(lin, product=HOME)
    drafted = policies.draft_proposal(lin.id, steps.decided(quote), lin.me, (), None, "single", ADDRESS)
    assert steps.told(steps.locked(steps.signed(drafted))).word == "accepted"
    assert policies.index_insured() == policies.Indexed(0, (), None)
    assert Policy.objects.get().insured_index is None


@pytest.mark.parametrize("value", ["NULL", "'\\x00'::bytea"])
def test_what_is_filled_never_changes(lin: Customer, value: str) -> None:
    policy = of_before(lin)
    policies.index_insured()
    before = bytes(Policy.objects.get(id=policy.id).insured_index or b"")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE policies_policy SET insured_index = {value}")
    assert bytes(Policy.objects.get(id=policy.id).insured_index or b"") == before
