"""The whole life of a policy in a real browser of 390 × 844: bought, proved, claimed, paid."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.clock import move_clock
from tests.browser.screen import Screen
from tests.browser.world import HOSPITAL, NAME
from tests.claims.sample_invoice import draw_invoice
from tests.journey.installation import Installation

TOTAL, SOCIAL, OWN = 86_000, 36_000, 4_000
PAID = "324.00"
"""(860 − 360 − 40 − 100 each time) × 90 %."""


@pytest.mark.rule("SALE-12")
def test_a_person_buys_proves_and_claims(
    open_screen, installation: Installation, phone_number: str, tmp_path: Path
) -> None:
    with open_screen() as screen:
        screen.open("/")
        screen.picture("journey-home")
        steps.sign_in(screen, phone_number, "journey")
        steps.add_self(screen, "journey", serial=31)
        papers = steps.buy(screen, "journey")
        assert {"clauses", "exclusions"} <= set(papers)
        policy = screen.page.url.removeprefix(screen.origin)

        document = _download(screen)
        _proved_and_disproved(screen, document)

        move_clock(installation, timedelta(days=2))
        screen.follow_clock()
        screen.open(policy)
        screen.picture("journey-policy-in-force")
        _claim(screen, _invoice(tmp_path, screen))
        screen.check()


def _download(screen: Screen) -> bytes:
    """The page follows the document's preparation by itself."""
    expect(screen.at("paper-policy")).to_be_visible(timeout=60_000)
    screen.settle()
    screen.picture("journey-policy")
    with screen.page.expect_download() as waiting:
        screen.tap("paper-policy")
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"%PDF-")
    assert waiting.value.suggested_filename.endswith(".pdf")
    return content


def _proved_and_disproved(screen: Screen, document: bytes) -> None:
    screen.open("/verify")
    screen.picture("journey-verify")
    _judge(screen, document, "true")
    screen.picture("journey-verify-true")
    changed = bytearray(document)
    changed[len(changed) // 2] ^= 1
    _judge(screen, bytes(changed), "false")
    screen.picture("journey-verify-false")


def _judge(screen: Screen, document: bytes, genuine: str) -> None:
    file = {"name": "policy.pdf", "mimeType": "application/pdf", "buffer": document}
    screen.at("verify-file").set_input_files(file)
    expect(screen.at("verdict")).to_have_attribute("data-genuine", genuine, timeout=30_000)


def _invoice(folder: Path, screen: Screen) -> Path:
    """Of the day of the claim; light lies on one amount, so that it has to be confirmed."""
    today = screen.page.evaluate(
        "() => new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Shanghai'}).format(new Date())"
    )
    return draw_invoice(
        folder / "invoice.jpg", NAME, today, HOSPITAL, TOTAL, SOCIAL, OWN, number="3107264418", glare_on_self=True
    )


def _claim(screen: Screen, invoice: Path) -> None:
    screen.tap("policy-claim")
    screen.page.wait_for_url(re.compile("/claim$"))
    screen.sees("claim-event-accident_outpatient")
    steps.nothing_ticked(screen, "claim-event")
    screen.tap("claim-event-accident_outpatient")
    screen.at("claim-sentence").fill("下楼时踩空，左脚踝扭伤，去医院包扎")
    screen.tap("claim-today")
    screen.picture("journey-claim-start")
    screen.tap("claim-start-next")
    screen.page.wait_for_url(re.compile("/claims/[0-9a-f-]{36}$"))
    screen.sees("paper-add-record")
    screen.picture("journey-claim-papers")
    record = invoice.with_name("record.jpg")
    draw_invoice(record, NAME, "2026-01-01", HOSPITAL, 1, 0, 0, items="左踝关节扭伤，下楼踩空所致")
    screen.at("paper-add-record").set_input_files(record)
    expect(screen.at("paper-open-record")).to_be_visible(timeout=60_000)
    screen.at("paper-add-invoice").set_input_files(invoice)
    expect(screen.at("field-total")).to_contain_text("860.00", timeout=90_000)
    screen.settle()
    screen.picture("journey-claim-read")
    _confirm_doubts(screen)
    expect(screen.at("claim-submit")).to_be_enabled()
    screen.picture("journey-claim-complete")
    screen.tap("claim-submit")
    screen.sees("claim-payout")
    expect(screen.at("claim-took")).to_be_visible(timeout=60_000)
    expect(screen.at("claim-amount")).to_have_text(f"¥{PAID}")
    receipt = screen.at("claim-receipt")
    for amount in ("860.00", "360.00", "40.00", "100.00", "90%", PAID):
        expect(receipt).to_contain_text(amount)
    screen.settle()
    screen.picture("journey-claim-paid")
    assert screen.barriers() == []


def _confirm_doubts(screen: Screen) -> None:
    """Whatever the engine was unsure of is typed as it stands on the paper; the amount under the light is among it."""
    truth = {"self_paid": "40.00", "total": "860.00", "social_paid": "360.00", "patient": NAME, "hospital": HOSPITAL}
    confirmed = []
    while screen.page.locator("section.doubt").count():
        doubt = screen.page.locator("section.doubt").first
        code = (doubt.get_attribute("data-testid") or "").removeprefix("doubt-")
        expect(screen.at("claim-submit")).to_be_disabled()
        screen.tap(f"doubt-{code}-other")
        screen.at(f"field-{code}-input").fill(truth[code])
        screen.tap("field-save")
        expect(screen.at(f"doubt-{code}")).to_have_count(0)
        confirmed.append(code)
    assert "self_paid" in confirmed
