"""One installation and one browser for this folder. Both end with it: Playwright keeps an event loop running, and
Django refuses its database beside one."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.clock import move_clock
from tests.browser.screen import Screen
from tests.browser.world import Bought, buy
from tests.journey.installation import Installation

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
_WAIT = 15_000
"""Milliseconds: the platform, its database and the browser may share one busy core."""
_phones = itertools.count(13900000101)


@pytest.fixture(scope="package")
def installation() -> Iterator[Installation]:
    folder = Path(tempfile.mkdtemp(prefix="baohe-browser-"))
    try:
        with Installation(folder / "data") as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, else the one that Playwright installed."""
    own = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    expect.set_options(timeout=_WAIT)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=own, args=list(_FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="package")
def bought(installation: Installation) -> Bought:
    """A customer with two policies in force, sales on their way and claims."""
    found = buy(installation)
    move_clock(installation, timedelta(days=2))
    found.go_on()
    return found


@pytest.fixture
def phone_number() -> str:
    """Nobody else's in this run."""
    return str(next(_phones))


@pytest.fixture
def open_screen(browser: Browser, installation: Installation) -> Callable[..., Screen]:
    """`with open_screen(theme="dark") as screen:` — any fault on its pages fails the test."""

    def make(**display: str | bool) -> Screen:
        return Screen(browser, installation, **display)

    return make
