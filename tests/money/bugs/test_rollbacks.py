"""Bugs of the field about what a transaction takes with it: a job too early, and evidence too late."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from baohe.adapters.wallet import protocol
from baohe.flows import settle_payment
from baohe.flows.settle_payment import settle_notification
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from tests.money.bugs.undoing import elsewhere
from tests.payments.conftest import as_told, audit, signed_body
from tests.payments.test_money_out import pay_out

committed = pytest.mark.django_db(transaction=True)


# ---- 4: a job that starts before its transaction committed


@dataclass(frozen=True, slots=True)
class Jobs:
    """What the jobs found of their fact while it was not committed, and in all when everything was over."""

    early: tuple[str, ...]
    all: tuple[str, ...]


class TheFactFails(Exception):
    pass


def jobs_of(commits: bool) -> Jobs:
    """A payout is requested; a worker looks for jobs before the commit, and after the commit or rollback."""
    found: list[str] = []

    def handle(event: outbox.Event) -> None:
        exists = Payout.objects.filter(id=UUID(event.payload["payout_id"])).exists()
        found.append("found" if exists else "not found")

    def worker() -> None:
        outbox.work_once({"payments.payout_requested": handle})

    with contextlib.suppress(TheFactFails), transaction.atomic():
        pay_out(f"claim:{commits}")
        elsewhere(worker)
        early = tuple(found)
        if not commits:
            raise TheFactFails
    worker()
    return Jobs(early, tuple(found))


def sent_at_once(topic: str, subject: object, shard_key: int, payload: dict[str, Any], delay_seconds: int = 0) -> None:
    """As in the field: a queue beside the database, which knows nothing of the transaction."""
    moment = clock.now()
    elsewhere(
        lambda: OutboxEvent.objects.create(
            topic=topic,
            subject=str(subject),
            shard_key=shard_key,
            payload=payload,
            created_at=moment,
            due_at=moment,
        )
    )


@committed
@pytest.mark.field_bug(4)
def test_a_job_starts_when_its_fact_is_committed_and_never_when_it_is_not():
    assert jobs_of(commits=True) == Jobs((), ("found",))
    assert jobs_of(commits=False) == Jobs((), ())


@committed
@pytest.mark.field_bug(4)
def test_a_job_starts_before_its_fact_without_the_outbox(monkeypatch):
    monkeypatch.setattr(outbox, "publish", sent_at_once)
    assert jobs_of(commits=True) == Jobs(("not found",), ("not found",))


@committed
@pytest.mark.field_bug(4)
def test_a_job_starts_for_a_fact_that_never_was_without_the_outbox(monkeypatch):
    monkeypatch.setattr(outbox, "publish", sent_at_once)
    assert jobs_of(commits=False) == Jobs(("not found",), ("not found",))


def published_outside() -> int:
    """Somebody publishes first and writes the fact afterwards, which fails: events that are left."""
    with contextlib.suppress(transaction.TransactionManagementError):
        outbox.publish("payments.payout_requested", "1", 7, {})
    return OutboxEvent.objects.count()


@committed
@pytest.mark.field_bug(4)
def test_publishing_outside_of_a_transaction_leaves_nothing():
    assert published_outside() == 0


@committed
@pytest.mark.field_bug(4)
def test_publishing_outside_of_a_transaction_leaves_a_lie_without_the_refusal(monkeypatch):
    monkeypatch.setattr(outbox, "connection", SimpleNamespace(in_atomic_block=True))
    assert published_outside() == 1


# ---- 5: the record of a failure is rolled back with the failure


@dataclass(frozen=True, slots=True)
class Evidence:
    """Audit rows (outcome, reason) that are left, and fen in suspense."""

    rows: tuple[tuple[str, str], ...]
    suspense_fen: int


def told_another_amount(open_payment) -> Evidence:
    """The wallet says that ¥313 came for a payment of ¥312: money that truly came and pays for nothing."""
    intent = open_payment(31_200)
    return told(signed_body(intent, total_amount=protocol.yuan_text(31_300)))


def told_while_the_sale_falls_over(open_payment, cover) -> Evidence:
    cover.broken = 1
    return told(signed_body(open_payment(31_200)))


def told(body: dict[str, str]) -> Evidence:
    with contextlib.suppress(Refused, RuntimeError):
        settle_notification(*as_told(body))
    return Evidence(tuple(audit()), -ledger.balance("suspense/wallet"))


class Refused(Exception):
    pass


@pytest.fixture
def in_one_transaction(monkeypatch):
    """As in the field: whoever refuses raises, and one transaction is around all of it. Two layers are undone: the
    refusal's own transaction, and `durable`, with which the own one would refuse to be put into another."""
    in_its_own = settle_payment._settle

    def in_the_same(told):
        with transaction.atomic():
            outcome = in_its_own(told)
            if outcome.word == "refused":
                raise Refused(outcome.reason)
            return outcome

    monkeypatch.setattr(settle_payment, "_settle", in_the_same)
    return monkeypatch


@pytest.mark.django_db
@pytest.mark.field_bug(5)
def test_a_refused_callback_leaves_its_record(wallet, cover, open_payment):
    assert told_another_amount(open_payment) == Evidence((("refused", "amount_mismatch"),), 31_300)


@pytest.mark.django_db
@pytest.mark.field_bug(5)
def test_a_callback_whose_sale_falls_over_leaves_its_record(wallet, cover, open_payment):
    assert told_while_the_sale_falls_over(open_payment, cover) == Evidence((("refused", "settlement_failed"),), 0)


@pytest.mark.django_db
@pytest.mark.field_bug(5)
def test_the_record_of_a_failure_cannot_be_put_into_its_transaction(wallet, cover, open_payment, in_one_transaction):
    """The second layer by itself: it refuses, loudly, instead of losing the record one day."""
    body = signed_body(open_payment(31_200), total_amount="313.00")
    with pytest.raises(RuntimeError, match="durable"):
        settle_notification(*as_told(body))


@pytest.mark.django_db
@pytest.mark.field_bug(5)
def test_the_record_of_a_failure_is_rolled_back_without_a_transaction_of_its_own(
    wallet, cover, open_payment, in_one_transaction
):
    plain = SimpleNamespace(atomic=lambda durable=False: transaction.atomic())
    in_one_transaction.setattr(settle_payment, "transaction", plain)
    assert told_another_amount(open_payment) == Evidence((), 0)
    assert told_while_the_sale_falls_over(open_payment, cover) == Evidence((), 0)
