"""The settlement file: everything that moved, proven before the first line, and nothing of a broken one."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest

from baohe.adapters.deduction import lines
from baohe.adapters.providers.port import BillBroken, BillNotReady, ProviderNotSetUp
from baohe.plumbing import clock


@pytest.fixture
def busy_day(network):
    """Two payments, a refund, a payout and a refusal on one day; gives (kind, number, fen) of what moved."""
    agreement_no = network.agree()
    first, paid = network.charge(agreement_no, 10_000)
    second, _ = network.charge(agreement_no, 2_345)
    refund, payout = network.refund_of(first, paid, 4_000), network.payout_to(agreement_no, 700)
    network.provider.refund(refund)
    network.provider.payout(payout)
    network.charge(network.agree("0000"))
    return {
        ("payment", first.number, 10_000),
        ("payment", second.number, 2_345),
        ("refund", refund.number, 4_000),
        ("payout", payout.number, 700),
    }


def fetched(network, day):
    with clock.travel(clock.now() + timedelta(days=1)), network.provider.bill(day) as found:
        return list(found)


def test_the_bill_holds_what_moved_with_our_numbers(network, busy_day):
    day = clock.today()
    found = fetched(network, day)
    assert {(line.kind, line.number, line.amount_fen) for line in found} == busy_day
    assert all(line.currency == "CNY" and len(line.trade_no) == 21 for line in found)
    assert fetched(network, day - timedelta(days=1)) == []


def test_a_day_that_goes_on_has_no_bill(network, busy_day):
    with pytest.raises(BillNotReady), network.provider.bill(clock.today()):
        pass


@pytest.mark.parametrize("fault", [{"lose_reply": 1}, {"garbage": 1}, {"http_500": 1}])
def test_a_bill_that_did_not_arrive_is_not_ready(network, busy_day, fault):
    network.faults(**fault)
    with pytest.raises(BillNotReady):
        fetched(network, clock.today())
    assert len(fetched(network, clock.today())) == 4


def test_a_torn_bill_is_broken(network, busy_day):
    network.faults(torn_bill=1)
    with pytest.raises(BillBroken, match="add up"):
        fetched(network, clock.today())


def test_a_dropped_and_an_altered_line_are_left_to_reconciliation(network, busy_day):
    whole = fetched(network, clock.today())
    network.faults(drop_bill_line=2, alter_bill_line=3)
    bent = fetched(network, clock.today())
    assert [line.number for line in bent] == [line.number for place, line in enumerate(whole) if place != 1]
    assert bent[1].amount_fen == whole[2].amount_fen + 100


def test_another_signature_breaks_the_bill(network, busy_day):
    from baohe.adapters.deduction import keys

    (keys.folder() / "network_public.pem").write_bytes((keys.folder() / "merchant_public.pem").read_bytes())
    with pytest.raises(BillBroken, match="signature"):
        fetched(network, clock.today())
    (keys.folder() / "network_public.pem").unlink()
    with pytest.raises(ProviderNotSetUp):
        fetched(network, clock.today())


def test_an_error_of_the_reader_stays_the_readers(network, busy_day):
    with clock.travel(clock.now() + timedelta(days=1)), pytest.raises(KeyError):  # noqa: SIM117
        with network.provider.bill(clock.today() - timedelta(days=1)) as found:
            next(found)
            raise KeyError("the reader's own")


def test_a_large_bill_is_read_through(network):
    """More than one chunk of the reply: the content is cut out, digested and unpacked in pieces."""
    day = clock.today()
    agreement_no = network.agree()
    with network.simulator.store.write() as db:
        at = f"{day:%Y%m%d}120000"
        db.executemany(
            "INSERT INTO txn (order_id, txn_time, kind, query_id, trace_no, amount_fen, moved_fen, bind_id, sub_mer_id,"
            " reserved, back_url, code, verdict, due_at, accepted_at, decided_at)"
            " VALUES (?, ?, '11', ?, '000001', 100, 100, ?, 'x', ?, '', '00', '00', 0, ?, ?)",
            [(f"{n:032x}", at, f"{n:021d}", agreement_no, clock.new_id().hex, at, at) for n in range(6000)],
        )
    found = fetched(network, day)
    assert (len(found), sum(line.amount_fen for line in found)) == (6000, 600_000)


@pytest.mark.parametrize(
    "bend", [lambda t: t[:-1], lambda t: "99" + t[2:], lambda t: t.replace("C", "D"), lambda t: ""]
)
def test_a_line_that_is_not_whole_is_broken(bend):
    words = {
        "txnType": "11",
        "txnTime": "20261129120000",
        "txnAmt": f"{100:012d}",
        "settleAmt": f"C{100:012d}",
        "queryId": "1",
        "orderId": "2" * 32,
    }
    text = lines.line_text(words)
    assert lines.read_line(text).number == "2" * 32
    with pytest.raises(BillBroken):
        lines.read_line(bend(text))


def test_totals_read_back():
    totals = {"11": (2, 12_345), "04": (1, 7)}
    assert lines.read_totals(lines.totals_text(totals)) == totals
    for bent in ("11 1", "11 1 1\n11 1 1", "11 -1 1"):
        with pytest.raises(BillBroken), contextlib.nullcontext():
            lines.read_totals(bent)
