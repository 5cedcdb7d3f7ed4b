"""Help with the record at the desk: who may, what is shown, and what a denial leaves behind (nothing)."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.flows import record_sale
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people.models import ReadLog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.contracts import HelpView
from tests.sale import recorded, steps, world

ENDED = {"outcome": "hosted", "note": "请客户到网点，自己登录办理"}


@pytest.fixture
def asked(on_sale: None) -> HelpView:
    lin = world.customer()
    proposal = steps.signed_off_record(lin)
    recorded.sitting(proposal, ["enter", "identity"])
    return record_sale.ask_help(lin.id, proposal.id, "unsupported")


def page(name: str, help_id: UUID | None = None) -> str:
    return reverse(f"desk:{name}", args=[help_id] if help_id else [])


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_service_acts_the_auditor_looks_and_nobody_else_sees_it(asked: HelpView, role: str) -> None:
    client = browser(member(role))
    sees = role in ("service", "auditor")
    for name, id_ in (("record-helps", None), ("record-help", asked.id)):
        assert client.get(page(name, id_)).status_code == (200 if sees else 403), name
    before = everything()
    for name, posted in (("record-help-link", {}), ("record-help-end", ENDED)):
        answer = client.post(page(name, asked.id), posted)
        assert answer.status_code == (302 if role == "service" else 403), name
    assert (everything() == before) is (role != "service")


@pytest.mark.rule("SALE-5")
def test_the_agent_sees_what_is_missing_reads_the_pages_and_the_look_is_logged(asked: HelpView) -> None:
    client = browser(member("service"))
    queue = client.get(page("record-helps")).content.decode()
    assert "协助留存" in queue
    assert "浏览器太旧" in queue
    before = ReadLog.objects.filter(purpose="record_help").count()
    file = client.get(page("record-help", asked.id)).content.decode()
    assert (file.count("已留存"), file.count("还没有</span>")) == (2, 6)
    assert "免" in file
    clauses = catalog.version(policies.proposal_by_id(asked.proposal_id).version_id).clauses
    body = next(part.body for part in clauses if part.body)
    assert body.splitlines()[0] in file  # the wording itself, not its title alone
    assert ReadLog.objects.filter(purpose="record_help").count() == before + 1
    # and nothing of it can pay
    assert "payment" not in file
    with pytest.raises(StepsMissing):
        steps.locked(steps.policies.proposal_by_id(asked.proposal_id))


@pytest.mark.rule("SALE-5")
def test_an_end_without_words_is_refused_on_the_page(asked: HelpView) -> None:
    client = browser(member("service"))
    assert client.post(page("record-help-end", asked.id), {"outcome": "hosted", "note": ""}).status_code == 422
    assert client.post(page("record-help-end", asked.id), {"outcome": "recorded", "note": "x"}).status_code == 422
    assert recordings.help_request(asked.id) == asked
    assert client.post(page("record-help-end", asked.id), ENDED).status_code == 302
    assert recordings.help_request(asked.id).outcome == "hosted"
    assert client.post(page("record-help-end", asked.id), ENDED).status_code == 409
