"""The marks of a claim end on the date of its contract's papers, and claims from before get theirs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from baohe.cli.claims import app
from baohe.flows import keep_marks
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import Claim
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.fraud.models import ClaimTrace, KnownClaim, KnownPicture, Look
from baohe.rooms.fraud.rules.keeping import kept_until
from baohe.rooms.recordings.models import Build, Hold, Recording, Subject
from tests.claims import world

ENDS = date(2027, 3, 1)
LAST = date(2037, 3, 1)


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def marks_of(claim_id: UUID) -> tuple[int, int, int]:
    return tuple(table.objects.filter(claim_id=claim_id).count() for table in (KnownClaim, ClaimTrace, KnownPicture))


@pytest.fixture
def paid(draft, submit, insured, wallet_says):
    claim = draft()
    claims.add_paper(insured.account_id, claim.id, "record", world.another_photo(0b1011001))
    claim = submit(claims.claim(insured.account_id, claim.id))
    wallet_says("done")
    return claims.claim(insured.account_id, claim.id)


@pytest.fixture
def disputed(paid, insured) -> Hold:
    now = clock.now()
    recording = Recording.objects.create(
        shard_key=1,
        account_id=insured.account_id,
        build=Build.objects.create(id="b", pages=[], styles=[], known_at=now),
        head="0" * 64,
        key_sealed=b"key",
        opened_at=now,
        last_at=now,
    )
    Subject.objects.create(recording=recording, kind="policy", subject_id=insured.policy_id, shard_key=1, at=now)
    return Hold.objects.create(
        policy_id=insured.policy_id, reason="诉讼", placed_by=uuid4(), placed_by_name="沈", placed_at=now
    )


@pytest.mark.parametrize(
    ("noticed", "ends", "until"),
    [
        (date(2026, 11, 22), ENDS, LAST),
        (date(2028, 2, 29), ENDS, date(2038, 2, 28)),  # noticed after the contract
        (date(2026, 11, 22), date(9999, 1, 1), date.max),
    ],
)
def test_marks_are_kept_ten_years_after_the_contract_or_a_later_notice(noticed, ends, until) -> None:
    assert kept_until(noticed, ends) == until


def test_the_marks_go_on_the_day_after_and_what_was_seen_stays(paid) -> None:
    assert marks_of(paid.id)[0] == 1
    assert min(marks_of(paid.id)) > 0
    with clock.travel(on(LAST)):
        assert keep_marks.retention() == 0
    assert min(marks_of(paid.id)) > 0
    with clock.travel(on(LAST + timedelta(days=1))):
        assert keep_marks.retention() == 1
        assert keep_marks.retention() == 0
    assert marks_of(paid.id) == (0, 0, 0)
    assert Look.objects.filter(claim_id=paid.id).exists()
    assert fraud.signals_of(paid.id).signals is not None


def test_a_dispute_holds_them_until_it_is_lifted(paid, disputed) -> None:
    with clock.travel(on(LAST + timedelta(days=1))):
        assert keep_marks.retention() == 0
        assert min(marks_of(paid.id)) > 0
        Hold.objects.filter(id=disputed.id).update(
            lift_asked_by=uuid4(), lift_asked_by_name="顾", lift_asked_at=clock.now(), lift_reason="结案",
            lifted_by=uuid4(), lifted_by_name="陈", lifted_at=clock.now(),
        )  # fmt: skip
        assert keep_marks.retention() == 1
    assert marks_of(paid.id) == (0, 0, 0)


def test_an_open_claim_holds_them(with_person) -> None:
    with clock.travel(on(LAST + timedelta(days=1))):
        assert keep_marks.retention() == 0
    assert marks_of(with_person.id)[0] == 1


def test_the_contract_as_it_is_moves_a_date_from_before_it_was_prolonged(paid) -> None:
    for table in (KnownClaim, KnownPicture):
        table.objects.update(keep_until=clock.today() - timedelta(days=1))
    assert fraud.over(None, 10) == [paid.id]
    assert keep_marks.retention() == 0
    assert fraud.over(None, 10) == []  # dated anew, and not asked about again before it
    assert {row.keep_until for row in KnownClaim.objects.all()} == {LAST}
    assert {row.keep_until for row in KnownPicture.objects.all()} == {LAST}


def test_marks_from_before_there_were_dates_are_dated(paid) -> None:
    KnownClaim.objects.update(keep_until=None)
    assert keep_marks.retention() == 0
    assert KnownClaim.objects.get(claim_id=paid.id).keep_until == LAST


@pytest.fixture
def before_the_room(draft, submit) -> list[UUID]:
    """Three claims whose marks nobody kept, and a draft that is nobody's business yet."""
    handed_in = [submit(draft(number=f"870725796{at}", shade=100 + 30 * at)).id for at in range(3)]
    draft(number="8707257000", shade=240)
    for table in (KnownClaim, ClaimTrace, KnownPicture):
        table.objects.all().delete()
    return sorted(handed_in)


def test_claims_from_before_are_remembered_once_and_nothing_of_them_changes(before_the_room) -> None:
    looks, states = Look.objects.count(), list(Claim.objects.order_by("id").values_list("state", "decide_by"))

    first = keep_marks.backfill(None, 2)
    again = keep_marks.backfill(None, 2)
    rest = keep_marks.backfill(first.last, 2)

    assert (first.last, first.claims, first.remembered) == (before_the_room[1], 2, 2)
    assert (again.claims, again.remembered) == (2, 0)
    assert (rest.claims, rest.remembered) == (1, 1)
    assert keep_marks.backfill(rest.last, 2).last is None
    assert fraud.known(before_the_room) == set(before_the_room)
    assert all(marks_of(claim_id)[1] >= 2 for claim_id in before_the_room)  # its invoice and its telephone
    assert Look.objects.count() == looks
    assert list(Claim.objects.order_by("id").values_list("state", "decide_by")) == states


def test_a_stopped_backfill_goes_on_and_finds_what_another_claim_repeats(before_the_room, draft, submit) -> None:
    keep_marks.backfill(None, 1)  # and then the power went
    while (done := keep_marks.backfill(None, 500)).remembered:
        assert done.remembered == 2

    account = Claim.objects.get(id=before_the_room[0])
    facts = fraud.sharing(uuid4(), ())
    assert facts == ()
    assert ClaimTrace.objects.filter(account_id=account.account_id, kind="phone").count() == 3


def test_what_is_over_already_is_not_remembered_again(before_the_room) -> None:
    with clock.travel(on(LAST + timedelta(days=1))):
        assert keep_marks.backfill(None, 10).remembered == 0
    assert KnownClaim.objects.count() == 0


def test_the_command_says_a_wrong_id_in_a_sentence() -> None:
    done = CliRunner().invoke(app, ["fraud", "backfill", "--after", "nonsense"])
    assert done.exit_code == 2
    assert "nonsense" in done.stderr
    assert "Traceback" not in done.stderr
