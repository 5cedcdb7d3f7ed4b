"""A partner's notice, the link on the customer's telephone, three photographs, an account, and the money."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from baohe.kernel.dates import business_date
from tests.browser.clock import clock_offset
from tests.browser.partner import Shop
from tests.browser.screen import Screen
from tests.claims import sample_layouts, sample_papers
from tests.claims.sample_invoice import draw_invoice
from tests.identity.sample_card import card, draw_front
from tests.journey.installation import Installation

GOODS = "yizhan-goods-quality"
INSURED = card(7)
PHONE = "13700000091"
DRESSES: dict[str, dict[str, str | bool]] = {
    "desktop": {"desktop": True},
    "english": {"language": "en"},
    "dark": {"theme": "dark"},
    "large": {"size": "large"},
}


@pytest.fixture
def today(installation: Installation) -> date:
    return business_date(datetime.now(UTC) + clock_offset(installation))


@pytest.fixture
def shop(installation: Installation, tmp_path: Path) -> Shop:
    return Shop(installation, tmp_path, f"sunny{tmp_path.name[-6:]}".replace("_", "").lower())


def _opened(shop: Shop, today: date, reference: str, **insured: str) -> dict[str, Any]:
    inputs = {"category": "appliance", "order_value": "400", "shop_kind": "ordinary", "cover_days": "90"}
    order = {"reference": reference, "product": GOODS, "start": str(today), "inputs": inputs}
    answer = shop.ask("POST", "/open/v1/policies", {"items": [{**order, "insured": insured}]})
    assert answer["issued"] == 1, answer
    notice = {"reference": reference, "event": "faulty_goods", "happened_on": str(today)}
    return shop.ask("POST", "/open/v1/claims", {**notice, "sentence": "电饭煲插上就跳闸，店铺不退"})


def _bill(path: Path, buyer: str, day: date) -> Path:
    """A VAT invoice of today over ¥129.00."""
    printed = sample_layouts.VAT_OF_TODAY
    for old, new in (
        ("沈知远", buyer),
        ("2026年11月03日", f"{day.year}年{day.month:02d}月{day.day:02d}日"),
        ("云栖市晴川电子维修有限公司", "云栖市晴川家用电器有限公司"),
        ("*劳务*手机屏幕更换", "*家用电器*电饭煲"),
        ("575.22", "114.16"),
        ("74.78", "14.84"),
        ("650.00", "129.00"),
        ("陆佰伍拾圆整", "壹佰贰拾玖圆整"),
    ):
        assert old in printed
        printed = printed.replace(old, new)
    picture = sample_papers.drawn((1580, 950), printed, (150, 390, 610, 680, 750, 860))
    picture.save(path, "JPEG", quality=90)
    return path


@pytest.mark.rule("SERV-7")
def test_a_customer_without_an_account_is_paid(
    open_screen, installation: Installation, shop: Shop, today: date, tmp_path: Path
) -> None:
    claim = _opened(shop, today, "T1", name=INSURED.name, phone=PHONE)
    link = claim["link"]["url"]
    with open_screen() as screen:
        screen.open(link)
        expect(screen.page.get_by_text("137****0091")).to_be_visible()
        _look(screen, "proof")
        _prove(screen)
        screen.sees("paper-add-bill")
        expect(screen.page.get_by_text(INSURED.name).first).to_be_visible()
        _look(screen, "papers")
        _photograph(screen, tmp_path, today)
        _look(screen, "read")
        _give_account(screen)
        _look(screen, "complete")
        screen.tap("claim-submit")
        screen.sees("claim-payout")
        expect(screen.at("claim-took")).to_be_visible(timeout=60_000)
        expect(screen.at("claim-amount")).to_have_text("¥129.00")
        expect(screen.at("claim-payout")).to_contain_text("尾号 5678")
        _look(screen, "paid")
        _write(screen)
        _dressed(open_screen, screen, link)
        # the same browser, the same link: no code again; and nothing else of the app is open to it
        screen.open(link)
        screen.sees("claim-payout")
        screen.open("/claims")
        expect(screen.page.get_by_text("登录后申请理赔")).to_be_visible()
    assert shop.ask("GET", f"/open/v1/claims/{claim['claim_id']}")["state"] == "paid"
    with open_screen() as copied:
        copied.open(link)
        copied.sees("link-send")
        expect(copied.page.get_by_text("129.00")).to_have_count(0)


def test_a_document_opens_where_there_is_no_telephone(open_screen, shop: Shop, today: date) -> None:
    claim = _opened(shop, today, "T2", name=INSURED.name, identity_last=INSURED.number[-6:])
    link = claim["link"]["url"]
    with open_screen() as screen:
        screen.open(link)
        screen.at("link-name").fill(INSURED.name)
        screen.at("link-last").fill("000000")
        screen.tap("link-open")
        expect(screen.sees("problem")).to_contain_text("还可以试 4 次")
        screen.faults = [fault for fault in screen.faults if "claim-links/identity" not in fault]
        _look(screen, "identity")
        screen.at("link-last").fill(INSURED.number[-6:])
        screen.tap("link-open")
        screen.sees("paper-add-bill")


def test_a_link_of_no_use_says_why_and_whom_to_call(open_screen, shop: Shop, today: date) -> None:
    claim = _opened(shop, today, "T3", name=INSURED.name, phone=PHONE)
    shop.ask("DELETE", f"/open/v1/claims/{claim['claim_id']}/link")
    with open_screen() as screen:
        for link, words in (
            (claim["link"]["url"], "这个链接已停用"),
            (f"/c#{'x' * 43}", "这个链接不对"),
            ("/c", "这个链接不完整"),
        ):
            screen.open(link)
            expect(screen.sees("link-refused")).to_contain_text(words)
            expect(screen.at("link-refused")).to_contain_text("电话")
            _look(screen, f"refused-{words[-2:]}")
        screen.faults = [fault for fault in screen.faults if "claim-links/look" not in fault]


def _prove(screen: Screen) -> None:
    screen.tap("link-send")
    screen.tap("demo-fill")
    screen.tap("link-open")


def _photograph(screen: Screen, folder: Path, today: date) -> None:
    record = folder / "record.jpg"
    draw_invoice(record, INSURED.name, str(today), "云栖市晴川家用电器", 1, 0, 0, items="电饭煲跳闸，店铺答复不退")
    identity = draw_front(folder / "identity.jpg", INSURED, 7)
    screen.at("paper-add-record").set_input_files(record)
    expect(screen.at("paper-open-record")).to_be_visible(timeout=60_000)
    screen.at("paper-add-identity").set_input_files(identity)
    expect(screen.at("paper-open-identity")).to_be_visible(timeout=60_000)
    screen.at("paper-add-bill").set_input_files(_bill(folder / "bill.jpg", INSURED.name, today))
    expect(screen.at("field-total")).to_contain_text("129.00", timeout=90_000)
    screen.settle()
    truth = {"patient": INSURED.name, "total": "129.00", "recovered": "0.00", "date": str(today)}
    while screen.page.locator("section.doubt").count():
        code = (screen.page.locator("section.doubt").first.get_attribute("data-testid") or "").removeprefix("doubt-")
        screen.tap(f"doubt-{code}-other")
        screen.at(f"field-{code}-input").fill(truth[code])
        screen.tap("field-save")
        expect(screen.at(f"doubt-{code}")).to_have_count(0)


def _give_account(screen: Screen) -> None:
    expect(screen.at("claim-submit")).to_be_disabled()
    screen.tap("payee")
    screen.at("payee-bank").fill("江城银行")
    screen.at("payee-number").fill("6217 0000 1234 5678")
    _look(screen, "account")
    screen.tap("payee-save")
    expect(screen.at("payee")).to_contain_text("尾号 5678")
    expect(screen.at("claim-submit")).to_be_enabled()


def _write(screen: Screen) -> None:
    """The conversation stands on the link's own page, and leads back to the claim."""
    screen.tap("claim-messages")
    screen.at("messages-text").fill("到账的户名和我的一致，谢谢")
    screen.tap("messages-send")
    expect(screen.sees("messages-log")).to_contain_text("到账的户名和我的一致，谢谢")
    _look(screen, "talk")
    screen.tap("nav-back")
    screen.sees("claim-payout")


def _dressed(open_screen, proven: Screen, link: str) -> None:
    cookies = proven.context.cookies()
    for dress, display in DRESSES.items():
        with open_screen(**display) as other:
            other.open(link)
            other.sees("link-send")
            _look(other, f"proof-{dress}")
            other.context.add_cookies(cookies)
            other.page.reload()
            other.sees("claim-payout")
            _look(other, f"paid-{dress}")


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    folder = Path(__file__).parents[2] / "artifacts" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    screen.page.screenshot(path=folder / f"link-{name}.png", animations="disabled", full_page=True)
    screen.fits()
    assert not screen.barriers()
