"""The claims pages as the phone calls them: contract, ownership, pictures, keys."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baohe.rooms.claims.models import Claim
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.models import Account
from tests.claims import world

BASE = "/api/shop/v1/"


class Phone:
    """A signed-in customer's phone; csrf is tested with the session's own tests."""

    def __init__(self, account_id):
        self.client = Client()
        self.client.force_login(Account.objects.get(id=account_id), backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path):
        return self.client.get(BASE + path)

    def post(self, path, body=None, key=None):
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self.client.post(BASE + path, json.dumps(body or {}), content_type="application/json", headers=headers)

    def put(self, path, body):
        return self.client.put(BASE + path, json.dumps(body), content_type="application/json")

    def upload(self, claim_id, content, kind="invoice", name="../../etc/passwd.jpg"):
        file = SimpleUploadedFile(name, content, content_type="text/html")
        return self.client.post(f"{BASE}claims/{claim_id}/papers", {"kind": kind, "file": file})


@pytest.fixture
def phone(insured):
    return Phone(insured.account_id)


@pytest.fixture
def opened(phone, insured, reads):
    body = {
        "policy_id": str(insured.policy_id),
        "sentence": "放学路上跌倒，左膝裂伤",
        "happened_on": "2026-11-20",
        "event": "accident_outpatient",
    }
    answer = phone.post("claims", body, key="k1")
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.mark.rule("SERV-7")
def test_a_claim_by_telephone_from_notice_to_money(phone, opened, work, wallet_says, insured):
    events = phone.get(f"policies/{insured.policy_id}/claim-events").json()["events"]
    assert [event["value"] for event in events] == ["accident_outpatient", "hospital", "death", "other"]

    paper = phone.upload(opened["id"], world.photo()).json()
    assert (paper["state"], paper["fields"]) == ("reading", [])
    phone.upload(opened["id"], world.photo(90), kind="record")
    work()
    claim = phone.get(f"claims/{opened['id']}").json()
    assert [(paper["kind"], paper["state"]) for paper in claim["needed"]] == [
        ("invoice", "ready"),
        ("record", "ready"),
        ("identity", "on_file"),
    ]
    assert claim["papers"][0]["fields"][3]["value"] == "1286.40"

    paying = phone.post(f"claims/{opened['id']}/submit", key="k2").json()
    assert (paying["state"], paying["amount_fen"]) == ("paying", 61_902)
    wallet_says("done")
    paid = phone.get(f"claims/{opened['id']}").json()
    assert (paid["state"], paid["payout_account"]) == ("paid", "138****0007")
    assert paid["calculation"][-1]["amount_fen"] == 61_902
    assert paid["decided_by"]["zh"] == "系统按规则 2026-01-15 版决定；拒赔只能由人作出"
    assert phone.get("claims").json()["total"] == 1


def test_the_same_key_answers_the_same_and_another_request_under_it_is_a_conflict(phone, opened, insured):
    body = {
        "policy_id": str(insured.policy_id),
        "sentence": "放学路上跌倒，左膝裂伤",
        "happened_on": "2026-11-20",
        "event": "accident_outpatient",
    }
    assert phone.post("claims", body, key="k1").json()["id"] == opened["id"]
    assert phone.post("claims", {**body, "sentence": "另一件事"}, key="k1").status_code == 409
    assert Claim.objects.count() == 1


def test_a_key_is_demanded(phone, insured):
    answer = phone.client.post(f"{BASE}claims", "{}", content_type="application/json")
    assert answer.status_code == 422
    assert Claim.objects.count() == 0


@pytest.mark.field_bug(27)
def test_a_picture_is_its_owners_alone_and_can_run_nothing(phone, opened):
    url = phone.upload(opened["id"], world.photo()).json()["picture_url"]

    mine = phone.client.get(url)
    assert mine["Content-Type"] == "image/jpeg"
    assert mine["Content-Disposition"].startswith("inline")
    assert mine["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in mine["Content-Security-Policy"]
    assert "no-store" in mine["Cache-Control"]

    stranger = Phone(world.claimant("13800000099"))
    assert stranger.client.get(url).status_code == 404
    assert Client().get(url).status_code == 401
    assert stranger.get(f"claims/{opened['id']}").status_code == 404
    assert stranger.upload(opened["id"], world.photo(3)).status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<svg onload=alert(1)>", 415, "picture_kind_unknown"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, 415, "picture_needs_conversion"),
        (world.photo()[:300], 422, "picture_unreadable"),
        (world.photo() + b"\0" * 10_500_000, 413, "picture_too_large"),
    ],
    ids=["svg", "heic", "torn", "large"],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(phone, opened, content, status, code):
    answer = phone.upload(opened["id"], content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert phone.get(f"claims/{opened['id']}").json()["papers"] == []


def test_a_paper_is_removed_and_the_draft_stays(phone, opened):
    paper = phone.upload(opened["id"], world.photo()).json()
    path = f"{BASE}claims/{opened['id']}/papers/{paper['id']}"
    assert phone.client.delete(path).status_code == 204
    assert phone.client.delete(path).status_code == 204
    assert phone.get(f"claims/{opened['id']}").json()["papers"] == []
    assert phone.client.get(path + "/picture").status_code == 404


def test_nothing_is_changed_after_submission(phone, opened, work):
    paper = phone.upload(opened["id"], world.photo()).json()
    phone.upload(opened["id"], world.photo(90), kind="record")
    work()
    phone.post(f"claims/{opened['id']}/submit")

    assert phone.upload(opened["id"], world.photo(7)).status_code == 409
    assert (
        phone.put(f"claims/{opened['id']}/papers/{paper['id']}/fields", {"values": {"total": "1"}}).status_code == 409
    )
    assert phone.client.delete(f"{BASE}claims/{opened['id']}/papers/{paper['id']}").status_code == 409
    assert phone.post(f"claims/{opened['id']}/submit").json()["state"] == "paying"
    assert Payout.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"event": "flood"},
        {"happened_on": "2026-11-23"},
        {"happened_on": "1900-01-01"},
        {"sentence": "x"},
        {"sentence": "很" * 501},
        {"sentence": "a\u0000b"},
        {"policy_id": "1 OR 1=1"},
    ],
)
def test_a_notice_that_cannot_be_is_refused_by_field(phone, insured, change):
    body = {
        "policy_id": str(insured.policy_id),
        "sentence": "放学路上跌倒",
        "happened_on": "2026-11-20",
        "event": "accident_outpatient",
        **change,
    }
    answer = phone.post("claims", body)
    assert answer.status_code == 422
    assert answer.json()["field"].endswith(next(iter(change)))
    assert Claim.objects.count() == 0


def test_the_list_takes_a_fixed_number_of_queries(phone, opened, insured, django_assert_max_num_queries):
    body = {"policy_id": str(insured.policy_id), "sentence": "又跌倒", "happened_on": "2026-11-21", "event": "other"}
    for _ in range(6):
        phone.post("claims", {**body, "another": True})
    with django_assert_max_num_queries(12):
        assert phone.get("claims").json()["total"] == 7
