"""Limited versions in the sale: a place is held while a cover is paid, kept when it is issued, freed when it is not.

A version without a quota costs nothing here: no row is read, none is locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from baohe.rooms.allowances import facade as allowances
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PaymentPlan, PolicyView


def reserve(plans: Iterable[PaymentPlan]) -> None:
    """Hold a place for every limited cover that is about to be paid, or for none. Raises `SoldOut`.

    The last thing before the commit: everybody who wants this version queues on its counter meanwhile. In one order
    of versions, so that two baskets never wait for each other (field bug 10).
    """
    for plan in sorted(plans, key=lambda plan: (plan.version_id, plan.proposal_id)):
        quota = catalog.version(plan.version_id).quota
        if quota is not None:
            allowances.reserve(plan.version_id, quota, plan.proposal_id, plan.product_name.zh)


def keep(policy: PolicyView) -> None:
    """Issued: the place is sold. Inside the transaction of the settlement."""
    if policy.proposal_id is not None and catalog.version(policy.version_id).quota is not None:
        allowances.keep(policy.proposal_id)


def release(proposal_ids: Iterable[UUID], payment_id: UUID) -> None:
    """The payment is closed for certain: its proposals may be paid again, and others may have their places.

    A word about an earlier payment of a proposal changes nothing: the place belongs to the one that is open now.
    """
    with transaction.atomic():
        allowances.free([one for one in sorted(proposal_ids) if policies.payment_closed(one, payment_id)])


def give_up(proposal_ids: Iterable[UUID], payment_id: UUID) -> None:
    """Paid too late to be issued: the money goes back, and so do the places. Inside the transaction of the settlement;
    all proposals by id, then all counters."""
    allowances.free([one for one in sorted(proposal_ids) if policies.give_up(one, payment_id)])


def left(version: ProductVersion) -> int | None:
    """Policies of a limited version that can still be bought; None where nothing limits it. A draft in its preview has
    a version that the catalogue does not know."""
    return None if version.quota is None else allowances.left(version.id, version.quota)
