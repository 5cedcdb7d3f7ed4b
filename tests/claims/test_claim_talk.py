"""A conversation on its way: kept sealed, taken up by another device, never overwritten, gone with its claim."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from baohe.kernel.errors import InvalidInput
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import TalkMoved
from baohe.rooms.claims.models import Claim, ClaimTalk
from tests.claims import world
from tests.claims.test_api import Phone

SAID = "孩子昨天骑车摔了"
TALK = claims.Talk(
    sentence=SAID,
    typed="门诊花了",
    event="accident_outpatient",
    happened_on=world.INJURED_ON,
    turns=(claims.Turn(False, "hello"), claims.Turn(True, zh=SAID, en=SAID), claims.Turn(False, "q", "member")),
)


@pytest.fixture
def mother(on_sale: None) -> UUID:
    return world.claimant("13800000093")


def test_it_is_sealed_and_another_device_goes_on_with_it(mother: UUID) -> None:
    assert claims.kept_talk(mother) == claims.KeptTalk(None, 0, None)
    kept = claims.keep_talk(mother, TALK, 0)
    assert (kept.talk, kept.revision) == (TALK, 1)
    assert SAID.encode() not in bytes(ClaimTalk.objects.get().talk_sealed or b"")
    assert claims.kept_talk(mother) == kept
    assert claims.kept_talk(world.claimant("13800000092")).talk is None


def test_an_older_device_overwrites_nothing(mother: UUID) -> None:
    claims.keep_talk(mother, TALK, 0)
    claims.keep_talk(mother, claims.Talk(sentence="摔了"), 1)
    for revision in (0, 1, 3):
        with pytest.raises(TalkMoved):
            claims.keep_talk(mother, TALK, revision)
    assert claims.kept_talk(mother).talk == claims.Talk(sentence="摔了")


def test_started_over_it_does_not_come_back_from_a_device_that_slept(mother: UUID) -> None:
    claims.keep_talk(mother, TALK, 0)
    assert claims.keep_talk(mother, None, 1).talk is None
    with pytest.raises(TalkMoved):
        claims.keep_talk(mother, TALK, 1)
    assert ClaimTalk.objects.get().talk_sealed is None
    assert claims.keep_talk(mother, TALK, 2).talk == TALK


def test_it_is_erased_a_week_after_it_was_last_touched(mother: UUID, at) -> None:
    claims.keep_talk(mother, TALK, 0)
    at(world.NOW + timedelta(days=6))
    assert claims.forget_talks() == 0
    claims.keep_talk(mother, TALK, 1)
    at(world.NOW + timedelta(days=12))
    assert claims.kept_talk(mother).talk == TALK
    at(world.NOW + timedelta(days=13, minutes=1))
    assert claims.kept_talk(mother).talk is None
    assert claims.forget_talks() == 1
    assert ClaimTalk.objects.get().talk_sealed is None


@pytest.mark.parametrize(
    "talk",
    [
        claims.Talk(sentence="x" * 501),
        claims.Talk(typed="a\x00b"),
        claims.Talk(turns=(claims.Turn(True, zh="说"),) * 81),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(mother: UUID, talk: claims.Talk) -> None:
    with pytest.raises(InvalidInput):
        claims.keep_talk(mother, talk, 0)
    assert not ClaimTalk.objects.exists()


def test_it_ends_with_the_claim_it_opens_the_same_as_from_the_form(mother: UUID) -> None:
    phone = Phone(mother)
    policy_id = str(world.policy(mother))
    body = {"revision": 0, "talk": {"sentence": SAID, "turns": [{"mine": True, "zh": SAID, "en": SAID}]}}
    kept = phone.put("claim-talk", body).json()
    assert (kept["revision"], kept["talk"]["sentence"]) == (1, SAID)
    notice = {"policy_id": policy_id, "event": "accident_outpatient", "happened_on": "2026-11-20", "sentence": SAID}
    told = phone.post("claims", notice | {"talk_revision": 1}, key="talk-1").json()
    assert phone.get("claim-talk").json()["talk"] is None
    by_form = phone.post("claims", notice | {"another": True}, key="form-1").json()
    same = ("policy_id", "event", "happened_on", "sentence", "state", "needed")
    assert [told[name] for name in same] == [by_form[name] for name in same]
    assert Claim.objects.count() == 2


def test_words_of_another_device_outlive_the_claim_of_an_older_one(mother: UUID) -> None:
    claims.keep_talk(mother, TALK, 0)
    claims.keep_talk(mother, claims.Talk(sentence="手机也碎了"), 1)
    claims.end_talk(mother, 1)
    assert claims.kept_talk(mother).talk == claims.Talk(sentence="手机也碎了")


def test_another_account_reads_and_changes_nothing(mother: UUID) -> None:
    claims.keep_talk(mother, TALK, 0)
    stranger = Phone(world.claimant("13800000091"))
    assert stranger.get("claim-talk").json() == {"revision": 0, "talk": None, "expires_at": None}
    assert stranger.put("claim-talk", {"revision": 1, "talk": None}).status_code == 409
    assert claims.kept_talk(mother).talk == TALK


@pytest.mark.django_db(transaction=True)
def test_eight_devices_at_once_leave_one_conversation() -> None:
    account_id = world.claimant("13800000090")

    def save(n: int) -> bool:
        try:
            claims.keep_talk(account_id, claims.Talk(sentence=f"第{n}台"), 0)
            return True
        except TalkMoved:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(8))) == 1
    assert claims.kept_talk(account_id).revision == 1
