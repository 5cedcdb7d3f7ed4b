"""Referrals as the phone calls them: the story, files with false names, offers, reviews, strangers."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baohe.rooms.people.models import Account
from baohe.rooms.underwriting import facade as underwriting
from tests.sale import world as sale_world
from tests.sale.world import Customer
from tests.underwriting import world
from tests.underwriting.world import Desk
from tests.uploads import hostile

BASE = "/api/shop/v1/"


class Phone:
    def __init__(self, account_id: UUID) -> None:
        self.client = Client()
        self.client.force_login(Account.objects.get(id=account_id), backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path: str) -> Any:
        return self.client.get(BASE + path)

    def post(self, path: str, **body: object) -> Any:
        return self.client.post(BASE + path, json.dumps(body), content_type="application/json")

    def upload(self, path: str, content: bytes, **fields: str) -> Any:
        file = SimpleUploadedFile("../../etc/passwd.pdf", content, content_type="text/html")
        return self.client.post(BASE + path, {**fields, "file": file})


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin.id)


def test_the_story_names_who_and_by_when(who: Desk, lin: Customer, phone: Phone) -> None:
    made = world.referred(lin).id
    world.asked(who, made)

    story = phone.get(f"declarations/{made}/referral").json()

    assert (story["state"], story["handler"], story["reply_by"]) == ("waiting_for_papers", "沈宁", None)
    assert [entry["state"] for entry in story["timeline"]] == ["done", "done", "now", "next"]
    assert "体检报告" in story["timeline"][1]["detail"]["zh"]


def test_a_file_is_known_by_its_bytes_and_its_name_is_never_used(who: Desk, lin: Customer, phone: Phone) -> None:
    made = world.referred(lin).id
    world.asked(who, made)
    refused = phone.upload(f"declarations/{made}/papers", hostile.with_launch(), kind="health_report")
    assert (refused.status_code, refused.json()["code"], refused.json()["reason"]) == (422, "pdf_refused", "launch")

    taken = phone.upload(f"declarations/{made}/papers", world.page(), kind="health_report")

    assert taken.status_code == 201, taken.content
    [page] = taken.json()
    picture = phone.client.get(page["picture_url"])
    assert picture["Content-Type"] == "image/jpeg"
    assert "passwd" not in picture["Content-Disposition"]
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_an_offer_is_taken_over_the_phone(who: Desk, lin: Customer, phone: Phone) -> None:
    made = world.referred(lin).id
    world.offered(who, made)
    offer = phone.get(f"declarations/{made}/referral").json()["offer"]
    assert (offer["standard_premium_fen"], offer["premium_fen"], offer["by"]) == (31_200, 40_560, "沈宁")

    assert phone.post(f"declarations/{made}/offer/acceptance", offer_id="teapot").status_code == 422
    taken = phone.post(f"declarations/{made}/offer/acceptance", offer_id=offer["id"])

    assert taken.json()["state"] == "accepted"
    declaration = phone.get(f"declarations/{made}").json()
    assert (declaration["outcome"], declaration["premium_fen"]) == ("load", 40_560)


@pytest.mark.rule("DATA-3")
def test_a_review_is_offered_where_there_is_something_to_contest(who: Desk, lin: Customer, phone: Phone) -> None:
    made = world.loaded(lin).id
    assert phone.get(f"declarations/{made}").json()["may_review"] is True
    assert phone.post(f"declarations/{made}/review", reason="x").status_code == 422

    asked = phone.post(f"declarations/{made}/review", reason="血压已经正常三个月")

    assert (asked.status_code, asked.json()["cause"]) == (201, "customer")
    assert phone.get(f"declarations/{made}").json()["may_review"] is False
    assert phone.post(f"declarations/{made}/review", reason="再看一次").status_code == 409


@pytest.mark.rule("DATA-1")
def test_a_report_without_consent_is_not_opened(lin: Customer, phone: Phone) -> None:
    fields = {"person_id": str(lin.me.id), "kind": "health_report"}
    assert phone.upload("declarations/reports", world.page(), **fields).json()["code"] == "health_consent_missing"

    taken = phone.upload("declarations/reports", world.page(), health_consent="true", **fields)

    assert taken.status_code == 201, taken.content
    assert phone.get(f"declarations/reports/{taken.json()['id']}").json()["pages"][0]["state"] == "reading"


def test_strangers_find_nothing(who: Desk, lin: Customer, phone: Phone) -> None:
    made = world.referred(lin).id
    [page] = underwriting.add_paper(lin.id, made, "outpatient_record", world.page())
    offer = world.offered(who, made)
    stranger = Phone(sale_world.customer("13800000002").id)
    before = world.untouched()
    answers = [
        stranger.get(f"declarations/{made}/referral"),
        stranger.get(f"medical-papers/{page.id}"),
        stranger.get(f"medical-papers/{page.id}/picture"),
        stranger.get(f"declarations/reports/{page.id}"),
        stranger.post(f"declarations/{made}/offer/acceptance", offer_id=str(offer)),
        stranger.post(f"declarations/{made}/offer/refusal", offer_id=str(offer)),
        stranger.post(f"declarations/{made}/review", reason="给我看看"),
        stranger.post(f"declarations/{made}/papers/handed-in"),
        stranger.client.delete(f"{BASE}medical-papers/{page.id}"),
        stranger.upload(f"declarations/{made}/papers", world.page(), kind="lab_report"),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert world.untouched() == before
