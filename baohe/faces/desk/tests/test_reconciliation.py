"""Reconciliation at the desk: who may look and who may act, what the pages say, four eyes from page to books."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.kernel.dates import day_begins
from baohe.plumbing import clock
from baohe.rooms.ledger.models import LedgerEntry
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.tests.two_sides import DAY, Books, billed

pytestmark = pytest.mark.django_db

WHY = {"text": "渠道已原路退回付款人"}


@pytest.fixture(autouse=True)
def item(on_sale):
    with clock.travel(day_begins(DAY) + timedelta(days=1, hours=9)):
        Books().run([billed("payment", "=x", 12_345)])
        yield reconciliation.items()[0][0]


def pages(item):
    return [
        reverse("desk:reconciliation"),
        reverse("desk:reconciliation-suspense"),
        reverse("desk:reconciliation-day", args=["wallet", f"{DAY}"]),
        reverse("desk:reconciliation-day", args=["transfer", f"{DAY}"]),
        reverse("desk:reconciliation-item", args=[item.id]),
        reverse("desk:reconciliation-file", args=["csv"]),
    ]


def read(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def acts(item):
    return [reverse(f"desk:reconciliation-{act}", args=[item.id]) for act in ("assign", "explain", "propose")]


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_finance_and_auditors_read_and_finance_alone_acts(role, item):
    client = browser(member(role))
    for page in pages(item):
        assert client.get(page).status_code == (200 if role in ("finance", "auditor") else 403), page
    if role != "finance":
        before = everything()
        assert {client.post(act, WHY).status_code for act in acts(item)} == {403}
        assert everything() == before


def test_outsiders_are_sent_to_sign_in(item):
    for page in pages(item):
        assert "/sign-in/" in Client().get(page)["Location"]


def test_the_pages_say_what_stands_where(item):
    finance = browser(member("finance"))
    calendar, suspense, day, empty, one, file = (read(finance.get(page)) for page in pages(item))

    assert "差异 1" in calendar
    assert "¥123.45" in suspense
    assert reconciliation.current_run("wallet", DAY).bill_digest in day
    assert "还没有核对" in empty
    assert "没有这一笔" in one
    assert "'=x" in file
    assert "123.45" in file


def test_a_second_person_books_and_the_maker_cannot(item):
    maker, checker = browser(member("finance", name="程立")), browser(member("finance", name="许衡"))
    page = reverse("desk:reconciliation-item", args=[item.id])
    maker.post(reverse("desk:reconciliation-propose", args=[item.id]), WHY)
    [booking] = reconciliation.bookings(item.id)
    decide = reverse("desk:reconciliation-decide", args=[item.id, booking.id])
    before = LedgerEntry.objects.count()

    assert "不能复核自己提交的出账" in maker.post(decide, {"word": "confirm"}, follow=True).content.decode()
    assert LedgerEntry.objects.count() == before
    assert "复核并出账" in checker.get(page).content.decode()

    checker.post(decide, {"word": "confirm"})
    assert "已出账" in checker.get(page).content.decode()
    assert reconciliation.suspense("wallet").balance_fen == 0


def test_an_empty_reason_changes_nothing(item):
    finance = browser(member("finance"))
    answer = finance.post(reverse("desk:reconciliation-propose", args=[item.id]), {"text": " "}, follow=True)
    assert "请写明原因" in answer.content.decode()
    assert reconciliation.bookings(item.id) == []
