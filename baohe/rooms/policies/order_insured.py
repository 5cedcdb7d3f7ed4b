"""Whom an order of a partner covers: named with the order, sealed with the policy, never given afterwards."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.policies import parties
from baohe.rooms.policies.contracts import OrderInsured
from baohe.rooms.policies.models import Policy


def insured_of_order(policy_id: UUID) -> OrderInsured | None:
    """None where the order names nobody. Raises `NotFound`, also for a customer's own policy, whose insured has an
    account behind them."""
    row = Policy.objects.filter(id=policy_id, partner_id__isnull=False).first()
    if row is None:
        raise NotFound(what="保单")
    who = parties.unseal("policies_policy", row.id, bytes(row.parties_sealed) if row.parties_sealed else None)
    return OrderInsured(who.insured_name, who.phone, who.identity_last) if who.insured_name else None
