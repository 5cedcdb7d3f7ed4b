"""Text that breaks databases, numbers that break integers: put at every place of every request, one at a time.

Schemathesis varies everything at once and seldom gets deep; here the rest of each request is sound.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.contract import belongings
from tests.contract.belongings import Owned
from tests.contract.samples import Sample, samples

pytestmark = pytest.mark.django_db

HOSTILE: dict[type, tuple[Any, ...]] = {
    str: ("\x00", "a\x00b", "a\ud800", "{zh} %s %(x)d {0}", "'; --", "字" * 5_000, "\u202e\u0301", ""),
    int: (2**31, 2**63, -1, 10**40, 0),
}


@pytest.fixture
def customer() -> tuple[Client, Owned]:
    account, owned = belongings.of_the_customer()
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client, owned


def refusals(document: dict[str, Any], owned: Owned, send: Any) -> Iterable[str]:
    """Every answer that is neither a success nor a problem document of ours."""
    for sample in samples(document, owned):
        for kind, values in HOSTILE.items():
            for place in sample.places(kind):
                for value in values:
                    with transaction.atomic():
                        answer = send(sample.with_(place, value))
                        transaction.set_rollback(True)
                    known = answer.status_code < 400 or answer["Content-Type"] == "application/problem+json"
                    if answer.status_code >= 500 or not known:
                        yield f"{sample.method} {sample.path} {place} {value!r:.40}: {answer.status_code}"


def _target(sample: Sample) -> str:
    path = sample.path
    for name, value in sample.parameters["path"].items():
        path = path.replace(f"{{{name}}}", quote(_bytes(value), safe=""))
    return f"{path}?{urlencode({n: _bytes(v) for n, v in sample.parameters['query'].items()})}"


def _bytes(value: Any) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


def test_the_shop_takes_hostile_values_calmly(customer: tuple[Client, Owned]) -> None:
    client, owned = customer
    document = client.get("/openapi/shop.json").json()

    def send(sample: Sample) -> Any:
        body = b"" if sample.body is None else json.dumps(sample.body).encode()
        headers = {"Idempotency-Key": "k1"} if "Idempotency-Key" in sample.parameters["header"] else {}
        return client.generic(sample.method, _target(sample), body, content_type="application/json", headers=headers)

    assert list(refusals(document, owned, send)) == []


def test_the_open_api_takes_hostile_values_calmly(db: None) -> None:
    partner, owned = belongings.of_the_partner()
    partner.client.raise_request_exception = False
    document = partner.client.get("/openapi/open.json").json()

    def send(sample: Sample) -> Any:
        body = b"" if sample.body is None else json.dumps(sample.body).encode()
        headers = partner.headers(sample.method, _target(sample), body)
        return partner.client.generic(
            sample.method, _target(sample), body, content_type="application/json", headers=headers
        )

    assert list(refusals(document, owned, send)) == []


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"number": "\xed\xa0\x80"}',
        b'{"number": "\\udc00"}',
        '{"number": "1"}'.encode("utf-16"),
        b"{'number': 1}",
    ],
)
def test_a_body_that_is_no_text_is_unreadable(db: None, body: bytes) -> None:
    answer = Client().post("/api/shop/v1/identity/check", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_request")


@pytest.mark.parametrize("boundary", ["", "; boundary=", "; boundary=x"])
def test_a_torn_upload_is_unreadable(customer: tuple[Client, Owned], boundary: str) -> None:
    client, owned = customer
    papers = f"/api/shop/v1/claims/{owned['claim_id'][0]}/papers"
    answer = client.generic("POST", papers, b"--x\r\nContent-Disp", content_type=f"multipart/form-data{boundary}")
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_an_address_nobody_knows_is_a_problem_document_for_every_method(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
        for path in (
            "/api/shop/v1/nothing",
            "/api/shop/v1/proposals/no-uuid/payment",
            "/open/v1/nothing",
            "/api/" + "字" * 999,
        ):
            answer = client.generic(method, path)
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), (method, path)
    assert client.post("/products/x").status_code == 405
