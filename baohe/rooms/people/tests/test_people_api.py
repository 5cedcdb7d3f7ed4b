"""The doors of sign-in and family, through HTTP with the CSRF check on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from baohe.rooms.people import facade as people
from baohe.rooms.people.models import Account, Person
from baohe.rooms.people.tests.people_made import OTHER_PHONE, PHONE, identity_number, wrong

pytestmark = pytest.mark.django_db
API = "/api/shop/v1"
PERSON = {
    "name": "林知夏",
    "relation": "self",
    "identity_number": identity_number(),
    "social_insurance": True,
}


class Phone:
    """A browser: cookies, and the CSRF token of the session answer."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.token = self.get("session").json()["csrf_token"]

    def get(self, path: str) -> Any:
        return self.client.get(f"{API}/{path}")

    def send(self, method: str, path: str, body: object = None) -> Any:
        return self.client.generic(
            method,
            f"{API}/{path}",
            b"" if body is None else Client()._encode_json(body, "application/json"),
            content_type="application/json",
            headers={"X-CSRFToken": self.token},
        )

    def post(self, path: str, body: object = None) -> Any:
        return self.send("POST", path, body if body is not None else {})

    def code(self, phone: str) -> str:
        body = self.get(f"demo/inbox?phone={phone}").json()[0]["body"]["zh"]
        found = re.search(r"\d{6}", body)
        assert found is not None
        return found.group()

    def sign_in(self, phone: str) -> Any:
        assert self.post("auth/code", {"phone": phone}).status_code == 202
        answer = self.post("auth/verify", {"phone": phone, "code": self.code(phone)})
        self.token = answer.json().get("csrf_token", self.token)
        return answer


@pytest.fixture
def phone(settings: Any) -> Callable[[], Phone]:
    settings.BAOHE_DEMO = True
    return Phone


def test_a_visitor_signs_in_and_out(phone: Callable[[], Phone]) -> None:
    browser = phone()
    assert browser.get("session").json()["signed_in"] is False

    answer = browser.sign_in(PHONE)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["account"]["phone_masked"] == "138****8111"
    assert browser.get("session").json()["signed_in"] is True
    left = browser.post("auth/sign-out")
    assert (left.json()["signed_in"], left["Clear-Site-Data"]) == (False, '"cache"')
    assert browser.get("people").status_code == 401


def test_signing_in_changes_the_session_key_and_signing_out_kills_it(phone: Callable[[], Phone]) -> None:
    browser = phone()
    browser.post("auth/code", {"phone": PHONE})
    before = browser.client.cookies["session"].value
    answer = browser.post("auth/verify", {"phone": PHONE, "code": browser.code(PHONE)})
    browser.token = answer.json()["csrf_token"]
    during = browser.client.cookies["session"].value
    browser.post("auth/sign-out")

    thief = Client()
    for key in (before, during):
        thief.cookies["session"] = key
        assert thief.get(f"{API}/session").json()["signed_in"] is False
    assert before != during


def test_a_code_does_not_work_in_another_browser(phone: Callable[[], Phone]) -> None:
    asker, thief = phone(), phone()
    asker.post("auth/code", {"phone": PHONE})

    stolen = thief.post("auth/verify", {"phone": PHONE, "code": asker.code(PHONE)})

    assert (stolen.status_code, stolen.json()["code"]) == (422, "code_spent")
    assert Account.objects.count() == 0


@pytest.mark.parametrize("path", ["auth/code", "auth/verify", "auth/sign-out", "people", "identity/check"])
def test_a_write_without_the_token_is_refused(phone: Callable[[], Phone], path: str) -> None:
    browser = phone()
    browser.token = ""

    answer = browser.post(path, {"phone": PHONE, "code": "1", "number": "1"})

    assert (answer.status_code, answer.json()["code"]) == (403, "page_expired")


def test_too_many_codes_say_when_to_come_back(phone: Callable[[], Phone]) -> None:
    browser = phone()
    browser.post("auth/code", {"phone": PHONE})

    answer = browser.post("auth/code", {"phone": PHONE})

    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert 55 <= int(answer["Retry-After"]) <= 60


