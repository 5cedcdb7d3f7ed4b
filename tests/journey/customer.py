"""A customer who uses the shop's API the way the app does: one method a step, every refusal kept."""

from __future__ import annotations

import gzip
import re
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urljoin

import httpx

from tests.journey import device
from tests.journey.identity_numbers import identity_number
from tests.journey.recording import PAGE_OF, content, events

STROKES = [[{"x": 1000 + 40 * i, "y": 3000 + (i % 7) * 300, "t": 16 * i} for i in range(60)]]


class Refused(AssertionError):
    """The server said no; `problem` is what it said."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.problem: dict[str, Any] = response.json() if "json" in response.headers.get("content-type", "") else {}
        super().__init__(
            f"{response.request.method} {response.request.url}: {response.status_code} {response.text[:400]}"
        )


@dataclass
class Sale:
    """How far a sale came. `policy_id` is set only after the server acknowledged it."""

    proposal_id: str
    payment_id: str
    cashier_url: str
    policy_id: str | None = None


class Customer:
    """Signed in at `origin` (…:8000). Answers of GET may be retried; writes carry their own key."""

    def __init__(self, origin: str, phone: str, *, timeout: float = 30) -> None:
        self.origin = origin
        self.phone = phone
        self.device = device.Device()
        self.http = httpx.Client(base_url=f"{origin}/api/shop/v1/", timeout=timeout, headers={"Origin": origin})

    def __enter__(self) -> Customer:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def ask(self, method: str, path: str, **kwargs: Any) -> Any:
        headers = kwargs.pop("headers", {})
        if method != "GET":
            headers = {"X-CSRFToken": self.http.cookies.get("csrf") or "", **headers}
        response = self.http.request(method, path, headers=headers, **kwargs)
        if response.status_code >= 400:
            raise Refused(response)
        return response.json() if response.content else None

    def sign_in(self) -> Customer:
        self.ask("GET", "session")
        self.ask("POST", "auth/code", json={"phone": self.phone})
        self.ask("POST", "auth/verify", json={"phone": self.phone, "code": self._code()})
        return self

    def _code(self, purpose: str = "登录") -> str:
        """The newest code for that purpose; the message says what it is for."""
        return self.told(r"\b\d{6}\b", purpose)

    def told(self, pattern: str, about: str = "") -> str:
        """What the newest message to this telephone that has it says; `about` are words of that message."""
        for _ in range(50):
            messages = self.ask("GET", "demo/inbox", params={"phone": self.phone})
            meant = [message["body"]["zh"] for message in messages if about in message["body"]["zh"]]
            found: list[str] = [m for words in meant for m in re.findall(pattern, words)]
            if found:
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"nothing like {pattern} arrived in the demo inbox")

    def add_self(
        self, name: str = "林知夏", birth: date = date(1992, 3, 14), serial: int = 1, **facts: Any
    ) -> dict[str, Any]:
        person = {
            "name": name,
            "relation": "self",
            "identity_number": identity_number(birth, serial=serial),
            "social_insurance": True,
            "occupation_code": None,
            **facts,
        }
        return self.ask("POST", "people", json=person)

    def quote(self, product: str, person_id: str, **inputs: str) -> dict[str, Any]:
        return self.ask("POST", "quotes", json={"product": product, "person_id": person_id, "inputs": inputs})

    def declare(self, quote: dict[str, Any], answers: dict[str, str] | None = None) -> dict[str, Any]:
        asked = self.ask("GET", f"products/{quote['product']}/questions", params={"person_id": quote["person_id"]})
        healthy = {q["id"]: q["answers"][0]["value"] for q in asked["questions"] if not q["asked_when"]}
        body = {"quote_id": quote["id"], "answers": healthy | (answers or {}), "health_consent": True}
        return self.ask("POST", "declarations", json=body)

    def propose(self, declaration: dict[str, Any], **choices: Any) -> dict[str, Any]:
        plan = declaration["instalments"][0]["code"]
        return self.ask("POST", "proposals", json={"declaration_id": declaration["id"], "instalment": plan, **choices})

    def consider(self, proposal: dict[str, Any]) -> None:
        """Whatever the sale waits for before the signature: the questions, and each statement made."""
        if not proposal["needs"]:
            return
        path = f"proposals/{proposal['id']}"
        page = self.ask("GET", f"{path}/suitability")
        if page["examined"] and page["advice"] is None:
            answers = {"purpose": "family", "existing": "none", "income_fen": 10**9, "budget_fen": 10**9}
            page = self.ask("POST", f"{path}/suitability", json=answers)
        for one in page["statements"]:
            stated = {"code": one["code"], "digest": one["digest"], "strokes": STROKES if one["signed"] else []}
            self.ask("POST", f"{path}/statements", json=stated)

    def read_and_sign(self, proposal: dict[str, Any]) -> dict[str, Any]:
        self.consider(proposal)
        for paper in proposal["papers"]:
            if paper["needed"] and paper["code"] == "insured_consent":
                self.let_insured_agree(proposal)
            elif paper["needed"]:
                agreed = {"code": paper["code"], "digest": paper["digest"], "agreed": True}
                self.ask("POST", f"proposals/{proposal['id']}/confirmations", json=agreed)
        self.record(proposal)
        path = f"proposals/{proposal['id']}"
        document = self.ask("GET", f"{path}/document")
        sent = self.ask("POST", f"{path}/signature/code", json={"document_sha256": document["sha256"]})
        digests = document["sha256"], device.strokes_digest(STROKES), document["consent_sha256"]
        signature = {
            "document_sha256": document["sha256"],
            "strokes": STROKES,
            "consent_sha256": document["consent_sha256"],
            "code_id": sent["code_id"],
            "code": self._code("签署"),
            "device": self.device.word(*digests, sent["code_id"]),
        }
        return self.ask("POST", f"{path}/signature", json=signature)

    def let_insured_agree(self, proposal: dict[str, Any], phone: str = "13700000077") -> None:
        """Send the link; the insured opens it in a browser of their own and agrees."""
        self.ask("POST", f"proposals/{proposal['id']}/insured-consent", json={"phone": phone, "insured_decides": True})
        with Customer(self.origin, phone) as insured:
            insured.ask("GET", "session")
            token = {"token": insured.told(r"/consent/([\w-]{43})")}
            insured.ask("POST", "consent-links/code", json=token)
            code = insured.told(r"\b\d{6}\b")
            terms = insured.ask("POST", "consent-links/open", json={**token, "code": code})
            insured.ask("POST", "consent-links/answer", json={**token, "terms": terms["terms"], "agreed": True})

    def record(self, proposal: dict[str, Any], kinds: Iterable[str] = PAGE_OF) -> dict[str, Any]:
        """The sitting as the app records it, in one small part."""
        build = self.ask("GET", "recordings/build")["build"]
        begun = self.ask("POST", "recordings", json={"build": build, "product": proposal["product"]})
        headers = {"Recording-Previous": begun["head"], "Content-Type": "application/gzip"}
        body = gzip.compress(content(events(kinds, [proposal["id"]])))
        return self.ask("PUT", f"recordings/{begun['id']}/parts/0", content=body, headers=headers)

    def start_payment(self, proposal: dict[str, Any], key: str | None = None) -> Sale:
        started = self.ask(
            "POST",
            f"proposals/{proposal['id']}/payment",
            json={"instalment": proposal["instalment"]["code"], "deduction_agreed": True},
            headers={"Idempotency-Key": key or str(uuid.uuid4())},
        )
        return Sale(proposal["id"], started["payment_id"], started["cashier_url"])

    def prepare_sale(self, product: str, person_id: str, **inputs: str) -> Sale:
        """Everything up to the cashier."""
        declaration = self.declare(self.quote(product, person_id, **inputs))
        assert declaration["outcome"] == "accept", declaration
        return self.start_payment(self.read_and_sign(self.propose(declaration)))

    def wait_for_policy(self, sale: Sale, seconds: float = 30) -> str:
        """Poll as the checking page does. The policy id counts as acknowledged from here on."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            state = self.ask("GET", f"payments/{sale.payment_id}")
            if state["state"] == "paid" and state["policy_id"]:
                sale.policy_id = state["policy_id"]
                return state["policy_id"]
            assert state["state"] == "checking", state
            time.sleep(0.2)
        raise AssertionError(f"payment {sale.payment_id} was still being checked after {seconds} s")

    def buy(self, product: str, person_id: str, **inputs: str) -> str:
        sale = self.prepare_sale(product, person_id, **inputs)
        pay_at_cashier(sale.cashier_url)
        return self.wait_for_policy(sale)


def pay_at_cashier(url: str) -> None:
    """Open the wallet's page and press its pay button; what the shop answers to the way back does not matter."""
    with httpx.Client(timeout=20) as browser:
        page = browser.get(url, follow_redirects=True)
        page.raise_for_status()
        form = re.search(r'<form[^>]*action="([^"]*pay)"', page.text)
        if form is None and "已" in page.text:  # paid before: a customer who comes back to the cashier
            return
        assert form, page.text[:500]
        answer = browser.post(urljoin(str(page.url), unescape(form[1])))
        assert answer.status_code in (200, 303), answer.text[:300]
