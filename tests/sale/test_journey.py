"""The whole sale as the phone does it: over HTTP, with the wallet's signed callback at its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from baohe.config.wiring import handlers
from baohe.demo import signing
from baohe.plumbing import clock, outbox
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import Policy, Proposal
from tests.journey.recording import PAGE_OF, content, events
from tests.sale import steps, world
from tests.sale.world import STROKES, Customer

SHOP = "/api/shop/v1"


class Phone:
    """The app of one signed-in customer."""

    def __init__(self, customer: Customer) -> None:
        self.client = Client()
        self.client.force_login(
            get_user_model().objects.get(pk=customer.id), backend="django.contrib.auth.backends.ModelBackend"
        )

    def get(self, path: str, status: int = 200) -> Any:
        return self._body(self.client.get(f"{SHOP}/{path}"), status)

    def post(self, path: str, body: object, status: int = 201, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.client.post(f"{SHOP}/{path}", body, content_type="application/json", headers=headers)
        return self._body(answer, status)

    def put(self, path: str, body: object, status: int = 200) -> Any:
        return self._body(self.client.put(f"{SHOP}/{path}", body, content_type="application/json"), status)

    @staticmethod
    def _body(answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content.decode()[:2_000]
        return answer.json() if "json" in answer["Content-Type"] else answer.content

    def declared(self, customer: Customer, product: str = steps.MEDICAL) -> dict[str, Any]:
        quote = self.post("quotes", {"product": product, "person_id": str(customer.me.id), "inputs": {}})
        questions = self.get(f"products/{product}/questions?person_id={customer.me.id}")["questions"]
        healthy = {q["id"]: q["answers"][0]["value"] for q in questions if not q["asked_when"]}
        return self.post("declarations", {"quote_id": quote["id"], "answers": healthy, "health_consent": True})

    def signed(self, proposal: dict[str, Any]) -> dict[str, Any]:
        path = f"proposals/{proposal['id']}"
        for paper in proposal["papers"]:
            if paper["needed"] and paper["code"] == "insured_consent":
                steps.consented(policies.proposal_by_id(UUID(proposal["id"])))
            elif paper["needed"] and paper["code"] != "deduction":
                told = {"code": paper["code"], "digest": paper["digest"], "agreed": True}
                self.post(f"{path}/confirmations", told, status=200)
        self.recorded(proposal)
        return self.post(f"{path}/signature", self.drawn(path), status=200)

    def drawn(self, path: str) -> dict[str, Any]:
        """What the app sends to sign: the file that was shown, a code from the telephone, the device's own word."""
        document = self.get(f"{path}/document")
        sent = self.post(f"{path}/signature/code", {"document_sha256": document["sha256"]}, status=202)
        return self._act(document, UUID(sent["code_id"]), steps.read_code())

    def unasked(self, path: str) -> dict[str, Any]:
        """The same with a code nobody asked for: past the door at which a missing step is named first."""
        return self._act(self.get(f"{path}/document"), uuid4(), "000000")

    @staticmethod
    def _act(document: dict[str, Any], code_id: UUID, code: str) -> dict[str, Any]:
        act = signing.given(document["sha256"], STROKES, code_id, code)
        return {
            "document_sha256": act.document_sha256,
            "strokes": STROKES,
            "consent_sha256": document["consent_sha256"],
            "code_id": str(code_id),
            "code": act.code,
            "device": {"key": act.device_key, "signature": act.device_signature},
        }

    def recorded(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """The sitting on record, in one part."""
        begun = self.post(
            "recordings", {"build": self.get("recordings/build")["build"], "product": proposal["product"]}
        )
        return self.part(begun, content(events(PAGE_OF, [proposal["id"]])))

    def part(self, recording: dict[str, Any], body: bytes, status: int = 200, packed: bool = False) -> Any:
        answer = self.client.put(
            f"{SHOP}/recordings/{recording['id']}/parts/{recording['next_part']}",
            body,
            content_type="application/gzip" if packed else "application/json",
            headers={"Recording-Previous": recording["head"]},
        )
        return self._body(answer, status)


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


def test_from_the_price_to_the_policy_and_out_again(lin: Customer, phone: Phone) -> None:
    declaration = phone.declared(lin)
    assert declaration["outcome"] == "accept"

    proposal = phone.post("proposals", {"declaration_id": declaration["id"], "instalment": "monthly"})
    path = f"proposals/{proposal['id']}"
    assert (proposal["due_today_fen"], proposal["state"]) == (2_600, "draft")
    assert phone.get(f"{path}/document.pdf").startswith(b"%PDF-")
    assert phone.signed(proposal)["state"] == "signed"

    paying = {"instalment": "monthly", "deduction_agreed": True}
    started = phone.post(f"{path}/payment", paying, key="pay-1")
    for key in ("pay-1", "pay-2"):
        again = phone.post(f"{path}/payment", paying, key=key)
        assert (again["payment_id"], again["amount_fen"]) == (started["payment_id"], 2_600)

    assert steps.told(payments.intent(started["payment_id"])).word == "accepted"
    state = phone.get(f"payments/{started['payment_id']}")
    assert (state["state"], state["proposal_id"]) == ("paid", proposal["id"])

    evidence.integrate()
    while outbox.work_once({k: v for k, v in handlers().items() if k.startswith("policies.")}):
        pass
    policy = phone.get(f"policies/{state['policy_id']}")
    assert policy["state"] == "cooling_off"
    assert policy["document"]["state"] == "ready"
    assert policy["evidence"]["leaf_index"] is not None
    assert policy["leaving"] == {
        "allowed": True,
        "refund_fen": 2_600,
        "rule": policy["leaving"]["rule"],
        "clause": policy["leaving"]["clause"],
        "cooling_off_until": "2026-12-07",
    }
    assert [line["kind"] for line in policy["payments"]] == ["paid", *["due"] * 11]
    assert phone.get(f"policies/{policy['id']}/document.pdf").startswith(b"%PDF-")
    assert [card["id"] for card in phone.get("policies")["items"]] == [policy["id"]]

    left = phone.post(f"policies/{policy['id']}/cancellation", {"refund_fen": 2_600}, status=200, key="leave-1")
    assert left["state"] == "refunding"
    after = phone.get(f"policies/{policy['id']}")
    assert (after["state"], after["leaving"]["allowed"]) == ("cancelled", False)
    assert [line["kind"] for line in after["payments"]] == ["paid", "refunding"]


def test_the_timeline_tells_past_and_future_with_today_between(lin: Customer, phone: Phone) -> None:
    policy = steps.sold(steps.drafted(lin), "monthly")
    with clock.travel(world.NOW.replace(day=30)):
        story = [(e["title"]["zh"], e["state"]) for e in phone.get(f"policies/{policy.id}")["timeline"]]
    assert story == [
        ("投保并付款", "done"),
        ("保障开始，意外可赔", "done"),
        ("今天 2026-11-30，犹豫期第 8 天", "now"),
        ("犹豫期结束", "next"),
        ("等待期结束，疾病可赔", "next"),
        ("第 2 期保费", "next"),
        ("到期提醒", "next"),
        ("保障到期", "next"),
    ]


@pytest.mark.parametrize(
    ("step", "code"),
    [("sign", "papers_missing"), ("pay", "signature_needed"), ("agree", "agreement_needed"), ("key", "invalid_input")],
)
def test_each_missing_step_is_refused_and_nothing_happened(lin: Customer, phone: Phone, step: str, code: str) -> None:
    proposal = phone.post("proposals", {"declaration_id": phone.declared(lin)["id"]})
    path = f"proposals/{proposal['id']}"
    pay = {"instalment": "monthly", "deduction_agreed": False}
    if step == "sign":
        problem = phone.post(f"{path}/signature", phone.drawn(path), status=409)
    elif step == "pay":
        problem = phone.post(f"{path}/payment", pay, status=409, key="k")
    elif step == "agree":
        phone.signed(proposal)
        problem = phone.post(f"{path}/payment", pay, status=422, key="k")
    else:
        problem = phone.post(f"{path}/payment", pay, status=422)
    assert problem["code"] == code
    assert problem["next"]["zh"]
    assert Proposal.objects.get().state in ("draft", "signed")
    assert Policy.objects.count() == 0


@pytest.mark.rule("SALE-9")
@pytest.mark.field_bug(27)
def test_a_stranger_gets_404_everywhere(lin: Customer, phone: Phone) -> None:
    policy = steps.sold(steps.drafted(lin))
    proposal = steps.drafted(lin)
    stranger = Phone(world.customer("13900000002"))
    for path in (
        f"proposals/{proposal.id}",
        f"proposals/{proposal.id}/document",
        f"proposals/{proposal.id}/document.pdf",
        f"payments/{policy.payment_id}",
        f"policies/{policy.id}",
        f"policies/{policy.id}/document.pdf",
    ):
        stranger.get(path, status=404)
    stranger.post(f"proposals/{proposal.id}/payment", {"instalment": "single"}, status=404, key="k")
    stranger.post(f"policies/{policy.id}/cancellation", {"refund_fen": 31_200}, status=404, key="k")
    assert stranger.get("policies")["total"] == 0


def test_without_a_session_every_door_says_sign_in(lin: Customer) -> None:
    for path in (f"proposals/{uuid4()}", f"payments/{uuid4()}", "policies", f"policies/{uuid4()}"):
        assert Client().get(f"{SHOP}/{path}").status_code == 401
