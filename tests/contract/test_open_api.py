"""The open API: signed or nothing, item by item, once for ever, and settled without a human."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from baohe.flows import wait_for_data
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.policies import facade as policies
from tests.contract.partner import Partner
from tests.journey.books import faults

PRODUCT = "yizhan-freight-return"
REPORTED = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
"""The version of those days is settled by the shop's report; a later one by sources of data."""


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_sale")]


@pytest.fixture
def shop() -> Partner:
    return Partner()


def an_item(reference: str = "T1", **changes: Any) -> dict[str, Any]:
    version = catalog.current(PRODUCT, clock.today())
    inputs = {item.code: item.default for item in version.rating_inputs}
    inputs |= dict.fromkeys(wait_for_data.facts_asked(version), f"LABEL-{reference}")
    item = {"reference": reference, "product": PRODUCT, "start": clock.today().isoformat(), "inputs": inputs}
    return item | changes


def count_policies() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM policies_policy")
        return int(cursor.fetchone()[0])


def nothing_happened() -> bool:
    return count_policies() == 0 and ledger.check() == [] and OutboxEvent.objects.count() == 0


def broken() -> dict[str, int]:
    connection.ensure_connection()
    return faults(connection.connection)


@pytest.mark.rule("SALE-1")
def test_a_shop_insures_its_own_orders_in_one_call(shop: Partner) -> None:
    status, answer = shop.post("/open/v1/policies", {"items": [an_item(f"T{n}") for n in range(3)]})
    assert status == 200
    assert (answer["issued"], answer["repeated"], answer["refused"]) == (3, 0, 0)
    assert [r["reference"] for r in answer["results"]] == ["T0", "T1", "T2"]
    policy = policies.policy_of_reference(shop.view.id, "T1")
    assert policy.account_id == shop.view.id
    assert policy.premium_fen == answer["results"][1]["premium_fen"]
    evidence.integrate()
    assert evidence.proof(str(policy.id)) is not None
    assert ledger.balance(f"partner/{shop.view.id}/receivable") == sum(r["premium_fen"] for r in answer["results"])
    assert broken() == {}


def test_a_thousand_orders_in_one_call_and_not_one_more(shop: Partner) -> None:
    status, answer = shop.post("/open/v1/policies", {"items": [an_item(f"T{n}") for n in range(1000)]})
    assert (status, answer["issued"]) == (200, 1000)
    status, problem = shop.post("/open/v1/policies", {"items": [an_item(f"U{n}") for n in range(1001)]})
    assert (status, problem["code"]) == (422, "too_many_items")
    assert count_policies() == 1000
    assert broken() == {}


def test_a_repeated_call_is_answered_again_and_issues_nothing(shop: Partner) -> None:
    call = {"items": [an_item("T1"), an_item("T2")]}
    first = shop.post("/open/v1/policies", call)[1]
    again = shop.post("/open/v1/policies", call)[1]
    assert again["repeated"] == 2
    assert [r["policy_number"] for r in again["results"]] == [r["policy_number"] for r in first["results"]]
    assert count_policies() == 2


def test_a_reference_with_other_content_is_refused_and_the_rest_issued(shop: Partner) -> None:
    shop.post("/open/v1/policies", {"items": [an_item("T1")]})
    later = (clock.today() + timedelta(days=3)).isoformat()
    answer = shop.post("/open/v1/policies", {"items": [an_item("T1", start=later), an_item("T2")]})[1]
    assert [r["status"] for r in answer["results"]] == ["refused", "issued"]
    assert answer["results"][0]["problem"]["code"] == "reference_taken"
    assert count_policies() == 2


BAD = [
    ({"product": "no-such-product"}, "not_found"),
    ({"product": "haijia-medical-a"}, "not_sold_here"),
    ({"start": "2020-01-01"}, "invalid_input"),
    ({"start": "2999-01-01"}, "invalid_input"),
    ({"start": 20261123}, "invalid_input"),
    ({"start": "2026-02-30"}, "invalid_input"),
    ({"inputs": {"order_value": "99999999"}}, "invalid_input"),
    ({"inputs": {"nonsense": "1"}}, "invalid_input"),
    ({"inputs": "text"}, "invalid_input"),
    ({"inputs": {"order_value": 5}}, "invalid_input"),
    ({"reference": ""}, "invalid_input"),
    ({"reference": "x" * 65}, "invalid_input"),
    ({"reference": 7}, "invalid_input"),
    ({"surprise": 1}, "invalid_input"),
    ({"product": "a\u0000b"}, "not_found"),
]


@pytest.mark.field_bug(26)
@pytest.mark.parametrize(("change", "code"), BAD)
def test_a_bad_item_is_refused_alone_with_its_reason(shop: Partner, change: dict[str, Any], code: str) -> None:
    answer = shop.post("/open/v1/policies", {"items": [an_item("G1"), an_item("B1") | change, an_item("G2")]})[1]
    assert [r["status"] for r in answer["results"]] == ["issued", "refused", "issued"]
    problem = answer["results"][1]["problem"]
    assert problem["code"] == code
    assert problem["message"]["zh"]
    assert problem["next"]["en"]
    assert count_policies() == 2


