"""What was said in a call that was asked for goes on its date, unless a dispute holds it; that it was asked stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.config.wiring import rounds
from baohe.flows import forget_calls
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import CallHeld, CallKept
from baohe.rooms.claims.models import CallAsked
from baohe.rooms.recordings.models import Build, Hold, Recording, Subject
from tests.claims import world
from tests.claims.test_calls_asked import ENDED, SAID

YEARS = timedelta(days=2 * 365)


@pytest.fixture
def ended(on_sale: None, shen) -> CallAsked:
    """Ended on 22 November 2026."""
    asked = claims.ask_call(world.claimant("13800000095"), "no_policy", SAID)
    claims.end_call(shen.id, asked.id, **ENDED)
    return CallAsked.objects.get()


def _dispute(account_id: UUID) -> Hold:
    now, policy_id = clock.now(), uuid4()
    build = Build.objects.create(id="b" * 64, pages=[], styles=[], known_at=now)
    sold = Recording.objects.create(
        shard_key=0, account_id=account_id, build=build, head="0" * 64, key_sealed=b"k", opened_at=now, last_at=now
    )
    Subject.objects.create(shard_key=0, recording=sold, kind="policy", subject_id=policy_id, at=now)
    return Hold.objects.create(
        policy_id=policy_id, reason="客户起诉", placed_by=uuid4(), placed_by_name="沈一诺", placed_at=now
    )


@pytest.mark.rule("DATA-5")
def test_it_is_kept_to_its_last_day_and_gone_the_day_after(ended: CallAsked, at) -> None:
    assert ended.kept_until.isoformat() == "2028-11-22"
    at(world.NOW + YEARS)
    assert (clock.today().isoformat(), forget_calls.retention()) == ("2028-11-21", 0)
    at(world.NOW + YEARS + timedelta(days=1))
    assert (clock.today().isoformat(), forget_calls.retention()) == ("2028-11-22", 0)
    assert claims.call_asked(ended.id).sentence == SAID
    at(world.NOW + YEARS + timedelta(days=2))
    assert forget_calls.retention() == 1
    seen = claims.call_asked(ended.id)
    assert (seen.sentence, seen.note) == ("", "")
    assert (seen.outcome, seen.by_name, seen.ended_at) == ("explained", "沈一诺", ended.ended_at)
    assert forget_calls.retention() == 0


def test_a_dispute_holds_it_and_it_goes_when_the_dispute_is_over(ended: CallAsked, at) -> None:
    hold = _dispute(ended.account_id)
    at(world.NOW + YEARS + timedelta(days=30))
    assert forget_calls.retention() == 0
    assert claims.call_asked(ended.id).sentence == SAID
    with pytest.raises(CallHeld):
        claims.forget_call(ended.id, "客户起诉")
    Hold.objects.filter(id=hold.id).update(
        lift_asked_by=uuid4(), lift_asked_by_name="甲", lift_asked_at=clock.now(), lift_reason="和解"
    )
    Hold.objects.filter(id=hold.id).update(lifted_by=uuid4(), lifted_by_name="乙", lifted_at=clock.now())
    assert forget_calls.retention() == 1
    assert claims.call_asked(ended.id).sentence == ""


def test_a_call_that_waits_is_never_forgotten(on_sale: None, at) -> None:
    asked = claims.ask_call(world.claimant("13800000094"), "talk", SAID)
    at(world.NOW + 10 * YEARS)
    assert forget_calls.retention() == 0
    with pytest.raises(CallKept):
        claims.forget_call(asked.id)
    assert claims.call_asked(asked.id).sentence == SAID
    with pytest.raises(NotFound):
        claims.forget_call(uuid4())


def test_the_round_reaches_every_batch(ended: CallAsked, shen, at, monkeypatch) -> None:
    for n in range(3):
        asked = claims.ask_call(world.claimant(f"1380000009{n}"), "talk", SAID)
        claims.end_call(shen.id, asked.id, **ENDED)
    monkeypatch.setattr(forget_calls, "_ROUND_SIZE", 2)
    at(world.NOW + YEARS + timedelta(days=2))
    work, _ = rounds()["claims.calls_retention"]
    assert work() == 4


def test_the_database_lets_it_only_end_and_be_emptied_whole(ended: CallAsked) -> None:
    row = CallAsked.objects.filter(id=ended.id)
    for change in (
        {"outcome": "reported"},
        {"kept_until": None},
        {"sentence_sealed": None},
        {"emptied_at": clock.now()},
        {"ended_at": None, "outcome": "", "by": None, "kept_until": None},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**change)
    row.update(sentence_sealed=None, note_sealed=None, emptied_at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(sentence_sealed=b"again")
