"""A partner opens a claim for its customer through the open API: signed, once for ever, and learns no more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claim_links.models import Link, Notice
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import Claim
from baohe.rooms.policies.models import Policy
from tests.contract.partner import Partner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_sale")]

GOODS = "yizhan-goods-quality"
INSURED = {"name": "周远", "phone": "13700000088"}


@pytest.fixture
def shop() -> Partner:
    return Partner()


def an_order(reference: str = "T1", **changes: Any) -> dict[str, Any]:
    inputs = {item.code: item.default for item in catalog.current(GOODS, clock.today()).rating_inputs}
    order = {"reference": reference, "product": GOODS, "start": clock.today().isoformat(), "inputs": inputs}
    return order | {"insured": INSURED} | changes


def a_notice(**changes: Any) -> dict[str, Any]:
    said = {"reference": "T1", "event": "faulty_goods", "sentence": "电饭煲插上就跳闸，店铺不退"}
    return said | {"happened_on": clock.today().isoformat()} | changes


def issued(shop: Partner, **changes: Any) -> dict[str, Any]:
    [result] = shop.post("/open/v1/policies", {"items": [an_order(**changes)]})[1]["results"]
    return result


def test_a_claim_is_opened_and_its_link_comes_once(shop: Partner) -> None:
    assert issued(shop)["status"] == "issued"
    status, claim = shop.post("/open/v1/claims", a_notice())
    assert (status, claim["state"], claim["incident"]) == (201, "draft", "1")
    assert claim["link"]["url"].startswith("http")
    assert (claim["link"]["proof"], claim["link"]["phone_masked"]) == ("phone", "137****0088")
    status, again = shop.post("/open/v1/claims", a_notice())
    assert (status, again["claim_id"], again["link"]["url"]) == (200, claim["claim_id"], None)
    status, state = shop.get(f"/open/v1/claims/{claim['claim_id']}")
    assert (status, state["state"], state["link"]["state"]) == (200, "draft", "live")
    assert shop.get("/open/v1/policies/T1")[1]["claims"][0]["number"] == claim["number"]
    assert Claim.objects.count() == 1


def test_a_link_is_renewed_and_revoked(shop: Partner) -> None:
    issued(shop)
    claim = shop.post("/open/v1/claims", a_notice())[1]
    path = f"/open/v1/claims/{claim['claim_id']}/link"
    status, fresh = shop.post(path, {})
    assert status == 201
    assert fresh["link"]["url"] not in (None, claim["link"]["url"])
    for _ in range(2):
        status, ended = shop.send("DELETE", path)
        assert (status, ended["link"]["state"], ended["link"]["url"]) == (200, "revoked", None)
    assert set(Link.objects.values_list("state", flat=True)) == {"replaced", "revoked"}


def test_the_partner_learns_the_state_and_nothing_of_papers_money_or_person(shop: Partner) -> None:
    issued(shop)
    claim = shop.post("/open/v1/claims", a_notice())[1]
    claims.give_payee(shop.view.id, Claim.objects.get().id, "江城银行", "6217000012345678")
    _, state = shop.get(f"/open/v1/claims/{claim['claim_id']}")
    plain = json.dumps(state, ensure_ascii=False)
    for secret in ("周远", "13700000088", "江城", "5678", "amount", "跳闸"):
        assert secret not in plain


BAD = [
    ({"reference": "unknown"}, 404, "not_found"),
    ({"event": "war"}, 422, "invalid_input"),
    ({"happened_on": "2999-01-01"}, 422, "invalid_input"),
    ({"happened_on": 20261123}, 422, "invalid_input"),
    ({"sentence": "x"}, 422, "invalid_input"),
    ({"sentence": "跳闸" * 300}, 422, "invalid_input"),
    ({"sentence": "a\u0000b"}, 422, "invalid_input"),
    ({"incident": "a b"}, 422, "invalid_input"),
    ({"payee": "6217000012345678"}, 422, "invalid_input"),
]


@pytest.mark.parametrize(("change", "status", "code"), BAD)
def test_a_notice_that_cannot_be_is_refused_whole(
    shop: Partner, change: dict[str, Any], status: int, code: str
) -> None:
    issued(shop)
    got, problem = shop.post("/open/v1/claims", a_notice(**change))
    assert (got, problem["code"]) == (status, code)
    assert problem["next"]["zh"]
    assert (Claim.objects.count(), Notice.objects.count()) == (0, 0)


def test_an_order_that_names_nobody_opens_no_link(shop: Partner) -> None:
    issued(shop, insured=None)
    status, problem = shop.post("/open/v1/claims", a_notice())
    assert (status, problem["code"]) == (409, "insured_not_named")
    assert Claim.objects.count() == 0


def test_the_same_incident_told_differently_is_refused(shop: Partner) -> None:
    issued(shop)
    shop.post("/open/v1/claims", a_notice())
    status, problem = shop.post("/open/v1/claims", a_notice(sentence="是另一台"))
    assert (status, problem["code"]) == (409, "incident_taken")
    assert Claim.objects.count() == 1


def test_another_partner_and_an_unsigned_call_see_nothing_and_change_nothing(shop: Partner) -> None:
    issued(shop)
    claim = shop.post("/open/v1/claims", a_notice())[1]
    path, other = f"/open/v1/claims/{claim['claim_id']}", Partner("other")
    assert other.get(path)[0] == 404
    assert other.post(f"{path}/link", {})[0] == 404
    assert other.send("DELETE", f"{path}/link")[0] == 404
    assert other.post("/open/v1/claims", a_notice())[0] == 404
    assert shop.send("DELETE", f"{path}/link", headers={})[0] == 401
    assert [row.state for row in Link.objects.all()] == ["live"]
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    "insured",
    [
        {"name": "周远"},
        {"name": "", "phone": "13700000088"},
        {"name": "周远", "phone": "12345"},
        {"name": "周远", "identity_last": "12345"},
        {"name": "周远", "phone": "13700000088", "account": "6217"},
        {"name": "周\u0000远", "phone": "13700000088"},
        "周远",
    ],
)
def test_an_insured_who_cannot_be_recognised_is_refused_with_the_order(shop: Partner, insured: Any) -> None:
    result = issued(shop, insured=insured)
    assert (result["status"], result["problem"]["code"]) == ("refused", "invalid_input")
    assert Policy.objects.count() == 0


def test_an_order_for_somebody_else_is_another_order(shop: Partner) -> None:
    assert issued(shop)["status"] == "issued"
    assert issued(shop)["status"] == "repeated"
    refused = issued(shop, insured={"name": "吴桐", "phone": "13700000089"})
    assert refused["problem"]["code"] == "reference_taken"
    assert issued(shop, insured=None)["problem"]["code"] == "reference_taken"
    sealed = bytes(Policy.objects.get().parties_sealed)
    assert "周远".encode() not in sealed
    assert b"13700000088" not in sealed