def test_a_wrong_code_says_how_many_tries_are_left(phone: Callable[[], Phone]) -> None:
    browser = phone()
    browser.post("auth/code", {"phone": PHONE})

    answer = browser.post("auth/verify", {"phone": PHONE, "code": wrong(browser.code(PHONE))})

    assert (answer.status_code, answer.json()["tries_left"]) == (422, 4)
    assert browser.get("session").json()["signed_in"] is False


def test_outside_the_demo_there_is_no_inbox(phone: Callable[[], Phone], settings: Any) -> None:
    browser = phone()
    settings.BAOHE_DEMO = False

    assert browser.get("demo/inbox").status_code == 404
    assert browser.post("auth/code", {"phone": PHONE}).json()["demo_inbox"] is None
    assert browser.get("session").json()["demo"] is False


def test_a_family_from_entry_to_removal(phone: Callable[[], Phone]) -> None:
    browser = phone()
    browser.sign_in(PHONE)

    added = browser.post("people", PERSON)
    person = added.json()
    browser.send(
        "PUT", f"people/{person['id']}", {**PERSON, "identity_number": person["identity_masked"], "name": "林之夏"}
    )

    assert added.status_code == 201
    assert (person["sex"], person["birth"], person["region"]["zh"]) == ("female", "1992-03-01", "上海市浦东新区")
    assert identity_number() not in added.content.decode()
    assert [item["name"] for item in browser.get("people").json()] == ["林之夏"]
    assert browser.get("session").json()["account"]["display_name"] == "林之夏"
    assert browser.send("DELETE", f"people/{person['id']}").status_code == 204
    assert browser.get("people").json() == []


@pytest.mark.field_bug(27)
def test_another_account_gets_404_and_changes_nothing(phone: Callable[[], Phone]) -> None:
    owner, stranger = phone(), phone()
    owner.sign_in(PHONE)
    stranger.sign_in(OTHER_PHONE)
    person = owner.post("people", PERSON).json()

    assert stranger.send("PUT", f"people/{person['id']}", {**PERSON, "name": "陌生人"}).status_code == 404
    assert stranger.send("DELETE", f"people/{person['id']}").status_code == 404
    assert stranger.get("people").json() == []
    assert owner.get("people").json() == [person]


def test_staff_are_no_customers(phone: Callable[[], Phone]) -> None:
    made = people.create_staff("anna", "安娜", ["auditor"], "a long enough phrase")
    browser = phone()
    browser.client.force_login(Account.objects.get(id=made.id), backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get("people").status_code == 401
    assert browser.get("session").json()["signed_in"] is False


def test_an_identity_number_is_read_or_its_problem_named(phone: Callable[[], Phone]) -> None:
    browser = phone()

    right = browser.post("identity/check", {"number": identity_number()}).json()
    mistyped = browser.post("identity/check", {"number": "310115199202300120"}).json()

    assert (right["valid"], right["sex"], right["problem"]) == (True, "female", None)
    assert (mistyped["valid"], mistyped["problem"]["zh"]) == (False, "第 7–14 位不是真实的日期")
    assert Person.objects.count() == 0


def test_occupations_and_scenes_are_open(phone: Callable[[], Phone]) -> None:
    browser = phone()

    assert {"code", "name", "risk_class"} <= browser.get("occupations?q=").json()[0].keys()
    assert [scene["code"] for scene in browser.get("scenes").json()] == [
        "medical", "accident", "car", "travel", "home", "pet", "shopping", "pension",
    ]  # fmt: skip


@pytest.mark.rule("DATA-3")
def test_the_home_of_a_new_customer_is_empty_and_complete(phone: Callable[[], Phone]) -> None:
    browser = phone()
    assert browser.get("home").status_code == 401
    browser.sign_in(PHONE)
    browser.post("people", PERSON)

    home = browser.get("home").json()

    assert home["policies_in_force"] == 0
    assert home["next"] == []
    assert home["family"][0]["cover"] == {"medical": "none", "critical": "none", "accident": "none", "life": "none"}
    assert browser.post("suggestions/all/dismiss").status_code == 204
    assert browser.get("home").json()["suggestion"] is None
