"""The page of a payment that somebody else than the policyholder made: where the money is, and what to do."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.world import MEDICAL, NAME
from tests.journey.customer import Customer
from tests.journey.installation import Installation


@pytest.mark.rule("SALE-9")
@pytest.mark.parametrize(("language", "words"), [("zh", "尾号 0077"), ("en", "ending in 0077")])
def test_another_s_money_is_sent_back_in_plain_words(
    open_screen, installation: Installation, phone_number: str, language: str, words: str
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self(NAME, serial=int(phone_number) % 900)
    declaration = customer.declare(customer.quote(MEDICAL, person["id"]))
    proposal = customer.read_and_sign(customer.propose(declaration))
    started = customer.ask(
        "POST",
        f"proposals/{proposal['id']}/payment",
        json={"instalment": proposal["instalment"]["code"], "deduction_agreed": True, "provider": "transfer"},
        headers={"Idempotency-Key": phone_number},
    )
    _transfer(started["cashier_url"], payer="周正", payer_account="6228480000000000077")
    with open_screen(language=language) as screen:
        screen.take_session(customer)
        screen.open(f"/pay/{started['payment_id']}")
        expect(screen.at("pay-closed")).to_contain_text(words)
        screen.settle()
        screen.picture(f"sent-back-{language}")
        screen.fits()
        assert screen.barriers() == []
        screen.tap("pay-proposal")
        screen.arrives(f"/buy/proposal/{proposal['id']}")


def _transfer(cashier: str, **choice: str) -> None:
    with httpx.Client(timeout=20) as browser:
        page = browser.get(cashier, follow_redirects=True)
        form = re.search(r'action="([^"]*transfer)"', page.text)
        assert form, page.text[:500]
        assert browser.post(urljoin(str(page.url), form[1]), data=choice).status_code == 303
