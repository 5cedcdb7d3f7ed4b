"""From the paid intent to the policy: once, whole, or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from baohe.flows import purchase
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import CannotIssue, ProposalClosed
from baohe.rooms.policies.models import Policy, Proposal
from tests.sale import steps, world
from tests.sale.world import Customer
from tests.shelf import put_on_sale


def test_a_sale_writes_policy_entry_evidence_and_event(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    assert policy.state == "cooling_off"
    assert (policy.start, policy.end, policy.last_day) == (
        date(2026, 11, 23),
        date(2027, 11, 23),
        date(2027, 11, 22),
    )
    assert (policy.premium_fen, policy.paid_fen, policy.dues) == (31_200, 31_200, ())
    assert policy.insured_name == "林知夏"
    assert ledger.balance("insurer/haijia/premium_income") == -31_200
    assert ledger.check() == []
    assert evidence.leaf_of(str(policy.id), "policy_issued") is not None
    assert events("policies.issued") == [str(policy.id)]
    assert Proposal.objects.get().state == "issued"


def test_a_monthly_plan_books_the_first_instalment_and_lists_the_rest(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin), "monthly")
    assert policy.paid_fen == 2_600
    assert sum(due.amount_fen for due in policy.dues) == 31_200 - 2_600
    assert ledger.balance("wallet/clearing") == 2_600


@pytest.mark.field_bug(11)
def test_settling_again_returns_the_same_policy_and_writes_nothing(lin: Customer) -> None:
    intent = steps.locked(steps.signed(steps.drafted(lin)))
    first = settle(intent, clock.now())
    again = settle(intent, clock.now())
    assert first.policy is not None
    assert again.policy is not None
    assert first.policy.id == again.policy.id
    assert (Policy.objects.count(), len(events("policies.issued"))) == (1, 1)
    assert ledger.balance("wallet/clearing") == 31_200


def test_a_second_payment_of_an_issued_proposal_is_given_back(lin: Customer) -> None:
    intent = steps.locked(steps.signed(steps.drafted(lin)))
    settle(intent, clock.now())
    other = steps.another(intent)
    settled = settle(other, clock.now())
    assert settled.policy is None
    assert isinstance(settled.refusal, CannotIssue)
    assert Policy.objects.count() == 1
    assert ledger.balance("wallet/clearing") == 31_200


def test_paid_on_the_first_day_of_cover_is_too_late(lin: Customer) -> None:
    intent = steps.locked(steps.signed(steps.drafted(lin)))
    with clock.travel(world.NOW + timedelta(hours=11)):
        settled = settle(intent, clock.now())
    assert settled.policy is None
    assert (Policy.objects.count(), events("policies.issued")) == (0, [])
    assert Proposal.objects.get().state == "expired"


def test_paid_in_time_and_told_late_is_a_policy(lin: Customer) -> None:
    intent = steps.locked(steps.signed(steps.drafted(lin)))
    with clock.travel(world.NOW + timedelta(days=2)):
        settled = settle(intent, world.NOW)
        assert settled.policy is not None
        assert settled.policy.cooling_off_ends == date(2026, 12, 9)  # counted from the day it was received


def test_a_closed_payment_may_be_tried_again(lin: Customer) -> None:
    proposal = steps.signed(steps.drafted(lin))
    intent = steps.locked(proposal)
    payments.close(intent.id)
    policies.payment_closed(proposal.id, intent.id)
    assert policies.proposal(lin.id, proposal.id).state == "signed"
    assert settle(intent, clock.now()).policy is None  # late money of the closed payment
    second = steps.locked(policies.proposal(lin.id, proposal.id))
    assert settle(second, clock.now()).policy is not None


def test_while_paying_nothing_changes(lin: Customer) -> None:
    proposal = steps.signed(steps.drafted(lin))
    steps.locked(proposal)
    for attempt in (
        lambda: policies.set_instalment(lin.id, proposal.id, "monthly"),
        lambda: policies.set_beneficiaries(lin.id, proposal.id, ()),
        lambda: policies.start_paying(lin.id, proposal.id, "monthly"),
    ):
        with pytest.raises(ProposalClosed):
            attempt()
    with clock.travel(world.NOW + timedelta(hours=2)):
        assert policies.proposal(lin.id, proposal.id).state == "paying"


def test_if_the_evidence_fails_nothing_of_the_sale_stays(lin: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    intent = steps.locked(steps.signed(steps.drafted(lin)))

    def broken(*_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(evidence, "append", broken)
    with pytest.raises(RuntimeError):
        settle(intent, clock.now())
    assert (Policy.objects.count(), events("policies.issued")) == (0, [])
    assert ledger.balance("wallet/clearing") == 0
    assert Proposal.objects.get().state == "paying"


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(11)
def test_settles_in_parallel_end_with_one_policy_and_one_entry(now: None) -> None:
    put_on_sale()
    intent = steps.locked(steps.signed(steps.drafted(world.customer())))
    settled = in_parallel(8, lambda: settle(intent, world.NOW))
    assert {result.policy.id for result in settled} == {Policy.objects.get().id}
    assert len(events("policies.issued")) == 1
    assert ledger.balance("wallet/clearing") == 31_200
    assert ledger.check() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(15)
def test_two_payments_in_parallel_buy_one_policy(now: None) -> None:
    put_on_sale()
    intent = steps.locked(steps.signed(steps.drafted(world.customer())))
    other = steps.another(intent)
    intents = [intent, other] * 3
    settled = in_parallel(6, lambda: settle(intents.pop(), world.NOW))
    assert sum(result.policy is not None for result in settled) == 3
    assert Policy.objects.get().payment_id == intent.id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policies_policy SET premium_fen = 1",
        'UPDATE policies_policy SET "end" = "end" + 365',
        "DELETE FROM policies_policy",
        "UPDATE policies_proposal SET state = 'signed', policy_id = NULL",
        "UPDATE policies_policy SET refund_fen = 99999999, cancelled_at = now()",
    ],
)
def test_the_database_keeps_what_was_agreed(lin: Customer, statement: str) -> None:
    policy = steps.sold(steps.drafted(lin))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert policies.policy(lin.id, policy.id).premium_fen == 31_200


@pytest.mark.field_bug(27)
def test_another_accounts_policy_does_not_exist(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    stranger = uuid4()
    for attempt in (policies.policy, policies.policy_for_claim, policies.leaving):
        with pytest.raises(NotFound):
            attempt(stranger, policy.id)
    assert policies.policies_of(stranger).total == 0
    assert policies.policies_of(lin.id).total == 1


def settle(intent: IntentView, paid_at: datetime) -> purchase.Settled:
    """As the money flow calls it: inside its transaction."""
    with transaction.atomic():
        return purchase.settle(intent, paid_at)


def events(topic: str) -> list[str]:
    return list(OutboxEvent.objects.filter(topic=topic).values_list("subject", flat=True))


def in_parallel(times: int, act):  # type: ignore[no-untyped-def]  # what it returns is the caller's
    """Run `act` in `times` threads that start together, each with a connection of its own."""
    gate, results, failures = Barrier(times), [], []

    def run() -> None:
        try:
            gate.wait()
            results.append(act())
        except BaseException as failure:  # noqa: BLE001 - shown by the assertion below
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return results
