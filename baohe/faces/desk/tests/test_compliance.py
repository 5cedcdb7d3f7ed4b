"""Matches and checks by a person, at the desk: who may, what a denial leaves behind (nothing), four eyes."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.flows import identify
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.contracts import Party
from baohe.rooms.identification.models import Hit, PersonCheck, Step
from baohe.rooms.people.models import ReadLog
from tests.sale import steps, world

pytestmark = pytest.mark.django_db

LIST = "reference,name,birth,note\nR-1,Lin Zhixia,1992-03-08,北京\n".encode()
REASON = {"reason": "同音不同人，证件核对一致"}


@pytest.fixture
def party(on_sale: None) -> Party:
    """A customer whose name sounds like one on the list, and who asked for a person."""
    identification.load_list("v1", date(2026, 1, 1), "测试名单", LIST)
    lin = world.customer()
    proposal = steps.drafted(lin)
    identify.screen_parties(proposal)
    identification.ask_person(identify.holder(proposal))
    return identify.holder(proposal)


@pytest.fixture
def cheng() -> Client:
    return browser(member("compliance", name="程月"))


@pytest.fixture
def bai() -> Client:
    return browser(member("compliance", name="白宁"))


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.mark.rule("DATA-5")
@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize("role", ROLES)
def test_only_the_duty_reads_and_decides(role: str, party: Party) -> None:
    hit, check = Hit.objects.get(), PersonCheck.objects.get()
    someone = browser(member(role))
    allowed = role in ("compliance", "auditor")
    for page in (to("compliance"), to("compliance-hit", hit.id)):
        assert someone.get(page).status_code == (200 if allowed else 403)
    if role == "compliance":
        return
    before = everything()
    for name, one, words in (
        ("compliance-decide", hit, {"answer": "clear", **REASON}),
        ("compliance-check", check, {"passed": "yes", "note": "视频核对"}),
    ):
        assert someone.post(to(name, one.id), words).status_code == 403
    assert everything() == before


@pytest.mark.rule("SALE-15")
def test_a_match_is_seen_with_both_people_and_the_look_is_logged(party: Party, cheng: Client) -> None:
    page = cheng.get(to("compliance-hit", Hit.objects.get().id)).content.decode()
    assert "Lin Zhixia" in page
    assert "林知夏" in page
    assert ReadLog.objects.filter(subject_id=party.person_id, purpose="screening_hit").count() == 1


@pytest.mark.rule("SALE-15")
def test_clearing_needs_a_reason_and_confirming_a_second_name(party: Party, cheng: Client, bai: Client) -> None:
    hit = Hit.objects.get()
    page = to("compliance-decide", hit.id)
    assert cheng.post(page, {"answer": "clear", "reason": " "}).status_code == 422
    assert cheng.post(page, {"answer": "propose", **REASON}).status_code == 302
    assert cheng.post(page, {"answer": "confirm", **REASON}).status_code == 409
    assert Hit.objects.get().state == "proposed"
    assert bai.post(page, {"answer": "confirm", **REASON}).status_code == 302
    assert Hit.objects.get().state == "confirmed"


@pytest.mark.rule("DATA-1")
def test_a_check_by_a_person_carries_their_name(party: Party, cheng: Client) -> None:
    check = PersonCheck.objects.get()
    cheng.post(to("compliance-check", check.id), {"passed": "yes", "note": ""})
    assert Step.objects.count() == 0
    cheng.post(to("compliance-check", check.id), {"passed": "yes", "note": "视频核对本人与证件一致"})
    assert Step.objects.get().by_name == "程月"
    assert "还没有人在等" not in cheng.get(to("compliance")).content.decode()
