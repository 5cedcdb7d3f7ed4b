"""我要理赔 as a conversation: tapped and typed, corrected, opened, withdrawn and taken up again; and with no policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.world import NAME
from tests.journey.customer import Customer
from tests.journey.installation import Installation

PAGE = "/service/claim"
DRESSES: dict[str, dict[str, str | bool]] = {
    "phone": {},
    "desktop": {"desktop": True},
    "english": {"language": "en"},
    "dark": {"theme": "dark"},
    "large": {"size": "large"},
    "english-large-dark": {"language": "en", "size": "large", "theme": "dark"},
    "english-desktop": {"language": "en", "desktop": True},
}


@pytest.fixture
def rider(installation: Installation, phone_number: str) -> Customer:
    customer = Customer(installation.origin, phone_number).sign_in()
    customer.buy("songtao-ride", customer.add_self(NAME, serial=57)["id"], plan="standard")
    return customer


def test_one_question_at_a_time_leads_to_a_claim_that_can_be_taken_up_again(open_screen, rider: Customer) -> None:
    with open_screen() as screen:
        screen.take_session(rider)
        screen.open("/service")
        screen.tap("service-chat")
        screen.arrives(PAGE)
        expect(screen.page.get_by_role("log")).to_contain_text("发生了什么")
        _tap_through(screen)
        bubbles = screen.at("chat-log").locator(".bubble").count()
        assert bubbles >= 4
        screen.tap("chat-correct-day")
        screen.sees("chat-day").locator(".chip").first.click()
        screen.sees("chat-summary")
        screen.tap("chat-yes")
        screen.page.wait_for_url(re.compile("/claims/[0-9a-f-]{36}$"))
        _withdraw_and_take_up(screen)


def test_it_is_the_same_by_keyboard_and_a_person_is_always_there(open_screen, rider: Customer) -> None:
    with open_screen() as screen:
        screen.take_session(rider)
        screen.open(PAGE)
        screen.sees("chat-person")
        screen.at("chat-typed").focus()
        screen.page.keyboard.type("昨天骑车摔了，看门诊花了 800 多")
        screen.page.keyboard.press("Enter")
        screen.sees("chat-summary")
        expect(screen.at("chat-typed")).to_be_focused()
        expect(screen.at("chat-summary")).to_contain_text("800.00")
        screen.at("chat-person").focus()
        screen.page.keyboard.press("Enter")
        screen.sees("call-card")
        expect(screen.at("chat-answers")).to_be_focused()


def test_a_reload_and_another_device_go_on_and_starting_over_ends_it(open_screen, rider: Customer) -> None:
    with open_screen() as screen:
        screen.take_session(rider)
        screen.open(PAGE)
        screen.tap("chat-begin-hurt")
        screen.sees("chat-again")
        expect(screen.page.get_by_role("log")).to_contain_text("用哪份保单")
        screen.at("chat-typed").fill("膝盖缝了三针")
        said = _bubbles(screen)
        _saved(screen)
        screen.page.reload()
        screen.sees("chat-again")
        expect(screen.at("chat-typed")).to_have_value("膝盖缝了三针")
        assert _bubbles(screen) == said
    with open_screen(language="en") as other:
        other.take_session(rider)
        other.open(PAGE)
        expect(other.sees("chat-log")).to_contain_text("Got hurt")
        expect(other.at("chat-typed")).to_have_value("膝盖缝了三针")
        assert len(_bubbles(other)) == len(said)
        other.tap("chat-again")
        _saved(other)
        other.page.reload()
        other.sees("chat-begin-hurt")
        expect(other.at("chat-log").locator(".bubble")).to_have_count(1)


def test_it_is_english_throughout_and_opens_the_claim(open_screen, rider: Customer) -> None:
    with open_screen(language="en") as screen:
        screen.take_session(rider)
        screen.open(PAGE)
        screen.tap("chat-begin-hurt")
        screen.sees("chat-again")
        _answer(screen)
        shown = (screen.page.locator("#app").inner_text()).replace(NAME, "")
        assert not re.search("[\u4e00-\u9fff]", shown), shown
        screen.tap("chat-yes")
        screen.page.wait_for_url(re.compile("/claims/[0-9a-f-]{36}$"))
        [told] = rider.ask("GET", "claims")["items"]
        assert told["sentence"] == "Was injured"
        screen.open(PAGE)
        screen.sees("chat-begin-hurt")


def test_nothing_is_lost_offline(open_screen, rider: Customer) -> None:
    with open_screen() as screen:
        screen.take_session(rider)
        screen.open(PAGE)
        screen.tap("chat-begin-hurt")
        screen.sees("chat-again")
        _saved(screen)
        screen.context.set_offline(True)
        screen.at("chat-typed").fill("昨天骑车摔的")
        screen.tap("chat-send")
        expect(screen.at("chat-typed")).to_have_value("昨天骑车摔的")
        screen.page.wait_for_function("() => JSON.stringify(localStorage).includes('昨天骑车摔的')")
        screen.context.set_offline(False)
        _saved(screen)
        screen.faults.clear()
        screen.tap("chat-send")
        expect(screen.at("chat-log")).to_contain_text("昨天骑车摔的")
        expect(screen.at("chat-typed")).to_have_value("")


def test_the_order_of_focus_is_the_order_of_reading(open_screen, rider: Customer) -> None:
    with open_screen() as screen:
        screen.take_session(rider)
        screen.open(PAGE)
        screen.sees("chat-begin-ill")
        log = screen.page.get_by_role("log")
        expect(log).to_have_attribute("aria-live", "polite")
        expect(log).to_have_attribute("aria-busy", "false")
        screen.at("chat-begin-ill").focus()
        order = [
            "chat-begin-ill",
            "chat-begin-hurt",
            "chat-begin-broken",
            "chat-begin-death",
            "chat-person",
            "chat-typed",
        ]
        for name in order:
            expect(screen.at(name)).to_be_focused()
            screen.page.keyboard.press("Tab")
        screen.tap("chat-begin-hurt")
        screen.sees("chat-again")
        expect(screen.at("chat-answers")).to_be_focused()
        expect(screen.at("chat-answers")).to_have_accessible_name(re.compile("？"))
        screen.page.keyboard.press("Tab")
        expect(screen.at("chat-answers").locator(".chip").first).to_be_focused()


def test_whoever_has_no_policy_leaves_a_request(open_screen, installation: Installation, phone_number: str) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    with open_screen() as screen:
        screen.take_session(customer)
        screen.open(PAGE)
        screen.tap("chat-begin-hurt")
        screen.sees("call-card")
        _look(screen, "none")
        screen.tap("call-ask")
        expect(screen.sees("call-asked")).to_contain_text("18:00")
        _look(screen, "asked")
        screen.open("/claims/form")
        screen.sees("call-asked")


def test_it_is_looked_at_in_every_dress(open_screen, rider: Customer) -> None:
    for dress, display in DRESSES.items():
        with open_screen(**display) as screen:
            screen.take_session(rider)
            screen.open(PAGE)
            _look(screen, f"begin-{dress}")
            screen.tap("chat-begin-broken")
            screen.sees("chat-again")
            _look(screen, f"asked-{dress}")
            _answer(screen)
            _look(screen, f"summary-{dress}")
            if "large" in dress:
                assert not screen.small_buttons()
            screen.tap("chat-again")
            _saved(screen)


def _bubbles(screen: Screen) -> list[str]:
    return screen.at("chat-log").locator(".bubble").all_inner_texts()


def _saved(screen: Screen) -> None:
    """Everything has reached the server: nothing waits on the device."""
    screen.page.wait_for_function(
        "() => JSON.parse(localStorage.getItem('baohe.draft.claim.talk') || '{\"value\":null}').value === null"
    )


def _tap_through(screen: Screen) -> None:
    screen.tap("chat-begin-hurt")
    screen.sees("chat-again")
    _answer(screen)


def _answer(screen: Screen) -> None:
    """The first chip of each question, until there is no question left."""
    for _ in range(6):
        screen.settle()
        if screen.at("chat-summary").count():
            return
        before = screen.at("chat-log").locator(".bubble").count()
        screen.page.locator('[data-testid^="chat-"].chips .chip').first.click()
        expect(screen.at("chat-log").locator(".bubble")).to_have_count(before + 2)
    screen.sees("chat-summary")


def _withdraw_and_take_up(screen: Screen) -> None:
    screen.sees("papers-head")
    screen.tap("claim-withdraw")
    screen.tap("claim-withdraw-confirm")
    screen.sees("claim-withdrawn")
    expect(screen.sees("claim-reopen")).to_contain_text("最多三次")
    _look(screen, "withdrawn")
    screen.tap("claim-reopen")
    _look(screen, "reopen")
    screen.tap("claim-reopen-confirm")
    screen.sees("papers-head")


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.page.screenshot(path=_file(name), animations="disabled", full_page=True)
    screen.fits()
    assert not screen.barriers()


def _file(name: str) -> Path:
    folder = Path(__file__).parents[2] / "artifacts" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"chat-{name}.png"
