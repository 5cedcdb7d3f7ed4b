"""Call-backs and suitability at the desk: who may, what is shown, and what a denial leaves behind (nothing)."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from baohe.faces.desk.care import urls
from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.flows import suitable
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.call_backs.models import Answered
from baohe.rooms.people.models import ReadLog
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.suitability.contracts import Answers
from tests.sale import steps, world
from tests.sale.suitability_steps import BONUS, SMALL, WAN

PAGES = {
    "call-backs": {"service", "auditor"},
    "call-back": {"service", "auditor"},
    "service-clocks": {"underwriter", "finance", "service", "compliance", "auditor"},
    "suitability": {"underwriter", "service", "compliance", "auditor"},
    "suitability-file": {"underwriter", "service", "compliance", "auditor"},
    "own-choice-paper": {"underwriter", "service", "compliance", "auditor"},
}
HELP = {"record-helps", "record-help", "record-help-link", "record-help-end"}
"""In `test_record_help`."""
ASKED = {"claim-calls", "claim-call", "claim-call-end"}
"""In `tests/claims/test_calls_asked`."""
CALL = {"outcome": "understood", "note": "逐条问过，都清楚"}


@pytest.fixture
def policy(on_sale: None) -> PolicyView:
    """Bought against the advice, by a choice in her own hand."""
    lin = world.customer()
    proposal = steps.drafted(lin, product=BONUS, instalment="yearly", inputs=SMALL)
    suitable.answer(lin.id, proposal.id, Answers("heirs", "none", WAN, 100 * WAN))
    return steps.sold(proposal, "yearly")


def address(policy: PolicyView, name: str) -> str:
    task = call_backs.of_policy(policy.id, policy.shard_key)
    assert task is not None
    ids: dict[str, list[UUID | None]] = {
        "call-back": [task.id],
        "call-back-record": [task.id],
        "suitability-file": [policy.proposal_id],
        "own-choice-paper": [policy.proposal_id],
    }
    return reverse(f"desk:{name}", args=ids.get(name, []))


def test_the_matrix_knows_every_address() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES) | HELP | ASKED | {"call-back-record"}


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_each_duty_opens_its_own_pages_and_no_others(policy: PolicyView, role: str) -> None:
    client = browser(member(role))
    for name, allowed in PAGES.items():
        assert client.get(address(policy, name)).status_code == (200 if role in allowed else 403), name
    before = everything()
    answer = client.post(address(policy, "call-back-record"), CALL)
    if role == "service":
        assert answer.status_code == 302
        assert Answered.objects.count() == 1
    else:
        assert answer.status_code == 403
        assert everything() == before


@pytest.mark.rule("DATA-5")
def test_outsiders_are_sent_to_sign_in(policy: PolicyView) -> None:
    before = everything()
    for name in PAGES:
        assert browser().get(address(policy, name))["Location"].startswith("/desk/sign-in/"), name
    assert browser().post(address(policy, "call-back-record"), CALL).status_code == 302
    assert everything() == before


@pytest.mark.rule("SALE-7")
def test_the_auditor_sees_what_was_checked_and_the_look_is_logged(policy: PolicyView) -> None:
    auditor = browser(member("auditor"))
    listed = auditor.get(address(policy, "suitability")).content.decode()
    assert policy.number in listed and "本人坚持投保（已签名）" in listed
    reads = ReadLog.objects.filter(purpose="suitability_file").count()
    page = auditor.get(address(policy, "suitability-file")).content.decode()
    assert "建议不要投保" in page and "重算一致" in page and "签名 20 点" in page and "10,000.00" in page
    assert ReadLog.objects.filter(purpose="suitability_file").count() == reads + 1
    assert address(policy, "own-choice-paper") in page


@pytest.mark.rule("SALE-7")
@pytest.mark.rule("DATA-5")
def test_compliance_opens_the_choice_in_her_own_hand_and_the_look_is_logged(policy: PolicyView) -> None:
    client = browser(member("compliance"))
    assert ReadLog.objects.filter(purpose="own_choice_paper").count() == 0
    paper = client.get(address(policy, "own-choice-paper"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert ReadLog.objects.filter(purpose="own_choice_paper").count() == 1
    assert client.get(address(policy, "own-choice-paper")).content == paper.content
    browser(member("finance")).get(address(policy, "own-choice-paper"))
    assert ReadLog.objects.filter(purpose="own_choice_paper").count() == 2


@pytest.mark.rule("SALE-10")
def test_a_call_is_recorded_and_a_contradiction_keeps_what_was_typed(policy: PolicyView) -> None:
    agent = browser(member("service", name="苏晴"))
    wrong = agent.post(address(policy, "call-back-record"), {**CALL, "outcome": "unclear", "note": "没听明白退保"})
    assert wrong.status_code == 422
    assert "没听明白退保" in wrong.content.decode()
    assert Answered.objects.count() == 0
    said = {"outcome": "unclear", "unclear": ["leaving", "returns"], "note": "解释了退保和分红"}
    assert agent.post(address(policy, "call-back-record"), said).status_code == 302
    page = agent.get(address(policy, "call-back")).content.decode()
    assert "苏晴" in page and "解释了退保和分红" in page and "要解释" in page


def test_the_telephone_is_shown_to_who_may_call(policy: PolicyView) -> None:
    assert "13800000001" in browser(member("service")).get(address(policy, "call-back")).content.decode()
    assert "13800000001" not in browser(member("auditor")).get(address(policy, "call-back")).content.decode()
