"""What the claimant has put right by hand, which stands whatever the sentence says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the claimant has chosen by hand; "" and None are still open."""

    person_id: str = ""
    policy_id: str = ""
    event: str = ""
    day: date | None = None
