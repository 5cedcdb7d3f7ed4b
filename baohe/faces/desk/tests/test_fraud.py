"""The page of signals and the panel beside a claim."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import Waiting, another_claim, browser, member, waiting
from baohe.plumbing import clock
from baohe.plumbing.picture_grain import SAME_GRAIN, Place
from baohe.plumbing.picture_traces import NONE
from baohe.rooms.claims import sealing
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.fraud.contracts import INVOICE, ClaimFacts, CoverDays, Mark
from baohe.rooms.fraud.models import Feedback
from baohe.rooms.fraud.tests import invented


@pytest.fixture
def there(on_sale: None) -> Waiting:
    return waiting()


@pytest.fixture
def signalled(there: Waiting) -> Waiting:
    """The claim at the desk has its invoice in another account's claim."""
    today, mark = clock.today(), (Mark(INVOICE, "8707257965"),)
    cover = CoverDays(today, today - timedelta(days=200), today + timedelta(days=100))
    claim_id, account_id = there.claim_id, there.customer_id
    with transaction.atomic():
        fraud.look(ClaimFacts(clock.new_id(), 1, clock.new_id(), clock.new_id(), "x", today, today, cover, marks=mark))
        fraud.look(ClaimFacts(claim_id, 1, account_id, clock.new_id(), "x", today, today, cover, marks=mark))
    return there


def test_the_panel_says_sentences_and_that_they_are_no_finding(signalled: Waiting) -> None:
    page = browser(member("claims_handler")).get(signalled.page("claim")).content.decode()
    assert "发票号重复" in page
    assert "其中 1 件是别的账号" in page
    assert "不是结论，也不改变期限" in page
    for answer in ("核实有问题", "核实没问题", "查不清"):
        assert answer in page


def test_a_claim_nobody_looked_at_says_so_and_takes_no_answer(there: Waiting) -> None:
    handler = member("claims_handler")
    assert "还没有看过" in browser(handler).get(there.page("claim")).content.decode()
    answer = browser(handler).post(there.page("say-of-signals"), {"verdict": "cleared"}, follow=True)
    assert "信号" in answer.content.decode()
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 2),
        ("?signal=strong", 1),
        ("?signal=any", 1),
        ("?signal=invoice_repeated", 1),
        ("?signal=before_end", 0),
        ("?signal=strong&line=medical", 0),
        ("?signal=nonsense", 2),  # what is no signal narrows nothing
    ],
)
def test_the_address_narrows_the_queue_to_claims_with_a_signal(signalled: Waiting, asked: str, found: int) -> None:
    another_claim(signalled)
    page = browser(member("auditor")).get(signalled.page("claims") + asked).content.decode()
    assert f'<span class="second">{found} 件' in page
    assert '<select name="signal">' in page


def test_only_the_latest_look_counts(signalled: Waiting) -> None:
    today, claim_id = clock.today(), signalled.claim_id
    cover = CoverDays(today, today - timedelta(days=200), today + timedelta(days=100))
    assert claim_id in fraud.signalled(code="invoice_repeated").claim_ids
    assert fraud.signalled(strong=True).whole
    with transaction.atomic(), clock.travel(clock.now() + timedelta(minutes=1)):
        fraud.look(ClaimFacts(claim_id, 1, signalled.customer_id, clock.new_id(), "x", today, today, cover))
    assert claim_id not in fraud.signalled(code="invoice_repeated").claim_ids


def test_an_auditor_reads_the_signals_and_cannot_answer(signalled: Waiting) -> None:
    page = browser(member("auditor")).get(signalled.page("claim")).content.decode()
    assert "发票号重复" in page
    assert reverse("desk:say-of-signals", args=[signalled.claim_id]) not in page


@pytest.mark.rule("SERV-9")
def test_an_answer_is_counted_and_moves_no_claim(signalled: Waiting) -> None:
    client = browser(member("claims_handler"))
    before = list(Claim.objects.values_list())
    assert "打开理赔" in client.get(signalled.page("fraud")).content.decode()
    said = client.post(
        signalled.page("say-of-signals"), {"verdict": "confirmed", "note": "<b>两张是同一张发票</b>"}, follow=True
    ).content.decode()
    assert "已记下" in said
    assert "&lt;b&gt;两张是同一张发票" in said
    assert list(Claim.objects.values_list()) == before
    page = client.get(signalled.page("fraud")).content.decode()
    assert "没有等结果的理赔" in page
    assert "100%" in page
    assert "20.65% – 100%" in page


@pytest.mark.parametrize("said", [{}, {"verdict": "guilty"}, {"verdict": "cleared", "note": "长" * 201}])
def test_no_answer_of_another_kind(signalled: Waiting, said: dict[str, str]) -> None:
    answer = browser(member("claims_handler")).post(signalled.page("say-of-signals"), said, follow=True)
    assert "请选一个结论" in answer.content.decode()
    assert Feedback.objects.count() == 0


def test_the_page_shows_the_model_and_its_drift(there: Waiting, settings, tmp_path) -> None:
    client = browser(member("auditor"))
    settings.BAOHE_DATA = tmp_path
    assert "还没有训练" in client.get(there.page("fraud")).content.decode()
    told = fraud.train(invented.write(tmp_path / "claims.csv", invented.rows(600)))
    moved = [{**row, "Fault": "Third Party"} for row in invented.rows(80)]
    fraud.drift(invented.write(tmp_path / "moved.csv", moved))
    page = client.get(there.page("fraud")).content.decode()
    assert told.version in page
    assert "变化很大" in page


def test_a_damaged_model_is_said_and_the_page_stands(there: Waiting, settings, tmp_path) -> None:
    settings.BAOHE_DATA = tmp_path
    (tmp_path / "fraud").mkdir()
    (tmp_path / "fraud" / "vehicle-model.json").write_text("{}")
    page = browser(member("auditor")).get(there.page("fraud"))
    assert page.status_code == 200
    assert "重新训练" in page.content.decode()


def test_an_odd_place_is_marked_twice_on_its_picture_and_said_to_be_no_finding(there: Waiting) -> None:
    paper = ClaimPaper.objects.filter(claim_id=there.claim_id, removed_at=None).order_by("added_at", "id").first()
    place = Place(SAME_GRAIN, (100, 200, 300, 40), (500, 600, 300, 40), 0.4)
    paper.traces_sealed = sealing.seal_traces(paper.id, NONE, (place,))
    paper.save()

    page = browser(member("claims_handler")).get(there.page("claim")).content.decode()

    assert page.count('<span class="mark wait" data-box=') >= 2
    assert page.count('data-field="1-odd-1"') == 3  # both places, and the sentence that lights them up
    assert "这两处连颗粒都一样" in page
    assert "这只是提示，不是结论，也不改变期限" in page
