"""From the event `policies.issued` to a verified document on record and a message: once, however often it comes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pypdfium2
import pytest

from baohe.config import wiring
from baohe.flows import policy_papers
from baohe.flows.check_document import check_token
from baohe.flows.deliver_policy import EVENT, deliver_policy, late
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.errors import TimeStampAway
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.papers import capital_words
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.notices.models import Message
from baohe.rooms.policies import facade as policies
from tests.sale import steps
from tests.sale.conftest import lin, now, wallet_keys  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(lin):  # noqa: F811 - the fixture
    return steps.sold(steps.drafted(lin))


def event_of(policy) -> outbox.Event:
    row = OutboxEvent.objects.get(topic=EVENT, subject=str(policy.id))
    return outbox.Event(row.id, row.topic, row.subject, row.payload, 1)


def test_the_event_has_this_handler(policy):
    wiring.handlers()[EVENT](event_of(policy))
    assert documents.document_of(policy.id) is not None


@pytest.mark.rule("SERV-1")
def test_a_sold_policy_gets_its_document_with_the_customers_signature(policy):
    deliver_policy(event_of(policy))
    evidence.integrate()

    document = documents.document_of(policy.id)
    checked = check_token(document.token)
    assert checked.verdict.genuine
    assert checked.verdict.policy_number == policy.number
    assert checked.state == policy.state
    assert checked.proof is not None
    paper = pypdfium2.PdfDocument(documents.bytes_of(document.id))
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    signed = policies.signature_of(policy.proposal_id)
    assert policy.number in text and policy.insured_name in text and signed.document_sha256 in text.replace("\r\n", "")
    assert [m.template for m in Message.objects.filter(account_id=policy.account_id)].count("policy_issued") == 1


def test_a_repeated_event_changes_nothing(policy):
    event = event_of(policy)
    deliver_policy(event)
    first, leaves, messages = documents.document_of(policy.id), EvidenceLeaf.objects.count(), Message.objects.count()
    deliver_policy(event)

    assert documents.document_of(policy.id) == first
    assert (EvidenceLeaf.objects.count(), Message.objects.count()) == (leaves, messages)


def test_killed_after_the_document_the_repeat_finishes(policy, monkeypatch):
    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    event = event_of(policy)
    with monkeypatch.context() as patched:
        patched.setattr(evidence, "append_once", dies)
        with pytest.raises(KeyboardInterrupt):
            deliver_policy(event)
    first = documents.document_of(policy.id)
    assert first.state == "ready" and evidence.leaf_of(str(policy.id), "document_issued") is None

    deliver_policy(event)

    assert documents.document_of(policy.id) == first
    assert evidence.leaf_of(str(policy.id), "document_issued") is not None


@pytest.mark.rule("SERV-1")
def test_an_authority_that_is_away_stops_no_sale_and_the_round_makes_the_paper_later(policy, timestamp_authority):
    timestamp_authority.faults.set({"down": -1})
    with pytest.raises(TimeStampAway):
        deliver_policy(event_of(policy))
    assert policies.policy_by_id(policy.id).state == "cooling_off"  # in force, with its days to leave
    with clock.travel(policy.issued_at + timedelta(hours=2)):
        assert late() == 0
        assert documents.document_of(policy.id).stamped_at is None
        timestamp_authority.faults.set({"down": 0})
        assert late() == 1
        assert late() == 0
    document = documents.document_of(policy.id)
    assert document.state == "ready" and document.stamped_at is not None
    assert check_token(document.token).verdict.genuine
    assert evidence.leaf_of(str(policy.id), "document_issued") is not None


def test_whoever_verifies_learns_of_the_policyholders_own_signature(policy):
    deliver_policy(event_of(policy))
    checked = check_token(documents.document_of(policy.id).token)
    assert [(one.part, one.holds) for one in checked.signature] == [
        ("document", True), ("strokes", True), ("consent", True), ("device", True), ("record", True),
    ]  # fmt: skip


def test_receipt_and_refund_note_are_papers_of_the_policy(policy, lin):  # noqa: F811 - the fixture
    receipt = policy_papers.receipt(lin.id, policy.id)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(receipt))
    assert policy.number in text and "保险费收据" in text and capital_words(policy.paid_fen) in text
    assert policy_papers.receipt(lin.id, policy.id) == receipt
    with pytest.raises(NotFound):
        policy_papers.refund(lin.id, policy.id)
    with pytest.raises(NotFound):
        policy_papers.receipt(uuid4(), policy.id)
    assert Document.objects.filter(policy_id=policy.id).count() == 1


@pytest.mark.rule("SERV-1")
def test_a_receipt_waits_for_its_time_stamp_and_is_signed_when_it_is_opened_again(policy, lin, timestamp_authority):  # noqa: F811
    timestamp_authority.faults.set({"down": -1})
    with pytest.raises(TimeStampAway):
        policy_papers.receipt(lin.id, policy.id)
    assert documents.papers_of(policy.id, ["receipt-1"])["receipt-1"].state == "preparing"
    timestamp_authority.faults.set({"down": 0})
    assert documents.verify_bytes(policy_papers.receipt(lin.id, policy.id)).genuine
