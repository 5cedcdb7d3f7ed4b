"""The pay plan at the shop's door: what it says, and that it says it to its owner alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client

from baohe.rooms.payments import facade as payments
from baohe.rooms.people import facade as people
from baohe.rooms.people.models import Account
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale import steps as sale
from tests.sale.world import Customer


@pytest.fixture
def phone(lin: Customer, client: Client) -> Client:
    client.force_login(Account.objects.get(id=lin.id), "django.contrib.auth.backends.ModelBackend")
    return client


def at(policy_id: object, rest: str = "") -> str:
    return f"/api/shop/v1/policies/{policy_id}/{rest}"


@pytest.mark.rule("SALE-3")
def test_the_plan_says_what_comes_next_and_how_to_stop_it(lin: Customer, bank: Bank, phone: Client) -> None:
    policy = steps.monthly(lin)
    plan = phone.get(at(policy.id, "plan")).json()
    assert [(one["number"], one["state"]) for one in plan["items"][:3]] == [(1, "paid"), (2, "planned"), (3, "planned")]
    assert (plan["next"]["by"], plan["next"]["on"], plan["consent"], plan["account"]) == (
        "hand",
        "2026-12-23",
        True,
        None,
    )
    assert phone.post(at(policy.id, "deduction/account")).json()["url"].startswith("http://bank.example/")
    plan = phone.post(at(policy.id, "deduction/account/check")).json()
    assert (plan["account"]["state"], plan["next"]["by"]) == ("active", "deduction")
    phone.post(at(policy.id, "deduction/withdrawal"))
    assert phone.get(at(policy.id, "plan")).json()["next"]["by"] == "hand"
    assert phone.post(at(policy.id, "deduction/consent")).json()["next"]["by"] == "deduction"
    account = phone.get(at(policy.id, "plan")).json()["account"]["id"]
    assert phone.delete(at(policy.id, f"deduction/account/{account}")).json()["next"]["by"] == "hand"


@pytest.mark.rule("SERV-8")
def test_a_suspended_policy_shows_the_way_back(lin: Customer, bank: Bank, phone: Client) -> None:
    policy = steps.yearly(lin)
    steps.round_on(date(2027, 11, 23))
    steps.round_on(date(2028, 1, 23))
    with steps.on(date(2028, 1, 24)):
        told = phone.get(at(policy.id, "plan")).json()
        assert (told["policy_state"], told["next"], told["suspended"]["ask"]) == ("suspended", None, True)
        assert told["suspended"]["owed_fen"] == policy.premium_fen
        wish = {"health_unchanged": True, "statement": "", "health_consent": True}
        told = phone.post(at(policy.id, "reinstatement"), wish, "application/json").json()
        assert (told["suspended"]["request"]["state"], told["suspended"]["ask"]) == ("asked", False)
        refused = phone.post(at(policy.id, "reinstatement/payment"), HTTP_IDEMPOTENCY_KEY="k1")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_reinstatable")
        page = phone.get(at(policy.id)[:-1]).json()
        assert page["state"] == "suspended"


def test_paying_the_next_premium_leads_to_the_cashier_and_back_to_the_plan(
    lin: Customer, bank: Bank, phone: Client
) -> None:
    policy = steps.monthly(lin)
    answer = phone.post(at(policy.id, "plan/2/payment"), HTTP_IDEMPOTENCY_KEY="k1")
    assert (answer.status_code, answer.json()["amount_fen"]) == (201, 2_600)
    intent = payments.intent(UUID(answer.json()["payment_id"]))
    assert sale.told(intent).word == "accepted"
    state = phone.get(f"/api/shop/v1/payments/{intent.id}").json()
    assert (state["state"], state["plan_of"], state["policy_id"]) == ("paid", str(policy.id), str(policy.id))
    assert phone.get(at(policy.id, "plan")).json()["items"][1]["state"] == "paid"


@pytest.mark.field_bug(27)
def test_the_plan_of_another_is_not_found(lin: Customer, bank: Bank, client: Client) -> None:
    policy = steps.monthly(lin)
    stranger = people.open_account("13800000009")
    client.force_login(Account.objects.get(id=stranger.id), "django.contrib.auth.backends.ModelBackend")
    assert client.get(at(policy.id, "plan")).status_code == 404
    for rest in ("plan/2/payment", "deduction/consent", "deduction/account", "deduction/account/check"):
        assert client.post(at(policy.id, rest), HTTP_IDEMPOTENCY_KEY=uuid4().hex).status_code == 404, rest
    assert bank.calls == []