@pytest.mark.parametrize("item", [None, 7, "text", [], [[]], True, {}])
def test_an_item_that_is_no_order_is_refused_alone(shop: Partner, item: Any) -> None:
    answer = shop.post("/open/v1/policies", {"items": [item, an_item("G1")]})[1]
    assert [r["status"] for r in answer["results"]] == ["refused", "issued"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"[]", 422),
        (b'{"items": 5}', 422),
        (b'{"items": []}', 422),
        (b"[" * 1_500_000, 400),
        (b'{"items":' + b"[" * 5_000_000 + b"]" * 5_000_000 + b"}", 413),
        (b"\xff\xfe", 400),
    ],
)
def test_a_call_that_cannot_be_read_is_a_problem_document(shop: Partner, body: bytes, status: int) -> None:
    got, problem = shop.send("POST", "/open/v1/policies", body)
    assert (got, problem["status"]) == (status, status)
    assert nothing_happened()


def test_wrong_keys_and_signatures_are_refused_and_nothing_happens(shop: Partner) -> None:
    path, body = "/open/v1/policies", json.dumps({"items": [an_item()]}).encode()
    stranger = Partner("stranger")
    stranger.key_id = "nobody"
    assert stranger.send("POST", path, body)[0] == 401
    assert shop.send("POST", path, body, headers={})[1]["code"] == "signature_missing"
    good = shop.headers("POST", path, body)
    for name in ("Signature", "Signature-Input", "Content-Digest"):
        changed = good | {name: good[name].replace("a", "b", 1) if "a" in good[name] else good[name][::-1]}
        assert shop.send("POST", path, body, headers=changed)[0] == 401
        assert shop.send("POST", path, body, headers={k: v for k, v in good.items() if k != name})[0] == 401
    assert shop.send("POST", path, body.replace(b"T1", b"T2"), headers=good)[0] == 401
    assert shop.send("POST", "/open/v1/events", body, headers=good)[0] == 401
    assert nothing_happened()


def test_a_captured_request_is_taken_once(shop: Partner) -> None:
    path, body = "/open/v1/policies", json.dumps({"items": [an_item()]}).encode()
    headers = shop.headers("POST", path, body)
    assert shop.send("POST", path, body, headers=headers)[0] == 200
    status, problem = shop.send("POST", path, body, headers=headers)
    assert (status, problem["code"]) == (401, "request_replayed")


@pytest.mark.field_bug(27)
def test_the_policies_of_others_are_not_found(shop: Partner) -> None:
    shop.post("/open/v1/policies", {"items": [an_item("T1")]})
    assert shop.get("/open/v1/policies/T1")[0] == 200
    assert Partner("other").get("/open/v1/policies/T1")[0] == 404


def returned() -> dict[str, Any]:
    moment = REPORTED + timedelta(days=2)
    return {"reference": "T1", "event": "parcel_returned", "occurred_at": moment.isoformat()}


@pytest.mark.rule("SERV-9")
def test_a_returned_parcel_settles_and_pays_once_without_a_human(shop: Partner) -> None:
    with clock.travel(REPORTED):
        shop.post("/open/v1/policies", {"items": [an_item("T1")]})
    with clock.travel(REPORTED + timedelta(days=3)):
        first = shop.post("/open/v1/events", {"items": [returned()]})[1]
        again = shop.post("/open/v1/events", {"items": [returned()]})[1]
    assert (first["accepted"], again["repeated"]) == (1, 1)
    assert first["results"][0]["decision"] == "pay"
    assert first["results"][0]["amount_fen"] > 0
    assert again["results"][0]["claim_number"] == first["results"][0]["claim_number"]
    assert OutboxEvent.objects.filter(topic="payments.payout_requested").count() == 1
    assert broken() == {}


@pytest.mark.parametrize(
    "change",
    [
        {"reference": "unknown"},
        {"event": "war"},
        {"occurred_at": "yesterday"},
        {"occurred_at": "2026-11-22"},
        {"occurred_at": 5},
        {"occurred_at": "2020-01-01T00:00:00+08:00"},
        {"occurred_at": "2999-01-01T00:00:00+08:00"},
    ],
)
def test_an_event_that_cannot_be_is_not_paid(shop: Partner, change: dict[str, Any]) -> None:
    with clock.travel(REPORTED):
        shop.post("/open/v1/policies", {"items": [an_item("T1")]})
    with clock.travel(REPORTED + timedelta(days=3)):
        answer = shop.post("/open/v1/events", {"items": [returned() | change]})[1]
    result = answer["results"][0]
    assert result["status"] == "refused" or result["decision"] == "refer"
    assert OutboxEvent.objects.filter(topic="payments.payout_requested").count() == 0


def test_the_same_orders_from_eight_callers_at_once_issue_once(shop: Partner) -> None:
    answers: list[dict[str, Any]] = []
    callers = [shop, *(Partner("shop") for _ in range(7))]

    def call(caller: Partner, turn: int) -> None:
        items = [an_item(f"T{n}") for n in range(40)]
        try:
            answers.append(caller.post("/open/v1/policies", {"items": items[::-1] if turn % 2 else items})[1])
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=(caller, n)) for n, caller in enumerate(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(answer["issued"] for answer in answers) == 40
    assert sum(answer["repeated"] for answer in answers) == 40 * 7
    assert count_policies() == 40
    assert outbox.work_once({}, batch=100) > 0
    assert broken() == {}


def test_products_and_prices_explain_themselves(shop: Partner) -> None:
    status, products = shop.get("/open/v1/products")
    assert status == 200
    assert PRODUCT in {p["code"] for p in products}
    assert "haijia-medical-a" not in {p["code"] for p in products}  # it asks for a person
    priced = {item.code: item.default for item in catalog.current(PRODUCT, clock.today()).rating_inputs}
    status, price = shop.post("/open/v1/prices", {"product": PRODUCT, "inputs": priced})
    assert status == 200
    assert price["premium_fen"] > 0
    assert price["steps"]
