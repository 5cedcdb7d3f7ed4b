"""Later premiums at the desk: who may look, who decides, and what a customer says of their health stays with those."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, member
from baohe.flows import billing_round, reinstate
from baohe.plumbing import clock
from baohe.rooms.billing import facade as billing
from baohe.rooms.policies import facade as policies
from tests.billing import steps
from tests.sale import world
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db

READERS = {"underwriter", "service", "finance", "auditor"}
OFF = date(2028, 1, 23)


@pytest.fixture
def wish():
    """A suspended policy whose owner wants it back."""
    with clock.travel(world.NOW):
        put_on_sale()
        lin = world.customer()
        policy = steps.yearly(lin)
    for day in (date(2027, 11, 23), OFF):
        with steps.on(day):
            billing_round.run(day)
    with steps.on(OFF):
        yield reinstate.ask(lin.id, policy.id, False, "今年做过一次胃镜", True)


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", [*ROLES, "none"])
def test_lists_are_for_the_duties_and_the_file_for_who_decides(wish, role):
    client = Client() if role == "none" else browser(member(role))
    seen = {
        name: client.get(reverse(f"desk:{name}")).status_code
        for name in ("billing", "billing-suspended", "billing-requests")
    }
    refused = 302 if role == "none" else 403
    assert set(seen.values()) == {200 if role in READERS else refused}
    file = client.get(reverse("desk:billing-request", args=[wish.id]))
    assert file.status_code == (200 if role in {"underwriter", "auditor"} else refused)
    assert ("胃镜" in file.content.decode()) == (role in {"underwriter", "auditor"})
    if role != "underwriter":
        answer = client.post(reverse("desk:billing-decide", args=[wish.id]), {"decision": "allow", "note": "看过"})
        assert answer.status_code == refused
        assert billing.reinstatement(wish.id).state == "asked"


@pytest.mark.rule("SERV-9")
def test_an_underwriter_decides_under_their_name_with_a_reason(wish):
    client, decide = browser(member("underwriter")), reverse("desk:billing-decide", args=[wish.id])
    assert client.post(decide, {"decision": "allow", "note": " "}).status_code == 422
    assert billing.reinstatement(wish.id).state == "asked"
    assert client.post(decide, {"decision": "allow", "note": "胃镜无异常"}).status_code == 302
    said = billing.reinstatement(wish.id)
    assert (said.state, said.note) == ("allowed", "胃镜无异常")
    assert said.decided_by_name
    assert client.post(decide, {"decision": "decline", "note": "改主意"}).status_code == 409


@pytest.mark.rule("SERV-8")
def test_a_contract_is_ended_only_when_its_years_are_over(wish):
    client, end = browser(member("underwriter")), reverse("desk:billing-end", args=[wish.policy_id])
    client.post(end, {"refund_fen": "0", "note": "两年未复效"})
    assert policies.policy_by_id(wish.policy_id).state == "suspended"
    with steps.on(date(2030, 1, 24)):
        page = client.get(reverse("desk:billing-suspended")).content.decode()
        assert "终止，退" in page
        value = page.split('name="refund_fen" value="')[1].split('"')[0]
        client.post(end, {"refund_fen": value, "note": "两年未复效"})
        assert policies.policy_by_id(wish.policy_id).state == "lapsed"


def test_an_unknown_file_is_not_found():
    answer = browser(member("underwriter")).get(reverse("desk:billing-request", args=[UUID(int=1)]))
    assert answer.status_code == 404
