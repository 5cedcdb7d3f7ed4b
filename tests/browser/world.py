"""What a customer needs to have before most pages have something to show; bought through the API, as the app does."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from baohe.kernel.dates import business_date
from tests.browser.clock import clock_offset
from tests.claims.sample_invoice import draw_invoice
from tests.journey.customer import Customer
from tests.journey.installation import Installation

ACCIDENT = "songtao-accident"
MEDICAL = "haijia-medical-a"
HOSPITAL = "临江市第二人民医院"
NAME = "林知夏"


@dataclass
class Bought:
    """Two policies at once; `decision_id`, `proposals` and `claims` by `go_on`, once the cover has begun."""

    installation: Installation
    customer: Customer
    person: dict[str, Any]
    policy_id: str
    medical_id: str
    decision_id: str = ""
    referred_id: str = ""
    proposals: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)

    def go_on(self) -> None:
        """A sale at each of its stops (also with an underwriter), a claim begun and a claim with a person."""
        customer, person_id = self.customer, self.person["id"]
        accident = {"sum_insured": "500000", "plan": "with_medical"}
        decision = customer.declare(customer.quote(ACCIDENT, person_id, **accident))
        self.decision_id = decision["id"]
        self.proposals["draft"] = customer.propose(decision)["id"]
        quote = customer.quote(MEDICAL, person_id)
        customer.ask("POST", "basket/items", json={"quote_id": quote["id"], "instalment": "monthly"})
        medical = customer.declare(quote)
        self.proposals["signed"] = customer.read_and_sign(customer.propose(medical))["id"]
        referred = customer.declare(customer.quote(ACCIDENT, person_id, **accident), {"duties": "some"})
        assert referred["outcome"] == "refer", referred
        self.referred_id = referred["id"]
        today = business_date(datetime.now(UTC) + clock_offset(self.installation))
        for name in ("draft", "with_person"):
            self.claims[name] = self._notice(today, another=name == "with_person")
        self._add_invoice(self.claims["draft"], today)
        customer.ask("POST", f"claims/{self.claims['with_person']}/ask-person")

    def _notice(self, today: date, another: bool) -> str:
        notice = {
            "policy_id": self.policy_id,
            "sentence": "下楼时踩空，左脚踝扭伤",
            "happened_on": str(today),
            "event": "accident_outpatient",
            "another": another,
        }
        key = {"Idempotency-Key": str(uuid.uuid4())}
        return self.customer.ask("POST", "claims", json=notice, headers=key)["id"]

    def _add_invoice(self, claim_id: str, today: date) -> None:
        folder = self.installation.data.parent
        picture = draw_invoice(folder / "invoice.jpg", NAME, today, HOSPITAL, 52_000, 20_000, 3_000)
        file = {"file": ("invoice.jpg", picture.read_bytes(), "image/jpeg")}
        self.customer.ask("POST", f"claims/{claim_id}/papers", data={"kind": "invoice"}, files=file)


def buy(installation: Installation) -> Bought:
    customer = Customer(installation.origin, "13900000100").sign_in()
    work = next(one for one in customer.ask("GET", "occupations", params={"q": "教师"}) if one["risk_class"] == 1)
    person = customer.add_self(NAME, occupation_code=work["code"])
    policy_id = customer.buy(ACCIDENT, person["id"], sum_insured="300000", plan="with_medical")
    return Bought(installation, customer, person, policy_id, customer.buy(MEDICAL, person["id"]))
