"""The call-back after a long contract (SALE-10): its task, its deadline by the clock, and what an answer does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.flows import call_back
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.call_backs.contracts import CallBackView
from baohe.rooms.call_backs.errors import CallBackEnded
from baohe.rooms.call_backs.models import Answered, CallBack
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.notices.models import Message
from baohe.rooms.policies.contracts import PolicyView
from tests.sale import steps, world
from tests.sale.test_journey import Phone
from tests.sale.world import Customer

LIFE = "yunshan-term-life"
CLEAR = dict.fromkeys(("own", "read", "paying", "cooling_off", "leaving"), "yes")


@pytest.fixture
def policy(lin: Customer) -> PolicyView:
    """Twenty days of cooling-off from 22 November: the last is 12 December."""
    return steps.sold(steps.drafted(lin, product=LIFE, instalment="yearly"), "yearly")


def task(policy: PolicyView) -> CallBackView:
    found = call_backs.of_policy(policy.id, policy.shard_key)
    assert found is not None
    return found


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.mark.rule("SALE-10")
def test_a_task_with_its_deadline_stands_after_issue(policy: PolicyView) -> None:
    found = task(policy)
    assert (found.state, found.last_day, found.escalate_on) == ("open", date(2026, 12, 12), date(2026, 12, 7))
    assert found.last_day == policy.cooling_off_ends
    assert call_backs.waiting().total == 1


@pytest.mark.rule("SALE-10")
def test_a_contract_of_a_year_has_none(lin: Customer) -> None:
    short = steps.sold(steps.drafted(lin))
    assert CallBack.objects.count() == 0
    with pytest.raises(NotFound):
        call_back.answer(lin.id, short.id, CLEAR)


@pytest.mark.rule("SALE-10")
def test_unanswered_it_becomes_urgent_once_and_stays_visible_for_ever(policy: PolicyView) -> None:
    told_before = Message.objects.filter(template="call_back_urgent").count()
    with clock.travel(at(date(2026, 12, 6))):
        assert call_back.look() == 0
    with clock.travel(at(date(2026, 12, 7))):
        assert (call_back.look(), call_back.look()) == (1, 0)
        assert task(policy).state == "urgent"
    with clock.travel(at(date(2026, 12, 12))):
        assert task(policy).state == "urgent"
    with clock.travel(at(date(2027, 12, 13))):
        assert task(policy).state == "overdue"
        assert [one.policy_id for one in call_backs.waiting().items] == [policy.id]
        assert call_backs.problems() == []
    assert Message.objects.filter(template="call_back_urgent").count() == told_before + 1


def test_a_round_that_did_not_look_is_named(policy: PolicyView) -> None:
    with clock.travel(at(date(2026, 12, 7))):
        assert call_backs.problems() == []
    with clock.travel(at(date(2026, 12, 8))):
        assert len(call_backs.problems()) == 1


@pytest.mark.rule("SALE-10")
def test_the_customer_answers_online_and_it_is_evidence(lin: Customer, policy: PolicyView) -> None:
    phone = Phone(lin)
    shown = phone.get(f"policies/{policy.id}")
    assert (shown["call_back"], shown["call_back_until"]) == ("open", "2026-12-12")
    page = phone.get(f"policies/{policy.id}/call-back")
    assert [question["code"] for question in page["questions"]] == list(CLEAR)
    done = phone.post(f"policies/{policy.id}/call-back", {"answers": CLEAR}, status=200)
    assert done["state"] == "done"
    assert phone.get(f"policies/{policy.id}")["call_back"] is None
    assert call_backs.waiting().total == 0
    assert EvidenceLeaf.objects.filter(kind="call_back_answered").count() == 1
    assert phone.post(f"policies/{policy.id}/call-back", {"answers": CLEAR}, status=409)["code"] == "call_back_ended"
    assert Answered.objects.count() == 1


@pytest.mark.rule("SALE-10")
def test_what_is_not_clear_leads_to_a_person_or_out(lin: Customer, policy: PolicyView) -> None:
    view = call_back.answer(lin.id, policy.id, {**CLEAR, "paying": "unclear"})
    assert (view.state, view.answered[-1].unclear) == ("to_explain", ("paying",))
    assert call_backs.waiting().total == 1
    # leaving from there gives everything back and ends the task
    leaving = leaving_today(lin.id, policy.id)
    assert leaving.refund_fen == policy.paid_fen
    cancel_policy(lin.id, policy.id, leaving.refund_fen, "k")
    assert task(policy).state == "dropped"
    assert call_backs.waiting().total == 0
    with pytest.raises(CallBackEnded):
        call_back.answer(lin.id, policy.id, CLEAR)


@pytest.mark.rule("SALE-10")
def test_an_agent_records_calls_under_a_name(lin: Customer, policy: PolicyView) -> None:
    from baohe.faces.desk.tests.desk_world import member

    agent, clerk = member("service", name="苏晴"), member("finance")
    found = task(policy)
    with pytest.raises(NotAllowed):
        call_back.record_call(clerk.id, found.id, "understood", (), "都清楚")
    assert Answered.objects.count() == 0
    call_back.record_call(agent.id, found.id, "not_reached", (), "没有人接")
    assert task(policy).state == "open"
    call_back.record_call(agent.id, found.id, "unclear", ("leaving",), "退保损失没听明白，已解释")
    assert task(policy).state == "to_explain"
    done = call_back.record_call(agent.id, found.id, "understood", (), "再问一遍都清楚")
    assert (done.state, [one.staff_name for one in done.answered]) == ("done", ["苏晴"] * 3)


@pytest.mark.parametrize(
    ("outcome", "unclear", "note"),
    [
        ("unclear", (), "说不清"),
        ("understood", ("own",), "清楚"),
        ("not_reached", ("own",), "没人接"),
        ("unclear", ("weather",), "天气"),
        ("understood", (), "  "),
        ("refused", (), "不肯答"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(
    policy: PolicyView, outcome: str, unclear: tuple[str, ...], note: str
) -> None:
    from baohe.faces.desk.tests.desk_world import member

    with pytest.raises(InvalidInput):
        call_back.record_call(member("service").id, task(policy).id, outcome, unclear, note)
    assert Answered.objects.count() == 0


def test_half_an_answer_and_another_customer_change_nothing(lin: Customer, policy: PolicyView) -> None:
    with pytest.raises(InvalidInput):
        call_back.answer(lin.id, policy.id, {"own": "yes"})
    stranger = world.customer("13800000003")
    with pytest.raises(NotFound):
        call_back.answer(stranger.id, policy.id, CLEAR)
    assert Answered.objects.count() == 0


@pytest.mark.rule("SALE-6")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE call_backs_answered SET outcome = 'unclear'",
        "DELETE FROM call_backs_answered",
        "DELETE FROM call_backs_callback",
        "UPDATE call_backs_callback SET last_day = last_day + 30",
        "UPDATE call_backs_callback SET ended_at = NULL",
    ],
)
def test_what_was_answered_stays(lin: Customer, policy: PolicyView, change: str) -> None:
    call_back.answer(lin.id, policy.id, CLEAR)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert task(policy).state == "done"
