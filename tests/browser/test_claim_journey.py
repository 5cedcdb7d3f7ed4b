"""From one sentence to the money: understood, confirmed, photographed, read, paid, and looked at in every dress."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from baohe.kernel.dates import business_date
from tests.browser.clock import clock_offset, move_clock
from tests.browser.screen import Screen
from tests.browser.world import HOSPITAL, NAME
from tests.claims.sample_invoice import draw_invoice
from tests.journey.customer import Customer
from tests.journey.installation import Installation

SAID = "昨天骑车摔了，在市三院看门诊花了 800 多"
PAID = "324.00"
"""(860 − 360 − 40 − 100 each time) × 90 %."""
DRESSES: dict[str, dict[str, str | bool]] = {
    "desktop": {"desktop": True},
    "english": {"language": "en"},
    "dark": {"theme": "dark"},
    "large": {"size": "large"},
}


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """One of its own: its clock is moved."""
    folder = Path(tempfile.mkdtemp(prefix="baohe-claim-"))
    try:
        with Installation(folder / "data") as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.rule("SERV-7")
def test_one_sentence_leads_to_the_money(
    open_screen, installation: Installation, phone_number: str, tmp_path: Path
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self(NAME, serial=41)
    customer.buy("songtao-ride", person["id"], plan="standard")
    move_clock(installation, timedelta(days=4))
    yesterday = business_date(datetime.now(UTC) + clock_offset(installation)) - timedelta(days=1)

    def dressed(path: str, name: str, said: str = "") -> None:
        for dress, display in DRESSES.items():
            with open_screen(**display) as other:
                other.take_session(customer)
                other.open(path)
                if said:
                    _say(other, said)
                _look(other, f"{name}-{dress}")

    with open_screen() as screen:
        screen.take_session(customer)
        screen.open("/claims/new")
        _look(screen, "start")
        _unclear(screen)
        _say(screen, SAID)
        _understood(screen, yesterday)
        _look(screen, "understood")
        dressed("/claims/new", "understood", SAID)
        screen.tap("say-next")
        screen.page.wait_for_url(re.compile("/claims/[0-9a-f-]{36}$"))
        claim = screen.page.url.removeprefix(screen.origin)
        screen.sees("paper-add-invoice")
        expect(screen.page.locator("svg.sample")).to_have_count(2)
        _look(screen, "papers")
        _photograph(screen, tmp_path, yesterday)
        _look(screen, "read")
        _confirm(screen)
        screen.tap("claim-submit")
        screen.sees("claim-payout")
        expect(screen.at("claim-took")).to_be_visible(timeout=60_000)
        expect(screen.at("claim-amount")).to_have_text(f"¥{PAID}")
        expect(screen.sees("cover-left")).to_contain_text("7,676.00")
        _look(screen, "paid")
        dressed(claim, "paid")
        _reported_before(screen)


def _say(screen: Screen, said: str) -> None:
    screen.at("say-sentence").fill(said)
    screen.tap("say-listen")
    screen.sees("say-heard")
    screen.settle()


def _unclear(screen: Screen) -> None:
    """What is not clear is asked, one thing after the other, and nothing is chosen beforehand."""
    _say(screen, "出事了")
    expect(screen.at("say-next")).to_be_disabled()
    expect(screen.at("say-member")).to_contain_text(NAME)  # nobody else is known, so nobody is asked whom it is about
    options = screen.sees("say-policy-options")
    expect(options.locator('[aria-pressed="true"]')).to_have_count(0)
    _look(screen, "asked")
    options.locator(".chip").click()
    screen.sees("say-event-options")
    screen.tap("say-event-other")
    screen.sees("say-day-options")
    screen.sees("say-person")
    expect(screen.at("say-next")).to_be_disabled()


def _understood(screen: Screen, yesterday: date) -> None:
    for part, words in (("member", NAME), ("policy", "骑行"), ("event", "看门诊"), ("day", f"{yesterday.day} 日")):
        expect(screen.at(f"say-{part}")).to_contain_text(words)
    expect(screen.at("say-heard")).to_contain_text("800.00")
    expect(screen.at("say-person")).to_have_count(0)
    expect(screen.at("say-next")).to_be_enabled()


def _photograph(screen: Screen, folder: Path, day: date) -> None:
    invoice, record = folder / "invoice.jpg", folder / "record.jpg"
    draw_invoice(record, NAME, "2026-01-01", HOSPITAL, 1, 0, 0, items="骑行摔伤，左膝擦伤")
    draw_invoice(invoice, NAME, day, HOSPITAL, 86_000, 36_000, 4_000)
    screen.at("paper-add-record").set_input_files(record)
    expect(screen.at("paper-open-record")).to_be_visible(timeout=60_000)
    screen.at("paper-add-invoice").set_input_files(invoice)
    expect(screen.at("field-total")).to_contain_text("860.00", timeout=90_000)
    screen.settle()


def _confirm(screen: Screen) -> None:
    """Whatever the engine was unsure of is typed as it stands on the paper."""
    truth = {"self_paid": "40.00", "total": "860.00", "social_paid": "360.00", "patient": NAME, "hospital": HOSPITAL}
    while screen.page.locator("section.doubt").count():
        code = (screen.page.locator("section.doubt").first.get_attribute("data-testid") or "").removeprefix("doubt-")
        screen.tap(f"doubt-{code}-other")
        screen.at(f"field-{code}-input").fill(truth[code])
        screen.tap("field-save")
        expect(screen.at(f"doubt-{code}")).to_have_count(0)


def _reported_before(screen: Screen) -> None:
    """A draft of the same event leads to itself; another event has to be said."""
    screen.open("/claims/new")
    _say(screen, "前天骑车摔倒，门诊花了 300")
    screen.tap("say-next")
    screen.page.wait_for_url(re.compile("/claims/[0-9a-f-]{36}$"))
    screen.open("/claims/new")
    _say(screen, SAID)
    screen.sees("say-already")
    expect(screen.at("say-next")).to_be_disabled()
    _look(screen, "already")
    screen.tap("say-another")
    expect(screen.at("say-next")).to_be_enabled()
    screen.tap("say-open")
    screen.page.wait_for_url(re.compile("/claims/[0-9a-f-]{36}$"))


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.page.screenshot(path=_file(name), animations="disabled", full_page=True)
    screen.fits()
    assert not screen.barriers()


def _file(name: str) -> Path:
    folder = Path(__file__).parents[2] / "artifacts" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"claim-{name}.png"
