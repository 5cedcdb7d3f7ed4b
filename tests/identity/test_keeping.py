"""AML 34: what was made sure of about a customer is kept ten years after their last contract, and then goes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from baohe.flows import cancel, identify
from baohe.kernel.dates import SHANGHAI, add_years
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, outbox
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.contracts import OPEN
from baohe.rooms.identification.errors import StepHeld, StepKept
from baohe.rooms.identification.models import Hit, Step, StepEvent
from baohe.rooms.identification.rules.keeping import kept_until
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.recordings import facade as recordings
from tests.sale import steps
from tests.sale.world import Customer

pytestmark = [pytest.mark.rule("SALE-15"), pytest.mark.rule("SALE-6")]
STAFF, SECOND = (uuid4(), "沈一诺"), (uuid4(), "许安")
MADE = date(2026, 11, 22)


def on(day: date, at: time = time(4)):  # type: ignore[no-untyped-def]  # the clock's own context
    return clock.travel(datetime.combine(day, at, tzinfo=SHANGHAI))


@pytest.fixture
def copied(lin: Customer) -> Step:
    """A copy of the customer's card, and a small sale that did not need it."""
    proposal = steps.drafted(lin)
    identify.keep_copy(lin.id, proposal.id, *steps.own_card(lin.id))
    return Step.objects.get()


@pytest.fixture
def policy(lin: Customer, copied: Step) -> PolicyView:
    return steps.sold(steps.drafted(lin))


def files(step_id: UUID) -> list[Path]:
    return sorted((Path(settings.BAOHE_DATA) / "files" / "identification").glob(f"{step_id}.*"))


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.dates(date(2020, 1, 1), date(2200, 1, 1)))
def test_never_less_than_ten_years_after_either(made: date, ends: date) -> None:
    until = kept_until(made, ends)
    assert until == max(add_years(made, 10), add_years(ends, 10))
    assert kept_until(made, date.max) == date.max


def test_the_date_follows_the_last_contract(lin: Customer, copied: Step) -> None:
    # given a copy before any contract
    assert copied.kept_until == add_years(MADE, 10)
    # when a contract comes, then it is kept ten years after its end, and the move is on record
    first = steps.sold(steps.drafted(lin))
    copied.refresh_from_db()
    assert copied.kept_until == add_years(first.end, 10)
    # when a later one comes, then the later end counts
    with on(MADE + timedelta(days=100)):
        second = steps.sold(steps.drafted(lin))
    copied.refresh_from_db()
    assert second.end > first.end
    assert copied.kept_until == add_years(second.end, 10)
    moved = StepEvent.objects.order_by("id").values_list("what", "before", "after")
    assert list(moved) == [
        ("moved", add_years(MADE, 10), add_years(first.end, 10)),
        ("moved", add_years(first.end, 10), add_years(second.end, 10)),
    ]
    # and following them again moves nothing
    assert identify.follow_contracts(lin.id) == 0


def test_a_contract_that_was_left_brings_the_date_forward(lin: Customer, copied: Step, policy: PolicyView) -> None:
    left_on = MADE + timedelta(days=40)
    with on(left_on):
        refund = policies.leaving(lin.id, policy.id).refund_fen
        cancel.cancel_policy(lin.id, policy.id, refund, "leave-1")
        event = outbox.Event(1, "policies.cancelled", str(policy.id), {"policy_id": str(policy.id)}, 0)
        identify.contract_ended(event)
        identify.contract_ended(event)
    copied.refresh_from_db()
    assert copied.kept_until == add_years(left_on, 10)
    assert StepEvent.objects.count() == 2


