"""Needs check and recommendations over HTTP: what is read, what is kept, what a switch does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baohe.plumbing import clock
from baohe.rooms.advice.models import AdviceRow, Look
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.people import facade as people
from baohe.rooms.people.tests.people_made import OTHER_PHONE, customer, identity_number, typed

pytestmark = [pytest.mark.django_db, pytest.mark.rule("DATA-3")]
BASE = "/api/shop/v1"
MEDICAL = "haijia-medical-a"
SHELF = (MEDICAL, "songtao-accident", "yunshan-term-life")


@pytest.fixture(autouse=True)
def _on_sale(db: None):
    below = catalog.packages_below(Path(settings.BAOHE_PRODUCTS))
    catalog.publish([catalog.read_package(package) for package in below if package.parent.name in SHELF])
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def lin(client: Client) -> Client:
    return _signed_in(client, customer())


def _signed_in(client: Client, account: Any) -> Client:
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=account), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return getattr(client, method)(f"{BASE}/{path}", body or {}, content_type="application/json")


def allow(client: Client, code: str, allowed: bool = True) -> Any:
    return send(client, "put", "advice/settings", {"code": code, "allowed": allowed})


def test_nothing_is_allowed_beforehand(lin: Client) -> None:
    found = lin.get(f"{BASE}/advice/settings").json()

    assert [(c["code"], c["allowed"]) for c in found["choices"]] == [
        ("personal", False),
        ("browsing", False),
        ("health", False),
    ]
    assert all(choice["wording"]["zh"] and choice["wording"]["en"] for choice in found["choices"])


def test_without_consent_neither_family_nor_policies_nor_answers_are_read(lin: Client) -> None:
    people.add_person(customer(), typed(identity_number=identity_number(order=12)))
    body = {"answers": {"health": "chronic", "income": "under_10", "car": True}, "personal": True}

    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = send(lin, "post", "advice/check", body).json()
    touched = " ".join(query["sql"] for query in asked.captured_queries)

    assert not answer["personal"]
    assert answer["id"] is None
    assert {need["state"] for need in answer["needs"]} == {"general"}
    assert answer == lin.get(f"{BASE}/advice/general").json()
    for table in ("people_person", "policies_", "advice_advicerow", "advice_look"):
        assert f'"{table}' not in touched, table
    assert AdviceRow.objects.count() == 0


def test_with_consent_the_family_is_checked_and_the_decision_replays(lin: Client) -> None:
    person = people.add_person(customer(), typed(identity_number=identity_number(order=12)))
    allow(lin, "personal")

    answer = send(lin, "post", "advice/check", {"answers": {"car": True}}).json()
    again = lin.get(f"{BASE}/advice/checks/{answer['id']}").json()

    assert answer["personal"]
    hospital = next(n for n in answer["needs"] if n["code"] == "hospital")
    assert hospital["person_id"] == str(person.id)
    assert hospital["fits"][0]["product"]["code"] == MEDICAL
    assert hospital["fits"][0]["reasons"]
    assert again["replayed"] is True
    assert again["needs"] == answer["needs"]
    assert person.name not in str(AdviceRow.objects.values_list("decision", flat=True)[0])


def test_a_check_is_its_owners_alone_and_never_changes(lin: Client) -> None:
    allow(lin, "personal")
    answer = send(lin, "post", "advice/check").json()
    stranger = _signed_in(Client(), customer(OTHER_PHONE))

    assert stranger.get(f"{BASE}/advice/checks/{answer['id']}").status_code == 404
    assert Client().get(f"{BASE}/advice/checks/{answer['id']}").status_code == 401
    with pytest.raises(IntegrityError), transaction.atomic():
        AdviceRow.objects.update(rule_version="other")


@pytest.mark.rule("DATA-1")
def test_switching_off_deletes_what_was_kept(lin: Client) -> None:
    allow(lin, "personal")
    allow(lin, "browsing")
    send(lin, "post", "advice/check")
    send(lin, "post", "advice/looks", {"product": MEDICAL})
    assert (AdviceRow.objects.count(), Look.objects.count()) == (1, 1)

    allow(lin, "personal", False)
    allow(lin, "browsing", False)

    assert (AdviceRow.objects.count(), Look.objects.count()) == (0, 0)
    assert not send(lin, "post", "advice/check").json()["personal"]


@pytest.mark.rule("DATA-1")
def test_looks_are_remembered_only_when_allowed_for_a_month_and_can_be_cleared(lin: Client) -> None:
    assert send(lin, "post", "advice/looks", {"product": MEDICAL}).status_code == 204
    assert Look.objects.count() == 0
    allow(lin, "browsing")
    send(lin, "post", "advice/looks", {"product": MEDICAL})
    send(lin, "post", "advice/looks", {"product": MEDICAL})
    assert lin.get(f"{BASE}/advice/settings").json()["looked"] == 1

    with clock.travel(datetime(2026, 12, 30, 4, tzinfo=UTC)):
        assert lin.get(f"{BASE}/advice/settings").json()["looked"] == 0
    assert lin.delete(f"{BASE}/advice/looks").status_code == 204
    assert Look.objects.count() == 0


@pytest.mark.rule("DATA-1")
def test_an_answer_about_health_needs_its_own_consent(lin: Client) -> None:
    people.add_person(customer(), typed(identity_number=identity_number(order=12)))
    allow(lin, "personal")
    body = {"answers": {"health": "chronic"}}

    silent = send(lin, "post", "advice/check", body).json()
    allow(lin, "health")
    told = send(lin, "post", "advice/check", body).json()

    assert "health_asked" not in str(silent["needs"])
    assert silent["input_hash"] != told["input_hash"]
    assert "health" in str(told["needs"])


def test_a_visitor_may_type_ages_and_nothing_is_kept(client: Client) -> None:
    body = {
        "personal": True,
        "members": [{"relation": "self", "age": 34}, {"relation": "child", "age": 5, "sex": "male"}],
        "answers": {"debts": "some", "income": "10_30"},
    }

    personal = send(client, "post", "advice/check", body).json()
    general = send(client, "post", "advice/check", {**body, "personal": False}).json()

    assert {n["person_id"] for n in personal["needs"]} >= {"1", "2"}
    assert any(n["code"] == "income" for n in personal["needs"])
    assert not general["personal"]
    assert AdviceRow.objects.count() == 0


def test_the_home_page_suggests_only_when_allowed(lin: Client) -> None:
    people.add_person(customer(), typed(identity_number=identity_number(order=12)))
    assert lin.get(f"{BASE}/home").json()["suggestion"] is None

    allow(lin, "personal")

    assert lin.get(f"{BASE}/home").json()["suggestion"]["product"] == MEDICAL
    assert lin.get(f"{BASE}/home").json()["personal"] is True


def test_beside_a_product_the_switch_decides_what_is_used(client: Client) -> None:
    body = {"product": "yunshan-term-life", "inputs": {"age": "40", "sex": "male"}}

    general = send(client, "post", "advice/beside", body).json()
    personal = send(client, "post", "advice/beside", {**body, "personal": True}).json()

    assert not general["personal"]
    assert all(item["premium_fen"] is None for item in general["items"])
    assert personal["personal"]
    assert all(item["reasons"] for item in personal["items"])


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("advice/check", {"answers": {"income": "rich"}, "personal": True}, 422),
        ("advice/check", {"answers": {"risk": "\u0000"}, "personal": True}, 422),
        ("advice/check", {"personal": True, "members": [{"relation": "self", "age": 300}]}, 422),
        ("advice/check", {"personal": True, "members": [{"relation": "king", "age": 30}]}, 422),
        ("advice/beside", {"product": "nothing"}, 404),
        ("advice/beside", {"product": MEDICAL, "risk": "mad"}, 422),
        ("advice/looks", {"product": MEDICAL}, 401),
    ],
)
def test_wrong_requests_are_refused_in_words(client: Client, path: str, body: Any, status: int) -> None:
    answer = send(client, "post", path, body)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_an_unknown_purpose_is_refused_and_grants_nothing(lin: Client) -> None:
    assert allow(lin, "everything").status_code == 422
    assert consent.history(customer()) == []
