"""代客报案 at the desk: who may, what one form does, and that a refusal changed nothing (DATA-5)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.plumbing import clock
from baohe.rooms.claims.models import Claim
from baohe.rooms.policies import facade as policies
from tests.claims import world
from tests.sale import world as sale

TAKERS = {"claims_handler", "service"}
SAID = "昨天孩子放学路上摔了，去医院看门诊"


@pytest.fixture
def policy_id(on_sale: None) -> UUID:
    return world.policy(world.claimant())


def at(name: str) -> str:
    return reverse(f"desk:{name}")


def filled(policy_id: UUID, **said: str) -> dict[str, str]:
    day = (clock.today() - timedelta(days=1)).isoformat()
    notice = {"key": str(uuid4()), "policy_id": str(policy_id), "event": "accident_outpatient", "happened_on": day}
    return notice | {"sentence": SAID} | said


def posts(policy_id: UUID) -> dict[str, dict[str, str]]:
    return {
        "look-for-claim": {"number": policies.policy_by_id(policy_id).number},
        "understand-for-claim": {"policy_id": str(policy_id), "sentence": SAID},
        "create-claim": filled(policy_id),
    }


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_only_handlers_and_service_take_a_notice(policy_id: UUID, role: str) -> None:
    client = browser(member(role))
    before = everything()
    assert client.get(at("new-claim")).status_code == (200 if role in TAKERS else 403)
    for name, said in posts(policy_id).items():
        assert client.get(at(name)).status_code == 405, name
        answer = client.post(at(name), said)
        allowed = 302 if name == "create-claim" else 200
        assert answer.status_code == (allowed if role in TAKERS else 403), name
    assert (everything() == before) is (role not in TAKERS)
    assert Claim.objects.count() == (1 if role in TAKERS else 0)


@pytest.mark.rule("DATA-5")
def test_outsiders_are_sent_to_sign_in(policy_id: UUID) -> None:
    before = everything()
    assert browser().get(at("new-claim"))["Location"].startswith("/desk/sign-in/?next=")
    for name, said in posts(policy_id).items():
        assert browser().post(at(name), said)["Location"].startswith("/desk/sign-in/?next=")
    assert everything() == before


def test_from_the_telephone_number_to_the_claim(policy_id: UUID) -> None:
    client = browser(member("service", name="苏晴"))
    assert "代客报案" in client.get(at("new-claim")).content.decode()
    found = client.post(at("look-for-claim"), {"phone": "138 0000 0007", "name": world.INSURED}).content.decode()
    assert policies.policy_by_id(policy_id).number in found
    asked = client.post(at("understand-for-claim"), {"policy_id": str(policy_id), "sentence": SAID})
    proposed = asked.content.decode()
    assert re.search(r'<option value="accident_outpatient" selected', proposed)
    assert f'value="{clock.today() - timedelta(days=1)}"' in proposed
    assert Claim.objects.count() == 0
    done = client.post(at("create-claim"), posted(proposed), follow=True)
    claim = Claim.objects.get()
    assert done.redirect_chain == [(at("new-claim"), 302)]
    assert f"已报案，案号 {claim.number}" in done.content.decode()
    assert (claim.event, claim.happened_on) == ("accident_outpatient", clock.today() - timedelta(days=1))


def test_a_handler_goes_on_in_the_file_and_the_same_form_again_opens_the_same_claim(on_sale: None) -> None:
    lin = sale.customer()
    policy_id = world.policy(lin.id, person_id=lin.me.id)
    client, form = browser(member("claims_handler", name="沈一诺")), filled(policy_id)
    places = [client.post(at("create-claim"), form)["Location"] for _ in range(2)]
    assert places == [reverse("desk:claim", args=[Claim.objects.get().id])] * 2
    assert "沈一诺 记录" in client.get(places[0]).content.decode()


def test_twice_for_one_event_is_said_and_another_event_goes_on(policy_id: UUID) -> None:
    client = browser(member("service"))
    client.post(at("create-claim"), filled(policy_id))
    first = Claim.objects.get()
    told = client.post(at("understand-for-claim"), {"policy_id": str(policy_id), "sentence": SAID}).content.decode()
    assert first.number in told
    assert 'name="another"' in told
    refused = client.post(at("create-claim"), filled(policy_id))
    assert refused.status_code == 409
    assert first.number in refused.content.decode()
    assert 'name="another"' in refused.content.decode()
    assert Claim.objects.count() == 1
    client.post(at("create-claim"), filled(policy_id, another="on"))
    assert Claim.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"event": "no_such"}, 422), ({"happened_on": "2099-01-01"}, 422), ({"event": ""}, 422), ({"key": "x"}, 422)],
)
def test_what_is_filled_in_wrongly_is_said_and_opens_nothing(
    policy_id: UUID, wrong: dict[str, str], status: int
) -> None:
    answer = browser(member("service")).post(at("create-claim"), filled(policy_id, **wrong))
    assert answer.status_code == status
    assert Claim.objects.count() == 0


def test_a_look_says_what_it_lacks_and_that_it_found_nothing(policy_id: UUID) -> None:
    client = browser(member("service"))
    lacking = client.post(at("look-for-claim"), {"phone": "13800000007"})
    assert lacking.status_code == 422
    assert "同时填手机号和被保险人姓名" in lacking.content.decode()
    assert "没有找到" in client.post(at("look-for-claim"), {"number": "P-1"}).content.decode()
    assert client.post(at("look-for-claim"), {"phone": "138", "name": "陈小满"}).status_code == 422
    assert client.post(at("understand-for-claim"), {"policy_id": str(uuid4()), "sentence": SAID}).status_code == 404


def posted(page: str) -> dict[str, str]:
    """The form of the page as a browser would send it."""
    form = page[page.index(f'action="{at("create-claim")}"') :]
    said = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form))
    said["sentence"] = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", form)[1]  # type: ignore[index]
    said["event"] = re.search(r'<option value="(\w+)" selected', form)[1]  # type: ignore[index]
    return said
