"""SALE-6: records of sales are kept to their date, longer under dispute, and end after it; the leaf stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from baohe.flows import record_sale
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.errors import HoldNotPossible, KeptUntil, OnHold
from baohe.rooms.recordings.models import Hold, Part, Recording
from baohe.rooms.recordings.rules.keeping import keep_until, unsold_until
from tests.journey.recording import events
from tests.sale import recorded, steps
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-6")
SHEN, XU = (uuid4(), "沈一诺"), (uuid4(), "许安")


def _on(day: date):
    return clock.travel(datetime.combine(day, datetime.min.time(), tzinfo=clock.now().tzinfo) + timedelta(hours=4))


@given(st.dates(min_value=date(2020, 10, 1), max_value=date(2200, 1, 1)))
def test_ten_years_after_the_contract(end: date) -> None:
    until = keep_until(end, date(2026, 1, 1))
    assert until.year == end.year + 10
    assert until.replace(year=end.year) == end or (end.month, end.day, until.month, until.day) == (2, 29, 3, 1)
    assert unsold_until(end) == end + timedelta(days=30)


def test_nothing_is_deleted_before_its_date(lin: Customer) -> None:
    # given a closed sale
    policy = steps.sold(steps.drafted(lin))
    row = Recording.objects.get()
    until = policy.end.replace(year=policy.end.year + 10)
    assert row.keep_until == until
    # when it is deleted early, on its last day too, then it is refused with the date and stays whole
    for day in (clock.today(), until):
        with _on(day):
            with pytest.raises(KeptUntil) as refused:
                recordings.destroy(row.id)
            assert refused.value.facts["until"] == until.isoformat()
            assert recordings.retention() == 0
    assert recordings.findings(policy.id, None) == []
    # when the day is over, then the round destroys key and content, once
    with _on(until + timedelta(days=1)):
        assert recordings.retention() == 1
        assert recordings.retention() == 0
    row.refresh_from_db()
    assert (row.state, row.key_sealed) == ("destroyed", None)
    assert Part.objects.filter(body__isnull=False).count() == 0
    # and the leaf still proves what there was
    evidence.integrate()
    proof = evidence.proof(str(policy.id), record_sale.LEAF)
    assert proof.opening.facts["recordings"][0]["head"] == row.head
    assert recordings.findings(policy.id, proof.opening.facts) == []
    [reel] = recordings.reels(policy.id)
    assert reel.events == ()


def test_a_sale_that_came_to_nothing_goes_after_thirty_days(lin: Customer) -> None:
    recorded.sent(recorded.begun(lin.id), events(["enter"], []))
    row = Recording.objects.get()
    today = clock.today()
    with _on(today + timedelta(days=30)):
        assert recordings.retention() == 0
        with pytest.raises(KeptUntil):
            recordings.destroy(row.id)
    with _on(today + timedelta(days=31)):
        assert recordings.retention() == 1
    row.refresh_from_db()
    assert row.state == "destroyed"


def test_a_dispute_holds_beyond_the_date_until_two_people_lift_it(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    row = Recording.objects.get()
    # given a hold
    hold = recordings.hold(policy.id, *SHEN, "投诉 T2026-0001")
    assert recordings.hold(policy.id, *XU, "又一次").id == hold.id
    with _on(row.keep_until + timedelta(days=400)):
        # then nothing is deleted, however late
        assert recordings.retention() == 0
        with pytest.raises(OnHold):
            recordings.destroy(row.id)
        # one person alone lifts nothing
        with pytest.raises(HoldNotPossible):
            recordings.lift(hold.id, *SHEN)
        recordings.ask_to_lift(hold.id, *SHEN, "已和解")
        with pytest.raises(HoldNotPossible):
            recordings.lift(hold.id, *SHEN)
        assert recordings.retention() == 0
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.objects.update(lifted_by=SHEN[0], lifted_at=clock.now())
        # two do, and then it ends
        assert recordings.lift(hold.id, *XU).state == "lifted"
        assert recordings.retention() == 1


def test_the_database_keeps_keys_and_content(lin: Customer) -> None:
    steps.sold(steps.drafted(lin))
    for change in (
        lambda: Recording.objects.update(key_sealed=None),
        lambda: Recording.objects.update(key_sealed=b"other"),
        lambda: Part.objects.update(body=None),
        lambda: Recording.objects.all().delete(),
        lambda: Part.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
