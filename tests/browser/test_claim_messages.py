"""Claimant and handler write to each other: from the claim page to the desk's queue and back, each with its mark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screen import Screen
from tests.browser.world import Bought

DRESSES: dict[str, dict[str, str | bool]] = {
    "desktop": {"desktop": True},
    "english": {"language": "en"},
    "dark": {"theme": "dark"},
    "large": {"size": "large"},
}
ASKED = "病历明天才能拿到，可以晚一天交吗？卡号 6222 0212 3456 7890 123"


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.picture(f"messages-{name}")
    screen.fits()
    assert screen.barriers() == []


def _at_desk(screen: Screen, username: str) -> None:
    screen.open("/desk/")
    screen.page.locator("[name=username]").fill(username)
    screen.page.locator("[name=password]").fill((screen.installation.data / "keys" / "demo_desk").read_text())
    screen.page.get_by_role("button", name="登录").click()
    screen.page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.mark.rule("SERV-9")
def test_both_sides_write_read_and_see_what_is_new(open_screen, browser: Browser, bought: Bought) -> None:
    claim = f"/claims/{bought.claims['with_person']}"
    with open_screen() as phone, Screen(browser, bought.installation, desktop=True) as desk:
        phone.take_session(bought.customer)
        phone.open(claim)
        phone.tap("claim-messages")
        phone.arrives(f"{claim}/messages")
        expect(phone.at("messages-send")).to_be_disabled()
        phone.at("messages-text").fill(ASKED)
        phone.tap("messages-send")
        expect(phone.at("messages-log")).to_contain_text("**** **** **** ***0 123")
        expect(phone.at("messages-text")).to_have_value("")
        phone.sees("messages-answer-by")
        _look(phone, "sent")

        _at_desk(desk, "claims")
        desk.open("/desk/claims/queue/messages/")
        assert desk.barriers() == []
        desk.picture("messages-queue")
        desk.page.locator(f'a.row[href*="{bought.claims["with_person"]}"]').click()  # other claims wait there too
        panel = desk.page.locator("#messages")
        expect(panel).to_contain_text("1 条待回复")
        expect(panel).not_to_contain_text("6222")
        desk.page.keyboard.press("c")
        desk.page.keyboard.type("可以，这周内都行。")
        desk.page.keyboard.press("Control+Enter")
        expect(panel).to_contain_text("可以，这周内都行。")
        expect(panel).not_to_contain_text("待回复")
        panel.scroll_into_view_if_needed()
        desk.picture("messages-desk")
        assert desk.barriers() == []

        phone.open("/claims")
        expect(phone.at("card-unread").first).to_be_visible()
        phone.open(claim)
        phone.sees("messages-new")
        _look(phone, "new")
        phone.tap("messages-new")
        expect(phone.at("messages-log")).to_contain_text("可以，这周内都行。")
        expect(phone.at("messages-log")).to_contain_text(re.compile("理赔员 .+新"))
        _look(phone, "answered")
        phone.open(claim)
        phone.sees("claim-messages")
        expect(phone.at("messages-new")).to_have_count(0)
    for name, dress in DRESSES.items():
        with open_screen(**dress) as other:
            other.take_session(bought.customer)
            other.open(f"{claim}/messages")
            other.sees("messages-log")
            _look(other, name)
            assert name != "large" or other.small_buttons() == []
