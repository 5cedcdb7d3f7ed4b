"""Measured precision with its uncertainty. Pure."""

from __future__ import annotations

from math import sqrt

_Z = 1.959964
"""95 %, both sides."""


def wilson_bp(confirmed: int, cleared: int) -> tuple[int | None, int, int]:
    """(share, low, high) in basis points; the share is None with nothing judged. Raises nothing: 0 of 0 is 0 to 1."""
    judged = confirmed + cleared
    if judged == 0:
        return None, 0, 10_000
    share = confirmed / judged
    middle = (share + _Z**2 / (2 * judged)) / (1 + _Z**2 / judged)
    half = _Z / (1 + _Z**2 / judged) * sqrt(share * (1 - share) / judged + _Z**2 / (4 * judged**2))
    return round(share * 10_000), max(0, round((middle - half) * 10_000)), min(10_000, round((middle + half) * 10_000))
