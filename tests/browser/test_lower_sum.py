"""Lowering a sum insured: the calculation first, one confirmation, then the change with its document and refund."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.world import ACCIDENT, MEDICAL, NAME
from tests.journey.customer import Customer, pay_at_cashier
from tests.journey.installation import Installation


@pytest.mark.rule("SALE-9")
@pytest.mark.rule("SERV-2")
def test_a_sum_is_lowered_for_the_amount_that_was_shown(
    open_screen, installation: Installation, phone_number: str
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    work = next(one for one in customer.ask("GET", "occupations", params={"q": "教师"}) if one["risk_class"] == 1)
    person = customer.add_self(NAME, serial=77, occupation_code=work["code"])
    policy = _buy(customer, ACCIDENT, person["id"], sum_insured="1000000", plan="with_medical")
    with open_screen() as screen:
        screen.take_session(customer)
        screen.open(f"/policies/{policy}")
        screen.tap("policy-lower")
        screen.arrives(f"/policies/{policy}/lower")
        expect(screen.at("lower-now")).to_have_text("100 万")
        for value in ("500000", "300000", "100000"):
            expect(screen.at(f"lower-{value}")).not_to_be_checked()
        expect(screen.at("lower-confirm")).to_be_disabled()
        _look(screen, "lower")

        screen.tap("lower-300000")
        shown = screen.at("lower-refund").inner_text().replace("\n", "")
        expect(screen.at("lower-line").last).to_contain_text(shown.removeprefix("¥"))
        _look(screen, "lower-chosen")
        screen.tap("lower-confirm")
        expect(screen.at("lower-done")).to_contain_text("已减到 30 万")
        expect(screen.at("lower-done")).to_contain_text("已退回原付款账户")
        _look(screen, "lower-done")

        screen.tap("lowered-policy")
        expect(screen.at("endorsement-download")).to_contain_text("100 万 → 30 万")
        expect(screen.page.locator(".tl")).to_contain_text("减少保额到 30 万")
        expect(screen.at("payment-line").last).to_contain_text("差额已退回")
        screen.at("endorsement-download").scroll_into_view_if_needed()
        _look(screen, "lower-policy")

        fixed = _buy(customer, MEDICAL, person["id"])
        screen.open(f"/policies/{fixed}")
        expect(screen.at("policy-leave")).to_be_visible()
        expect(screen.at("policy-lower")).to_have_count(0)
        screen.open(f"/policies/{fixed}/lower")
        expect(screen.page.locator(".page")).to_contain_text("还有没交的分期保费")


def _buy(customer: Customer, product: str, person_id: str, **inputs: str) -> str:
    declaration = customer.declare(customer.quote(product, person_id, **inputs))
    sale = customer.start_payment(customer.read_and_sign(customer.propose(declaration)))
    pay_at_cashier(sale.cashier_url)
    return customer.wait_for_policy(sale)


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.picture(name)
    screen.fits()
    assert screen.barriers() == []
