"""The wallet's bill of a day: read whole, or not at all."""

from __future__ import annotations

import zipfile
from datetime import timedelta

import httpx
import pytest

from baohe.adapters.providers.port import BillBroken, BillNotReady
from baohe.adapters.providers.registry import provider
from baohe.adapters.wallet import bill, client
from baohe.plumbing import clock
from baohe.rooms.payments import facade as payments
from tests.payments.test_money_out import give_back, pay_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(wallet, cover, open_payment, deliver, work):
    """A day with two payments, a refund and a payout; what our own tables say of it, and it is over."""
    first, second = open_payment(10_000), open_payment()
    for intent in (first, second):
        wallet.pay(intent.id)
    deliver()
    give_back(first, 4_000)
    pay_out()
    work(hours=0.01)
    with clock.travel(clock.now() + timedelta(days=1)):
        yield clock.today() - timedelta(days=1)


def lines(day):
    with provider("wallet").bill(day) as found:
        return list(found)


def as_facts(rows):
    return sorted((row.kind, row.number, row.amount_fen, row.currency) for row in rows)


def test_the_bill_agrees_with_our_tables(day):
    told = lines(day)
    assert as_facts(told) == as_facts(payments.movements_on("wallet", day))
    assert all(row.trade_no and row.at.utcoffset() is not None for row in told)


def test_a_dropped_or_altered_line_is_the_bills_word_and_differs_from_ours(wallet, day):
    ours = as_facts(payments.movements_on("wallet", day))
    wallet.faults(drop_bill_line=1)
    assert len(set(ours) - set(as_facts(lines(day)))) >= 1
    wallet.faults(drop_bill_line=0, alter_bill_line=1)
    assert set(as_facts(lines(day))) != set(ours)


def test_a_torn_bill_is_refused_before_its_first_line(wallet, day):
    wallet.faults(torn_bill=1)
    with pytest.raises(BillBroken):
        lines(day)


def test_a_day_that_is_not_over_or_a_wallet_that_is_away_has_no_bill_yet(wallet, day, settings):
    with pytest.raises(BillNotReady):
        lines(clock.today())
    settings.BAOHE_WALLET = "http://127.0.0.1:9"
    with pytest.raises(BillNotReady):
        lines(day)


@pytest.mark.parametrize(
    "address", ["http://elsewhere.example/bill/1", "https://127.0.0.1/bill/1", "file:///etc/passwd"]
)
def test_a_bill_on_another_host_is_not_fetched(wallet, day, monkeypatch, address):
    reply = client.Reply("ok", "", {"bill_download_url": address})
    monkeypatch.setattr(client.WalletClient, "bill_address", lambda self, kind, day: reply)
    with pytest.raises(BillBroken, match="another host"):
        lines(day)


def test_a_bill_of_another_form_is_refused(tmp_path):
    for number, text in enumerate(["", "a,b\r\n1\r\n", "业务类型\r\n赠送\r\n", "x" * 20_000]):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("业务明细.csv", text.encode(bill.ENCODING))
        with pytest.raises(BillBroken):
            bill._prove(path, bill._trade_sums)
    path.write_bytes(b"not a zip")
    with pytest.raises(BillBroken):
        bill._prove(path, bill._trade_sums)


def test_a_bill_whose_packing_is_damaged_is_broken_and_nothing_else(tmp_path):
    """Whatever else it raised would end the round of all providers, day after day."""
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("业务明细.csv", "业务类型,完成时间\r\n" * 500)
    content = bytearray(whole.read_bytes())
    begin = 30 + len("业务明细.csv".encode())  # behind the local header
    content[begin] = 0xFF  # a block of a kind that deflate does not have
    whole.write_bytes(content)
    with pytest.raises(BillBroken):
        list(bill.read_file(whole))


def test_nothing_is_left_on_the_disk(day, tmp_path):
    lines(day)
    assert list((tmp_path / "bills").iterdir()) == []


def test_an_address_of_a_bill_is_guessed_by_nobody(wallet):
    assert httpx.get(f"{wallet.address}/bill/guess").status_code == 404
