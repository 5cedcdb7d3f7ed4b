"""`claim.parametric`: policies a second from "two of three agree" to decided claims, beside single partner reports.

Ten thousand policies of one flight, sold by a partner, wait for it; three signed reports decide, and one worker settles
them all in batches, each one durable transaction with claims, payouts, postings and evidence. The reference settles
events one by one as partners report them (`claim.event`) on the same machine. `BAOHE_BENCH_POLICIES` makes it smaller.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from baohe.cli.bench import Measure
from baohe.flows import settle_claim, settle_parametric
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.parametric.models import Observation, Settlement
from baohe.rooms.payments.models import Payout

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baohe.adapters.oracles.simulator.server import OraclesSimulator  # noqa: E402 - beside what it serves
from tests.claims import world as claimed  # noqa: E402 - the samples of the tests lie beside the program, not in it
from tests.parametric import world  # noqa: E402

POLICIES = int(os.environ.get("BAOHE_BENCH_POLICIES", "10000"))
REPORTED = 200


def measure() -> Measure:
    """Claims a second, ours over all policies, the reference over `REPORTED` reports."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    with clock.travel(claimed.NOW):
        reported = _reported()
        observation_id = _agreed()
        begin = time.perf_counter()
        while settle_parametric.settle_batch(observation_id):
            pass
        passed = time.perf_counter() - begin
        _refuse_wrong(observation_id)
        return Measure(POLICIES / passed, "claims/s", reported)


def _agreed() -> UUID:
    simulator = OraclesSimulator(path=Path(settings.BAOHE_DATA) / "oracles.sqlite")
    simulator.start()
    world.register(simulator.address)
    world.sold(POLICIES)
    simulator.lines.tell("flight_arrival", world.SUBJECT, 47, clock.now() - timedelta(minutes=20), None)
    settle_parametric.round_()
    simulator.stop()
    return Observation.objects.get().id


def _reported() -> float:
    shop = uuid4()
    for number in range(REPORTED):
        claimed.order(shop, f"bench-{number}")
    begin = time.perf_counter()
    for number in range(REPORTED):
        settle_claim.settle_event(shop, f"bench-{number}", "parcel_returned", clock.now())
    return REPORTED / (time.perf_counter() - begin)


def _refuse_wrong(observation_id: UUID) -> None:
    """Every policy once, the books balanced, and run again nothing more."""
    if settle_parametric.settle_batch(observation_id):
        raise AssertionError("something was left")
    found = (Settlement.objects.count(), Payout.objects.count() - REPORTED, Observation.objects.get().state)
    if found != (POLICIES, POLICIES, "settled") or ledger.check():
        raise AssertionError(f"{found}, {ledger.check()}")
