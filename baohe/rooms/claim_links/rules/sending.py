"""How long a link and its proof work, and how often each may be made or tried. Times are aware moments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

LINK_LIFE = timedelta(days=30)
"""From its making, and anew from each proof of whom it is for."""
PROOF_LIFE = timedelta(hours=2)
"""A browser that proved it; after that the code is asked for again, so that a telephone lent once stays lent once."""

NOTICES_PER_DAY = 5
"""Under one order."""
LINKS_PER_DAY = 10
"""To one claim."""

CODES_PER_LINK = 20
IDENTITY_TRIES = 5
"""Of one link, ever: six characters of a document are few, so the partner has to make another link after that."""

DAY = timedelta(days=1)


def day_wait(made: Sequence[datetime], most: int, now: datetime) -> int:
    """0 while fewer than `most` were made within a day, else whole seconds until the next may be. `made` is newest
    first."""
    return 0 if len(made) < most else max(1, math.ceil((made[most - 1] + DAY - now).total_seconds()))
