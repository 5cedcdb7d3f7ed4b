"""SALE-5: a sale is on record, page by page, or it is not paid; what is kept cannot change unseen."""

from __future__ import annotations

import gzip
import json
import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from baohe.flows import record_sale
from baohe.kernel.errors import NotFound
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.errors import (
    PageUnknown,
    PartDiffers,
    PartOutOfOrder,
    PartTooLarge,
    PartUnreadable,
    RecordingClosed,
)
from baohe.rooms.recordings.models import Page, Part, Recording, Subject
from baohe.rooms.recordings.rules.events import MOST_PLAIN
from tests.journey.recording import PAGE_OF, content, events, mark, whole_page
from tests.sale import recorded, steps, world
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-5")


def _signed_only(customer: Customer, product: str = steps.MEDICAL):
    """Signed, and nothing on record."""
    return steps.signed_alone(steps.confirmed(steps.drafted(customer, product=product)))


@pytest.mark.parametrize("left_out", PAGE_OF)
def test_a_missing_kind_of_page_holds_up_the_payment(lin: Customer, left_out: str) -> None:
    # given a signed proposal with seven of the eight kinds on record
    proposal = _signed_only(lin)
    recorded.sitting(proposal, [kind for kind in PAGE_OF if kind != left_out])
    # when it is paid, then the step is named and no payment was opened
    with pytest.raises(StepsMissing) as refused:
        steps.locked(proposal)
    assert refused.value.facts["codes"] == ["recorded"]
    assert PaymentIntent.objects.count() == 0
    [need] = record_sale.needed(proposal)
    assert recordings.KINDS[left_out].zh in need.detail.zh
    # when that page was opened, in a sitting of another day, then it is paid
    recorded.sitting(proposal, [left_out])
    assert steps.locked(proposal).state == "created"


def test_compulsory_cover_needs_no_record() -> None:
    from datetime import date

    assert not recordings.demanded("compulsory_motor", date(2026, 11, 22))
    assert recordings.demanded("medical", date(2026, 11, 22))
    assert recordings.demanded("medical", date(2020, 10, 1))
    assert not recordings.demanded("medical", date(2020, 9, 30))


def test_pages_of_another_sale_do_not_count(lin: Customer) -> None:
    # given two proposals, one of them on record
    mine, other = _signed_only(lin), _signed_only(lin, "songtao-accident")
    recorded.sitting(other)
    # then the other's pages hold nothing up and let nothing through
    with pytest.raises(StepsMissing):
        steps.locked(mine)
    assert steps.locked(other).state == "created"


def test_a_quote_leads_to_its_proposal(lin: Customer) -> None:
    # given a sitting that began with a quote, before there was a proposal
    quote = steps.quoted(lin)
    view = recorded.sent(recorded.begun(lin.id, steps.MEDICAL), events(["enter"], []))
    recorded.sent(view, [mark("identity", [quote.id], 1_790_000_000_000)])
    proposal = steps.policies.draft_proposal(lin.id, steps.decided(quote), lin.me, (), None, "single")
    # then its pages belong to the proposal of that quote
    assert record_sale.coverage(proposal).recorded == {"enter", "identity"}


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


