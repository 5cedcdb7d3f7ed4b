"""What the bank tells by itself: believed when it is signed for this purpose, told until it is heard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baohe.adapters.providers.port import NotBelieved
from baohe.adapters.transfer import keys, protocol
from baohe.plumbing import clock


def test_notices_bend_as_the_switches_say(bank):
    bank.faults(lose_notify=1)
    bank.paid()
    assert bank.heard() == []
    bank.faults(duplicate_notify=3, reorder=1)
    order, trade = bank.paid()
    heard = bank.heard()
    assert [one.answer.word for one in heard] == ["done"] * 3 + ["waiting"]
    assert {one.number for one in heard} == {order.number}
    assert len({one.notify_id for one in heard}) == 4
    assert {one.answer.trade.trade_no for one in heard[:3]} == {trade.trade_no}


def test_a_forged_or_bent_notice_is_not_believed(bank, tmp_path):
    bank.faults(forged_sign=1)
    bank.paid()
    assert bank.heard() == [NotBelieved("forged")]
    bank.paid()
    message, signature = bank.outgoing()[1]
    read = bank.provider.read_notification
    assert read({"x-channel-signature": signature}, message.replace(b"26.00", b"96.00")) == NotBelieved("forged")
    assert read({}, message) == NotBelieved("forged")
    assert read({protocol.SIGNATURE: signature}, b"x" * (protocol.MAX_BYTES + 1)) == NotBelieved("malformed")
    (tmp_path / "keys/transfer/bank_public.pem").unlink()
    assert read({protocol.SIGNATURE: signature}, message) == NotBelieved("no_key")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((b"camt.054.001.09", b"camt.053.001.09"), "foreign_kind"),
        ((b">CRDT<", b">DBIT<"), "foreign_kind"),
        ((b">26.00<", b">26.001<"), "malformed"),
        ((b"<Ntfctn>", b"<Ntfctn><!DOCTYPE d>"), "malformed"),
    ],
)
def test_a_signed_notice_of_another_kind_changes_nothing(bank, change, reason):
    bank.paid()
    message = bank.outgoing()[0][0].replace(*change)
    signature = protocol.signature_of(protocol.digest(protocol.NOTIFICATION, message), keys.simulator_key())
    assert bank.provider.read_notification({protocol.SIGNATURE: signature}, message) == NotBelieved(reason)


def test_a_notice_for_another_customer_is_foreign(bank, tmp_path):
    bank.paid()
    (tmp_path / "keys/transfer/customer_id").unlink()
    (tmp_path / "keys/transfer/customer_id").write_text("C000000000000")
    assert bank.heard() == [NotBelieved("foreign_app")]


def test_the_bank_tells_until_it_is_heard(bank, settings):
    settings.BAOHE_ORIGIN = "http://127.0.0.1:1"
    bank.paid()
    assert bank.simulator.bank.work_once() == 1
    with clock.travel(clock.now() + timedelta(minutes=1)):
        assert bank.simulator.bank.work_once() == 1
    assert bank.provider.acknowledgement(True) == ("text/plain", "received")
    assert bank.provider.acknowledgement(False)[1] != "received"
