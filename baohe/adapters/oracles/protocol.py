"""What a report says, as canonical bytes under a signature. Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from baohe.kernel.canonical import canonical_bytes, digest

_LONGEST = {"source": 40, "measure": 40, "subject": 80}
_LARGEST = 10**9
_LATITUDES, _LONGITUDES = 900_000, 1_800_000


class BadReport(ValueError):
    """It is signed perhaps, and says nothing that could be counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """`value` is a whole number in the measure's unit, or its word; `place` in ten thousandths of a degree."""

    source: str
    measure: str
    subject: str
    value: int | str
    observed_at: datetime
    issued_at: datetime
    sequence: int
    place: tuple[int, int] | None = None

    def content(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "source": self.source,
            "measure": self.measure,
            "subject": self.subject,
            "value": self.value,
            "observed_at": _iso(self.observed_at),
            "issued_at": _iso(self.issued_at),
            "sequence": self.sequence,
        }
        return told if self.place is None else {**told, "place": list(self.place)}


@dataclass(frozen=True, slots=True)
class Signed:
    """Content as it came, with what vouches for it."""

    content: Mapping[str, Any]
    key: str
    signature: str

    @property
    def digest(self) -> str:
        """Of the content alone: a report that comes twice is one, whoever signed it when."""
        return digest(dict(self.content))


def sign(content: Mapping[str, Any], key: str, private: Ed25519PrivateKey) -> Signed:
    signature = private.sign(canonical_bytes(dict(content)))
    return Signed(content, key, base64.b64encode(signature).decode())


def is_signed(signed: Signed, public: Ed25519PublicKey) -> bool:
    try:
        public.verify(base64.b64decode(signed.signature, validate=True), canonical_bytes(dict(signed.content)))
    except (InvalidSignature, binascii.Error, ValueError, TypeError):
        return False
    return True


def read(content: Mapping[str, Any]) -> Report:
    """Raises `BadReport` naming the field."""
    place = content.get("place")
    return Report(
        source=_word(content, "source"),
        measure=_word(content, "measure"),
        subject=_word(content, "subject"),
        value=_value(content.get("value")),
        observed_at=moment(content.get("observed_at"), "observed_at"),
        issued_at=moment(content.get("issued_at"), "issued_at"),
        sequence=_whole(content.get("sequence"), "sequence", 1),
        place=None if place is None else _place(place),
    )


def moment(value: object, field: str) -> datetime:
    """An aware moment. Raises `BadReport`."""
    try:
        read_ = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadReport(field) from None
    if read_.tzinfo is None:
        raise BadReport(field)
    return read_.astimezone(UTC)


def _word(content: Mapping[str, Any], field: str) -> str:
    value = content.get(field)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST[field] or not value.isprintable():
        raise BadReport(field)
    return value


def _value(value: object) -> int | str:
    if isinstance(value, str) and 0 < len(value) <= 20 and value.isprintable():
        return value
    return _whole(value, "value", -_LARGEST)


def _whole(value: object, field: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST:
        raise BadReport(field)
    return value


def _place(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise BadReport("place")
    lat, lon = (_whole(part, "place", -_LARGEST) for part in value)
    if abs(lat) > _LATITUDES or abs(lon) > _LONGITUDES:
        raise BadReport("place")
    return lat, lon


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
