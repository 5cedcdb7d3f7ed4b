"""Many policies of one flight, workers at once, killed in the middle, run again: each is paid once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import settle_parametric
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.claims.models import Claim
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric import locks
from baohe.rooms.parametric.models import Observation, Outcome, Settlement, Watch
from baohe.rooms.payments.models import Payout
from tests.chaos.mortal import WritePoint, killed_at, write_points
from tests.parametric import world

TICKETS = 10_000
BATCH = 40
WORKERS = 4


def drain(observation_id: UUID) -> None:
    while settle_parametric.settle_batch(observation_id):
        pass


def in_parallel(acts: int, act: Callable[[], object]) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as failure:  # noqa: BLE001 - shown by the assertion below
            failures.append(failure)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=run) for _ in range(acts)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []


def agreed(sky: OraclesSimulator, count: int) -> UUID:
    world.sold(count)
    world.tell(sky, 47)
    settle_parametric.round_()
    return Observation.objects.get().id


def everything_once(count: int) -> None:
    assert Claim.objects.count() == Settlement.objects.count() == Payout.objects.count() == count
    assert set(Payout.objects.values_list("amount_fen", flat=True)) == {12_000}
    assert Observation.objects.get().state == "settled"
    decided = [str(claim_id) for claim_id in Settlement.objects.values_list("claim_id", flat=True)]
    assert sorted(EvidenceLeaf.objects.filter(kind="claim_decided").values_list("subject", flat=True)) == sorted(
        decided
    )
    assert OutboxEvent.objects.filter(topic__in=("claims.decided", "payments.payout_requested")).count() == 2 * count
    assert ledger.check() == []


@pytest.mark.django_db(transaction=True)
def test_four_workers_and_one_that_is_killed_pay_each_policy_once(racing_sky: OraclesSimulator) -> None:
    observation_id = agreed(racing_sky, TICKETS)
    connections.close_all()
    pid = os.fork()
    if not pid:
        drain(observation_id)
        os._exit(0)
    in_parallel(WORKERS - 1, lambda: settle_parametric.settle_batch(observation_id))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    in_parallel(WORKERS, lambda: drain(observation_id))
    drain(observation_id)
    everything_once(TICKETS)


@pytest.mark.django_db(transaction=True)
def test_killed_at_every_write_point_of_two_policies(racing_sky: OraclesSimulator) -> None:
    """Whatever point the process dies at, what is left is settled by the next, and nothing twice."""
    observation_id = agreed(racing_sky, 1)
    points = write_points(lambda: drain(observation_id))
    assert len(points) > 10
    for number, point in enumerate(points[:: max(1, len(points) // 6)], start=2):
        world.ticket(uuid4(), f"T-{number}")
        killed_at(lambda: drain(observation_id), point)
        drain(observation_id)
        everything_once(number)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_batch_it_was_all_or_nothing(racing_sky: OraclesSimulator) -> None:
    """Forty policies are one transaction. Until its COMMIT nothing of it stands, and whoever comes next pays all."""
    observation_id = agreed(racing_sky, BATCH)
    writes = len(write_points(lambda: refused_at_its_end(observation_id)))
    last = writes + 1  # the batch is found under a COMMIT of its own, point 0
    for order in {*range(1, last, max(1, writes // 5)), last}:
        point = WritePoint(order, "of the batch", "before")
        killed_at(lambda: settle_parametric.settle_batch(observation_id, most=BATCH), point)
        assert (Claim.objects.count(), Settlement.objects.count(), Payout.objects.count()) == (0, 0, 0)
    in_parallel(WORKERS, lambda: drain(observation_id))
    drain(observation_id)
    everything_once(BATCH)


def refused_at_its_end(observation_id: UUID) -> None:
    """A batch whose policies still wait afterwards."""
    with pytest.raises(DatabaseError), transaction.atomic():
        settle_parametric.settle_batch(observation_id, most=BATCH)
        raise DatabaseError


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_holds_is_left_to_it_and_asked_for_a_little_later(racing_sky: OraclesSimulator) -> None:
    observation_id = agreed(racing_sky, 3)
    first = Watch.objects.order_by("id")[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [locks.number_of(first.id)])
    assert (settle_parametric.settle_batch(observation_id), Settlement.objects.count()) == (3, 2)
    outbox.work_once({settle_parametric.AGREED: settle_parametric.settle_agreed})
    [again] = OutboxEvent.objects.filter(topic=settle_parametric.AGREED, done_at=None)
    assert (again.due_at > clock.now(), Settlement.objects.count()) == (True, 2)
    other.close()
    drain(observation_id)
    everything_once(3)


@pytest.mark.django_db(transaction=True)
def test_looked_at_by_all_at_once_it_is_decided_once(racing_sky: OraclesSimulator) -> None:
    world.tickets(1)
    world.tell(racing_sky, 47)
    observation_id = Observation.objects.get().id

    def act() -> None:
        for source in ("flight-a", "flight-b", "flight-c"):
            parametric.listen(source)
        settle_parametric.look(observation_id)

    in_parallel(WORKERS, act)
    assert Outcome.objects.count() == 1
    drain(observation_id)
    everything_once(1)
