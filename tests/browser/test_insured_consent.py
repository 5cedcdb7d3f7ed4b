"""Term life for a spouse, who says yes on their own telephone before anything is signed (SALE-11)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.screen import Screen
from tests.identity.sample_card import card, draw_front
from tests.journey.customer import Customer
from tests.journey.identity_numbers import identity_number
from tests.journey.installation import Installation

LIFE = "yunshan-term-life"
THEIRS = "13700000075"


@pytest.fixture
def drafted(installation: Installation, phone_number: str) -> tuple[Customer, str]:
    """A customer and her proposal of term life on her husband, with its first pages on record."""
    customer = Customer(installation.origin, phone_number).sign_in()
    customer.add_self("林知夏", serial=75)
    him = {"name": "周远", "relation": "spouse", "social_insurance": True, "occupation_code": None}
    number = identity_number(date(1990, 6, 1), female=False, serial=77)
    spouse = customer.ask("POST", "people", json={**him, "identity_number": number})
    declaration = customer.declare(customer.quote(LIFE, spouse["id"]))
    assert declaration["outcome"] == "accept", declaration
    proposal = customer.propose(declaration)
    customer.record(proposal)
    return customer, proposal["id"]


def _to_cashier(screen: Screen) -> str:
    """Answers the path of the payment's own page."""
    screen.tap("pay-confirm")
    screen.page.wait_for_url(re.compile("/cashier"))
    screen.page.go_back()
    screen.sees("pay-checking")
    path = screen.page.url.removeprefix(screen.origin)
    screen.tap("pay-cashier")
    screen.page.wait_for_url(re.compile("/cashier"))
    return path


@pytest.mark.rule("SALE-11")
def test_a_spouse_agrees_on_their_own_telephone(open_screen, drafted: tuple[Customer, str]) -> None:
    customer, proposal_id = drafted
    with open_screen() as screen, open_screen() as theirs:
        screen.take_session(customer)
        screen.open(f"/buy/proposal/{proposal_id}")
        screen.sees("need-insured_consent")
        screen.picture("consent-proposal")
        screen.tap("proposal-next")
        steps.tell_purpose(screen, "consent", then="/insured-consent$")
        steps.ask_insured(screen, theirs, "consent", THEIRS)
        steps.read_papers(screen, "consent")
        steps.sign(screen, "consent")
        screen.tap("deduction-agree")
        path = _to_cashier(screen)
        steps.pay(screen, "consent", path)
        screen.tap("policy-beneficiaries")
        screen.sees("beneficiaries-now")
        screen.settle()
        screen.fits()
        assert screen.barriers() == []
        screen.picture("beneficiaries")
        screen.tap("beneficiaries-edit")
        screen.tap("heir-self")
        screen.picture("beneficiaries-edit")
        screen.tap("beneficiaries-save")
        screen.sees("beneficiaries-waiting")
        screen.at("their-phone").fill(THEIRS)
        screen.picture("beneficiaries-waiting")
        expect(screen.at("beneficiaries-now")).to_contain_text("法定")


def test_a_link_that_does_not_exist_says_what_to_do(open_screen) -> None:
    with open_screen() as screen:
        screen.open(f"/consent/{'x' * 43}")
        expect(screen.page.get_by_text("请让投保人再发一次链接")).to_be_visible()
        screen.picture("consent-unknown")
        screen.faults = [fault for fault in screen.faults if "consent-links/look" not in fault]


def test_a_card_fills_the_form(open_screen, installation: Installation, phone_number: str, tmp_path) -> None:
    truth = card(3)
    picture = draw_front(tmp_path / "card.jpg", truth, 3)
    customer = Customer(installation.origin, phone_number).sign_in()
    with open_screen() as screen:
        screen.take_session(customer)
        screen.open("/family/new")
        screen.at("card-photo").set_input_files(picture)
        expect(screen.at("person-identity")).to_have_value(truth.number, timeout=60_000)
        expect(screen.at("person-name")).to_have_value(truth.name)
        expect(screen.at("identity-result")).to_contain_text(truth.birth.isoformat())
        screen.settle()
        screen.picture("card-read")
