"""Settlement at the desk: who may look, who may act, and a month from the statement to the payment."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.money.settling.urls import urlpatterns
from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.models import Batch, Statement
from baohe.rooms.settlement.tests.world import (
    CHENG,
    HAIJIA,
    LATER,
    OCTOBER,
    SEPTEMBER,
    SONGTAO,
    account,
    of,
    post,
    september,
)

pytestmark = pytest.mark.django_db

PAGES = ("", "statement", "file", "disputes", "dispute", "batches", "batch", "accounts", "party")
WRITES = (
    "issue",
    "agree",
    "collect",
    "dispute-for",
    "dispute-act",
    "make",
    "decide",
    "propose",
    "decide-account",
)
BANK = {"bank": "示例银行", "holder": "海岬健康", "number": "6222000011112222", "contact": "13900000001"}


@pytest.fixture(autouse=True)
def month(on_sale):
    september()
    with clock.travel(LATER):
        account(HAIJIA)
        yield


def address(name: str) -> str:
    """Of every page there is something to see: a statement, a dispute, a batch, a party."""
    statement = of(SONGTAO)
    disputes, batches = settlement.disputes()[0], settlement.batches()[0]
    args: dict[str, list[object]] = {
        "statement": [statement.id],
        "file": [statement.id, "csv"],
        "dispute": [disputes[0].id if disputes else uuid4()],
        "batch": [batches[0].id if batches else uuid4()],
        "party": [statement.party.id],
        "agree": [statement.id],
        "collect": [statement.id],
        "dispute-for": [statement.id],
        "dispute-act": [disputes[0].id if disputes else uuid4(), "answer"],
        "decide": [batches[0].id if batches else uuid4(), "approve"],
        "propose": [statement.party.id],
        "decide-account": [statement.party.id, uuid4(), "approve"],
    }
    return reverse(f"desk:settlement-{name}" if name else "desk:settlement", args=args.get(name, []))


def finance(name: str) -> Client:
    return browser(member("finance", name=name))


def test_the_matrix_knows_every_address():
    assert {one.name for one in urlpatterns} == {
        f"settlement-{name}" if name else "settlement" for name in (*PAGES, *WRITES)
    }


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_finance_and_auditors_read_and_finance_alone_acts(role: str):
    with clock.travel(of(SONGTAO).issued_at):
        settlement.open_dispute(of(SONGTAO).id, "S-1", "不是我们的", [], CHENG)
    settlement.make_batch(SEPTEMBER, [of(HAIJIA).id], CHENG)
    client = browser(member(role))
    for name in PAGES:
        assert client.get(address(name)).status_code == (200 if role in ("finance", "auditor") else 403), name
    if role != "finance":
        before = everything()
        for name in WRITES:
            assert client.post(address(name), BANK | {"text": "x"}).status_code == 403, name
        assert everything() == before


def test_outsiders_are_sent_to_sign_in():
    for name in PAGES:
        assert Client().get(address(name)).status_code == 302, name
    before = everything()
    for name in WRITES:
        assert Client().post(address(name), BANK).status_code == 302, name
    assert everything() == before


def test_a_batch_takes_two_people():
    cheng, xu = finance("程立"), finance("许衡")
    page = cheng.get(address("batches") + "?month=2026-09").content.decode()
    chosen = re.findall(r'name="statement" value="([^"]+)"', page)
    assert chosen == [str(of(HAIJIA).id)]  # songtao has no account yet
    cheng.post(address("make"), {"month": "2026-09", "statement": chosen})
    assert "复核通过" not in cheng.get(address("batch")).content.decode()

    told = cheng.post(address("decide"), follow=True).content.decode()
    assert "经办人不能自己复核" in told
    assert (Batch.objects.get().state, Payout.objects.count()) == ("proposed", 0)

    assert "复核通过" in xu.get(address("batch")).content.decode()
    told = xu.post(address("decide"), follow=True).content.decode()
    assert "1 笔转账发往银行" in told and "等银行受理" in told
    assert Payout.objects.get().amount_fen == 12_000


def test_an_account_takes_two_people_and_its_number_is_never_shown():
    cheng, xu = finance("程立"), finance("许衡")
    cheng.post(address("propose"), BANK)
    waiting = settlement.accounts(of(SONGTAO).party.id)[0]
    decide = reverse("desk:settlement-decide-account", args=[waiting.party.id, waiting.id, "approve"])

    assert "经办人不能自己复核" in cheng.post(decide, follow=True).content.decode()
    page = xu.get(address("party")).content.decode()
    assert "户名与对方名称不同" in page and "6222000011112222" not in page and "**** 2222" in page
    xu.post(decide)
    assert settlement.accounts(waiting.party.id)[0].state == "approved"


def test_a_dispute_by_letter_is_answered_and_the_clock_is_shown():
    cheng = finance("程立")
    with clock.travel(of(SONGTAO).issued_at):
        cheng.post(address("dispute-for"), {"reference": "来函 1", "lines": "1", "reason": "<b>不是</b>我们的"})
        page = cheng.get(address("disputes")).content.decode()
        assert "来函 1" in page and "<b>不是" not in page and "11-09 18:00" in page
        told = cheng.post(address("dispute-act"), {"text": "见附页"}, follow=True).content.decode()
        assert "等对方接受" in told and "程立（代" in told
        refused = cheng.post(
            reverse("desk:settlement-dispute-act", args=[settlement.disputes()[0][0].id, "uphold"]),
            {"text": "账没有错"},
            follow=True,
        ).content.decode()
    assert "前还可以接受答复" in refused
    assert settlement.disputes()[0][0].state == "answered"


def test_words_that_are_no_lines_are_refused():
    cheng = finance("程立")
    with clock.travel(of(SONGTAO).issued_at):
        said = {"reference": "1", "lines": "一行", "reason": "x"}
        assert "行号是数字" in cheng.post(address("dispute-for"), said, follow=True).content.decode()
    assert settlement.disputes()[1] == 0


def test_every_file_of_a_statement_comes_down():
    cheng = finance("程立")
    heads = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF-", "json": b'{"key"'}
    for kind, head in heads.items():
        answer = cheng.get(reverse("desk:settlement-file", args=[of(HAIJIA).id, kind]))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content.startswith(head), kind
    assert cheng.get(reverse("desk:settlement-file", args=[of(HAIJIA).id, "exe"])).status_code == 404


def test_a_month_that_is_closed_and_not_stated_is_stated_by_a_button():
    post("o", OCTOBER, ledger.movements.premium_received("haijia", 100))
    ledger.close_month(OCTOBER, uuid4(), "程立")
    cheng = finance("程立")
    assert "出 10 月对账单" in cheng.get(address("")).content.decode()
    assert "出了 2 张对账单" in cheng.post(address("issue"), {"month": "2026-10"}, follow=True).content.decode()
    assert Statement.objects.filter(month=OCTOBER).count() == 2


def test_sums_of_one_page_are_not_passed_off_as_the_months(monkeypatch):
    client = browser(member("finance"))
    assert "本页" not in client.get(reverse("desk:settlement"), {"month": "2026-09"}).content.decode()
    monkeypatch.setattr("baohe.faces.desk.money.settling.statements.PAGE", 1)
    for number in (1, 2):
        page = client.get(reverse("desk:settlement"), {"month": "2026-09", "page": number}).content.decode()
        assert "现在应付（本页）" in page
