"""The words of the protocol: what is signed, who signed it, and what is not believed."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.adapters.deduction import protocol
from baohe.kernel.ids import uuid7

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = KEY.public_key()
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)

NAME = st.from_regex(r"[a-zA-Z][a-zA-Z0-9]{0,12}", fullmatch=True).filter(lambda name: name != "signature")
VALUE = st.text(st.characters(codec="utf-8", exclude_characters="&"), min_size=1, max_size=20)
WORDS = st.dictionaries(NAME, VALUE, max_size=6).map(lambda words: {**words, "signMethod": "01"})


def said(**words):
    return protocol.signed({"signMethod": "01", "respCode": "00", "txnAmt": "31200", **words}, KEY)


def test_what_is_signed_is_the_hex_digest_of_the_sorted_fields():
    words = protocol.signed({"b": "2", "a": "1", "empty": "", "signMethod": "01"}, KEY)
    assert protocol.text_to_sign(words) == "a=1&b=2&signMethod=01"
    digest = hashlib.sha256(b"a=1&b=2&signMethod=01").hexdigest().encode()
    PUBLIC.verify(base64.b64decode(words["signature"]), digest, padding.PKCS1v15(), hashes.SHA256())


@settings(deadline=None)
@given(WORDS)
def test_what_was_said_reads_back_as_reply_and_as_form(words):
    told = protocol.signed(words, KEY)
    assert protocol.read_reply(protocol.reply_text(told).encode(), PUBLIC) == told
    assert protocol.read_form(urlencode(told).encode(), PUBLIC) == told


@settings(deadline=None)
@given(at=st.integers(0, 10_000), by=st.integers(1, 255))
def test_one_changed_byte_is_never_believed(at, by):
    raw = bytearray(protocol.reply_text(said(orderId="12345678")).encode())
    raw[at % len(raw)] ^= by
    try:
        heard = protocol.read_reply(bytes(raw), PUBLIC)
    except protocol.BadWords:
        return
    # base64 has spare bits at its end: another spelling of the same signature over the same words.
    assert {**heard, "signature": ""} == {**said(orderId="12345678"), "signature": ""}


@pytest.mark.parametrize(
    "bend",
    [
        lambda words: words | {"txnAmt": "1"},
        lambda words: words | {"extra": "1"},
        lambda words: words | {"signMethod": "11"},
        lambda words: words | {"signature": ""},
        lambda words: {name: value for name, value in words.items() if name != "respCode"},
        lambda words: protocol.signed(words, STRANGER),
        # The same text to sign, with the amount hidden inside another field.
        lambda words: (
            {name: value for name, value in words.items() if name != "txnAmt"} | {"signMethod": "01&txnAmt=31200"}
        ),
    ],
)
def test_bent_words_are_not_believed(bend):
    with pytest.raises(protocol.BadWords):
        protocol.read_form(urlencode(bend(said())).encode(), PUBLIC)


def test_a_field_hidden_in_another_is_not_believed_though_the_signature_holds():
    honest = said(reqReserved="x", zone="y")
    hidden = {name: value for name, value in honest.items() if name not in ("reqReserved", "respCode")}
    hidden["reqReserved"] = "x&respCode=00"
    with pytest.raises(protocol.BadWords, match="hides"):
        protocol.read_form(urlencode(hidden).encode(), PUBLIC)


@pytest.mark.parametrize("raw", [b"", b"<html>", b"a=1&a=2&signature=x", b"\xff", b"signature=x"])
def test_what_is_no_reply_says_nothing(raw):
    with pytest.raises(protocol.BadWords):
        protocol.read_reply(raw, PUBLIC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2050, 1, 1)), st.binary(min_size=8, max_size=8))
def test_a_number_has_one_order_id_and_one_time_for_ever(moment, chance):
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    own = uuid7(moment, chance).hex
    order = f"BH0007{own.upper()}"
    assert (protocol.order_id(order), protocol.order_id(own)) == (own.upper(), own)
    assert protocol.read_time(protocol.sent_at(order)) == moment
    assert protocol.sent_at(protocol.end_number(own)) == protocol.sent_at(own)
    assert protocol.end_number(own) != own


@pytest.mark.parametrize("number", ["", "short", "BH0007-not-a-number", "A" * 32, "9" * 40])
def test_a_number_without_a_time_is_refused(number):
    with pytest.raises(ValueError, match="number"):
        protocol.sent_at(number)


def test_a_trace_time_finds_its_year():
    assert protocol.read_trace_time("0101003000", "20261231235900") == protocol.read_time("20270101003000")
    assert protocol.read_trace_time("1231235901", "20261231235900") == protocol.read_time("20261231235901")
    assert protocol.read_trace_time("0230000000", "20261231235900") is None


@pytest.mark.parametrize("text", ["", "-1", "1.00", "１", " 1", "1e3", "9" * 13])
def test_what_is_no_amount_is_none(text):
    assert protocol.read_fen(text) is None


def test_undecided_and_certain_codes_share_nothing():
    assert not protocol.UNDECIDED & set(protocol.CERTAIN)
    assert not {protocol.OK, protocol.DEFECTIVE, protocol.DUPLICATE, protocol.NOT_FOUND, "10", "11"} & set(
        protocol.CERTAIN
    )
