"""Valid identity numbers of people who do not exist."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def identity_number(birth: date, *, female: bool = True, serial: int = 1, region: str = "110101") -> str:
    """18 characters after GB 11643; an even sequence number is a woman's."""
    sequence = (serial % 499) * 2 + (0 if female else 1)
    body = f"{region}{birth:%Y%m%d}{sequence:03d}"
    return body + _CHECK[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]
