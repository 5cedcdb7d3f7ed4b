"""Somebody without a fitting policy asks to be called: kept sealed, promised by when, ended at the desk by name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import CallOver
from baohe.rooms.claims.models import CallAsked
from baohe.rooms.people.models import ReadLog
from tests.claims import world
from tests.claims.test_api import Phone

SAID = "我妈妈摔了，不知道有没有保险"
ENDED = {"outcome": "explained", "note": "说明了没有保单，告诉她社保怎么报"}


@pytest.fixture
def stranger(on_sale: None) -> UUID:
    """An account without any policy."""
    return world.claimant("13800000099")


@pytest.mark.rule("SERV-9")
def test_whoever_has_no_policy_is_promised_a_call_by_tomorrow_evening(stranger):
    phone = Phone(stranger)
    understood = phone.post("claims/understand", {"sentence": SAID}).json()
    assert (understood["policy"]["value"], understood["policy"]["options"]) == ("", [])
    assert phone.get("claim-calls").json() == {"waiting": None}

    asked = phone.post("claim-calls", {"reason": "no_policy", "sentence": SAID})

    assert asked.status_code == 201
    assert asked.json()["answer_by"] == "2026-11-23T10:00:00Z"
    assert phone.get("claim-calls").json() == {"waiting": asked.json()}


def test_what_was_said_is_sealed_and_asking_again_is_asking_once(stranger):
    first = claims.ask_call(stranger, "no_policy", SAID)
    again = claims.ask_call(stranger, "talk", "再说一次")
    assert again == first
    row = CallAsked.objects.get()
    assert SAID.encode() not in bytes(row.sentence_sealed or b"")
    assert first.sentence == SAID


def test_another_account_sees_nothing_of_it(stranger):
    claims.ask_call(stranger, "talk", "")
    assert claims.call_of(world.claimant("13800000098")) is None


@pytest.mark.parametrize(("reason", "sentence"), [("money", ""), ("talk", "x" * 501), ("talk", "a\x00b")])
def test_what_cannot_be_is_refused_and_nothing_is_kept(stranger, reason, sentence):
    with pytest.raises(InvalidInput):
        claims.ask_call(stranger, reason, sentence)
    assert not CallAsked.objects.exists()


def test_a_named_person_ends_it_once_and_it_can_be_asked_again(stranger, shen, gu):
    asked = claims.ask_call(stranger, "no_policy", SAID)
    ended = claims.end_call(shen.id, asked.id, **ENDED)
    assert (ended.by_name, ended.outcome, ended.note) == ("沈一诺", "explained", ENDED["note"])
    with pytest.raises(CallOver):
        claims.end_call(gu.id, asked.id, **ENDED)
    assert claims.call_asked(asked.id) == ended
    assert claims.ask_call(stranger, "talk", "").id != asked.id


def test_finance_cannot_end_it_nor_can_anybody_without_words(stranger, qian, shen):
    asked = claims.ask_call(stranger, "talk", "")
    with pytest.raises(NotAllowed):
        claims.end_call(qian.id, asked.id, **ENDED)
    for outcome, note in (("refused", "不赔"), ("explained", " ")):
        with pytest.raises(InvalidInput):
            claims.end_call(shen.id, asked.id, outcome, note)
    with pytest.raises(NotFound):
        claims.end_call(shen.id, uuid4(), **ENDED)
    assert claims.call_of(stranger) == asked


def test_the_database_keeps_one_waiting_and_ends_none_without_a_name(stranger):
    claims.ask_call(stranger, "talk", "")
    row = CallAsked.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CallAsked.objects.filter(id=row.id).update(ended_at=row.asked_at, outcome="explained")
    row.id = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_leave_one_request():
    account_id = world.claimant("13800000097")

    def press(_: int) -> UUID:
        try:
            return claims.ask_call(account_id, "talk", "").id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(press, range(8)))) == 1


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_service_and_handlers_call_the_auditor_looks_and_nobody_else_sees_it(stranger, role):
    asked = claims.ask_call(stranger, "no_policy", SAID)
    client = browser(member(role))
    acts = role in ("service", "claims_handler")
    sees = acts or role == "auditor"
    file = reverse("desk:claim-call", args=[asked.id])
    assert client.get(reverse("desk:claim-calls")).status_code == (200 if sees else 403)
    assert client.get(file).status_code == (200 if sees else 403)
    assert ReadLog.objects.filter(purpose="claim_call").exists() is acts
    before = everything()
    answer = client.post(reverse("desk:claim-call-end", args=[asked.id]), ENDED)
    assert answer.status_code == (302 if acts else 403)
    assert (everything() == before) is not acts
    assert (claims.call_of(stranger) is None) is acts


def test_the_desk_shows_what_was_said_the_number_and_by_when(stranger):
    asked = claims.ask_call(stranger, "no_fit", SAID)
    client = browser(member("service"))
    queue = client.get(reverse("desk:claim-calls")).content.decode()
    assert SAID in queue
    assert "11-23 18:00" in queue
    file = client.get(reverse("desk:claim-call", args=[asked.id])).content.decode()
    assert "13800000099" in file
    assert "没有合适的保单" in file
