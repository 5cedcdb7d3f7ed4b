"""From a word to a comparison, and from a family to what it lacks, on a telephone of 390 × 844."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.world import ACCIDENT, MEDICAL


@pytest.mark.rule("PUB-3")
def test_a_person_searches_and_compares(open_screen) -> None:
    with open_screen() as screen:
        screen.open("/products")
        screen.at("catalog-search").fill("白万医疗")
        expect(screen.at("catalog-corrected")).to_contain_text("百万医疗")
        screen.settle()
        screen.picture("finding-corrected")
        screen.tap(f"pick-{MEDICAL}")
        screen.at("catalog-search").fill("综合意外")
        expect(screen.at(f"product-{ACCIDENT}")).to_be_visible()
        screen.tap(f"pick-{ACCIDENT}")
        screen.tap("compare-open")
        screen.arrives("/compare")
        expect(screen.page.locator("table thead th")).to_have_count(2)
        screen.tap("clause-waiting" if screen.at("clause-waiting").count() else "clause-excluded")
        expect(screen.page.locator(".filed").first).not_to_be_empty()
        screen.fits()
        screen.picture("finding-compared")


@pytest.mark.rule("DATA-3")
def test_a_family_is_checked_only_when_it_wants_to(open_screen, phone_number: str) -> None:
    with open_screen() as screen:
        steps.sign_in(screen, phone_number, "needs")
        steps.add_self(screen, "needs", serial=83)
        screen.open("/needs")
        expect(screen.page.locator('[data-state="gap"]')).to_have_count(0)
        expect(screen.page.locator('[data-state="general"]').first).to_be_visible()
        screen.picture("needs-general")

        screen.tap("advice-personal")
        screen.settle()
        screen.tap("needs-car")
        screen.tap("needs-income-10_30")
        screen.tap("needs-check")
        expect(screen.at("need-hospital")).to_have_attribute("data-state", "gap")
        expect(screen.at(f"fit-{MEDICAL}").first).to_be_visible()
        screen.tap(f"why-{MEDICAL}")
        screen.fits()
        screen.picture("needs-own")
        assert not screen.barriers()

        screen.tap("advice-personal")
        expect(screen.page.locator('[data-state="gap"]')).to_have_count(0)
