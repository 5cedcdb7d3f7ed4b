"""The queue by deadline and value, what narrows it, and the workload picture, whose numbers open what they count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import browser, member
from baohe.flows import keep_clocks, settle_claim
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import NOBODY, QueueFilter
from baohe.rooms.claims.models import Claim
from baohe.rooms.people.models import Account
from tests.claims import world
from tests.claims.clock_steps import at

QUEUE = "/desk/claims/queue/to_decide/"


@pytest.fixture
def three(draft, submit):
    """Two simple claims of one deadline, of ¥9,000 and ¥12,000, and a complex one that nobody could calculate."""
    small = submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))
    large = submit(draft(shade=120, number="120", total="12000.00", social_paid="0.00", self_paid="0.00"))
    Claim.objects.filter(id=large.id).update(calculated_fen=1_500_000)
    return small, large, submit(draft("other", shade=90))


def ids(**narrow):
    return [item.id for item in claims.queue(narrow=QueueFilter(**narrow)).items]


def test_the_nearest_deadline_comes_first_and_then_the_larger_sum(three):
    small, large, other = (one.id for one in three)
    assert ids() == [large, small, other]
    [count] = [one for one in claims.queue_counts() if one.queue == "to_decide"]
    assert (count.count, count.nearest) == (3, at("2026-11-27 23:59:59"))


def test_each_filter_narrows_and_they_add_up(three):
    small, large, other = (one.id for one in three)
    shen = world.handler("shen", "沈一诺")
    claims.take_claim(shen.id, small, "我来办")
    assert ids(line="accident") == [large, small, other]
    assert ids(line="medical") == []
    assert ids(insurer="songtao") == [large, small, other]
    assert ids(insurer="haijia") == []
    assert ids(handler=shen.id) == [small]
    assert ids(handler=NOBODY) == [large, other]
    assert ids(due_by=date(2026, 11, 26)) == []
    assert ids(due_by=date(2026, 11, 27)) == [large, small]
    assert ids(due_from=date(2026, 11, 28)) == [other]
    assert ids(least=1_000_000) == [large]
    assert ids(most=999_999) == [small]
    assert ids(among=frozenset({other})) == [other]
    assert ids(line="accident", handler=NOBODY, least=1) == [large]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 3),
        ("?due=week", 2),
        ("?due=today", 0),
        ("?due=late", 0),
        ("?due=2026-11-27", 2),
        ("?amount=middle", 1),
        ("?line=accident&amount=small", 1),
        ("?handler=nobody", 3),
        ("?line=nonsense&handler=x&due=2026-99-99&amount=?", 3),
        ("?due=9999-12-31", 3),  # what is no value narrows nothing
    ],
)
def test_the_address_narrows_the_queue(three, asked, found):
    with clock.travel(at("2026-11-23 10:00:00")):
        page = browser(member("auditor")).get(QUEUE + asked)
    assert page.status_code == 200
    assert f'<span class="second">{found} 件' in page.content.decode()


def test_a_longer_queue_and_more_handlers_take_no_more_queries(three, draft, submit):
    client = browser(member("auditor"))
    seen = []
    for more in range(2):
        for number in range(more * 4):
            submit(draft("other", shade=30 + 10 * number, number=f"9{number}"))
            world.handler(f"more{number}", f"理赔员{number}")
        keep_clocks.look()
        for address in (QUEUE, QUEUE + "?line=accident&due=week", reverse("desk:workload"), reverse("desk:leave")):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            seen.append(len(asked))
    assert seen[:4] == seen[4:]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Claim.objects.filter(state="with_person"), "claim_queue"),
        (Claim.objects.filter(state="to_pay").order_by("due_at", "id"), "claim_to_pay"),
    ],
)
def test_an_index_serves_the_queue(db, asked, index):
    if index == "claim_queue":
        from baohe.rooms.claims.desk import _BY_DEADLINE

        asked = asked.order_by(*_BY_DEADLINE)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    assert index in asked.explain()


def test_the_workload_counts_what_its_links_open(three):
    shen = world.handler("shen", "沈一诺")
    gu = world.handler("gu", "顾远")
    claims.take_claim(shen.id, three[0].id, "我来办")
    claims.set_leave(gu.id, world.NOW.date(), world.NOW.date() + timedelta(days=2), shen.id)
    with clock.travel(world.NOW + timedelta(days=3)):
        work = claims.workload()
        loads = {one.name: one for one in work.handlers}
        assert (loads["沈一诺"].open, loads["沈一诺"].ages, loads["沈一诺"].weight) == (1, (0, 1, 0, 0), 1)
        assert work.nobody.open == claims.queue("open", narrow=QueueFilter(handler=NOBODY)).total == 2
    work = claims.workload()
    assert next(one.away_until for one in work.handlers if one.name == "顾远") == date(2026, 11, 24)
    due = dict(work.due)
    assert due[date(2026, 11, 27)] == 2
    assert len(due) == 11  # today and ten working days
    with clock.travel(at("2026-11-28 00:00:00")):
        assert claims.workload().late == 2
        assert claims.queue("open", narrow=QueueFilter(due_by=date(2026, 11, 27))).total == 2


def test_straight_through_share_and_median_are_of_what_was_decided(draft, submit):
    assert (claims.workload().straight_through_bp, claims.workload().median_seconds) == (None, None)
    submit(draft())
    by_person = submit(draft(shade=120, number="120", total="9000.00", social_paid="0.00", self_paid="0.00"))
    shen = world.handler("shen", "沈一诺")

    with clock.travel(world.NOW + timedelta(hours=2)):
        settle_claim.decide_by_person(shen.id, by_person.id, 2_000_000, "核定")
        work = claims.workload()
    assert (work.decided, work.straight_through_bp) == (2, 5_000)
    assert work.median_seconds is not None
    assert 3_500 < work.median_seconds <= 3_600  # halfway between at once and two hours; the clock runs on meanwhile


def test_the_desk_says_that_next_years_holidays_are_not_known(three):
    client = browser(member("auditor"))
    for address in (QUEUE, reverse("desk:workload")):
        assert "2027 年的放假通知还没有录入" in client.get(address).content.decode()
    with clock.travel(at("2026-10-01 10:00:00")):
        assert "放假通知" not in client.get(QUEUE).content.decode()


def test_taking_a_claim_and_leave_at_the_desk(draft, submit, insured):
    claim = submit(draft("other", policy_id=world.policy(insured.account_id, person_id=None)))
    shen, gu = member("claims_handler", name="沈一诺"), member("claims_handler", name="顾远")
    client = browser(shen)
    client.post(reverse("desk:take-claim", args=[claim.id]), {"reason": ""})
    assert Claim.objects.get(id=claim.id).handler_id is None

    client.post(reverse("desk:take-claim", args=[claim.id]), {"reason": "熟悉这家医院"})
    page = client.get(reverse("desk:claim", args=[claim.id])).content.decode()
    assert "接手 沈一诺" in page
    assert "出险日的保障" in page
    assert 'data-field="1-total"' in page
    assert "保险法 23" in page

    days = {"first_day": "2026-11-22", "last_day": "2026-11-24", "deputy_id": str(gu.id)}
    assert client.post(reverse("desk:set-leave"), days).status_code == 302
    assert client.post(reverse("desk:set-leave"), days).status_code == 422  # overlaps
    keep_clocks.look()
    assert Claim.objects.get(id=claim.id).handler_name == "顾远"
    [leave] = claims.leaves()
    client.post(reverse("desk:cancel-leave", args=[leave.id]))
    keep_clocks.look()
    assert Claim.objects.get(id=claim.id).handler_name == "沈一诺"
    assert Account.objects.filter(id=shen.id).exists()
