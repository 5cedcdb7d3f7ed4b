"""代客报案: found by exact facts, every look logged, one form opens one claim, the claimant sees who wrote it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group

from baohe.flows import report_for_caller
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.errors import AlreadyReported
from baohe.rooms.claims.models import Claim
from baohe.rooms.notices import facade as notices
from baohe.rooms.notices.models import Message
from baohe.rooms.people.models import Account, ReadLog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies import parties
from tests.claims import world

PHONE = "13800000007"
SAID = "孩子放学路上跌倒，左膝裂伤"


def staff(*roles: str, name: str = "苏晴") -> UUID:
    row = Account.objects.create(username=uuid4().hex, display_name=name, is_staff=True, joined_at=clock.now())
    row.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return row.id


def notice(policy_id: UUID, on: date = world.INJURED_ON, another: bool = False) -> FirstNotice:
    return FirstNotice(policy_id, "accident_outpatient", SAID, on, another)


def number_of(policy_id: UUID) -> str:
    return policies.policy_by_id(policy_id).number


@pytest.mark.parametrize("role", ["claims_handler", "service"])
def test_the_claim_is_the_policyholders_and_the_story_names_who_wrote_it_down(
    insured: world.Insured, role: str
) -> None:
    told = report_for_caller.report(staff(role), notice(insured.policy_id), "form-1")
    [mine] = claims.claims_of(insured.account_id).items
    assert mine.id == told.id
    assert (mine.state, mine.sentence) == ("draft", SAID)
    lines = [(line.title.zh, line.detail.zh if line.detail else "") for line in mine.timeline]
    assert ("接到电话，代你报案", "苏晴 记录；不是你报的，撤回即可") in lines


def test_the_policyholder_hears_who_did_it_and_which_papers_it_needs(insured: world.Insured) -> None:
    told = report_for_caller.report(staff("service"), notice(insured.policy_id), "form-1")
    [message] = notices.notices_of(insured.account_id)
    assert message.template == "claim_reported_by_staff"
    assert message.phone == PHONE
    for word in ("苏晴", told.number, *(paper.title.zh for paper in told.needed)):
        assert word in message.body.zh
    for word in (told.number, *(paper.title.en for paper in told.needed)):
        assert word in message.body.en
    assert SAID not in message.body.zh
    assert world.INSURED not in message.body.zh


def test_one_form_opens_one_claim_and_sends_one_message(insured: world.Insured) -> None:
    agent = staff("service")
    first = report_for_caller.report(agent, notice(insured.policy_id), "form-1")
    again = report_for_caller.report(agent, notice(insured.policy_id), "form-1")
    assert again.id == first.id
    with pytest.raises(KeyReused):
        report_for_caller.report(agent, notice(insured.policy_id, world.INJURED_ON - timedelta(days=9)), "form-1")
    assert Claim.objects.count() == 1
    assert Message.objects.count() == 1


def test_the_same_event_twice_leads_to_the_open_claim_unless_the_caller_says_another(insured: world.Insured) -> None:
    agent = staff("service")
    first = claims.first_notice(insured.account_id, notice(insured.policy_id), "app-1")
    with pytest.raises(AlreadyReported) as refused:
        report_for_caller.report(agent, notice(insured.policy_id), "form-1")
    assert first.number in refused.value.message_zh
    assert (Claim.objects.count(), Message.objects.count()) == (1, 0)
    second = report_for_caller.report(agent, notice(insured.policy_id, another=True), "form-1")
    assert second.id != first.id
    assert Claim.objects.get(id=second.id).another_event


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("roles", [("underwriter",), ("auditor",), ("finance", "compliance"), ()])
def test_staff_of_another_duty_find_nothing_and_write_nothing(insured: world.Insured, roles: tuple[str, ...]) -> None:
    other, number = staff(*roles), number_of(insured.policy_id)
    for act in (
        lambda: report_for_caller.by_number(other, number),
        lambda: report_for_caller.by_phone(other, PHONE, world.INSURED),
        lambda: report_for_caller.policy(other, insured.policy_id),
        lambda: report_for_caller.report(other, notice(insured.policy_id), "form-1"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (Claim.objects.count(), Message.objects.count(), ReadLog.objects.count()) == (0, 0, 0)


@pytest.mark.rule("DATA-5")
def test_a_look_finds_by_exact_facts_alone(insured: world.Insured) -> None:
    agent, number = staff("service"), number_of(insured.policy_id)
    assert [one.id for one in report_for_caller.by_number(agent, f" {number.lower()} ")] == [insured.policy_id]
    assert [one.id for one in report_for_caller.by_phone(agent, PHONE, world.INSURED)] == [insured.policy_id]
    assert report_for_caller.by_number(agent, number[:-1]) == ()
    assert report_for_caller.by_phone(agent, PHONE, world.INSURED[:2]) == ()
    assert report_for_caller.by_phone(agent, "13800000008", world.INSURED) == ()
    with pytest.raises(InvalidInput):
        report_for_caller.by_phone(agent, "1380000", world.INSURED)


@pytest.mark.rule("DATA-5")
def test_every_look_is_logged_also_one_that_finds_nothing(insured: world.Insured) -> None:
    agent, person_id = staff("service"), policies.policy_by_id(insured.policy_id).person_id
    report_for_caller.by_number(agent, number_of(insured.policy_id))
    report_for_caller.by_phone(agent, PHONE, world.INSURED)
    report_for_caller.policy(agent, insured.policy_id)
    report_for_caller.by_phone(agent, PHONE, "陈大满")
    report_for_caller.by_number(agent, "P-0")
    logged = list(ReadLog.objects.order_by("id").values_list("actor", "subject_id", "fields", "purpose"))
    who = f"staff:{agent}"
    assert logged == [
        (who, person_id, "policy_number", "report_for_caller"),
        (who, insured.account_id, "phone", "report_for_caller"),
        (who, person_id, "phone,insured_name", "report_for_caller"),
        (who, person_id, "policy", "report_for_caller"),
        (who, insured.account_id, "phone", "report_for_caller"),
        (who, agent, "phone,insured_name", "report_for_caller:nothing"),
        (who, agent, "policy_number", "report_for_caller:nothing"),
    ]


def test_a_few_policies_are_shown_at_most_and_only_of_the_one_named(insured: world.Insured) -> None:
    for _ in range(report_for_caller.MOST_FOUND):
        world.policy(insured.account_id)
    mother = parties.Parties("王秀兰", date(1960, 2, 1), "female", "parent", "1101********0001", ())
    world.policy(insured.account_id, who=mother)
    found = report_for_caller.by_phone(staff("service"), PHONE, world.INSURED)
    assert len(found) == report_for_caller.MOST_FOUND
    assert {one.insured_name for one in found} == {world.INSURED}


def test_a_partners_order_is_reported_by_the_partner(insured: world.Insured) -> None:
    order_id, agent = world.order(uuid4(), "T-1"), staff("service")
    assert report_for_caller.by_number(agent, number_of(order_id)) == ()
    with pytest.raises(NotFound):
        report_for_caller.policy(agent, order_id)
    with pytest.raises(NotFound):
        report_for_caller.report(agent, notice(order_id), "form-1")
    assert Claim.objects.count() == 0