def test_deleted_on_the_day_after_its_last_and_not_before(lin: Customer, copied: Step, policy: PolicyView) -> None:
    until = add_years(policy.end, 10)
    # on its last day, up to the last minute in Shanghai, it is refused and stays whole
    for moment in (time(0, 1), time(23, 59)):
        with on(until, moment):
            with pytest.raises(StepKept) as refused:
                identification.destroy_step(copied.id)
            assert refused.value.facts["until"] == until.isoformat()
            assert identify.retention() == 0
    assert len(files(copied.id)) == 2
    assert identification.copy_of(lin.me.id, "front")[:3] == b"\xff\xd8\xff"
    # at the first minute of the day after, it goes, once, with a row that says so
    with on(until + timedelta(days=1), time(0, 0)):
        assert identify.retention() == 1
        assert identify.retention() == 0
        identification.destroy_step(copied.id)
    copied.refresh_from_db()
    assert (files(copied.id), copied.detail_sealed, copied.kept_until) == ([], None, until)
    assert StepEvent.objects.filter(step=copied, what="destroyed", after=until).count() == 1
    # what is gone is no copy any more: the desk finds none, a new sale asks anew, and the check misses nothing
    with pytest.raises(NotFound):
        identification.copy_of(lin.me.id, "front")
    holder = identify.holder(policies.proposal(lin.id, policy.proposal_id))
    demand = identification.demand(60_000_000, 60_000_000, MADE)
    assert "copy" in identification.standing(holder, demand).missing
    assert identification.problems() == []


def test_the_round_looks_at_the_contracts_before_it_deletes(lin: Customer, copied: Step, policy: PolicyView) -> None:
    # given a date that an older installation wrote: ten years after the step
    _as_written_before(copied)
    # when it is over, then the round corrects it and deletes nothing
    with on(add_years(MADE, 10) + timedelta(days=1)):
        assert identify.retention() == 0
    copied.refresh_from_db()
    assert (copied.kept_until, len(files(copied.id))) == (add_years(policy.end, 10), 2)


def _as_written_before(step: Step) -> None:
    identification.follow_contracts(step.account_id, None)
    step.refresh_from_db()
    assert step.kept_until == add_years(MADE, 10)


def test_a_dispute_holds_it_until_two_people_let_go(lin: Customer, copied: Step, policy: PolicyView) -> None:
    hold = recordings.hold(policy.id, *STAFF, "投诉 T2026-0001")
    with on(add_years(policy.end, 10) + timedelta(days=400)):
        assert identify.retention() == 0
        with pytest.raises(StepHeld):
            identification.destroy_step(copied.id, recordings.dispute_of(lin.id))
        assert len(files(copied.id)) == 2
        recordings.ask_to_lift(hold.id, *STAFF, "已和解")
        recordings.lift(hold.id, *SECOND)
        assert identify.retention() == 1


def test_a_question_that_waits_holds_it(lin: Customer, copied: Step, policy: PolicyView) -> None:
    Hit.objects.create(
        id=uuid4(),
        shard_key=copied.shard_key,
        account_id=lin.id,
        person_id=copied.person_id,
        list_version="v1",
        entry_reference="1",
        entry_name="林",
        entry_digest="0" * 64,
        how="exact",
        state=OPEN,
        found_at=clock.now(),
        kept_until=add_years(MADE, 10),
    )
    with on(add_years(policy.end, 10) + timedelta(days=1)):
        assert identify.retention() == 0
    assert StepEvent.objects.filter(what="destroyed").count() == 0


def test_the_database_keeps_it_too(copied: Step, policy: PolicyView) -> None:
    early = datetime.combine(policy.end, time(4), tzinfo=SHANGHAI)
    last = datetime.combine(add_years(policy.end, 10), time(23, 59), tzinfo=SHANGHAI)
    for change in (
        lambda: Step.objects.update(detail_sealed=None),
        lambda: Step.objects.update(detail_sealed=b"other"),
        lambda: Step.objects.update(detail_sealed=None, destroyed_at=early),
        lambda: Step.objects.update(detail_sealed=None, destroyed_at=last),
        lambda: Step.objects.update(kept_until=add_years(MADE, 10) - timedelta(days=1)),
        lambda: Step.objects.update(kind="funds"),
        lambda: Step.objects.all().delete(),
        lambda: StepEvent.objects.update(what="destroyed"),
        lambda: StepEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    before = copied.detail_sealed
    copied.refresh_from_db()
    assert copied.detail_sealed == before
