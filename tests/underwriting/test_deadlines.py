"""Deadlines: pure rules over any moment, and the round that keeps them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.dates import business_date
from baohe.kernel.work_calendar import is_working_day, working_days_after
from baohe.plumbing import clock
from baohe.rooms.notices.models import Message
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting import rules
from baohe.rooms.underwriting.models import ReferralEvent
from baohe.rooms.underwriting.rules_referral import no_worse, offer_until, papers_by, resumed
from tests.sale import world as sale_world
from tests.sale.world import Customer
from tests.underwriting import world
from tests.underwriting.world import Desk

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
NOW = sale_world.NOW


@given(moments, st.integers(0, 30 * 24 * 60), st.integers(0, 60 * 24 * 60))
def test_a_stopped_clock_never_costs_the_underwriter_time(opened: datetime, before: int, waited: int) -> None:
    reply_by = rules.reply_by(opened)
    paused = min(opened + timedelta(minutes=before), reply_by)
    back = paused + timedelta(minutes=waited)

    again = resumed(reply_by, paused, back)

    assert again > back
    assert business_date(again) >= working_days_after(business_date(back), 1)
    assert is_working_day(business_date(again))
    left = sum(1 for day in _days(business_date(paused), business_date(reply_by)) if is_working_day(day))
    given_days = sum(1 for day in _days(business_date(back), business_date(again)) if is_working_day(day))
    assert given_days == max(1, left)


@given(moments)
def test_the_customer_always_has_whole_days(moment: datetime) -> None:
    for until in (papers_by(moment), offer_until(moment)):
        assert timedelta(days=15) <= until - moment < timedelta(days=16)


@pytest.mark.parametrize(
    ("outcome", "bp", "machine", "machine_bp", "fine"),
    [
        ("accept", 0, "load", 2_000, True),
        ("load", 1_000, "load", 2_000, True),
        ("load", 2_000, "load", 2_000, True),
        ("load", 2_001, "load", 2_000, False),
        ("exclude", 0, "load", 2_000, False),
        ("declined_by_person", 0, "load", 2_000, False),
        ("load", 9_000, "postpone", 0, True),
        ("declined_by_person", 0, "postpone", 0, False),
        ("exclude", 0, "exclude", 0, True),
        ("exclude", 500, "exclude", 0, False),
    ],
)
def test_a_review_never_ends_worse(outcome: str, bp: int, machine: str, machine_bp: int, fine: bool) -> None:
    assert no_worse(outcome, bp, machine, machine_bp) is fine


def sent() -> list[str]:
    return list(Message.objects.order_by("created_at", "id").values_list("template", flat=True))


def codes(which: UUID) -> list[str]:
    return list(ReferralEvent.objects.filter(referral_id=which).order_by("id").values_list("code", flat=True))


def look(moment: datetime) -> int:
    with clock.travel(moment):
        done = underwriting.keep_deadlines()
        assert underwriting.keep_deadlines() == 0  # once however often it runs
        return done


def test_the_desk_is_told_before_and_after_a_reply_falls_due(who: Desk, lin: Customer) -> None:
    made = world.referred(lin).id  # reply by Tuesday 24 November 18:00
    assert look(datetime(2026, 11, 24, 5, 59, tzinfo=UTC)) == 0
    assert look(datetime(2026, 11, 24, 6, 30, tzinfo=UTC)) == 1
    assert look(datetime(2026, 11, 24, 10, 1, tzinfo=UTC)) == 1
    assert look(datetime(2026, 12, 24, 10, 1, tzinfo=UTC)) == 0
    assert codes(made) == ["reply_near", "reply_late"]
    with clock.travel(datetime(2026, 11, 24, 10, 1, tzinfo=UTC)):
        [item] = underwriting.referral_queue("open", late=True).items
    assert item.mark == "late"


def test_papers_are_asked_for_again_and_then_the_file_goes_on(who: Desk, lin: Customer) -> None:
    made = world.referred(lin).id
    world.asked(who, made)  # until 7 December 23:59
    assert look(datetime(2026, 12, 4, 15, 0, tzinfo=UTC)) == 0  # 23:00: nobody is woken
    assert look(datetime(2026, 12, 5, 2, 0, tzinfo=UTC)) == 1
    assert look(datetime(2026, 12, 7, 16, 0, tzinfo=UTC)) == 1
    story = underwriting.own_referral_view(lin.id, made)
    assert story.state == "open"
    assert codes(made) == ["papers_asked", "papers_reminded", "papers_over"]
    assert sent()[-3:] == ["underwriting_papers_asked", "underwriting_papers_reminder", "underwriting_papers_over"]


def test_complete_papers_wake_the_file_by_themselves(who: Desk, lin: Customer) -> None:
    made = world.referred(lin).id
    world.asked(who, made)
    underwriting.add_paper(lin.id, made, "health_report", world.page())
    assert look(NOW + timedelta(hours=23)) == 0
    assert look(NOW + timedelta(days=1, minutes=1)) == 1
    assert underwriting.own_referral_view(lin.id, made).state == "open"


def test_an_offer_is_reminded_of_once_and_ends(who: Desk, lin: Customer) -> None:
    made = world.referred(lin).id
    world.offered(who, made)
    assert look(datetime(2026, 12, 5, 2, 0, tzinfo=UTC)) == 1
    assert look(datetime(2026, 12, 7, 16, 0, tzinfo=UTC)) == 1
    assert underwriting.declaration(lin.id, made).outcome == "offer_expired"
    assert codes(made)[-2:] == ["offer_reminded", "expired"]


def _days(after, until):
    day = after
    while day < until:
        day += timedelta(days=1)
        yield day
