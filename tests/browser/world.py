"""What a customer needs to have before most pages have something to show; bought through the API, as the app does."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.claims.sample_invoice import draw_invoice
from tests.journey.customer import Customer
from tests.journey.installation import Installation

ACCIDENT = "songtao-accident"
MEDICAL = "haijia-medical-a"
HOSPITAL = "临江市第二人民医院"
NAME = "林知夏"


@dataclass
class Bought:
    """`claims` is filled by `begin_claims`, once the cover has begun: "draft" and "with_person"."""

    customer: Customer
    person: dict[str, Any]
    policy_id: str
    medical_id: str
    decision_id: str
    proposals: dict[str, str]
    claims: dict[str, str]

    def begin_claims(self) -> None:
        today = self._business_date()
        for name in ("draft", "with_person"):
            notice = {
                "policy_id": self.policy_id,
                "sentence": "下楼时踩空，左脚踝扭伤",
                "happened_on": str(today),
                "event": "accident_outpatient",
            }
            claim = self.customer.ask("POST", "claims", json=notice, headers={"Idempotency-Key": str(uuid.uuid4())})
            self.claims[name] = claim["id"]
        self._add_paper(self.claims["draft"], "invoice", today)
        self.customer.ask("POST", f"claims/{self.claims['with_person']}/ask-person")

    def _add_paper(self, claim_id: str, kind: str, today: date) -> None:
        picture = draw_invoice(
            Path(self.customer_folder) / "world-invoice.jpg", NAME, today, HOSPITAL, 52_000, 20_000, 3_000
        )
        with picture.open("rb") as stream:
            papers = {"file": ("invoice.jpg", stream.read(), "image/jpeg")}
        self.customer.ask("POST", f"claims/{claim_id}/papers", data={"kind": kind}, files=papers)

    customer_folder: str = ""

    def _business_date(self) -> date:
        policy = self.customer.ask("GET", f"policies/{self.policy_id}")
        return date.fromisoformat(policy["start"]) + timedelta(days=1)


def buy_and_claim(installation: Installation) -> Bought:
    customer = Customer(installation.origin, "13900000100").sign_in()
    work = next(one for one in customer.ask("GET", "occupations", params={"q": "教师"}) if one["risk_class"] == 1)
    person = customer.add_self(NAME, occupation_code=work["code"])
    policy_id = customer.buy(ACCIDENT, person["id"], sum_insured="300000", plan="with_medical")
    medical_id = customer.buy(MEDICAL, person["id"])
    accident = {"sum_insured": "500000", "plan": "with_medical"}
    decision = customer.declare(customer.quote(ACCIDENT, person["id"], **accident))
    proposals = {"draft": customer.propose(decision)["id"]}
    again = customer.declare(customer.quote(MEDICAL, person["id"]))
    proposals["signed"] = customer.read_and_sign(customer.propose(again))["id"]
    referred = customer.declare(customer.quote(ACCIDENT, person["id"], **accident), {"duties": "some"})
    assert referred["outcome"] == "refer", referred
    return Bought(
        customer, person, policy_id, medical_id, decision["id"], proposals, {}, customer_folder=str(installation.data)
    )
