"""Two covers for two people in one basket, signed one by one, paid once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.screen import Screen
from tests.browser.world import ACCIDENT, MEDICAL, NAME
from tests.journey.customer import Customer
from tests.journey.identity_numbers import identity_number
from tests.journey.installation import Installation

HUSBAND, BORN = "周远", date(1990, 6, 1)


@pytest.fixture
def family(installation: Installation, phone_number: str) -> Customer:
    customer = Customer(installation.origin, phone_number).sign_in()
    work = next(one for one in customer.ask("GET", "occupations", params={"q": "教师"}) if one["risk_class"] == 1)
    customer.add_self(NAME, serial=71, occupation_code=work["code"])
    him = {"name": HUSBAND, "relation": "spouse", "occupation_code": work["code"], "social_insurance": True}
    customer.ask("POST", "people", json={**him, "identity_number": identity_number(BORN, serial=73)})
    return customer


@pytest.mark.rule("SALE-2")
def test_a_family_buys_two_covers_with_one_payment(open_screen, family: Customer) -> None:
    with open_screen() as screen, open_screen() as theirs:
        screen.take_session(family)
        _empty(screen)
        for relation in ("self", "spouse"):
            _put_in(screen, relation)
        items = screen.page.get_by_test_id(f"basket-item-{ACCIDENT}")
        expect(items).to_have_count(2)
        screen.fits()
        assert screen.barriers() == []
        screen.picture("basket-two")

        for number in (1, 2):
            screen.open("/basket")
            screen.tap("basket-next")
            screen.page.wait_for_url(re.compile("/health"))
            screen.settle()
            steps.answer_questions(screen, f"basket-{number}")
            steps.propose(screen, f"basket-{number}", then="/papers/" if number == 1 else "/insured-consent$")
            if number == 2:
                steps.ask_insured(screen, theirs, "basket", "13700000071")
            steps.read_papers(screen, f"basket-{number}")
            steps.sign(screen, f"basket-{number}", then="/basket/sign$")
        screen.sees("sitting-done")
        assert screen.barriers() == []
        screen.picture("basket-sitting")
        screen.tap("sitting-done")
        expect(screen.page.locator('[data-state="ready"]')).to_have_count(2)
        screen.picture("basket-ready")
        screen.tap("basket-pay")
        _pay(screen)
        screen.open("/policies")
        for insured in (NAME, HUSBAND):
            expect(screen.page.get_by_text(insured).first).to_be_visible()
        screen.picture("basket-policies")


def _empty(screen: Screen) -> None:
    """Nothing lies in a basket that nobody put there."""
    screen.open("/basket")
    screen.sees("basket-products")
    screen.picture("basket-empty")


def _put_in(screen: Screen, relation: str) -> None:
    screen.open(f"/products/{ACCIDENT}")
    screen.tap("add-to-basket")
    screen.page.wait_for_url(re.compile("basket=1"))
    screen.settle()
    steps.nothing_ticked(screen, "insured")
    screen.tap(f"insured-{relation}")
    expect(screen.at("who-next")).to_be_enabled()
    screen.picture(f"basket-who-{relation}")
    screen.tap("who-next")
    screen.arrives("/basket")
    screen.sees(f"basket-item-{ACCIDENT}")


def _pay(screen: Screen) -> None:
    screen.page.wait_for_url(re.compile("/basket/pay$"))
    total = screen.sees("basket-pay-total")
    expect(total).to_contain_text("¥")
    steps.nothing_ticked(screen, "agree")
    assert screen.barriers() == []
    screen.settle()
    screen.picture("basket-pay")
    screen.tap("basket-confirm")
    screen.page.wait_for_url(re.compile("/cashier"))
    screen.page.get_by_role("button", name=re.compile("^付款")).click()
    screen.page.wait_for_load_state()
    if not screen.page.url.startswith(screen.origin):
        screen.page.get_by_role("link", name="返回保和").click()
    screen.page.wait_for_url(re.compile("/pay/"))
    screen.sees("pay-paid")
    expect(screen.page.get_by_test_id("pay-one")).to_have_count(2)
    screen.picture("basket-paid")
    screen.open("/basket")
    screen.sees("basket-products")


def test_taking_out_is_one_tap(open_screen, family: Customer) -> None:
    me = family.ask("GET", "people")[0]["id"]
    for _ in range(2):
        quote = family.quote(ACCIDENT, me)
        family.ask("POST", "basket/items", json={"quote_id": quote["id"]})
    with open_screen() as screen:
        screen.take_session(family)
        screen.open("/mine")
        expect(screen.at("mine-basket")).to_contain_text("2")
        screen.open("/basket")
        screen.tap("basket-remove")
        expect(screen.page.get_by_test_id(f"basket-item-{ACCIDENT}")).to_have_count(1)
        screen.tap("basket-remove")
        screen.sees("basket-products")


@pytest.mark.rule("SALE-7")
def test_two_covers_of_the_same_costs_say_so_before_anything_is_declared(open_screen, family: Customer) -> None:
    me = family.ask("GET", "people")[0]["id"]
    for _ in range(2):
        family.ask("POST", "basket/items", json={"quote_id": family.quote(MEDICAL, me)["id"]})
    for display in ({}, {"theme": "dark", "size": "large"}, {"language": "en"}):
        with open_screen(**display) as screen:
            screen.take_session(family)
            screen.open("/basket")
            expect(screen.page.get_by_test_id("basket-same-costs")).to_have_count(2)
            screen.fits()
            assert screen.barriers() == []
            screen.picture("-".join(["basket-same-costs", *display.values()]))
    with open_screen() as screen:
        screen.take_session(family)
        screen.open("/basket")
        screen.tap("basket-remove")
        expect(screen.page.get_by_test_id(f"basket-item-{MEDICAL}")).to_have_count(1)
        expect(screen.page.get_by_test_id("basket-same-costs")).to_have_count(0)
