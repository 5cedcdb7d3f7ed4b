"""参数理赔 at the desk: who may open it, two names on one screen after another, and what a denial leaves (nothing)."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.faces.desk.parametric import urls
from baohe.faces.desk.tests.desk_world import ROLES, browser, member
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.models import Breaker, Ruling
from baohe.rooms.payments.models import Payout
from tests.parametric import world

READ = {"parametric", "parametric-observation"}
ALLOWED = {"claims_handler", "auditor"}


@pytest.fixture
def apart(sky: OraclesSimulator, seller: UUID) -> UUID:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=10, b=40, c=80)
    world.work()
    return world.observed().id


def address(name: str, observation_id: UUID) -> str:
    takes = {"parametric": [], "parametric-observation": [observation_id], "parametric-propose": [observation_id]}
    return reverse(f"desk:{name}", args=takes.get(name, [uuid4()]))


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_each_duty_opens_its_own_pages_and_no_others(apart: UUID, role: str) -> None:
    client = browser(member(role))
    for pattern in urls.urlpatterns:
        name = str(pattern.name)
        if name in READ:
            assert client.get(address(name, apart)).status_code == (200 if role in ALLOWED else 403), name
        elif role != "claims_handler":
            assert client.post(address(name, apart), {"event": "", "note": "依据"}).status_code == 403, name
    assert (Ruling.objects.count(), Breaker.objects.count()) == (0, 0)


def test_two_handlers_decide_on_their_screens(apart: UUID) -> None:
    one, two = browser(member("claims_handler")), browser(member("claims_handler"))
    page = one.get(address("parametric-observation", apart)).content.decode()
    assert "数据源说法不一" in page and "晚到 40 分钟" in page
    one.post(address("parametric-propose", apart), {"event": "flight_late_30", "note": "机场到港公告"})
    ruling = world.observed().ruling
    assert ruling is not None
    confirm = reverse("desk:parametric-confirm", args=[ruling.id])
    assert "同一个人" in one.post(confirm, follow=True).content.decode()
    assert world.observed().state == "people"
    two.post(confirm)
    world.work()
    assert (world.observed().state, Payout.objects.get().amount_fen) == ("settled", 8_000)
    assert "核定" in two.get(address("parametric-observation", apart)).content.decode()


def test_a_breaker_is_reopened_on_the_screens_of_two(sky: OraclesSimulator, seller: UUID) -> None:
    sky.faults.set({"equivocates": 1})
    world.tell_by(sky, a=47)
    world.work()
    [breaker] = parametric.breakers()
    one, two = browser(member("claims_handler")), browser(member("claims_handler"))
    assert "同一序号两种说法" in one.get(reverse("desk:parametric")).content.decode()
    one.post(reverse("desk:parametric-ask-reopen", args=[breaker.id]))
    one.post(reverse("desk:parametric-reopen", args=[breaker.id]))
    assert len(parametric.breakers()) == 1
    two.post(reverse("desk:parametric-reopen", args=[breaker.id]))
    assert parametric.breakers() == ()
