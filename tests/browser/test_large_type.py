"""The large-type mode: switched on the page itself, nothing lies beside the screen, every main button is a thumb's."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.screen import Screen
from tests.browser.world import ACCIDENT


def test_a_person_with_weak_eyes_buys(open_screen, phone_number: str) -> None:
    with open_screen() as screen:
        screen.open("/")
        before = _letter(screen)
        screen.tap("size-switch")
        expect(screen.page.locator("html")).to_have_attribute("data-size", "large")
        assert _letter(screen) > before
        _generous(screen, "large-journey-home")
        steps.sign_in(screen, phone_number, "large-journey")
        _generous(screen, "large-journey-family")
        steps.add_self(screen, "large-journey", serial=47)
        screen.open(f"/products/{ACCIDENT}")
        screen.sees("price-now")
        _generous(screen, "large-journey-product")
        screen.tap("price-go")
        screen.arrives(f"/buy/{ACCIDENT}/who")
        steps.choose_person(screen, "large-journey")
        _generous(screen, "large-journey-questions")
        steps.answer_questions(screen, "large-journey")
        _generous(screen, "large-journey-decision")
        steps.propose(screen, "large-journey")
        steps.read_papers(screen, "large-journey")
        steps.sign(screen, "large-journey")
        _generous(screen, "large-journey-pay")
        steps.pay(screen, "large-journey", steps.to_cashier(screen, "large-journey"))
        _generous(screen, "large-journey-policy")


def _letter(screen: Screen) -> float:
    return screen.page.evaluate("() => parseFloat(getComputedStyle(document.querySelector('.page')).fontSize)")


def _generous(screen: Screen, picture: str) -> None:
    screen.settle()
    screen.picture(picture)
    screen.fits()
    assert screen.small_buttons() == []
