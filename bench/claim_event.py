"""`claim.event`: milliseconds from "parcel returned" to a decided claim, beside bare INSERTs.

Ours is one durable transaction: the claim, its decision with the calculation, the limit used, the payout request, the
balanced postings, the evidence leaf and the outbox events. The reference writes as many rows, of about the same size,
as plain INSERTs in one durable transaction.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from baohe.cli.bench import Measure
from baohe.flows import settle_claim
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.claims import world  # noqa: E402 - the samples of the tests lie beside the program, not in it

EVENTS = 100
ROWS = 12
_ROW = "x" * 400


def measure() -> Measure:
    """Milliseconds, the median of `EVENTS`, the two in turns."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    shop = uuid4()
    for number in range(EVENTS + 1):
        world.order(shop, f"bench-{number}")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain_claim_event (id bigserial PRIMARY KEY, content text NOT NULL)")
    try:
        _ours(shop, EVENTS)
        pairs = [(_ours(shop, number), _plain()) for number in range(EVENTS)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE plain_claim_event")
    return Measure(statistics.median(o for o, _ in pairs), "ms", statistics.median(p for _, p in pairs))


def _ours(shop: UUID, number: int) -> float:
    begin = time.perf_counter()
    settled = settle_claim.settle_event(shop, f"bench-{number}", "parcel_returned", clock.now())
    passed = (time.perf_counter() - begin) * 1000
    if settled.decision != "pay" or settled.repeated:
        raise AssertionError(settled)
    return passed


def _plain() -> float:
    begin = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for _ in range(ROWS):
            cursor.execute("INSERT INTO plain_claim_event (content) VALUES (%s)", [_ROW])
    return (time.perf_counter() - begin) * 1000
