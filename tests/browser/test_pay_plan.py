"""The pay plan of a policy paid by the month: what comes next, an account bound at the bank, a premium paid by hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.world import MEDICAL, NAME
from tests.journey.customer import Customer, pay_at_cashier
from tests.journey.installation import Installation


@pytest.mark.rule("SALE-3")
def test_deductions_are_bound_stopped_and_a_premium_is_paid_by_hand(
    open_screen, installation: Installation, phone_number: str
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self(NAME, serial=75)
    declaration = customer.declare(customer.quote(MEDICAL, person["id"]))
    sale = customer.start_payment(customer.read_and_sign(customer.propose(declaration, instalment="monthly")))
    pay_at_cashier(sale.cashier_url)
    policy = customer.wait_for_policy(sale)
    with open_screen() as screen:
        screen.take_session(customer)
        screen.open(f"/policies/{policy}")
        screen.tap("policy-plan")
        screen.page.wait_for_url(re.compile("/plan$"))
        _look(screen, "plan")

        screen.tap("plan-bind")
        screen.page.get_by_role("button", name="同意并签约").click()
        screen.page.wait_for_url(re.compile("/plan$"))
        expect(screen.at("plan-unbind")).to_be_visible()
        _look(screen, "plan-bound")

        screen.tap("plan-stop")
        expect(screen.at("plan-allow")).to_be_visible()
        screen.tap("plan-allow")
        expect(screen.at("plan-stop")).to_be_visible()

        screen.tap("plan-pay")
        screen.page.wait_for_url(re.compile("cashier"))
        pay_at_cashier(screen.page.url)
        screen.open(f"/policies/{policy}/plan")
        expect(screen.at("plan-item").first).to_contain_text("第 2 期")
        expect(screen.at("plan-item").first).to_contain_text("已交")
        _look(screen, "plan-paid")


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.picture(name)
    screen.fits()
    assert screen.barriers() == []
