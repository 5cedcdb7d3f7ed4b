"""A statement is used whole or not at all."""

from __future__ import annotations

import tracemalloc
from datetime import date

import pytest

from baohe.adapters.providers.port import BillBroken
from baohe.adapters.transfer import statement
from baohe.adapters.transfer.keys import TrustAccount
from baohe.adapters.transfer.requests import Customer, sub_account
from baohe.adapters.transfer.simulator import reports

CUSTOMER = Customer("C1", TrustAccount("6229000000000000001", "专户", "银行"))
DAY = date(2026, 11, 28)
NUMBER = "BH0007" + "A" * 32


def row(id_, kind="payment", amount_fen=100, **changes):
    words = {
        "id": id_,
        "reference": f"20261128{id_:016d}",
        "booked_at": "2026-11-28T10:00:00+08:00",
        "kind": kind,
        "number": "" if kind == "payment" else f"n{id_}",
        "code": "",
        "payee": "",
        "amount_fen": amount_fen,
        "party": "林晓",
        "party_account": "6217001234567890123",
        "remark": "保费",
    }
    return {**words, **changes}


ROWS = [row(1, amount_fen=2600), row(2, "refund", 600), row(3, "payout", 1000)]


@pytest.fixture
def written(tmp_path):
    def written_(counted, told=None, opening_fen=5000, change=lambda words: words):
        path = tmp_path / "statement.xml"
        told = counted if told is None else told
        path.write_bytes(change(reports.written_statement(CUSTOMER, "q", DAY, opening_fen, counted, iter(told))))
        return path

    return written_


def test_a_statement_reads_back_line_by_line(written):
    path = written(ROWS)
    statement.check(path, CUSTOMER, DAY)
    lines = [(line.kind, line.number, line.amount_fen) for line in statement.lines(path, CUSTOMER)]
    assert lines == [("payment", "", 2600), ("refund", "n2", 600), ("payout", "n3", 1000)]


def test_an_overdrawn_account_and_an_empty_day_are_statements_too(written):
    statement.check(written([], opening_fen=0), CUSTOMER, DAY)
    statement.check(written(ROWS, opening_fen=-9000), CUSTOMER, DAY)


@pytest.mark.parametrize(
    ("told", "change"),
    [
        (ROWS[:2], lambda words: words),
        ([*ROWS, row(4)], lambda words: words),
        (None, lambda words: words.replace(b">60.00<", b">60.01<")),
        (None, lambda words: words.replace(b">CLBD<", b">ITBD<")),
        (None, lambda words: words.replace(b"<Sum>42.00", b"<Sum>42.01")),
        (None, lambda words: words.replace(b"6229000000000000001", b"6229000000000000002")),
        (None, lambda words: words.replace(b"2026-11-28T00", b"2026-11-27T00")),
        (None, lambda words: words.replace(b"2026-11-28T10", b"2026-11-29T10")),
        (None, lambda words: words.replace(b">BOOK<", b">PDNG<")),
        (None, lambda words: words.replace(b'Ccy="CNY">26.00', b'Ccy="CNY">-26.00')),
        (None, lambda words: words[:-40]),
        (None, lambda words: words.replace(b"<Document", b'<!DOCTYPE d [<!ENTITY x "y">]><Document', 1)),
    ],
    ids=[
        "a line less", "a line more", "balance", "no closing balance", "sum", "account",
        "day", "entry of another day", "not booked", "negative", "torn", "document type",
    ],
)  # fmt: skip
def test_a_statement_that_does_not_agree_is_broken(written, told, change):
    path = written(ROWS, told, change=change)
    with pytest.raises(BillBroken):
        statement.check(path, CUSTOMER, DAY)


def test_a_name_that_its_account_does_not_confirm_names_no_order(written):
    code = sub_account(CUSTOMER, NUMBER).removeprefix(CUSTOMER.account.number)
    path = written([row(1, number=NUMBER, code=code), row(2, number=NUMBER, code=code[::-1])])
    assert [line.number for line in statement.lines(path, CUSTOMER)] == [NUMBER, ""]


def test_memory_does_not_grow_with_the_length_of_a_statement(written):
    def peak(count):
        path = written([row(number) for number in range(count)])
        tracemalloc.start()
        statement.check(path, CUSTOMER, DAY)
        assert sum(1 for _ in statement.lines(path, CUSTOMER)) == count
        peak_bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak_bytes

    assert peak(3000) < peak(300) + 256 * 1024
