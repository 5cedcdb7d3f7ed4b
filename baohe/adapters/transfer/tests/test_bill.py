"""The bank's bill of a day over HTTP: it agrees with what moved, and comes whole or not at all."""

from __future__ import annotations

import httpx
import pytest

from baohe.adapters.providers.port import BillBroken, BillNotReady
from baohe.adapters.transfer.simulator.instructions import CLOSED_ACCOUNT
from baohe.plumbing import clock

BLIND = [{"lose_reply": 1}, {"garbage": 1}, {"http_500": 1}]


def test_the_bill_agrees_with_what_moved(bank):
    order, trade = bank.paid(10_000)
    _, page = bank.opened()
    httpx.post(page + "/transfer", data={"remark": "?"})
    refund, payout = bank.refund_of(trade, 4000), bank.payout_of(700)
    bank.provider.refund(refund)
    bank.provider.payout(payout)
    bank.provider.payout(bank.payout_of(payee=CLOSED_ACCOUNT))

    lines = bank.bill()
    assert [(line.kind, line.number, line.amount_fen) for line in lines] == [
        ("payment", order.number, 10_000),
        ("payment", "", 2600),
        ("refund", refund.number, 4000),
        ("payout", payout.number, 700),
    ]
    assert lines[0].trade_no == trade.trade_no
    signs = {"payment": 1, "refund": -1, "payout": -1}
    assert sum(signs[line.kind] * line.amount_fen for line in lines) == bank.moved("trust")


def test_a_bill_with_a_line_less_or_altered_is_whole_and_a_torn_one_is_broken(bank):
    bank.paid(1000)
    bank.paid(2000)
    bank.faults(drop_bill_line=1, alter_bill_line=2)
    assert [line.amount_fen for line in bank.bill()] == [2100]
    bank.faults(drop_bill_line=0, alter_bill_line=0, torn_bill=1)
    with pytest.raises(BillBroken):
        bank.bill()
    assert [line.amount_fen for line in bank.bill()] == [1000, 2000]


@pytest.mark.parametrize("fault", BLIND)
def test_a_bill_that_did_not_come_is_asked_for_again(bank, fault):
    bank.paid(1000)
    bank.faults(**fault)
    with pytest.raises(BillNotReady):
        bank.bill()
    assert [line.amount_fen for line in bank.bill()] == [1000]
    with pytest.raises(BillNotReady), bank.provider.bill(clock.today()):
        pass
