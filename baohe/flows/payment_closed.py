"""A payment will certainly never be made: let go of what it was for."""

from __future__ import annotations

from baohe.flows import collect_instalment, pay_settlement, purchase, reinstate
from baohe.plumbing import outbox


def payment_closed(event: outbox.Event) -> None:
    """Handler of `payments.closed`; each story knows its own kinds."""
    for story in (purchase, collect_instalment, reinstate, pay_settlement):
        story.payment_closed(event)
