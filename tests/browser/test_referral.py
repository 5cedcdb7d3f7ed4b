"""A declaration that goes to people: papers asked for, sent and read, terms by two names, taken, signed, paid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.screen import Screen
from tests.journey.customer import Customer, pay_at_cashier
from tests.journey.installation import Installation
from tests.underwriting.sample_report import draw_report
from tests.uploads import hostile

MEDICAL = "haijia-medical-a"
NAME = "林知夏"


def _desk(screen: Screen, installation: Installation, username: str, path: str) -> None:
    screen.open(path)
    screen.page.locator("[name=username]").fill(username)
    screen.page.locator("[name=password]").fill((installation.data / "keys" / "demo_desk").read_text())
    screen.page.get_by_role("button", name="登录").click()
    expect(screen.page.get_by_role("heading", level=1)).to_contain_text(NAME)


def _look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.picture(f"referral-{name}")
    screen.fits()
    assert not screen.barriers()


@pytest.mark.rule("SERV-9")
def test_a_referral_from_its_first_question_to_the_policy(
    open_screen, installation: Installation, phone_number: str, tmp_path: Path
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    person = customer.add_self(NAME, serial=91)
    declared = customer.declare(customer.quote(MEDICAL, person["id"]), {"severe": "yes"})
    assert declared["outcome"] == "refer", declared
    file, app = f"/desk/referrals/{declared['id']}/", f"/buy/decision/{declared['id']}"
    with (
        open_screen(desktop=True) as ning,
        open_screen(desktop=True) as chief,
        open_screen() as phone,
    ):
        phone.take_session(customer)
        phone.open(app)
        phone.sees("referral-story")
        _look(phone, "app-waiting")
        _desk(ning, installation, "underwriter", file)
        _look(ning, "desk-open")
        _ask(ning)
        _send_papers(phone, app, tmp_path)
        _offer(ning, file)
        _agree(chief, installation, file)
        _take(phone, app)
        policy = _buy(phone, customer)
        assert (policy["premium_fen"], policy["state"]) == (56_160, "cooling_off")
        ning.open(f"{ning.origin}/desk/referrals/?state=closed")
        expect(ning.page.locator("table")).to_contain_text("百万医疗")
        _look(ning, "desk-queue")
        with open_screen() as small:
            _desk(small, installation, "auditor", file)
            _look(small, "desk-phone")


@pytest.mark.rule("DATA-1")
def test_a_report_is_read_before_the_questions(
    open_screen, installation: Installation, phone_number: str, tmp_path: Path
) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    customer.add_self(NAME, serial=92)
    report = tmp_path / "report.jpg"
    report.write_bytes(draw_report("lab", 5, name=NAME).jpeg)
    with open_screen() as phone:
        phone.take_session(customer)
        phone.open(f"/buy/{MEDICAL}/who")
        steps.choose_person(phone, "report")
        phone.tap("health-report")
        phone.page.wait_for_url(re.compile("/report$"))
        steps.nothing_ticked(phone, "report-kind")
        phone.tap("report-kind-lab_report")
        phone.tap("report-consent")
        _look(phone, "app-report")
        phone.at("report-add").set_input_files(report)
        expect(phone.at("paper-confirm")).to_be_visible(timeout=120_000)
        for take in phone.page.locator("[data-testid$=-take]").all():
            take.click()
        phone.tap("paper-confirm")
        phone.sees("report-filled")
        _look(phone, "app-report-read")
        phone.tap("report-done")
        phone.page.wait_for_url(re.compile("/health$"))


def _ask(ning: Screen) -> None:
    page = ning.page
    page.locator("summary", has_text="要材料").click()
    page.locator("[name=want_health_report]").check()
    page.locator("[name=want_discharge_summary]").check()
    ning.picture("referral-desk-ask")
    page.get_by_role("button", name="一次告知客户").click()
    expect(page.locator(".said")).to_contain_text("答复期限停止计算")


def _send_papers(phone: Screen, app: str, folder: Path) -> None:
    phone.open(app)
    phone.tap("to-papers")
    phone.arrives(f"{app}/papers")
    _look(phone, "app-papers")
    bad = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": hostile.with_script()}
    phone.at("paper-add-health_report").set_input_files(bad)
    expect(phone.sees("problem")).to_contain_text("里面有脚本")
    phone.picture("referral-app-refused")
    phone.faults.clear()  # the refusal that was just shown
    phone.tap("sending-drop")
    report = folder / "report.jpg"
    report.write_bytes(draw_report("check", 3, noisy=True, name=NAME, systolic="152", diastolic="96").jpeg)
    phone.at("paper-add-health_report").set_input_files(report)
    expect(phone.at("item-systolic-input")).to_have_value("152", timeout=120_000)
    phone.settle()
    phone.picture("referral-app-read")
    phone.at("item-systolic-input").fill("138")
    for absent in phone.page.locator("[data-testid$=-take]").all():
        absent.click()
    phone.tap("paper-confirm")
    phone.sees("paper-edit")
    phone.tap("without-discharge_summary")
    _look(phone, "app-confirmed")
    phone.tap("papers-hand-in")
    phone.arrives(app)
    expect(phone.sees("reply-by")).to_contain_text("答复")


def _offer(ning: Screen, file: str) -> None:
    ning.open(file)
    page = ning.page
    expect(page.locator(".read", has_text="收缩压")).to_contain_text("改过，机器读 152")
    _look(ning, "desk-papers")
    page.locator("[name=outcome]").select_option("load")
    page.locator("[name=loading_percent]").fill("80")
    page.locator("[name=note]").fill("血压偏高，随访三个月后可以再评估")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".said")).to_contain_text("另一位核保员复核")
    expect(page.get_by_role("button", name=re.compile("复核同意"))).to_have_count(0)
    ning.picture("referral-desk-one-name")


def _agree(chief: Screen, installation: Installation, file: str) -> None:
    _desk(chief, installation, "chief", file)
    _look(chief, "desk-second")
    chief.page.get_by_role("button", name=re.compile("复核同意")).click()
    expect(chief.page.locator(".said")).to_contain_text("结论生效")


def _take(phone: Screen, app: str) -> None:
    phone.open(app)
    offer = phone.sees("offer")
    for words in ("312.00", "561.60", "+80%", "顾远"):
        expect(offer).to_contain_text(words)
    _look(phone, "app-offer")
    phone.tap("offer-accept")
    phone.sees("decision-load")
    _look(phone, "app-accepted")


def _buy(phone: Screen, customer: Customer) -> dict[str, object]:
    steps.propose(phone, "referral")
    steps.read_papers(phone, "referral")
    proposal = customer.ask("GET", f"proposals/{re.search('/proposal/([0-9a-f-]+)', phone.page.url)[1]}")  # type: ignore[index]
    sale = customer.start_payment(customer.read_and_sign(proposal))
    pay_at_cashier(sale.cashier_url)
    return customer.ask("GET", f"policies/{customer.wait_for_policy(sale)}")
