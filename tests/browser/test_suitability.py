"""A long contract that does not fit: advised to stop, stopped, or bought by a choice in one's own hand (SALE-7); care
from 65 (SALE-8), a duplicate, and the call-back after the sale (SALE-10)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.screen import Screen
from tests.browser.world import MEDICAL, NAME
from tests.journey.customer import Customer
from tests.journey.installation import Installation

BONUS = "lanjiang-participating-life"


def _drafted(customer: Customer, person: dict[str, Any], product: str, **inputs: str) -> str:
    """The path of a proposal whose first pages are on record, and that waits for everything else."""
    declaration = customer.declare(customer.quote(product, person["id"], **inputs))
    assert declaration["outcome"] == "accept", declaration
    proposal = customer.propose(declaration)
    customer.record(proposal)
    return f"/buy/proposal/{proposal['id']}"


def _answer(screen: Screen, income: str, budget: str) -> None:
    screen.tap("purpose-heirs")
    screen.tap("existing-none")
    screen.at("suit-income").fill(income)
    screen.at("suit-budget").fill(budget)


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.picture(f"suit-{name}")
    screen.fits()
    assert screen.barriers() == []


@pytest.mark.rule("SALE-7")
@pytest.mark.rule("SALE-10")
def test_advised_to_stop_and_bought_by_ones_own_choice(
    open_screen, installation: Installation, phone_number: str
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    path = _drafted(customer, customer.add_self(NAME, serial=81), BONUS, sum_insured="100000", pay_period="10")
    with open_screen() as screen:
        screen.take_session(customer)
        screen.open(path)
        _look(screen, "proposal")
        screen.tap("proposal-next")
        screen.arrives(f"{path}/suitability")
        expect(screen.at("suit-send")).to_be_disabled()
        expect(screen.page.locator('[aria-checked="true"], input:checked')).to_have_count(0)
        _look(screen, "questions")
        _answer(screen, "20000", "30000")
        _look(screen, "answered")
        screen.tap("suit-send")
        screen.arrives(f"{path}/own-choice")
        expect(screen.at("advice-stop")).to_contain_text("建议你不要投保")
        _look(screen, "advice")
        screen.tap("own-go-on")
        expect(screen.at("own-sign")).to_be_disabled()
        steps.draw_name(screen)
        _look(screen, "own-choice")
        screen.tap("own-sign")
        screen.page.wait_for_url(re.compile("/papers/"))
        assert steps.read_papers(screen, "suit") == ["clauses", "exclusions"]
        steps.sign(screen, "suit")
        screen.sees("pay-today")
        screen.at("deduction-agree").check()
        steps.pay(screen, "suit", _cashier(screen))
        _answer_call_back(screen)


def _cashier(screen: Screen) -> str:
    screen.tap("pay-confirm")
    screen.page.wait_for_url(re.compile("/cashier"))
    screen.page.go_back()
    screen.sees("pay-checking")
    path = screen.page.url.removeprefix(screen.origin)
    screen.tap("pay-cashier")
    screen.page.wait_for_url(re.compile("/cashier"))
    return path


def _answer_call_back(screen: Screen) -> None:
    """Something is unclear first; then everything is clear."""
    _look(screen, "policy")
    screen.tap("policy-call-back")
    screen.page.wait_for_url(re.compile("/call-back$"))
    expect(screen.page.locator("input:checked")).to_have_count(0)
    _look(screen, "call-back")
    for code in ("own", "read", "paying", "cooling_off", "leaving"):
        screen.at(f"call-{code}-yes").check()
    screen.at("call-returns-unclear").check()
    screen.tap("call-send")
    screen.sees("call-explain")
    expect(screen.at("call-leave")).to_be_visible()
    _look(screen, "call-back-unclear")
    screen.tap("call-again")
    for code in ("own", "read", "paying", "cooling_off", "leaving", "returns"):
        screen.at(f"call-{code}-yes").check()
    screen.tap("call-send")
    screen.sees("call-done")
    _look(screen, "call-back-done")


@pytest.mark.rule("SALE-7")
def test_stopping_is_one_tap_in_the_dark_and_kept_answers_go_at_once(
    open_screen, installation: Installation, phone_number: str
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self(NAME, serial=82)
    path = _drafted(customer, person, BONUS, sum_insured="100000", pay_period="10")
    with open_screen(theme="dark") as screen:
        screen.take_session(customer)
        screen.open(f"{path}/suitability")
        screen.sees("suit-send")
        _answer(screen, "20000", "30000")
        screen.at("suit-keep").check()
        _look(screen, "dark-questions")
        screen.tap("suit-send")
        screen.sees("advice-stop")
        _look(screen, "dark-advice")
        screen.tap("own-stop")
        screen.sees("stopped-home")
        _look(screen, "dark-stopped")
        # the next purchase offers the answers again, and forgets them when told to
        screen.open(f"{_drafted(customer, person, BONUS, sum_insured='200000')}/suitability")
        screen.sees("suit-forget")
        expect(screen.at("suit-send")).to_contain_text("没有变化")
        _look(screen, "dark-again")
        screen.tap("suit-forget")
        expect(screen.at("suit-send")).to_be_disabled()
        expect(screen.at("suit-income")).to_have_value("")
    assert customer.ask("GET", "suitability/answers") is None


@pytest.mark.rule("SALE-8")
def test_from_65_a_person_first_and_large_type_offered(
    open_screen, installation: Installation, phone_number: str
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self("周敏", birth=date(1960, 3, 14), serial=83)
    path = _drafted(customer, person, "qingcen-elder-care")
    with open_screen() as screen:
        screen.take_session(customer)
        screen.open(path)
        screen.sees("large-offer")
        _look(screen, "elder-proposal")
        screen.tap("proposal-next")
        screen.arrives(f"{path}/care")
        expect(screen.at("care-person")).to_have_attribute("href", re.compile("^tel:"))
        _look(screen, "elder-care")
        screen.tap("large-on")
        expect(screen.at("large-offer")).to_have_count(0)
        _look(screen, "elder-care-large")
        assert screen.small_buttons() == []
        screen.tap("care-go")
        screen.page.wait_for_url(re.compile("/papers/"))


@pytest.mark.rule("SALE-7")
def test_a_duplicate_is_shown_with_both_policies(open_screen, installation: Installation, phone_number: str) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self(NAME, serial=84)
    held = customer.ask("GET", f"policies/{customer.buy(MEDICAL, person['id'])}")["number"]
    path = _drafted(customer, person, MEDICAL)
    with open_screen(size="large") as screen:
        screen.take_session(customer)
        screen.open(path)
        screen.tap("proposal-next")
        screen.arrives(f"{path}/duplicate")
        expect(screen.page.locator(".page")).to_contain_text(held)
        _look(screen, "duplicate-large")
        assert screen.small_buttons() == []
        screen.tap("duplicate-go")
        screen.page.wait_for_url(re.compile("/papers/"))
