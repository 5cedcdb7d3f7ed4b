"""The papers of a policy in one place: opened, signed by that, verified, and readable in every dress of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.world import MEDICAL, NAME
from tests.journey.customer import Customer, pay_at_cashier
from tests.journey.installation import Installation

KINDS = ("policy", "proposal", "health_declaration", "receipt")
DRESSES = {
    "zh": {},
    "zh-dark": {"theme": "dark"},
    "en-desk": {"language": "en", "desktop": True},
    "zh-desk-dark": {"theme": "dark", "desktop": True},
    "large": {"size": "large"},
}


@pytest.mark.rule("SERV-1")
def test_papers_are_listed_opened_and_verified(open_screen, installation: Installation, phone_number: str) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self(NAME, serial=79)
    proposal = customer.propose(customer.declare(customer.quote(MEDICAL, person["id"])))
    sale = customer.start_payment(customer.read_and_sign(proposal))
    pay_at_cashier(sale.cashier_url)
    policy = customer.wait_for_policy(sale)
    with open_screen() as screen:
        screen.take_session(customer)
        screen.open(f"/buy/proposal/{proposal['id']}")
        assert _download(screen, "proposal-declaration").startswith(b"%PDF-")
        _look(screen, "proposal")
        screen.open(f"/policies/{policy}")
        for kind in KINDS:
            expect(screen.at(f"paper-{kind}")).to_be_visible(timeout=60_000)
        expect(screen.at("paper-receipt")).to_contain_text("打开时由保险公司签名")
        for kind in KINDS:
            assert _download(screen, f"paper-{kind}").startswith(b"%PDF-")
        # the row follows the signing by itself
        expect(screen.at("paper-receipt")).to_contain_text("保险公司已签名", timeout=30_000)
        screen.tap("verify-receipt")
        expect(screen.at("verdict")).to_have_attribute("data-genuine", "true", timeout=30_000)
        expect(screen.at("verdict")).to_contain_text("保险费收据")
        screen.picture("papers-verified")
        screen.check()
    for name, dress in DRESSES.items():
        with open_screen(**dress) as screen:
            screen.take_session(customer)
            screen.open(f"/policies/{policy}")
            expect(screen.at("verify-receipt")).to_be_visible()
            screen.at("policy-papers").scroll_into_view_if_needed()
            _look(screen, name)


def _download(screen: Screen, testid: str) -> bytes:
    with screen.page.expect_download() as waiting:
        screen.tap(testid)
    return Path(waiting.value.path()).read_bytes()


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.picture(f"papers-{name}")
    screen.fits()
    assert screen.barriers() == []