def test_a_replay_opens_page_by_page(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    [reel] = recordings.reels(policy.id)
    assert [page.kind for page in reel.pages] == list(PAGE_OF)
    assert {len(page.version) for page in reel.pages} == {64}
    assert [event["type"] for event in reel.events] == [4, 2, *[5] * 8]


def _tamper(sentence: str, *values: object) -> None:
    """Past the triggers, as whoever owns the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sentence, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def _facts(policy_id: object) -> dict:
    evidence.integrate()
    return dict(evidence.proof(str(policy_id), record_sale.LEAF).opening.facts)


def test_one_changed_byte_is_detected(lin: Customer) -> None:
    # given a closed sale, whole
    policy = steps.sold(steps.drafted(lin))
    facts = _facts(policy.id)
    assert recordings.findings(policy.id, facts) == []
    # when any one byte of a part is changed, then it is named
    body = bytes(Part.objects.get().body)
    for place in (0, 11, 12, len(body) // 2, len(body) - 1):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        _tamper("UPDATE recordings_part SET body = %s", changed)
        [finding] = recordings.findings(policy.id, facts)
        assert (finding.part, finding.en) == (0, "its content was changed")
    _tamper("UPDATE recordings_part SET body = %s", body)
    assert recordings.findings(policy.id, facts) == []


def _two_parts(lin: Customer):
    proposal = _signed_only(lin)
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
    facts = _facts(policy.id)
    assert recordings.findings(policy.id, facts) == []
    _tamper(sentence)
    assert any(told in finding.en for finding in recordings.findings(policy.id, facts))


def test_a_broken_record_holds_up_the_payment(lin: Customer) -> None:
    # given a record that was whole and is not any more
    proposal = _signed_only(lin)
    recorded.sitting(proposal)
    body = bytes(Part.objects.get().body)
    _tamper("UPDATE recordings_part SET body = %s", body[:-1] + bytes([body[-1] ^ 1]))
    # then paying is refused with what to do, and going through the pages again is enough
    with pytest.raises(StepsMissing):
        steps.locked(proposal)
    [need] = record_sale.needed(proposal)
    assert "损坏" in need.detail.zh
    recorded.sitting(proposal)
    assert steps.locked(proposal).state == "created"


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


# what a phone, or somebody else, may send


def _part(lin: Customer, body: bytes, number: int = 0, previous: str = recordings.START, packed: bool = True):
    view = recorded.begun(lin.id)
    return record_sale.append(lin.id, view.id, number, previous, body, packed=packed)


def test_a_repeated_part_changes_nothing(lin: Customer) -> None:
    view = recorded.begun(lin.id)
    body = gzip.compress(content(events(["enter"], [])))
    first = record_sale.append(lin.id, view.id, 0, view.head, body, packed=True)
    assert (
        record_sale.append(lin.id, view.id, 0, view.head, gzip.compress(gzip.decompress(body), 1), packed=True) == first
    )
    assert (Part.objects.count(), Page.objects.count()) == (1, 1)
    # other content under the same number is refused
    with pytest.raises(PartDiffers):
        record_sale.append(lin.id, view.id, 0, view.head, gzip.compress(content(events(["pay"], []))), packed=True)
    assert Part.objects.count() == 1


def test_order_and_chain_are_kept(lin: Customer) -> None:
    view = recorded.begun(lin.id)
    body = gzip.compress(content(events(["enter"], [])))
    with pytest.raises(PartOutOfOrder) as ahead:
        record_sale.append(lin.id, view.id, 1, view.head, body, packed=True)
    assert ahead.value.facts["expected"] == 0
    with pytest.raises(PartDiffers):
        record_sale.append(lin.id, view.id, 0, "f" * 64, body, packed=True)
    assert Part.objects.count() == 0


def test_nobody_writes_into_anothers_record(lin: Customer) -> None:
    other = world.customer("13800000002")
    view = recorded.begun(lin.id)
    body = gzip.compress(content(events(["enter"], [])))
    with pytest.raises(NotFound):
        record_sale.append(other.id, view.id, 0, view.head, body, packed=True)
    # nor names another's sale in a record of their own
    theirs = steps.drafted(lin)
    for subject in (theirs.id, theirs.quote_id, uuid4()):
        own = recorded.begun(other.id)
        with pytest.raises(NotFound):
            recorded.sent(own, events(["enter"], [subject]))
    assert (Part.objects.count(), Subject.objects.count()) == (0, 0)


_MARK = mark("enter", [], 1_790_000_000_001)
_PAGE = whole_page(1_790_000_000_000)


def _with(**changes: object) -> bytes:
    payload = {**_MARK["data"]["payload"], **changes}
    return content([*_PAGE, {**_MARK, "data": {"tag": "page", "payload": payload}}])


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"{}",
        b"[]",
        b"[1]",
        b"\xff\xfe",
        b'[{"type":3,"timestamp":1,"data":NaN}]',
        b"[" * 90_000,
        content([{"type": 6, "timestamp": 1, "data": {}}]),
        content([{"type": True, "timestamp": 1, "data": {}}]),
        content([{"type": 2, "timestamp": -1, "data": {}}]),
        content([{"type": 2, "timestamp": 1, "data": []}]),
        content([{"type": 3, "timestamp": 1, "data": {}}]),
        content([{"type": 2, "timestamp": 1, "data": {}}]).replace(b"{}", b'{"a":' * 300 + b"1" + b"}" * 300),
        _with(kind="gift"),
        _with(page="../etc"),
        _with(page="buy-who\x00"),
        _with(subjects=["x"]),
        _with(subjects=[1]),
        _with(subjects=["00000000-0000-0000-0000-000000000000"] * 21),
        _with(shown={"a": "\x00"}),
        _with(shown={"a": "b" * 101}),
        _with(shown=["a"]),
    ],
)
def test_what_is_no_recording_is_refused(lin: Customer, plain: bytes) -> None:
    for body, packed in ((plain, False), (gzip.compress(plain), True)):
        with pytest.raises(PartUnreadable):
            _part(lin, body, packed=packed)
    assert (Part.objects.count(), Page.objects.count()) == (0, 0)


def test_a_bomb_is_not_unpacked(lin: Customer) -> None:
    bomb = gzip.compress(b"[" + b" " * (200 * MOST_PLAIN // 4) + b"]")
    assert len(bomb) < 96 * 1024
    with pytest.raises(PartTooLarge):
        _part(lin, bomb)
    with pytest.raises(PartTooLarge):
        _part(lin, b"[" + b" " * 97 * 1024, packed=False)
    for damaged in (b"\x1f\x8b", gzip.compress(content(_PAGE))[:-4], gzip.compress(content(_PAGE)) + b"x"):
        with pytest.raises(PartUnreadable):
            _part(lin, damaged)
    assert Part.objects.count() == 0


def test_an_unknown_build_is_refused(lin: Customer) -> None:
    with pytest.raises(PageUnknown):
        recordings.open_recording(lin.id, "f" * 64)
    assert Recording.objects.count() == 0


def test_what_could_act_is_taken_out_before_a_replay(lin: Customer) -> None:
    # given a page with a script, handlers and addresses that run, kept as it came
    node = {
        "type": 2,
        "id": 9,
        "tagName": "div",
        "attributes": {"onclick": "steal()", "class": "card", "href": "/policies", "src": "java\nscript:steal()"},
        "childNodes": [
            {"type": 2, "id": 10, "tagName": "SCRIPT", "attributes": {}, "childNodes": [{"type": 3, "id": 11}]},
            {"type": 2, "id": 12, "tagName": "iframe", "attributes": {"srcdoc": "<script>"}, "childNodes": []},
        ],
    }
    added = {
        "source": 0,
        "adds": [{"parentId": 4, "node": node}],
        "attributes": [{"id": 9, "attributes": {"onload": "x"}}],
    }
    proposal = _signed_only(lin)
    view = recorded.sitting(proposal)
    recorded.sent(view, [{"type": 3, "data": added, "timestamp": 1_790_000_000_000}])
    intent = steps.locked(proposal)
    steps.told(intent)
    policy = steps.policies.policy_of_payment(intent.id, intent.shard_key)
    # then what is played cannot act, and says that something was taken out
    [reel] = recordings.reels(policy.id)
    played = json.dumps(reel.events[-1])
    for word in ("steal", "onclick", "onload", "srcdoc", "iframe", "SCRIPT"):
        assert word not in played
    assert '"class": "card"' in played
    assert '"href": "/policies"' in played
    assert reel.removed == 4
    assert recordings.findings(policy.id, _facts(policy.id)) == []


@pytest.mark.django_db(transaction=True)
def test_one_part_is_kept_when_many_send_it_at_once(now) -> None:
    steps_customer = world.customer()
    view = recorded.begun(steps_customer.id)
    body = gzip.compress(content(events(["enter"], [])))
    answers: list[object] = []

    def send() -> None:
        try:
            answers.append(record_sale.append(steps_customer.id, view.id, 0, view.head, body, packed=True).head)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert (Part.objects.count(), Page.objects.count()) == (1, 1)
