"""A purchase in the app becomes a film at the desk: eight kinds of page, one changed byte, a file without a network."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from baohe.launch.postgres.cluster import SUPERUSER
from tests.browser import steps
from tests.browser.screen import Screen
from tests.browser.world import NAME
from tests.journey.identity_numbers import identity_number
from tests.journey.installation import Installation

KINDS = ("enter", "identity", "entry", "clauses", "exclusions", "confirm", "submit", "pay")
SALE_BYTES = 60_000
pytestmark = pytest.mark.rule("SALE-5")


class Weighed:
    """What the recorder put on the wire, and everything it said in plain words."""

    def __init__(self, screen: Screen) -> None:
        self.bytes = 0
        self.parts: list[bytes] = []
        screen.page.on("requestfinished", self._weigh)

    def _weigh(self, request) -> None:  # type: ignore[no-untyped-def]  # Playwright's own
        if "/recordings" in request.url:
            sizes = request.sizes()
            self.bytes += sizes["requestBodySize"] + sizes["requestHeadersSize"]
            if "/parts/" in request.url:
                self.parts.append(request.post_data_buffer or b"")


def _desk(screen: Screen, installation: Installation, username: str = "auditor") -> None:
    screen.open("/desk/")
    screen.page.locator("[name=username]").fill(username)
    screen.page.locator("[name=password]").fill((installation.data / "keys" / "demo_desk").read_text())
    screen.page.get_by_role("button", name="登录").click()
    screen.page.wait_for_url(lambda url: "sign-in" not in url)


def _open_film(screen: Screen, policy_id: str) -> None:
    screen.open(f"/desk/records/{policy_id}/")
    screen.page.locator("[name=reason]").first.fill("抽查：核对免责提示")
    screen.page.get_by_role("button", name=re.compile("^打开")).click()
    screen.page.wait_for_url(re.compile("/film/$"))
    expect(screen.page.locator("#film[data-ready=yes]")).to_be_visible()


def _seen(screen: Screen, kind: str) -> str:
    """Jump to a kind of page and read what its frame shows."""
    screen.tap(f"film-kind-{kind}")
    frame = screen.page.frame_locator(".film-screen iframe")
    expect(frame.locator("main h1, main h2").first).to_be_attached()
    return frame.locator("main").inner_text()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One whose clock nobody has moved: there a browser's time stands still, and a film needs time that passes."""
    with Installation(tmp_path_factory.mktemp("film") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def sale(browser: Browser, installation: Installation) -> tuple[str, Weighed]:
    """The whole purchase by hand, in the app."""
    with Screen(browser, installation) as screen:
        weighed = Weighed(screen)
        steps.sign_in(screen, "13900000188", "record")
        steps.add_self(screen, "record", serial=188)
        steps.buy(screen, "record")
        policy_id = re.search(r"/policies/([0-9a-f-]{36})", screen.page.url)
        assert policy_id
    return policy_id[1], weighed


def test_a_sale_costs_little_on_the_wire_and_hides_secrets(sale: tuple[str, Weighed]) -> None:
    _, weighed = sale
    assert 0 < weighed.bytes <= SALE_BYTES
    plain = b"".join(gzip.decompress(part) if part[:2] == b"\x1f\x8b" else part for part in weighed.parts)
    assert identity_number(date(1992, 3, 14), serial=188).encode() not in plain
    # the questions are there and the place of their answers, the answers are not
    assert b"question-duties" in plain
    assert b"rr_height" in plain
    assert b"answer-none" not in plain


def test_every_kind_of_page_replays(open_screen, installation: Installation, sale: tuple[str, Weighed]) -> None:
    policy_id, _ = sale
    with open_screen(desktop=True) as screen:
        screen.page.set_viewport_size({"width": 1280, "height": 800})
        _desk(screen, installation)
        screen.open("/desk/records/")
        screen.picture("desk-records")
        screen.open(f"/desk/records/{policy_id}/")
        screen.picture("desk-record")
        assert not screen.barriers()
        _open_film(screen, policy_id)
        expect(screen.at("film-verdict")).to_contain_text("完整")
        seen = {kind: _seen(screen, kind) for kind in KINDS}
        assert "为谁投保" in seen["enter"] or NAME in seen["enter"]
        assert "不" in seen["exclusions"]
        assert "SHA" in seen["submit"] or "签" in seen["submit"]
        assert "付" in seen["pay"]
        assert len({text for kind, text in seen.items() if kind in ("enter", "clauses", "exclusions", "pay")}) == 4
        for kind in ("exclusions", "confirm", "pay"):
            _seen(screen, kind)
            screen.settle()
            screen.picture(f"desk-film-{kind}")
        styled = screen.page.frame_locator(".film-screen iframe").locator(".btn").first
        assert styled.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_one_changed_byte_is_shown(open_screen, installation: Installation, sale: tuple[str, Weighed]) -> None:
    policy_id, _ = sale
    with open_screen(desktop=True) as screen:
        screen.page.set_viewport_size({"width": 1280, "height": 800})
        _desk(screen, installation)
        change = _one_byte(installation, policy_id)
        screen.open(f"/desk/records/{policy_id}/")
        expect(screen.at("findings")).to_contain_text("内容被改动过")
        screen.picture("desk-record-changed")
        _open_film(screen, policy_id)
        expect(screen.at("film-verdict")).to_contain_text("内容被改动过")
        _seen(screen, "enter")
        screen.settle()
        screen.picture("desk-film-changed")
        # put back as it was, it is whole again
        assert _one_byte(installation, policy_id) == change
        screen.open(f"/desk/records/{policy_id}/")
        expect(screen.at("findings")).to_have_count(0)


def _one_byte(installation: Installation, policy_id: str) -> int:
    """Flip the lowest bit of the last byte of a sale's second part, as only the owner of the database could."""
    passfile = installation.data / "keys" / "pgpass"
    own = f"postgresql://{SUPERUSER}@/baohe?host={installation.data / 'run'}&passfile={passfile}"
    with psycopg.connect(own) as connection:
        connection.execute("SET session_replication_role = replica")
        changed = connection.execute(
            """
            UPDATE recordings_part
            SET body = set_byte(body, octet_length(body) - 1, get_byte(body, octet_length(body) - 1) # 1)
            WHERE number = 1 AND recording_id = (
                SELECT recording_id FROM recordings_subject WHERE subject_id = %s ORDER BY recording_id LIMIT 1)
            """,
            [policy_id],
        )
        return changed.rowcount


def test_the_exported_file_opens_without_a_network(
    browser: Browser, open_screen, installation: Installation, sale: tuple[str, Weighed], tmp_path: Path
) -> None:
    policy_id, _ = sale
    with open_screen(desktop=True) as screen:
        _desk(screen, installation)
        screen.open(f"/desk/records/{policy_id}/")
        screen.page.get_by_text("导出为一个文件").click()
        screen.page.locator("details [name=reason]").first.fill("法院调取证据")
        with screen.page.expect_download() as downloading:
            screen.page.get_by_role("button", name="导出").click()
        path = tmp_path / "film.html"
        downloading.value.save_as(path)
    assert path.stat().st_size < 3_000_000
    good = _offline(browser, path)
    assert good == ("yes", [])
    # one changed letter inside the recorded parts is shown by the file itself
    text = path.read_text()
    at = text.index('"parts":["') + 400
    letter = "A" if text[at] != "A" else "B"
    path.write_text(text[:at] + letter + text[at + 1 :])
    assert _offline(browser, path, playable=False)[0] == "no"


def _offline(browser: Browser, path: Path, *, playable: bool = True) -> tuple[str, list[str]]:
    faults: list[str] = []
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto(path.as_uri())
    if playable:
        for kind in KINDS:
            page.get_by_test_id(f"film-kind-{kind}").click()
            expect(page.frame_locator(".film-screen iframe").locator("main h1, main h2").first).to_be_attached()
        styled = page.frame_locator(".film-screen iframe").locator(".btn").first
        assert styled.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"
        page.screenshot(path=Path(__file__).parents[2] / "artifacts" / "screens" / "film-file.png")
    verdict = page.get_by_test_id("film-verdict")
    expect(verdict).to_have_attribute("data-verified", re.compile("yes|no"))
    word = verdict.get_attribute("data-verified") or ""
    context.close()
    return word, faults
