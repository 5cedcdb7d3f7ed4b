"""The books at the desk: who may look, who may close, what the files hold, and what a slip does (nothing)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.money import sankey
from baohe.faces.desk.money.urls import urlpatterns
from baohe.faces.desk.tests.desk_world import ROLES, browser, member
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.contracts import MoneyFlow
from baohe.rooms.ledger.models import ClosedMonth, LedgerEntry

pytestmark = pytest.mark.django_db

PAGES = ("books", "books-account", "books-flow", "books-insurers", "books-closing")
FILES = ("books-trial-file", "books-account-file")
CLOSE = "books-close"
OCTOBER, NOON = date(2026, 10, 1), datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def books(on_sale):
    with clock.travel(NOON):
        for ref, day, fen in (("a", date(2026, 10, 5), 31_200), ("=2+3", date(2026, 11, 3), 10_000)):
            ledger.post(
                ledger.Entry(
                    "premium_received",
                    ref,
                    7,
                    day,
                    f"={ref}",
                    ledger.joined(
                        ledger.movements.premium_received("haijia", fen),
                        ledger.movements.commission_accrued("haijia", fen // 4),
                    ),
                )
            )
        yield


@pytest.fixture
def finance() -> Client:
    return browser(member("finance", name="程立"))


def address(name: str, **query: str) -> str:
    args = ["csv"] if name in FILES else []
    text = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(f'desk:{name}', args=args)}?{text}"


def test_the_matrix_knows_every_address():
    named = {str(pattern.name) for pattern in urlpatterns}  # those of billing are in test_billing
    assert {name for name in named if not name.startswith("billing")} == {*PAGES, *FILES, CLOSE}


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_finance_and_auditors_read_and_finance_alone_closes(role: str):
    client = browser(member(role))
    allowed = role in ("finance", "auditor")
    for name in (*PAGES, *FILES):
        answer = client.get(address(name, account="insurer/haijia"))
        assert answer.status_code == (200 if allowed else 403), name
    answer = client.post(reverse("desk:books-close"), {"month": "2026-10", "typed": "2026-10"})
    assert answer.status_code == (302 if role == "finance" else 403)
    assert ClosedMonth.objects.count() == (1 if role == "finance" else 0)


def test_outsiders_are_sent_to_sign_in():
    for name in (*PAGES, *FILES):
        assert "/sign-in/" in Client().get(address(name))["Location"]
    Client().post(reverse("desk:books-close"), {"month": "2026-10", "typed": "2026-10"})
    assert ClosedMonth.objects.count() == 0


def test_the_trial_balance_names_accounts_and_agrees(finance: Client):
    text = finance.get(address("books", month="2026-11")).content.decode()
    assert "代收保费 · 海岬健康" in text
    assert "¥312.00" in text  # the opening of November
    assert "平</span>" in text


def test_a_statement_runs_and_is_paged(finance: Client):
    text = finance.get(address("books-account", account="insurer/haijia", first="2026-10", last="2026-11")).content
    assert "−¥309.00".encode() in text  # closing of the branch: −412.00 + 103.00
    assert finance.get(address("books-account", account="")).status_code == 302
    assert finance.get(address("books-account", account="wallet/clearing", page="x")).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files_hold_exact_amounts_and_run_nothing(finance: Client, kind: str):
    url = reverse("desk:books-account-file", args=[kind])
    answer = finance.get(f"{url}?account=wallet/clearing&first=2026-10&last=2026-11")
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        assert rows[2][2:4] == ["'==2+3", "'=2+3"]
        amounts = [Decimal(row[-1]) for row in rows[1:]]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
        assert sheet["D3"].data_type == "s"
        amounts = [Decimal(str(sheet[f"H{row}"].value)) for row in (2, 3)]
    assert amounts == [Decimal("312.00"), Decimal("412.00")]
    assert finance.get(reverse("desk:books-account-file", args=["exe"])).status_code == 404


def test_closing_shows_what_it_will_post_and_wants_the_month_typed(finance: Client):
    page = finance.get(address("books-closing")).content.decode()
    assert "2026-10 结账时将记入" in page
    assert "¥4.42" in page  # the tax inside ¥78.00 of commission

    finance.post(reverse("desk:books-close"), {"month": "2026-10", "typed": "2026-11"})
    assert ClosedMonth.objects.count() == 0
    answer = finance.post(reverse("desk:books-close"), {"month": "2026-10", "typed": "2026-10"}, follow=True)
    assert "2026-10 已结账" in answer.content.decode()
    assert ClosedMonth.objects.get().closed_by_name == "程立"
    assert "没有要结账的月份" in answer.content.decode()


def test_a_month_that_runs_is_refused_with_its_reason_and_nothing_posted(finance: Client):
    before = LedgerEntry.objects.count()
    answer = finance.post(reverse("desk:books-close"), {"month": "2026-11", "typed": "2026-11"}, follow=True)
    assert "还没有结束" in answer.content.decode()
    assert LedgerEntry.objects.count() == before


def test_results_name_the_insurer_and_refuse_a_span_backwards(finance: Client):
    assert "海岬健康" in finance.get(address("books-insurers")).content.decode()
    page = finance.get(address("books-insurers", first="2026-11-02", last="2026-11-01")).content.decode()
    assert "结束日早于开始日" in page


def test_the_picture_is_as_high_as_the_money():
    flows = [MoneyFlow("k", "a", "x", 300), MoneyFlow("k", "a", "y", 100), MoneyFlow("k", "b", "x", 100)]
    picture = sankey.draw(flows, {"a": "甲"})
    heights = {bar.name: bar.height for bar in picture.bars}
    assert heights["甲"] == pytest.approx(4 * heights["b"], abs=0.2)
    assert heights["x"] == heights["甲"]
    assert [band.amount_fen for band in picture.bands] == [300, 100, 100]
    assert sankey.draw([], {}).bars == ()
