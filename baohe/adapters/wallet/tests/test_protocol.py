"""The words of the protocol: what is signed, who signed it, and what is not believed."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from baohe.adapters.wallet import protocol

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
MOMENT = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


def request(**business):
    return protocol.signed_request(
        app_id="9021", method=protocol.QUERY, business=business or {"out_trade_no": "1"}, moment=MOMENT, key=KEY
    )


def test_the_string_to_sign_is_sorted_and_leaves_out_sign_and_empty_values():
    parameters = {"b": "2", "a": "1", "empty": "", "sign": "x", "sign_type": "RSA2", "A": "0"}
    assert protocol.string_to_sign(parameters) == "A=0&a=1&b=2&sign_type=RSA2"
    assert protocol.string_to_sign(parameters, notification=True) == "A=0&a=1&b=2"


def test_a_signature_is_sha256_with_rsa_pkcs1_v15_in_base64():
    signature = base64.b64decode(protocol.sign_text("金额=1.00", KEY))
    KEY.public_key().verify(signature, "金额=1.00".encode(), padding.PKCS1v15(), hashes.SHA256())
    other = base64.b64encode(KEY.sign(b"x", padding.PKCS1v15(), hashes.SHA256())).decode()
    assert protocol.text_is_signed("x", other, KEY.public_key())


@pytest.mark.parametrize(
    "signature",
    [
        base64.b64encode(KEY.sign(b"x", padding.PKCS1v15(), hashes.SHA1())).decode(),  # noqa: S303
        base64.b64encode(KEY.sign(b"x", padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())).decode(),
        protocol.sign_text("x", STRANGER),
        protocol.sign_text("x", KEY) + "!",
        protocol.sign_text("x", KEY)[:-8],
        "",
        "ä",
    ],
    ids=["sha1", "pss", "stranger", "not base64", "short", "empty", "not ascii"],
)
def test_another_signature_is_not_believed(signature):
    assert not protocol.text_is_signed("x", signature, KEY.public_key())


def test_a_request_carries_the_shanghai_time_and_verifies():
    parameters = request()
    assert parameters["timestamp"] == "2026-11-23 00:30:00"
    assert parameters["version"] == "1.0"
    assert protocol.request_is_signed(parameters, KEY.public_key())
    assert not protocol.request_is_signed(parameters, STRANGER.public_key())


def test_every_changed_parameter_breaks_the_request():
    good = request()
    for name in good:
        assert not protocol.request_is_signed({**good, name: good[name] + "x"}, KEY.public_key()), name
        assert not protocol.request_is_signed({k: v for k, v in good.items() if k != name}, KEY.public_key()), name
    assert not protocol.request_is_signed({**good, "more": "1"}, KEY.public_key())


def test_a_notification_leaves_sign_type_out_and_still_demands_it():
    told = protocol.signed_notification({"a": "1"}, KEY)
    assert protocol.text_is_signed("a=1", told["sign"], KEY.public_key())
    assert not protocol.notification_is_signed({**told, "sign_type": "RSA"}, KEY.public_key())


@given(body=st.dictionaries(TEXT, st.one_of(TEXT, st.integers(), st.dictionaries(TEXT, TEXT)), max_size=5))
def test_a_reply_reads_back_as_it_was_said(body):
    raw = protocol.signed_reply(protocol.QUERY, body, KEY)
    assert protocol.read_reply(protocol.QUERY, raw, KEY.public_key()) == body


def test_every_changed_character_of_a_reply_is_noticed():
    raw = protocol.signed_reply(protocol.QUERY, {"code": "10000", "total_amount": "1.00"}, KEY)
    start, end = raw.index("{", 1), raw.index("}") + 1
    for at in range(start, end):
        bent = raw[:at] + ("0" if raw[at] != "0" else "1") + raw[at + 1 :]
        with pytest.raises(protocol.BadReply):
            protocol.read_reply(protocol.QUERY, bent, KEY.public_key())


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "<html>",
        "[]",
        "null",
        '{"alipay_trade_query_response":1,"sign":"x"}',
        '{"alipay_trade_query_response":{"code":"10000"}}',
        '{"alipay_trade_query_response":{"code":"10000"},"sign":""}',
        '{"alipay_trade_query_response":{"code":"10000"},"sign":1}',
        '{"error_response":{"code":"40002"}}',
        '{"alipay_trade_query_response":' + "[" * 5000,
        '{"alipay_trade_query_response":{"code":' + "9" * 5000 + '},"sign":"x"}',
    ],
)
def test_what_is_no_signed_reply_says_nothing(raw):
    with pytest.raises(protocol.BadReply):
        protocol.read_reply(protocol.QUERY, raw, KEY.public_key())


def test_a_second_object_of_the_same_name_cannot_slip_in():
    genuine = json.dumps({"code": "40004"}, separators=(",", ":"))
    signature = protocol.sign_text(genuine, KEY)
    lie = '{"code":"10000"}'
    name = protocol.reply_name(protocol.QUERY)
    first_lies = f'{{"{name}":{lie},"{name}":{genuine},"sign":"{signature}"}}'
    with pytest.raises(protocol.BadReply):
        protocol.read_reply(protocol.QUERY, first_lies, KEY.public_key())
    last_lies = f'{{"{name}":{genuine},"{name}":{lie},"sign":"{signature}"}}'
    assert protocol.read_reply(protocol.QUERY, last_lies, KEY.public_key()) == {"code": "40004"}


def test_an_answer_to_another_question_is_not_believed():
    raw = protocol.signed_reply(protocol.REFUND, {"code": "10000"}, KEY)
    with pytest.raises(protocol.BadReply):
        protocol.read_reply(protocol.QUERY, raw, KEY.public_key())


@given(st.integers(0, 10**13 - 1))
def test_amounts_read_back(amount_fen):
    assert protocol.read_yuan(protocol.yuan_text(amount_fen)) == amount_fen


@pytest.mark.parametrize("text", ["", "1.234", "-1", "+1", "1e3", "1,000.00", ".5", "1.", "１", "1 ", "NaN", "9" * 12])
def test_what_is_no_amount_is_none(text):
    assert protocol.read_yuan(text) is None


def test_times_read_back_and_nonsense_is_none():
    assert protocol.read_time(protocol.wallet_time(MOMENT)) == MOMENT
    assert protocol.read_time("2026-02-30 00:00:00") is None
    assert protocol.read_time("") is None
