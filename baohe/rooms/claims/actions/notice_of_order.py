"""A first notice that a partner passes on for the customer of one of its orders."""

from __future__ import annotations

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import records
from baohe.rooms.claims.actions.first_notice import take_notice
from baohe.rooms.claims.contracts import ClaimView, FirstNotice
from baohe.rooms.claims.errors import SelfSettling
from baohe.rooms.claims.queries.claim import claim_by_id
from baohe.rooms.claims.shapes.claim import OTHER
from baohe.rooms.policies.contracts import PolicyView


def notice_of_order(policy: PolicyView, notice: FirstNotice) -> ClaimView:
    """Open the draft under the partner's order, inside the caller's transaction, which makes the link to it.

    Raises `SelfSettling` for an event without papers, which is reported and not claimed, and what `take_notice` raises.
    """
    event = catalog.version(policy.version_id).claim_rules.event(notice.event)
    if notice.event != OTHER and event is not None and not event.papers:
        raise SelfSettling(event=notice.event)
    row = take_notice(policy, notice)
    records.milestone(row, "reported_by_partner")
    return claim_by_id(row.id)
