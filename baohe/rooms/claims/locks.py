"""The order in which the room locks, always the same: claim row → decisions under the policy → papers by their hash.
A flow that may agree money holds the policy itself before all of them: leaving it queues there too.

The policy is locked because two claims at once would each see the whole yearly limit; the papers, because two claims
under two policies at once would each find an invoice unused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from baohe.kernel.errors import NotFound
from baohe.rooms.claims.models import Claim


def own_claim(account_id: UUID, claim_id: UUID) -> Claim:
    """The claimant's claim, its row locked. Raises `NotFound`, also for claims of others."""
    row = Claim.objects.select_for_update().filter(id=claim_id, account_id=account_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    return row


def any_claim(claim_id: UUID) -> Claim:
    """A claim for staff and workers, its row locked. Raises `NotFound`."""
    row = Claim.objects.select_for_update().filter(id=claim_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    return row


def policy(*policy_ids: UUID) -> None:
    """Queue behind every other decision under these policies until the transaction ends: one, or a family's that
    share a deductible."""
    _queue(f"claims:policy:{policy_id}".encode() for policy_id in policy_ids)


def papers(marks: Iterable[bytes]) -> None:
    """Queue behind every other decision on any of these pictures or invoices."""
    _queue(b"claims:paper:" + mark for mark in marks)


def _queue(names: Iterable[bytes]) -> None:
    numbers = {int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True) for name in names}
    if not numbers:
        return
    with connection.cursor() as cursor:  # one by one in this order, in one statement
        cursor.execute("SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) AS number", [sorted(numbers)])
