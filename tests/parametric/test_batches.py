"""A batch takes a number of statements that does not grow with its policies, and each of them keeps its own proof."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import settle_claim, settle_parametric
from baohe.kernel.errors import InvalidInput
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.claims.models import Claim, ClaimDecision, CoverUse, Deadline, Milestone
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.notices.models import Message
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.contracts import Watching
from baohe.rooms.parametric.models import Observation, Settlement
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.models import ReadLog
from tests.claims import world as claimed
from tests.parametric import world

STATEMENTS = 60
"""A batch of any size; two hundred policies alone took seven thousand."""


def agreed(sky: OraclesSimulator, value: int = 47) -> UUID:
    world.tell(sky, value)
    settle_parametric.round_()
    return Observation.objects.get().id


def statements(observation_id: UUID) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert settle_parametric.settle_batch(observation_id)
    return len(asked)


def test_the_statements_of_a_batch_do_not_grow_with_its_policies(sky: OraclesSimulator, seller: UUID) -> None:
    world.tickets(3)
    observation_id = agreed(sky)
    few = statements(observation_id)
    world.tickets(60)
    assert statements(observation_id) <= few <= STATEMENTS
    assert Payout.objects.count() == 63


def test_customers_are_told_one_by_one_in_as_many_statements(sky: OraclesSimulator) -> None:
    ours = [claimed.claimant(f"1390000{number:04}") for number in range(12)]
    for account_id in ours[:2]:
        world.ticket(account_id, "own", partner=False)
    observation_id = agreed(sky)
    few = statements(observation_id)
    for account_id in ours[2:]:
        world.ticket(account_id, "own", partner=False)
    assert statements(observation_id) <= few <= STATEMENTS
    assert sorted(Message.objects.values_list("account_id", flat=True)) == sorted(ours)
    read = ReadLog.objects.filter(actor="system:parametric", purpose="parametric_paid")
    assert sorted(read.values_list("subject_id", flat=True)) == sorted(ours)


def test_in_a_batch_each_policy_keeps_the_proof_it_has_alone(sky: OraclesSimulator, seller: UUID) -> None:
    """The same fact, once reported alone by a partner and once settled in a batch, leaves the same rows."""
    alone = world.ticket(seller, "alone", version_id="yizhan-flight-delay@2026-05-01", watched=False)
    settle_claim.settle_event(seller, "alone", "flight_late_45", claimed.NOW)
    together = [world.ticket(seller, f"T-{benefit}", benefit=benefit) for benefit in (400, 800)]
    world.tell(sky, 47)
    world.work()
    rows = [_left_by(one) for one in (alone, *together)]
    assert rows[0] == rows[1]
    assert [row["paid"] for row in rows] == [12_000, 12_000, 24_000]
    leaves = EvidenceLeaf.objects.filter(kind="claim_decided")
    assert len({bytes(leaf.leaf_hash) for leaf in leaves}) == 3
    assert len(set(ClaimDecision.objects.values_list("input_hash", flat=True))) == 3


def _left_by(policy_id: UUID) -> dict[str, object]:
    claim = Claim.objects.get(policy_id=policy_id)
    [decision], [payout] = ClaimDecision.objects.filter(claim=claim), Payout.objects.filter(subject_id=claim.id)
    return {
        "state": (claim.state, claim.amount_fen, claim.calculated_fen, claim.decide_by, claim.pay_by, claim.due_at),
        "story": [(one.code, one.amount_fen) for one in Milestone.objects.filter(claim=claim).order_by("id")],
        "clocks": list(Deadline.objects.filter(claim=claim).values_list("code", "falls_at", "raise_at", "ended_at")),
        "used": list(CoverUse.objects.filter(claim=claim).values_list("key", "amount_fen", "period_start")),
        "reasons": (decision.outcome, decision.reasons, len(decision.calculation)),
        "paid": payout.amount_fen,
        "events": sorted(OutboxEvent.objects.filter(subject__in=(str(claim.id), str(payout.id))).values_list("topic")),
    }


def test_one_policy_that_cannot_be_settled_holds_up_no_other(sky: OraclesSimulator, seller: UUID) -> None:
    for number in range(4):
        world.ticket(seller, f"T-{number}")
    odd = claimed.order(seller, "T-odd")  # a parcel that waits for a flight: its version knows no such event
    parametric.watch([Watching(odd, 0, world.FLIGHT, "arrival", world.SUBJECT, world.DAY)])
    observation_id = agreed(sky)
    for _ in range(2):
        with pytest.raises(InvalidInput):
            settle_parametric.settle_batch(observation_id)
        assert (Payout.objects.count(), Settlement.objects.count()) == (4, 4)
    assert not Claim.objects.filter(policy_id=odd).exists()
    assert Observation.objects.get().state == "agreed"
