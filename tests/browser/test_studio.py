"""The product studio as two people meet it: a package in, its cases, a price, the differences, two names, published."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from baohe.kernel.dates import business_date
from tests.browser.clock import clock_offset
from tests.browser.screen import Screen
from tests.journey.installation import Installation

CODE = "haijia-medical-a"
SOURCE = Path(__file__).parents[2] / "products" / CODE / "2026-03-01"


def _package(folder: Path, version: str) -> Path:
    """The sample package as the version that begins on the day `version`."""
    archive = folder / "package.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(SOURCE.rglob("*.*")):
            text = path.read_text()
            if path.name == "product.yaml":
                text = text.replace("effective_from: 2026-03-01", f"effective_from: {version}")
                text = re.sub(r"^filing_number:.*$", "filing_number: 待备案", text, flags=re.MULTILINE)
            if path.name == "premium.csv":
                text = text.replace("26,30,yes,10000,288.00", "26,30,yes,10000,300.00")
            target.writestr(f"{CODE}/{version}/{path.relative_to(SOURCE)}", text)
    return archive


def _sign_in(screen: Screen, installation: Installation, username: str) -> None:
    screen.open("/desk/")
    screen.page.locator("[name=username]").fill(username)
    screen.page.locator("[name=password]").fill((installation.data / "keys" / "demo_desk").read_text())
    screen.page.get_by_role("button", name="登录").click()
    screen.page.wait_for_url(re.compile("/desk/studio/"))


def _look(screen: Screen, name: str) -> None:
    screen.picture(f"studio-{name}")
    screen.fits()
    assert not screen.barriers()


@pytest.mark.rule("PUB-2")
def test_a_package_becomes_a_product_under_two_names(open_screen, installation: Installation, tmp_path: Path) -> None:
    today = business_date(datetime.now(UTC) + clock_offset(installation))
    version = str(today + timedelta(days=300))  # nothing else in this installation sees it on sale
    with open_screen(desktop=True) as maker, open_screen(desktop=True) as checker:
        _sign_in(maker, installation, "product")
        page = maker.page
        page.locator("[name=files]").set_input_files(_package(tmp_path, version))
        page.get_by_role("button", name=re.compile("^上传")).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("百万医疗")
        _look(maker, "draft")
        address = page.url.removeprefix(maker.origin)

        page.get_by_role("link", name=re.compile("^用例")).click()
        expect(page.get_by_role("heading", level=2)).to_contain_text("全部相符")
        page.get_by_role("link", name="试算").click()
        page.locator("[name=age]").fill("28")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".sum")).to_contain_text("300.00")
        _look(maker, "what-if")
        page.get_by_role("link", name="费率图").click()
        expect(page.locator("svg.onwide")).to_be_visible()
        _look(maker, "chart")
        page.get_by_role("link", name="差异").click()
        expect(page.locator("ins").filter(has_text="300.00")).to_be_visible()
        _look(maker, "diff")
        page.get_by_role("link", name="预览").click()
        expect(page.locator(".phone")).to_contain_text("不保什么")
        _look(maker, "preview")
        page.get_by_role("link", name="总览").click()
        page.get_by_role("button", name=re.compile("^送审")).click()
        expect(page.locator(".right")).to_contain_text("不能是送审人本人")
        expect(page.get_by_role("button", name=re.compile("批准"))).to_have_count(0)

        _sign_in(checker, installation, "actuary")
        checker.open(address)
        checker.page.get_by_role("button", name=re.compile("^以我的名字批准")).click()
        expect(checker.page.locator(".right")).to_contain_text("2 / 2")
        checker.page.locator("[name=filing_number]").fill("海岬健康〔2027〕医疗保险 003 号")
        checker.page.get_by_role("button", name="记下备案号").click()
        checker.page.get_by_role("button", name=re.compile("^发布")).click()
        expect(checker.page.locator(".right")).to_contain_text("看已发布的版本")
        _look(checker, "published")

    feed = httpx.get(f"{installation.origin}/api/shop/v1/versions", params={"size": 500}).json()
    assert (CODE, version) in {(entry["product"], entry["version"]) for entry in feed["items"]}
