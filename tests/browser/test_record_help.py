"""A phone that cannot keep the record of a purchase: plain words, another device, a person; and no payment."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import steps
from tests.browser.screen import Screen
from tests.journey.installation import Installation

pytestmark = pytest.mark.rule("SALE-5")
_NO_STORE = """(() => {
    if (!location.protocol.startsWith('http')) return
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (name, version) {
        return name === 'baohe-recording' ? new EventTarget() : open.call(this, name, version)
    }
    const own = Storage.prototype.setItem
    Storage.prototype.setItem = function (name, value) {
        if (name.startsWith('baohe.sitting')) throw new DOMException('full', 'QuotaExceededError')
        own.call(this, name, value)
    }
})()"""
"""The recorder's database never answers, and there is no room for what it remembers. (A device that keeps no key at all
cannot sign either: that has its own words.)"""
_REFUSED = re.compile("answer 503: PUT .*/recordings/")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One whose clock nobody has moved."""
    with Installation(tmp_path_factory.mktemp("help") / "data") as running:
        yield running


def _until_sign(screen: Screen, phone: str, serial: int) -> None:
    steps.sign_in(screen, phone, "help")
    steps.add_self(screen, "help", serial=serial)
    steps.find_product(screen, "help")
    steps.change_price(screen, "help")
    steps.choose_person(screen, "help")
    steps.answer_questions(screen, "help")
    steps.propose(screen, "help")
    steps.read_papers(screen, "help")


def _desk(screen: Screen, installation: Installation) -> None:
    screen.open("/desk/")
    screen.page.locator("[name=username]").fill("service")
    screen.page.locator("[name=password]").fill((installation.data / "keys" / "demo_desk").read_text())
    screen.page.get_by_role("button", name="登录").click()
    screen.page.wait_for_url(lambda url: "sign-in" not in url)


def _payment(screen: Screen, proposal_id: str) -> tuple[int, str]:
    """What the server says to a payment that goes past the app."""
    answer = screen.page.evaluate(
        """async (id) => {
            const token = (await (await fetch('/api/shop/v1/session')).json()).csrf_token
            const answer = await fetch(`/api/shop/v1/proposals/${id}/payment`, {method: 'POST', headers: {
                'Content-Type': 'application/json', 'Idempotency-Key': 'past-the-app', 'X-CSRFToken': token},
                body: JSON.stringify({instalment: 'single', deduction_agreed: false, provider: 'wallet'})})
            return [answer.status, (await answer.json()).code]
        }""",
        proposal_id,
    )
    return answer[0], answer[1]


def test_a_browser_without_the_means_leads_to_a_person_and_to_no_payment(
    browser: Browser, installation: Installation
) -> None:
    with Screen(browser, installation) as screen:
        # given a browser that does not understand the recorder
        unread = {"body": "export const = 1", "content_type": "text/javascript"}
        screen.context.route("**/recorder-*.js", lambda route: route.fulfill(**unread))
        _until_sign(screen, "13900000181", 181)
        expect(screen.at("recording-stuck")).to_contain_text("浏览器太旧")
        proposal_id = re.search(r"/buy/proposal/([0-9a-f-]{36})/", screen.page.url)
        assert proposal_id
        # when the customer looks for the way on
        screen.tap("recording-ways")
        screen.sees("record-help-card")
        expect(screen.at("record-help-link")).to_contain_text(f"/buy/proposal/{proposal_id[1]}/record")
        screen.picture("record-help")
        assert screen.barriers() == []
        # then a person is asked for once, and a reload knows it
        screen.tap("record-help-ask")
        expect(screen.at("record-help-asked")).to_contain_text("联系你")
        screen.open(f"/buy/proposal/{proposal_id[1]}/record")
        expect(screen.at("record-help-asked")).to_be_visible()
        expect(screen.at("record-help-ask")).to_have_count(0)
        screen.picture("record-help-asked")
        # and nothing is paid, past the app neither
        assert _payment(screen, proposal_id[1])[0] == 409
        screen.faults = [fault for fault in screen.faults if "/payment" not in fault]
    with Screen(browser, installation, desktop=True) as desk:
        desk.page.set_viewport_size({"width": 1280, "height": 800})
        _desk(desk, installation)
        desk.open("/desk/record-help/")
        expect(desk.page.get_by_role("link", name="打开")).to_have_count(1)
        desk.picture("desk-record-helps")
        desk.page.get_by_role("link", name="打开").click()
        desk.page.locator("details").first.locator("summary").click()
        desk.picture("desk-record-help")
        assert desk.barriers() == []
        desk.page.get_by_role("button", name="把链接发到客户手机").click()
        expect(desk.page.get_by_text("链接已发到客户手机")).to_be_visible()
        told = desk.context.request.get(f"{desk.origin}/api/shop/v1/demo/inbox?phone=13900000181").json()
        assert any(f"/buy/proposal/{proposal_id[1]}/record" in one["body"]["zh"] for one in told)


def test_a_server_that_takes_nothing_leads_there_too(browser: Browser, installation: Installation) -> None:
    with Screen(browser, installation) as screen:
        screen.context.route("**/recordings/*/parts/*", lambda route: route.fulfill(status=503, body=""))
        _until_sign(screen, "13900000182", 182)
        expect(screen.at("recording-stuck")).to_contain_text("传不上去")
        steps.draw_name(screen)
        screen.tap("sign-confirm")
        screen.tap("demo-fill")
        screen.tap("sign-finish")
        # the press at the signature says it in words and shows the way
        expect(screen.at("sign-refused")).to_contain_text("存不了投保记录")
        screen.tap("record-ways")
        screen.sees("record-help-card")
        screen.picture("record-help-sending")
        # when it gets through again, then the purchase goes on here
        screen.context.unroute("**/recordings/*/parts/*")
        screen.open(screen.page.url)
        expect(screen.at("recording-stuck")).to_have_count(0)
        screen.faults = [fault for fault in screen.faults if not _REFUSED.match(fault)]


def test_a_browser_that_keeps_no_parts_records_all_the_same(browser: Browser, installation: Installation) -> None:
    with Screen(browser, installation) as screen:
        screen.context.add_init_script(_NO_STORE)
        steps.sign_in(screen, "13900000183", "help")
        steps.add_self(screen, "help", serial=183)
        steps.buy(screen, "help")
        assert "/policies/" in screen.page.url


def test_what_is_pressed_on_was_on_record_before(browser: Browser, installation: Installation) -> None:
    with Screen(browser, installation) as screen:
        # given a phone that never has a moment to spare
        screen.context.add_init_script("window.requestIdleCallback = () => 0")
        sent: list[bytes] = []
        screen.page.on(
            "request", lambda one: sent.append(one.post_data_buffer or b"") if "/parts/" in one.url else None
        )
        steps.sign_in(screen, "13900000184", "help")
        steps.add_self(screen, "help", serial=184)
        steps.find_product(screen, "help")
        steps.change_price(screen, "help")
        # when the first press comes, then the whole page was taken before it
        steps.choose_person(screen, "help")
        screen.page.wait_for_function("() => window.pendingRequests === 0")
        screen.page.wait_for_timeout(7_000)  # a part is closed after six seconds
        events = [event for body in sent for event in _events(body)]
        kinds = [event["type"] for event in events]
        clicks = [at for at, one in enumerate(events) if one["type"] == 3 and one["data"].get("source") == 2]
        assert kinds.index(2) < clicks[0]
        whole = str(events[kinds.index(2)])
        assert "who-next" in whole


def _events(body: bytes) -> list[dict]:  # type: ignore[type-arg]  # the recorder's own
    plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    return list(json.loads(plain))
