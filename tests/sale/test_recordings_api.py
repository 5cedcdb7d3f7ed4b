"""The record of a purchase over HTTP: as the app sends it, and as it must not be sent."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.recordings.models import Part, Recording
from tests.journey.recording import content, events
from tests.sale import world
from tests.sale.test_journey import SHOP, Phone
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-5")


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


def test_a_purchase_says_what_is_not_on_record_yet(lin: Customer, phone: Phone) -> None:
    proposal = phone.post("proposals", {"declaration_id": phone.declared(lin)["id"], "instalment": "single"})
    [need] = [one for one in proposal["needs"] if one["code"] == "recorded"]
    assert (need["done"], need["before"]) == (False, "pay")
    assert need["path"] == f"/buy/proposal/{proposal['id']}/record"
    # given everything but the payment's own page
    begun = phone.post("recordings", {"build": phone.get("recordings/build")["build"]})
    kinds = ["enter", "identity", "entry", "clauses", "exclusions", "confirm", "submit"]
    state = phone.part(begun, gzip.compress(content(events(kinds, [proposal["id"]]))), packed=True)
    assert (state["next_part"], state["state"]) == (1, "open")
    assert phone.get(f"recordings/{begun['id']}") == state
    # then the payment's page is what comes next, and each page says whether it is on record
    record = phone.get(f"proposals/{proposal['id']}/record")
    assert [page["kind"] for page in record["pages"] if not page["recorded"]] == ["pay"]
    [need] = phone.get(f"proposals/{proposal['id']}")["needs"]
    assert need["path"] == f"/buy/proposal/{proposal['id']}/pay"


def test_a_payment_without_the_record_is_refused_in_words(lin: Customer, phone: Phone) -> None:
    proposal = phone.post("proposals", {"declaration_id": phone.declared(lin)["id"], "instalment": "single"})
    phone.recorded = lambda _: None  # type: ignore[method-assign]  # this phone records nothing
    phone.signed(proposal)
    paying = {"instalment": "single"}
    answer = phone.client.post(
        f"{SHOP}/proposals/{proposal['id']}/payment",
        paying,
        content_type="application/json",
        headers={"Idempotency-Key": "pay-1"},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "steps_missing")
    assert answer.json()["codes"] == ["recorded"]
    assert PaymentIntent.objects.count() == 0


def test_nobody_else_writes_or_reads(lin: Customer, phone: Phone) -> None:
    begun = phone.post("recordings", {"build": phone.get("recordings/build")["build"]})
    other = Phone(world.customer("13800000002"))
    body = content(events(["enter"], []))
    assert other.part(begun, body, status=404)["code"] == "not_found"
    assert other.get(f"recordings/{begun['id']}", status=404)["code"] == "not_found"
    assert Client().get(f"{SHOP}/recordings/build").status_code == 401
    assert Part.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{}", 422, "recording_unreadable"),
        (b"x" * 200_000, 413, "recording_too_large"),
        (content(events(["enter"], [])).replace(b"enter", b"gift!"), 422, "recording_unreadable"),
    ],
)
def test_what_is_no_part_is_refused(phone: Phone, body: bytes, status: int, code: str) -> None:
    begun = phone.post("recordings", {"build": phone.get("recordings/build")["build"]})
    refused = phone.part(begun, body, status=status)
    assert refused["code"] == code
    assert refused["next"]["zh"]
    assert Part.objects.count() == 0


def test_a_wrong_head_or_build_is_refused(phone: Phone) -> None:
    begun = phone.post("recordings", {"build": phone.get("recordings/build")["build"]})
    body = content(events(["enter"], []))
    assert phone.part({**begun, "head": "f" * 64}, body, status=409)["code"] == "recording_part_differs"
    assert phone.part({**begun, "head": "F"}, body, status=422)["code"] == "invalid_input"
    assert phone.part({**begun, "next_part": 3}, body, status=409)["expected"] == 0
    assert phone.post("recordings", {"build": "f" * 64}, status=409)["code"] == "page_unknown"
    assert (Part.objects.count(), Recording.objects.count()) == (0, 1)
