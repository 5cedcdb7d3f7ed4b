"""SALE-5: what is kept of a sale is sealed with its policy and cannot change unseen."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from baohe.flows import record_sale
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.errors import RecordingClosed
from baohe.rooms.recordings.models import Page, Part, Recording, Subject
from tests.journey.recording import PAGE_OF, events, mark, whole_page
from tests.sale import recorded, steps
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-5")


def test_the_record_is_sealed_with_the_policy(lin: Customer) -> None:
    # when a sale is paid
    policy = steps.sold(steps.drafted(lin))
    row = Recording.objects.get()
    # then its recording is closed under a date and the log commits to its last digest
    assert (row.state, row.keep_until.year) == ("closed", policy.end.year + 10)
    leaf = evidence.leaf_of(str(policy.id), record_sale.LEAF)
    evidence.integrate()
    proof = evidence.proof(leaf.id)
    [sealed] = proof.opening.facts["recordings"]
    assert sealed["head"] == row.head
    assert recordings.findings(policy.id, proof.opening.facts) == []
    # and nothing is added after
    view = recordings.recording(lin.id, row.id)
    with pytest.raises(RecordingClosed):
        recorded.sent(view, events(["pay"], []))
    assert Part.objects.count() == 1


def test_one_changed_byte_is_detected(lin: Customer) -> None:
    # given a closed sale, whole
    policy = steps.sold(steps.drafted(lin))
    facts = recorded.facts_on_log(policy.id)
    assert recordings.findings(policy.id, facts) == []
    # when any one byte of a part is changed, then it is named
    body = bytes(Part.objects.get().body)
    for place in (0, 11, 12, len(body) // 2, len(body) - 1):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        recorded.tampered("UPDATE recordings_part SET body = %s", changed)
        [finding] = recordings.findings(policy.id, facts)
        assert (finding.part, finding.en) == (0, "its content was changed")
    recorded.tampered("UPDATE recordings_part SET body = %s", body)
    assert recordings.findings(policy.id, facts) == []


def _two_parts(lin: Customer):
    proposal = steps.signed_off_record(lin)
    view = recorded.begun(lin.id, proposal.product_code)
    for kinds in (list(PAGE_OF)[:4], list(PAGE_OF)[4:]):
        view = recorded.sent(view, events(kinds, [proposal.id]))
    intent = steps.locked(proposal)
    assert steps.told(intent).word == "accepted"
    return steps.policies.policy_of_payment(intent.id, intent.shard_key)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("DELETE FROM recordings_part WHERE number = 0", "a part is missing"),
        ("DELETE FROM recordings_part WHERE number = 1", "its end is not what was kept"),
        ("UPDATE recordings_part SET number = 5 - number", "a part is missing"),
        ("UPDATE recordings_part SET digest = repeat('a', 64) WHERE number = 0", "it does not follow"),
        ("UPDATE recordings_recording SET head = repeat('b', 64)", "its end is not what was kept"),
        ("UPDATE recordings_page SET kind = 'pay' WHERE kind = 'enter'", "its list of pages"),
        ("DELETE FROM recordings_subject", "the whole recording is gone"),
    ],
)
def test_what_is_missing_or_moved_is_detected(lin: Customer, sentence: str, told: str) -> None:
    policy = _two_parts(lin)
    facts = recorded.facts_on_log(policy.id)
    assert recordings.findings(policy.id, facts) == []
    recorded.tampered(sentence)
    assert any(told in finding.en for finding in recordings.findings(policy.id, facts))


def test_the_database_refuses_change(lin: Customer) -> None:
    steps.sold(steps.drafted(lin))
    for change in (
        lambda: Part.objects.update(body=None),
        lambda: Part.objects.update(digest="0" * 64),
        lambda: Page.objects.update(kind="pay"),
        lambda: Subject.objects.all().delete(),
        lambda: Recording.objects.update(head="0" * 64),
        lambda: Recording.objects.update(keep_until="2030-01-01"),
        lambda: Recording.objects.update(state="open", closed_at=None, keep_until=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_parts_are_encrypted(lin: Customer) -> None:
    """DATA-4: a dump of the database shows nothing of a page."""
    view = recorded.begun(lin.id)
    recorded.sent(view, [*whole_page(1_790_000_000_000), mark("enter", [], 1_790_000_000_001)])
    body = bytes(Part.objects.get().body)
    assert b"html" not in body
    assert b"enter" not in body
