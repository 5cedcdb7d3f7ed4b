"""Messages on a claim: both ways, kept for ever, sealed, once for a key, never of or to anybody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import claim_messages
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import NobodyToWriteTo, TooManyMessages
from baohe.rooms.claims.models import Claim, ClaimMessage, MessageBox
from baohe.rooms.notices import facade as notices
from tests.claims import world
from tests.claims.test_api import Phone

ASKED = "病历明天才能拿到，可以晚一天交吗？"


@pytest.fixture
def claim(draft, reads):
    return draft()


def told(account_id):
    return [one for one in notices.notices_of(account_id) if one.template == "claim_message"]


def waits():
    [count] = [one for one in claims.queue_counts() if one.queue == "messages"]
    return count


def test_both_write_and_each_side_has_its_mark_until_it_has_read(claim, insured, shen):
    claim_messages.write(insured.account_id, claim.id, ASKED, "k1")
    page = claims.messages_for_staff(shen.id, claim.id)
    assert [(one.text, one.side, one.unread) for one in page.items] == [(ASKED, "claimant", True)]
    assert (page.unread, page.last) == (1, 1)
    assert (waits().count, waits().nearest) == (1, page.answer_by)
    assert [item.id for item in claims.queue("messages").items] == [claim.id]

    claim_messages.answer(shen.id, claim.id, "可以，这周内都行。", "k2", page.last)

    assert waits().count == 0
    assert claims.messages_for_staff(shen.id, claim.id).unread == 0
    mine = claims.messages_of(insured.account_id, claim.id)
    assert [(one.name, one.unread) for one in mine.items] == [("", False), ("沈一诺", True)]
    assert (mine.unread, claims.claim(insured.account_id, claim.id).unread_messages) == (1, 1)
    claim_messages.seen_by_claimant(insured.account_id, claim.id, mine.last)
    assert claims.claim(insured.account_id, claim.id).unread_messages == 0


def test_what_came_while_a_handler_wrote_still_waits(claim, insured, shen):
    claim_messages.write(insured.account_id, claim.id, ASKED, "k1")
    with clock.travel(world.NOW.replace(hour=12)):
        claim_messages.write(insured.account_id, claim.id, "已经拿到了", "k2")
    claim_messages.answer(shen.id, claim.id, "可以", "k3", 1)
    page = claims.messages_for_staff(shen.id, claim.id)
    assert [one.unread for one in page.items] == [False, True, False]
    assert (page.unread, waits().count) == (1, 1)
    claim_messages.put_aside(shen.id, claim.id, 99)
    assert (claims.messages_for_staff(shen.id, claim.id).unread, waits().count) == (0, 0)


def test_the_claimant_is_told_once_until_they_read_and_not_what_was_said(claim, insured, shen):
    for key in ("k1", "k2"):
        claim_messages.answer(shen.id, claim.id, "请补一页病历", key, 0)
    [notice] = told(insured.account_id)
    assert "沈一诺" in notice.body.zh
    assert "病历" not in notice.body.zh
    claim_messages.seen_by_claimant(insured.account_id, claim.id, 2)
    claim_messages.answer(shen.id, claim.id, "收到了", "k3", 0)
    assert len(told(insured.account_id)) == 2


@pytest.mark.rule("DATA-5")
def test_words_are_sealed_and_card_numbers_never_kept(claim, insured, shen):
    sent = claim_messages.write(insured.account_id, claim.id, f"{ASKED} 6222021234567890123", "k1")
    assert (sent.masked, sent.text) == (True, f"{ASKED} ***************0123")
    row = ClaimMessage.objects.get()
    assert ASKED.encode() not in bytes(row.text_sealed)
    assert claims.messages_for_staff(shen.id, claim.id).items[0].text == sent.text


def test_a_key_sends_once_for_ever_and_only_what_it_sent(claim, insured, shen):
    first = claim_messages.write(insured.account_id, claim.id, ASKED, "k1")
    assert claim_messages.write(insured.account_id, claim.id, f" {ASKED} ", "k1") == first
    with pytest.raises(KeyReused):
        claim_messages.write(insured.account_id, claim.id, "别的话", "k1")
    claim_messages.answer(shen.id, claim.id, "可以", "k1", 1)  # another author's key
    assert claim_messages.answer(shen.id, claim.id, "可以", "k1", 1).number == 2
    assert ClaimMessage.objects.count() == 2
    assert len(told(insured.account_id)) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_send_once_and_eight_messages_are_numbered(transactional_db, claim, insured):
    def press(key: str) -> int:
        try:
            return claim_messages.write(insured.account_id, claim.id, ASKED, key).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(press, ["again"] * 8)) == {1}
        assert sorted(pool.map(press, "abcdefgh")) == list(range(2, 10))


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize("state", ["with_person", "withdrawn", "refused_by_person", "paid", "paying", "to_pay"])
def test_a_claim_takes_messages_whatever_became_of_it(claim, insured, shen, state):
    with connection.cursor() as cursor:  # past the ways a claim may go: only its state matters here
        cursor.execute("SET LOCAL session_replication_role = replica")
        changes = {"paid_at": clock.now(), "paid_fen": 1, "submitted_at": clock.now(), "decided_by": shen.id}
        Claim.objects.filter(id=claim.id).update(state=state, **changes)
        cursor.execute("SET LOCAL session_replication_role = origin")
    claim_messages.write(insured.account_id, claim.id, ASKED, "k1")
    claim_messages.answer(shen.id, claim.id, "收到", "k2", 1)
    assert claims.messages_of(insured.account_id, claim.id).last == 2
    assert Claim.objects.get(id=claim.id).state == state


def test_nobody_else_reads_or_writes_and_nothing_happens(claim, insured, qian, audit):
    stranger = world.claimant("13800000095")
    phone, address = Phone(stranger), f"claims/{claim.id}/messages"
    claim_messages.write(insured.account_id, claim.id, ASKED, "k1")
    before = everything()
    for refused in (
        lambda: claims.messages_of(stranger, claim.id),
        lambda: claim_messages.write(stranger, claim.id, "你好", "k2"),
        lambda: claim_messages.seen_by_claimant(stranger, claim.id, 1),
        lambda: claims.messages_of(insured.account_id, uuid4()),
    ):
        with pytest.raises(NotFound):
            refused()
    for staff in (qian, audit):
        with pytest.raises(NotAllowed):
            claim_messages.answer(staff.id, claim.id, "你好", "k3", 1)
        with pytest.raises(NotAllowed):
            claim_messages.put_aside(staff.id, claim.id, 1)
    with pytest.raises(NotAllowed):
        claims.messages_for_staff(qian.id, claim.id)
    assert claims.messages_for_staff(audit.id, claim.id).unread == 1  # reads, and marks nothing
    assert phone.get(address).status_code == 404
    assert phone.post(address, {"text": "你好"}).status_code == 404
    assert phone.post(f"{address}/seen", {"number": 1}).status_code == 404
    assert everything() == before


@pytest.mark.parametrize("text", ["", "  ", "x" * 501, "a\x00b"])
def test_what_is_no_message_is_refused_and_nothing_is_kept(claim, insured, text):
    with pytest.raises(InvalidInput):
        claim_messages.write(insured.account_id, claim.id, text, "k1")
    assert not MessageBox.objects.exists()


def test_too_fast_is_told_with_the_seconds_and_each_side_has_its_own_pace(claim, insured, shen):
    for number in range(10):
        claim_messages.write(insured.account_id, claim.id, ASKED, f"k{number}")
    with pytest.raises(TooManyMessages) as refused:
        claim_messages.write(insured.account_id, claim.id, ASKED, "k10")
    assert 500 < refused.value.facts["retry_after_seconds"] <= 600
    claim_messages.write(insured.account_id, claim.id, ASKED, "k9")  # what was sent is answered again
    claim_messages.answer(shen.id, claim.id, "看到了", "k11", 10)
    assert ClaimMessage.objects.count() == 11


def test_a_partners_claim_has_nobody_to_write_to(claim, shen):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Claim.objects.filter(id=claim.id).update(partner_id=uuid4(), reference="told-1")
    with pytest.raises(NobodyToWriteTo):
        claim_messages.answer(shen.id, claim.id, "你好", "k1", 0)
    assert not ClaimMessage.objects.exists()


def test_the_database_keeps_every_message_and_what_was_read(claim, insured):
    claim_messages.write(insured.account_id, claim.id, ASKED, "k1")
    claim_messages.seen_by_claimant(insured.account_id, claim.id, 1)
    for change in (
        lambda: ClaimMessage.objects.update(masked=True),
        lambda: ClaimMessage.objects.all().delete(),
        lambda: MessageBox.objects.update(claimant_seen=0),
        lambda: MessageBox.objects.update(waits_since=None),
        lambda: MessageBox.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_long_conversation_comes_in_pages(claim, insured):
    for number in range(55):
        with clock.travel(world.NOW.replace(year=2027, minute=0, hour=number % 24, day=1 + number // 24)):
            claim_messages.write(insured.account_id, claim.id, f"第 {number + 1} 句", f"k{number}")
    page = claims.messages_of(insured.account_id, claim.id)
    assert ([one.number for one in page.items], page.earlier) == (list(range(6, 56)), 6)
    rest = claims.messages_of(insured.account_id, claim.id, before=page.earlier)
    assert ([one.number for one in rest.items], rest.earlier) == ([1, 2, 3, 4, 5], None)


def test_the_list_of_claims_takes_no_more_queries_for_its_marks(claim, insured, shen, draft):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            claims.claims_of(insured.account_id)
        return len(queries)

    before = asked()
    claim_messages.answer(shen.id, claim.id, "你好", "k1", 0)
    assert asked() == before


def test_the_phone_reads_writes_and_marks(claim, insured, shen):
    phone = Phone(insured.account_id)
    address = f"claims/{claim.id}/messages"
    sent = phone.post(address, {"text": ASKED}, key="k1")
    assert sent.status_code == 201
    assert phone.post(address, {"text": ASKED}, key="k1").json() == sent.json()
    claim_messages.answer(shen.id, claim.id, "可以", "k2", 1)
    page = phone.get(address).json()
    assert [(one["mine"], one["name"], one["text"]) for one in page["items"]] == [
        (True, "", ASKED),
        (False, "沈一诺", "可以"),
    ]
    assert (page["unread"], page["earlier"], phone.get(f"claims/{claim.id}").json()["unread_messages"]) == (1, None, 1)
    [waits_for_you] = [one for one in phone.get("home").json()["next"] if one["kind"] == "claim_message"]
    assert waits_for_you["link"] == f"/claims/{claim.id}/messages"
    assert phone.post(f"{address}/seen", {"number": 2}).status_code == 204
    assert phone.get(address).json()["unread"] == 0
    assert phone.post(address, {"text": "x" * 501}).status_code == 422
