"""A report says what was signed, byte for byte; anything else is no report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baohe.adapters.oracles import protocol
from baohe.adapters.oracles.protocol import BadReport, Report, Signed

AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
REPORT = Report("weather-a", "rain_24h", "s58362/2026-11-22", 512, AT, AT, 3, (312_300, 1_214_700))


def test_a_signed_report_reads_back() -> None:
    signed = protocol.sign(REPORT.content(), "k1", KEY)
    assert protocol.is_signed(signed, KEY.public_key())
    assert protocol.read(signed.content) == REPORT


@pytest.mark.parametrize("field", sorted(REPORT.content()))
def test_any_changed_field_breaks_the_signature(field: str) -> None:
    signed = protocol.sign(REPORT.content(), "k1", KEY)
    changed = {**signed.content, field: [1, 2] if field == "place" else 7 if field in ("value", "sequence") else "x"}
    assert not protocol.is_signed(replace(signed, content=changed), KEY.public_key())
    assert not protocol.is_signed(replace(signed, signature="!!"), KEY.public_key())
    assert not protocol.is_signed(signed, Ed25519PrivateKey.generate().public_key())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", ""),
        ("subject", "x" * 81),
        ("subject", "a\nb"),
        ("value", True),
        ("value", 1.5),
        ("value", None),
        ("sequence", 0),
        ("sequence", "1"),
        ("observed_at", "2026-11-22T04:00:00"),
        ("issued_at", "yesterday"),
        ("place", [1]),
        ("place", [900_001, 0]),
        ("place", [0, 1_800_001]),
        ("place", "here"),
    ],
)
def test_what_cannot_be_counted_is_no_report(field: str, value: object) -> None:
    with pytest.raises(BadReport):
        protocol.read({**REPORT.content(), field: value})


def test_a_fraction_has_no_canonical_form() -> None:
    assert not protocol.is_signed(Signed({"value": 1.5}, "k1", ""), KEY.public_key())
