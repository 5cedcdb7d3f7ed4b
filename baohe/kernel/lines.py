"""Which lines of insurance are personal, for rules of law that hold for those alone."""

from __future__ import annotations

PERSONAL_LINES = frozenset(
    {
        "medical",
        "critical_illness",
        "elder_care",
        "accident",
        "sudden_death",
        "term_life",
        "whole_life",
        "annuity",
    }
)
"""Lines of personal insurance (人身保险), to which the service rules of SERV-4 apply."""
