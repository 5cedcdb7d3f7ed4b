"""An order of a partner that names its insured, the claim opened for them, and their browser."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.test import Client

from baohe.flows import report_by_partner
from baohe.flows.issue_in_bulk import Order, issue_in_bulk
from baohe.flows.report_by_partner import Opened, Told
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.queries import body_of
from baohe.rooms.partners.contracts import PartnerView
from baohe.rooms.policies.contracts import OrderInsured

GOODS = "yizhan-goods-quality"
EVENT = "faulty_goods"
NAME = "周远"
PHONE = "13700000088"
DOCUMENT = "02183X"
ACCOUNT = {"bank": "江城银行", "number": "6217 0000 1234 5678"}
BY_PHONE = OrderInsured(NAME, PHONE)
BY_DOCUMENT = OrderInsured(NAME, "", DOCUMENT)
API = "/api/shop/v1"


def order(
    partner: PartnerView, reference: str = "T1", insured: OrderInsured | None = BY_PHONE, product: str = GOODS
) -> None:
    inputs = {item.code: item.default for item in catalog.current(product, clock.today()).rating_inputs}
    [outcome] = issue_in_bulk(partner, [Order(reference, product, clock.today(), inputs, insured)])
    assert outcome.status == "issued", outcome.error


def told(reference: str = "T1", **changes: Any) -> Told:
    said = {
        "reference": reference,
        "event": EVENT,
        "incident": "1",
        "happened_on": clock.today(),
        "sentence": "电饭煲插上就跳闸，店铺不退",
        "another": False,
    }
    return Told(**said | changes)


def opened(partner: PartnerView, insured: OrderInsured | None = BY_PHONE, reference: str = "T1") -> Opened:
    order(partner, reference, insured)
    return report_by_partner.report(partner.id, told(reference))


def token_of(made: Opened) -> str:
    assert made.url is not None
    return made.url.rpartition("#")[2]


def code_sent() -> str:
    row = Message.objects.filter(template="claim_link_code").order_by("-created_at", "-id").first()
    assert row is not None
    return re.findall(r"\b\d{6}\b", body_of(row).zh)[0]


class Browser:
    """A telephone that speaks to the shop's API; nobody is signed in on it."""

    def __init__(self) -> None:
        self.client = Client()

    def post(self, path: str, **words: Any) -> tuple[int, Any]:
        headers = {"Idempotency-Key": "k1"} if path.endswith(("/submit", "/messages")) else {}
        answer = self.client.post(f"{API}/{path}", words, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    def put(self, path: str, **words: Any) -> tuple[int, Any]:
        answer = self.client.put(f"{API}/{path}", words, content_type="application/json")
        return answer.status_code, answer.json()

    def get(self, path: str) -> tuple[int, Any]:
        answer = self.client.get(f"{API}/{path}")
        return answer.status_code, answer.json() if "json" in answer["Content-Type"] else answer.content

    def prove(self, token: str) -> UUID:
        """By the code to the telephone; the claim that is open from now on."""
        assert self.post("claim-links/code", token=token)[0] == 202
        status, state = self.post("claim-links/open", token=token, code=code_sent())
        assert status == 200, state
        return UUID(state["claim_id"])
