"""The words of the channel: who signed what, and what is never read."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from baohe.adapters.transfer import protocol, requests
from baohe.adapters.transfer.keys import TrustAccount
from baohe.adapters.transfer.requests import Customer

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
MOMENT = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
CUSTOMER = Customer("C1", TrustAccount("6229000000000000001", "专户", "银行"))
REPORT = requests.account_report(CUSTOMER, "BH1", "q1", MOMENT)


def signed(purpose, message, key=KEY):
    return protocol.signature_of(protocol.digest(purpose, message), key)


def believed(purpose, message, signature):
    return protocol.holds(protocol.digest(purpose, message), signature, KEY.public_key())


@given(st.binary(max_size=200), st.integers(0, 199), st.integers(1, 255))
def test_one_changed_byte_breaks_the_signature(message, place, by):
    signature = signed("request", message)
    assert believed("request", message, signature)
    if message:
        place %= len(message)
        bent = message[:place] + bytes([(message[place] + by) % 256]) + message[place + 1 :]
        assert not believed("request", bent, signature)


def test_words_signed_for_one_purpose_are_not_believed_for_another():
    signature = signed("q1", REPORT)
    assert believed("q1", REPORT, signature)
    for purpose in ("q2", protocol.NOTIFICATION, protocol.REQUEST, ""):
        assert not believed(purpose, REPORT, signature)


@pytest.mark.parametrize(
    "signature",
    ["", "rsa-sha256 ", "rsa-sha256 !", "rsa-sha1 AAAA", signed("q", b"x")[11:], signed("q", b"x", STRANGER), "ä"],
)
def test_another_signature_is_not_believed(signature):
    assert not believed("q", b"x", signature)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{10 * ("&" + old + ";")}">' for old, new in pairwise("abcdefghij"))
    + "]><d>&j;</d>"
)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"<html>",
        b"\xff\xfe<\x00D\x00>\x00",
        BOMB.encode(),
        BOMB.encode("utf-16"),
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
        b'<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd"><d/>',
        b"<d>" + b"x" * protocol.MAX_BYTES + b"</d>",
        REPORT.replace(b"<MsgId>q1</MsgId>", b"<A>" * 60 + b"</A>" * 60),
        REPORT.replace(b"camt.060.001.06", b"camt.060.001.99"),
        REPORT.replace(b"<AcctRptgReq>", b"<X/><AcctRptgReq>"),
        REPORT + REPORT,
    ],
    ids=[
        "empty", "html", "utf-16", "laughs", "laughs in utf-16", "file", "address", "huge", "deep", "version", "two",
        "twice",
    ],
)  # fmt: skip
def test_what_is_no_message_is_never_read(message):
    with pytest.raises(protocol.BadMessage):
        protocol.read(message, protocol.REPORT_REQUEST)


def test_another_kind_is_not_read_as_the_one_expected():
    with pytest.raises(protocol.BadMessage):
        protocol.read(REPORT, protocol.CREDIT_NOTICE)


@given(st.text(max_size=200))
def test_hostile_words_stay_words(words):
    order = requests.PayoutOrder("n1", "6217001234567890", words, 100, words)
    read = protocol.read(requests.payout(CUSTOMER, order, MOMENT), protocol.INITIATION)
    assert read.text("PmtInf/CdtTrfTxInf/RmtInf/Ustrd") == protocol.plain(words, 140).strip()
    assert read.text("PmtInf/CdtTrfTxInf/PmtId/InstrId") == "n1"


@given(st.integers(1, 10**15 - 1))
def test_amounts_read_back(amount_fen):
    assert protocol.read_amount(protocol.amount_text(amount_fen)) == amount_fen


@pytest.mark.parametrize("words", ["", "1.234", "-1", "+1", "1e3", "1,000.00", ".5", "1.", "１", "NaN", "9" * 14])
def test_what_is_no_amount_is_none(words):
    assert protocol.read_amount(words) is None


def test_times_read_back_in_shanghai():
    assert protocol.time_text(MOMENT) == "2026-11-23T00:30:00+08:00"
    assert protocol.read_time(protocol.time_text(MOMENT)) == MOMENT
    assert protocol.read_time("2026-02-30T00:00:00") is None
