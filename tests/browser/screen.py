"""One person's browser: a page, what went wrong on it, and pictures of it."""

from __future__ import annotations

import functools
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.clock import clock_offset
from tests.journey.customer import Customer
from tests.journey.installation import Installation

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
_PICTURES = Path(__file__).parents[2] / "artifacts" / "screens"
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_WATCH_POLICY = """document.addEventListener('securitypolicyviolation', (event) =>
    console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI} on ${location.href}`))"""
_COUNT_REQUESTS = """(() => {
    const own = window.fetch
    window.pendingRequests = 0
    window.fetch = (...request) => {
        window.pendingRequests += 1
        return own(...request).finally(() => { window.pendingRequests -= 1 })
    }
})()"""
_QUIET = """() => {
    const shown = !document.querySelector('#app') || document.querySelector('#app h1, #app h2')
    const busy = !shown || document.readyState !== 'complete' || window.pendingRequests
        || document.querySelector('.bones')
    window.quietSince = busy ? Infinity : Math.min(window.quietSince ?? Infinity, performance.now())
    return performance.now() - window.quietSince > 100
}"""
_DISPLAY = """if (location.protocol.startsWith('http'))
    for (const [name, value] of Object.entries(%s)) localStorage.setItem(`baohe.${name}`, value)"""
_MAIN_BUTTON = 56
"""CSS pixels: the least height of a main button in large type."""
_MAIN_BUTTONS = """() => [...document.querySelectorAll('.btn')].filter((button) => button.checkVisibility())
    .map((button) => [button.innerText.trim(), Math.round(button.getBoundingClientRect().height)])"""
_AXE_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((found) => ['serious', 'critical'].includes(found.impact))
    .map((found) => `${found.impact} ${found.id}: ` + found.nodes.slice(0, 4).map((node) =>
        `${node.target.join(' ')} — ${(node.any[0] || node.all[0] || node.none[0] || {}).message}`).join(' | '))"""


class Screen:
    """`faults` collects console errors, page errors, failed requests, answers ≥ 400 and refusals of the policy."""

    def __init__(self, browser: Browser, installation: Installation, *, desktop: bool = False, **display: str) -> None:
        """`display`: theme, size, language as the app keeps them on the device."""
        self.installation = installation
        self.origin = installation.origin
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", **(DESKTOP if desktop else PHONE)
        )
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(_WATCH_POLICY)
        self.context.add_init_script(_COUNT_REQUESTS)
        if display:
            self.context.add_init_script(_DISPLAY % json.dumps(display))
        self.follow_clock()
        self._listen()
        self.page: Page = self.context.new_page()

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if failure is not None:
            self.picture("failed")
        self.context.close()
        if failure is None:
            self.check()

    def _listen(self) -> None:
        self.context.on("console", self._console)
        self.context.on("weberror", lambda event: self.faults.append(f"page error: {event.error}"))
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answered)

    def _console(self, message: Any) -> None:
        # A refused resource is told by its own answer, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Any) -> None:
        # Leaving a page, and a download, end requests on purpose. The icon of the tab is the browser's own errand, not
        # the page's: it may be dropped when a page is left. An icon that is not there is an answer of 404, and counts.
        if request.failure and "ERR_ABORTED" not in request.failure and not request.url.endswith("/icon.svg"):
            self.faults.append(f"request failed: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"answer {response.status}: {response.request.method} {response.url}")

    def check(self) -> None:
        found, self.faults = list(dict.fromkeys(self.faults)), []
        assert not found, "\n".join(found)

    def follow_clock(self) -> None:
        """Live at the installation's time: the server and the browser must agree on what day it is."""
        offset = clock_offset(self.installation)
        if offset:
            self.context.clock.set_fixed_time(datetime.now(UTC) + offset)

    def take_session(self, customer: Customer) -> None:
        self.context.add_cookies(
            [
                {"name": cookie.name, "value": cookie.value or "", "url": self.origin}
                for cookie in customer.http.cookies.jar
            ]
        )

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.origin}{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page shows something, asks for nothing, and has stayed so for a moment."""
        self.page.wait_for_function(_QUIET, polling=50)

    def at(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    def tap(self, testid: str) -> None:
        """Press it: a radio or tick inside a label is pressed where a finger would."""
        target = self.at(testid).locator("visible=true").first
        target.scroll_into_view_if_needed()
        target.click()

    def sees(self, testid: str) -> Locator:
        found = self.at(testid).first
        expect(found).to_be_visible(timeout=30_000)
        return found

    def arrives(self, pattern: str) -> None:
        self.page.wait_for_url(f"{self.origin}{pattern}", timeout=30_000)
        self.settle()

    def picture(self, name: str) -> None:
        _PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=_PICTURES / f"{name}.png", animations="disabled")

    def fits(self) -> None:
        """Nothing lies beside the screen."""
        wide = self.page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], f"{self.page.url} is {wide[0]} px wide on a screen of {wide[1]} px"

    def small_buttons(self) -> list[str]:
        """Main buttons that a thumb could miss in large type."""
        found = self.page.evaluate(_MAIN_BUTTONS)
        return [f"{self.page.url}: {words} {height} px" for words, height in found if height < _MAIN_BUTTON]

    def barriers(self) -> list[str]:
        """What axe-core finds serious or critical on this page."""
        self.page.evaluate(_axe())
        return self.page.evaluate(_AXE_RUN)


@functools.cache
def _axe() -> str:
    return _AXE.read_text()
