"""Signing: bound to the bytes that were shown, with a code by telephone and the key of the device (DATA-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.demo import signing
from baohe.demo.signing import Device
from baohe.flows import purchase, sign_proposal
from baohe.flows.sign_proposal import Given
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.models import ShownPaper
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.people.errors import CodeSpent, CodeWrong, TooManyCodes
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice, ProposalView
from baohe.rooms.policies.errors import ConsentChanged, DeviceNotProven, DocumentChanged, SignatureNotReadable
from baohe.rooms.policies.models import ProposalSignature
from tests.sale import steps, world
from tests.sale.world import STROKES, Customer

pytestmark = pytest.mark.rule("DATA-6")


@pytest.fixture
def ready(lin: Customer) -> ProposalView:
    return steps.confirmed(steps.drafted(lin))


def act(proposal: ProposalView, **changes: Any) -> Given:
    """A complete act of signing, its code asked for and read."""
    shown = sign_proposal.show(proposal)
    sent = sign_proposal.send_code(proposal.account_id, proposal.id, shown.sha256, "127.0.0.1")
    code = steps.read_code()
    return replace(signing.given(shown.sha256, STROKES, sent.request_id, code), **changes)


def sign(proposal: ProposalView, given: Given) -> ProposalView:
    return purchase.sign(proposal.account_id, proposal.id, given)


def not_signed() -> bool:
    leaves = EvidenceLeaf.objects.filter(kind=sign_proposal.LEAF).count()
    return ProposalSignature.objects.count() == 0 and leaves == 0


def test_a_signature_names_the_bytes_that_were_shown(ready: ProposalView) -> None:
    given = act(ready)
    signed = sign(ready, given)
    kept = policies.signature_of(ready.id)

    assert kept is not None and signed.state == "signed"
    file = documents.shown_bytes(ready.id, kept.document_sha256)
    assert sha256(file).hexdigest() == kept.document_sha256 == given.document_sha256
    assert [dict(point) for point in kept.strokes[0]] == STROKES[0]
    assert kept.device == "Chrome 140 · Android"
    assert [(part.part, part.holds) for part in sign_proposal.examine(ready.id)] == [
        ("document", True), ("strokes", True), ("consent", True), ("device", True), ("record", True),
    ]  # fmt: skip


def test_what_is_shown_is_the_same_file_every_time(ready: ProposalView) -> None:
    first = sign_proposal.show(ready)
    assert sign_proposal.show(ready) == first

    assert ShownPaper.objects.count() == 1
    with pytest.raises(NotFound):
        documents.shown_bytes(ready.id, "0" * 64)
    with pytest.raises(NotFound):
        documents.shown_bytes(uuid4(), first.sha256)


@pytest.mark.parametrize(
    ("drawing", "why"),
    [
        ([], "blank"),
        ([[]], "blank"),
        ([[{"x": 5000, "y": 5000, "t": n} for n in range(40)]], "dot"),
        ([[{"x": 100 + 240 * n, "y": 5000, "t": n} for n in range(40)]], "line"),
        ([[{"x": 100 + 150 * n, "y": 200 + 190 * n, "t": n} for n in range(40)]], "line"),
        ([[{"x": 5000 + 9 * n, "y": 5000 + 90 * (n % 4), "t": n} for n in range(40)]], "small"),
    ],
)
def test_what_is_no_name_is_refused_and_the_code_is_still_good(
    ready: ProposalView, drawing: list[list[dict[str, int]]], why: str
) -> None:
    given = act(ready)
    drawn = signing.given(given.document_sha256, drawing, given.code_id, given.code)
    with pytest.raises(SignatureNotReadable) as refusal:
        sign(ready, drawn)
    assert refusal.value.facts["why"] == why
    assert not_signed()
    assert sign(ready, given).state == "signed"


def test_a_wrong_code_is_counted_and_five_end_it(ready: ProposalView) -> None:
    given = act(ready)
    wrong = "000000" if given.code != "000000" else "111111"
    for left in (4, 3, 2, 1):
        with pytest.raises(CodeWrong) as refusal:
            sign(ready, replace(given, code=wrong))
        assert refusal.value.facts["tries_left"] == left
    for code in (wrong, given.code):
        with pytest.raises(CodeSpent):
            sign(ready, replace(given, code=code))
    assert not_signed()


def test_an_expired_code_signs_nothing(ready: ProposalView) -> None:
    given = act(ready)
    with clock.travel(world.NOW + timedelta(minutes=6)), pytest.raises(CodeSpent):
        sign(ready, given)
    assert not_signed()


def test_a_code_signs_once_and_only_what_it_was_sent_for(lin: Customer, ready: ProposalView) -> None:
    given = act(ready)
    sign(ready, given)
    other = steps.confirmed(steps.drafted(lin))
    shown = sign_proposal.show(other)
    replayed = signing.given(shown.sha256, STROKES, given.code_id, given.code)
    with pytest.raises(CodeSpent):
        sign(other, replayed)
    assert policies.signature_of(other.id) is None
    assert ProposalSignature.objects.count() == 1


def test_a_code_for_one_paper_does_not_sign_another(lin: Customer, ready: ProposalView) -> None:
    given = act(ready)
    other = steps.confirmed(steps.drafted(lin))
    shown = sign_proposal.show(other)
    with pytest.raises(CodeSpent):
        sign(other, signing.given(shown.sha256, STROKES, given.code_id, given.code))
    assert not_signed()
    assert sign(ready, given).state == "signed"


def test_a_strangers_code_does_not_sign(lin: Customer, ready: ProposalView) -> None:
    given = act(ready)
    stranger = world.customer("13900000002")
    theirs = act(steps.confirmed(steps.drafted(stranger)))
    mixed = signing.given(given.document_sha256, STROKES, theirs.code_id, theirs.code)
    with pytest.raises(CodeSpent):
        sign(ready, mixed)
    with pytest.raises(NotFound):
        purchase.sign(stranger.id, ready.id, given)
    assert not_signed()


def test_codes_are_rate_limited_and_a_used_one_makes_room(lin: Customer, ready: ProposalView) -> None:
    given = act(ready)
    with pytest.raises(TooManyCodes):
        sign_proposal.send_code(lin.id, ready.id, given.document_sha256, "127.0.0.1")
    sign(ready, given)
    other = steps.confirmed(steps.drafted(lin))
    assert sign(other, act(other)).state == "signed"


def test_no_code_is_sent_for_a_file_that_was_not_shown(lin: Customer, ready: ProposalView) -> None:
    with pytest.raises(DocumentChanged):
        sign_proposal.send_code(lin.id, ready.id, "0" * 64, "127.0.0.1")


def test_a_changed_proposal_needs_another_signature(lin: Customer) -> None:
    ready = steps.confirmed(steps.drafted(lin, product="songtao-accident"))
    given = act(ready)
    spouse = world.relative(lin.id, "周远", "spouse", date(1990, 3, 1))
    policies.set_beneficiaries(lin.id, ready.id, (BeneficiaryChoice(spouse.id, 1, 100),))
    with pytest.raises(DocumentChanged):
        sign(ready, given)
    assert not_signed()


@pytest.mark.parametrize("what", ["strokes", "code_id", "device_signature", "device_key", "empty"])
def test_the_device_must_have_signed_exactly_this(ready: ProposalView, what: str) -> None:
    given = act(ready)
    other = [[{**point, "x": point["x"] + (n == 3)} for n, point in enumerate(STROKES[0])]]
    wrong = {
        "strokes": replace(given, strokes=other),
        "code_id": replace(given, code_id=uuid4()),
        "device_signature": replace(given, device_signature=given.device_signature[:-4] + "AAA="),
        "device_key": replace(given, device_key=Device().key),
        "empty": replace(given, device_key="", device_signature=""),
    }[what]
    with pytest.raises(DeviceNotProven):
        sign(ready, wrong)
    assert not_signed()
    assert sign(ready, given).state == "signed"


def test_other_words_than_those_shown_are_refused(ready: ProposalView) -> None:
    with pytest.raises(ConsentChanged):
        sign(ready, act(ready, consent_sha256="0" * 64))
    assert not_signed()


def test_sent_twice_it_is_one_signature(ready: ProposalView) -> None:
    given = act(ready)
    first = sign(ready, given)
    assert sign(ready, given) == first
    assert ProposalSignature.objects.count() == 1
    assert EvidenceLeaf.objects.filter(kind=sign_proposal.LEAF).count() == 1


def broken_parts(proposal: ProposalView, file: bytes | None = None) -> list[str]:
    return [part.part for part in sign_proposal.examine(proposal.id, file) if not part.holds]


def test_one_changed_byte_of_the_file_is_found(ready: ProposalView) -> None:
    given = act(ready)
    sign(ready, given)
    file = documents.shown_bytes(ready.id, given.document_sha256)
    assert broken_parts(ready, file) == []
    for place in (0, len(file) // 3, len(file) - 1):
        changed = bytearray(file)
        changed[place] ^= 1
        assert broken_parts(ready, bytes(changed)) == ["document"]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("strokes_sealed = (SELECT strokes_sealed FROM other)", ["strokes"]),
        ("consent = consent || '。'", ["consent"]),
        ("device = 'Chrome 141 · Android'", ["record"]),
        ("signed_at = signed_at + interval '1 second'", ["record"]),
        ("consent_sha256 = repeat('0', 64)", ["consent", "device", "record"]),
        ("strokes_sha256 = repeat('0', 64)", ["strokes", "device", "record"]),
        ("document_sha256 = repeat('0', 64)", ["document", "device", "record"]),
        ("device_signature = left(device_signature, -4) || 'AAA='", ["device", "record"]),
    ],
)
def test_one_change_of_the_record_says_what_fails(ready: ProposalView, change: str, broken: list[str]) -> None:
    """Past the triggers, as someone with the owner's rights could."""
    sign(ready, act(ready))
    if change.startswith("strokes_sealed"):
        row = ProposalSignature.objects.get()
        sealed = vault.seal("policies_proposalsignature.strokes", row.id, '[[{"x":1,"y":2,"t":3}]]')
        change, values = "strokes_sealed = %s", [sealed]
    else:
        values = []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"UPDATE policies_proposalsignature SET {change}", values or None)  # noqa: S608 - of this file
        cursor.execute("SET session_replication_role = origin")
    assert broken_parts(ready) == broken


@pytest.mark.parametrize("table", ["policies_proposalsignature", "documents_shownpaper"])
@pytest.mark.parametrize("change", ["UPDATE {} SET shard_key = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_was_signed_and_shown_never_changes(ready: ProposalView, table: str, change: str) -> None:
    sign(ready, act(ready))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))
    assert broken_parts(ready) == []
