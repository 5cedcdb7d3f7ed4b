"""The paper of an endorsement is signed once, and its row stands in a chain that the database keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.adapters.timestamp.simulator.server import TimestampSimulator
from baohe.flows import deliver_endorsement
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.errors import TimeStampAway
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.policies.models import Endorsement, Policy
from tests.sale.endorse_steps import LATER, insured, lowered
from tests.sale.world import Customer


def test_the_document_is_printed_and_signed_once(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        one = lowered(policy).endorsements[0]
        event = Event(1, "policies.endorsed", str(one.id), {"policy_id": str(policy.id)}, 1)
        deliver_endorsement.deliver_endorsement(event)
        deliver_endorsement.deliver_endorsement(event)
    document = documents.endorsement_document_of(policy.id, 1)
    assert document is not None and document.state == "ready"
    content = documents.bytes_of(document.id)
    verdict = documents.verify_bytes(content)
    assert (verdict.genuine, verdict.policy_number) == (True, policy.number)
    assert not documents.verify_bytes(content.replace(b"%PDF-1", b"%PDF-2", 1)).genuine
    assert evidence.leaf_of(str(one.id), "endorsement_document_issued") is not None


def test_without_a_time_stamp_the_document_waits_and_the_round_makes_it_later(
    lin: Customer, timestamp_authority: TimestampSimulator
) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        one = lowered(policy).endorsements[0]
        event = Event(1, "policies.endorsed", str(one.id), {"policy_id": str(policy.id)}, 1)
        timestamp_authority.faults.set({"down": -1})
        with pytest.raises(TimeStampAway):
            deliver_endorsement.deliver_endorsement(event)
    with clock.travel(LATER + timedelta(minutes=11)):
        assert deliver_endorsement.late() == 0
        assert evidence.leaf_of(str(one.id), "endorsement_document_issued") is None
        timestamp_authority.faults.set({"down": 0})
        assert (deliver_endorsement.late(), deliver_endorsement.late()) == (1, 0)
    document = documents.endorsement_document_of(policy.id, 1)
    assert document is not None and (document.state, document.stamped_at is not None) == ("ready", True)
    assert evidence.leaf_of(str(one.id), "endorsement_document_issued") is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Endorsement.objects.filter(id=row.id).update(refund_fen=1),
        lambda row: row.delete(),
        lambda row: Policy.objects.filter(id=row.policy_id).update(endorsed_fen=0),
        lambda row: Policy.objects.filter(id=row.policy_id).update(death_cover_fen=1),
        lambda row: Endorsement.objects.create(**_copied(row, number=3)),
        lambda row: Endorsement.objects.create(**_copied(row, number=2)),
    ],
    ids=["other refund", "gone", "given back undone", "death cover", "a gap", "from a sum that does not hold"],
)
def test_the_database_keeps_the_chain(lin: Customer, change: Callable[[Endorsement], object]) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        lowered(policy)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Endorsement.objects.get())
    assert ledger.check() == []


def _copied(row: Endorsement, **changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        field.attname: getattr(row, field.attname)
        for field in Endorsement._meta.concrete_fields  # noqa: SLF001 - every column, whatever comes later
    }
    return {**facts, "id": uuid4(), **changes}
