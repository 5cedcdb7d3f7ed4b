"""The outbox: with the fact or not at all, at least once, never lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent

pytestmark = pytest.mark.django_db(transaction=True)


def _publish(subject="s", delay=0):
    with transaction.atomic():
        outbox.publish("topic", subject, 1, {"n": 1}, delay_seconds=delay)


@pytest.mark.field_bug(4)
def test_a_rolled_back_fact_leaves_no_event():
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.publish("topic", "s", 1, {})
        raise RuntimeError
    assert OutboxEvent.objects.count() == 0


def test_publishing_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        outbox.publish("topic", "s", 1, {})
    assert OutboxEvent.objects.count() == 0


def test_an_event_is_handled_and_done():
    _publish()
    seen = []
    assert outbox.work_once({"topic": seen.append}) == 1
    assert outbox.work_once({"topic": seen.append}) == 0
    assert [(event.subject, event.payload) for event in seen] == [("s", {"n": 1})]


@pytest.mark.field_bug(28)
def test_the_event_of_a_killed_worker_is_handled_by_the_next():
    _publish()
    outbox._claim(token := clock.new_id(), 10)
    assert outbox.work_once({"topic": lambda event: None}) == 0
    seen = []
    with clock.travel(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.work_once({"topic": seen.append}) == 1
    assert len(seen) == 1
    stale = outbox.Event(OutboxEvent.objects.get().id, "topic", "s", {}, 1)
    outbox._fail(stale, token, RuntimeError("a late worker"))
    assert OutboxEvent.objects.get().done_at is not None


def test_a_failing_event_is_retried_later_and_parked_in_the_end():
    _publish()

    def fail(event):
        raise RuntimeError("no")

    moment = clock.now()
    for _ in range(outbox.MAX_ATTEMPTS):
        with clock.travel(moment):
            assert outbox.work_once({"topic": fail}) == 1
            assert outbox.work_once({"topic": fail}) == 0
        moment += timedelta(minutes=11)
    event = OutboxEvent.objects.get()
    assert event.parked_at is not None
    assert "no" in event.last_error


def test_two_workers_share_the_events_without_doubling():
    for n in range(40):
        _publish(str(n))
    seen = []

    def work():
        try:
            while outbox.work_once({"topic": lambda event: seen.append(event.subject)}, batch=3):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(seen, key=int) == [str(n) for n in range(40)]
