"""Who the customer is, as far as the premium asks for it: levels, copies, faces, people and lists (SALE-15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from baohe.flows import identify
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.consent import facade as consent
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.contracts import Party
from baohe.rooms.identification.errors import (
    BiometricConsentNeeded,
    CardNotReadable,
    HitClosed,
    ListNotUsable,
    LivenessUnavailable,
    SecondPersonNeeded,
)
from baohe.rooms.identification.models import Hit, LivenessSession, PersonCheck, Step
from baohe.rooms.identification.rules.keeping import kept_until
from baohe.rooms.identification.rules.names import how
from baohe.rooms.identification.rules.thresholds import THRESHOLDS, Threshold, demand
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.policies.errors import StepsMissing
from tests.identity.sample_card import card, draw_back, draw_front
from tests.sale import steps, world
from tests.sale.world import Customer
from tests.simulators import Serving

ANNUITY = "lanjiang-annuity"
TODAY = date(2026, 11, 22)
YUAN = 100
LEVEL_3 = identification.demand(60_000_000, 60_000_000, TODAY)


@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize(
    ("contract_yuan", "year_yuan", "level", "why"),
    [
        (300, 300, 1, ""),
        (199_999, 199_999, 1, ""),
        (200_000, 200_000, 2, "transfer_contract"),
        (1_000, 200_000, 2, "year_written"),
        (499_999, 499_999, 2, "transfer_contract"),
        (500_000, 500_000, 3, "large_contract"),
        (1_000, 1_000_000, 3, "large_year"),
    ],
)
def test_a_premium_needs_the_level_of_the_highest_threshold_it_reaches(
    contract_yuan: int, year_yuan: int, level: int, why: str
) -> None:
    found = demand(contract_yuan * YUAN, year_yuan * YUAN, TODAY)
    assert (found.level, found.threshold) == (level, why)


@pytest.mark.rule("SALE-15")
def test_thresholds_are_dated_and_the_later_datum_of_a_code_holds() -> None:
    tighter = Threshold("transfer_contract", date(2027, 1, 1), "contract", 5_000_000, 2, "a later rule", False)
    known = (*THRESHOLDS, tighter)
    assert demand(6_000_000, 6_000_000, date(2026, 12, 31), known).level == 1
    assert demand(6_000_000, 6_000_000, date(2027, 1, 1), known).level == 2
    assert demand(90_000_000, 90_000_000, date(2007, 7, 31)).level == 1
    assert all(one.source for one in THRESHOLDS)


@pytest.mark.rule("SALE-15")
@pytest.mark.rule("SALE-6")
def test_records_are_kept_ten_years_and_longer_while_the_contract_runs() -> None:
    assert kept_until(date(2026, 2, 28)) == date(2036, 2, 28)
    assert kept_until(date(2026, 2, 28), date(2046, 5, 1)) == date(2056, 5, 1)


@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize(
    ("listed", "born", "found"),
    [
        ("周远", date(1990, 6, 1), "exact"),
        ("周遠", date(1990, 6, 1), "sound"),
        ("Zhou Yuan", date(1990, 6, 1), "sound"),
        ("YUAN, Zhou", date(1990, 6, 1), "sound"),
        ("周远", date(1991, 1, 1), "near"),
        ("周远", None, "near"),
        ("周远", date(1980, 6, 1), None),
        ("周源远", date(1990, 6, 1), None),
        ("Li Yuan", date(1990, 6, 1), None),
    ],
)
def test_names_match_by_writing_by_sound_and_by_birth(listed: str, born: date | None, found: str | None) -> None:
    assert how("周远", date(1990, 6, 1), listed, born) == found


def test_a_compound_surname_and_a_lone_name_have_their_sounds() -> None:
    assert how("欧阳明月", date(1990, 6, 1), "Ouyang Mingyue", date(1990, 6, 1)) == "sound"
    assert how("欧阳明月", date(1990, 6, 1), "Mingyue Ouyang", date(1990, 6, 1)) == "sound"
    assert how("周", date(1990, 6, 1), "Zhou", None) == "near"


@pytest.fixture
def large(lin: Customer) -> ProposalView:
    """An annuity whose whole premium is over the first threshold."""
    proposal = steps.drafted(lin, product=ANNUITY, instalment="yearly", inputs={"pension": "24000", "pay_period": "10"})
    assert identify.demanded(proposal).level == 2
    return proposal


@pytest.mark.rule("SALE-15")
def test_a_small_sale_is_no_longer_than_before(lin: Customer) -> None:
    assert list(identify.needs(steps.drafted(lin))) == []


@pytest.mark.rule("SALE-15")
def test_a_large_premium_is_not_paid_before_the_copy(lin: Customer, large: ProposalView) -> None:
    signed = steps.signed(large)
    with pytest.raises(StepsMissing) as refused:
        steps.purchase.start_payment(lin.id, signed.id, "yearly", True, "key-1")
    assert (refused.value.facts["codes"], PaymentIntent.objects.count()) == (["identification"], 0)
    front, back = steps.own_card(lin.id)
    done = identify.keep_copy(lin.id, signed.id, front, back)
    assert done.kept_until == date(2036, 11, 22)
    assert steps.purchase.start_payment(lin.id, signed.id, "yearly", True, "key-2").state == "created"


@pytest.mark.rule("SALE-15")
def test_the_copy_is_sealed_and_cannot_be_deleted(lin: Customer, large: ProposalView) -> None:
    steps.identified(large)
    row = Step.objects.get()
    assert identification.copy_of(lin.me.id, "front")[:3] == b"\xff\xd8\xff"
    stored = [
        path.read_bytes() for path in (Path(settings.BAOHE_DATA) / "files" / "identification").glob(f"{row.id}.*")
    ]
    assert len(stored) == 2
    assert not any(content[:3] == b"\xff\xd8\xff" or b"JFIF" in content for content in stored)
    for wipe in (lambda: Step.objects.all().delete(), lambda: Step.objects.update(kept_until=TODAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            wipe()
    assert Step.objects.get() == row


@pytest.mark.rule("SALE-15")
def test_somebody_elses_card_is_refused_and_not_kept(lin: Customer, large: ProposalView, tmp_path: Path) -> None:
    front = draw_front(tmp_path / "f.jpg", card(5)).read_bytes()
    back = draw_back(tmp_path / "b.jpg", card(5)).read_bytes()
    with pytest.raises(CardNotReadable) as refused:
        identify.keep_copy(lin.id, large.id, front, back)
    assert refused.value.facts["problem"] == "other_person"
    with pytest.raises(CardNotReadable) as refused:
        identify.keep_copy(lin.id, large.id, back, front)
    assert refused.value.facts["problem"] == "wrong_side"
    assert Step.objects.count() == 0


@pytest.fixture
def me(lin: Customer) -> Party:
    return identify.holder(steps.drafted(lin))


def missing(me: Party) -> tuple[str, ...]:
    return identification.standing(me, LEVEL_3).missing


def allowed(me: Party) -> None:
    consent.grant(me.account_id, "biometric", "0" * 64, subject=str(me.person_id))


def pressed(simulator, page: str, what: str) -> None:  # type: ignore[no-untyped-def]  # any simulator
    httpx.post(f"{page}/{what}", follow_redirects=False)
    assert page.startswith(simulator.address)


def delivered(simulator) -> list[bool]:  # type: ignore[no-untyped-def]
    """What the provider tells, handed to the room by hand instead of over the platform's own door."""
    heard: list[bool] = []

    def deliver(address: str, words) -> str:  # type: ignore[no-untyped-def]
        heard.append(identification.hear_liveness(words))
        return "ok"

    simulator.notifier.deliver = deliver
    simulator.notifier.work_once()
    return heard


def started(me: Party) -> str:
    allowed(me)
    return identification.start_liveness(me, "http://shop.invalid/callbacks/liveness", "http://shop.invalid/back").page


@pytest.mark.rule("DATA-1")
def test_no_face_is_looked_at_without_separate_consent(me: Party, serving: Serving) -> None:
    serving("liveness")
    with pytest.raises(BiometricConsentNeeded):
        identification.start_liveness(me, "http://shop.invalid/n", "http://shop.invalid/b")
    assert LivenessSession.objects.count() == 0


@pytest.mark.rule("SALE-15")
def test_a_face_that_passes_is_a_step_and_one_that_fails_is_not(me: Party, serving: Serving) -> None:
    simulator = serving("liveness")
    pressed(simulator, started(me), "fail")
    assert delivered(simulator) == [True]
    assert "liveness" in missing(me)
    pressed(simulator, started(me), "pass")
    assert delivered(simulator) == [True]
    assert "liveness" not in missing(me)
    assert Step.objects.filter(kind="liveness").count() == 1


@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize("fault", ["forged_sign", "replayed_result", "other_session"])
def test_a_result_that_is_forged_replayed_or_anothers_is_not_believed(
    me: Party, lin: Customer, serving: Serving, fault: str
) -> None:
    # given another person's session that has passed
    simulator = serving("liveness")
    other = replace(me, person_id=world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67).id)
    pressed(simulator, started(other), "pass")
    delivered(simulator)
    # when the result of mine is bent
    simulator.faults.set({fault: 1})
    pressed(simulator, started(me), "pass")
    # then it is not taken, and asking the provider finds the truth
    assert delivered(simulator) == [False]
    assert "liveness" in missing(me)
    assert identification.look_liveness(me) == "passed"
    assert "liveness" not in missing(me)
    assert Step.objects.filter(kind="liveness").count() == 2


@pytest.mark.rule("SALE-15")
def test_after_a_time_out_the_same_session_is_asked_again(me: Party, serving: Serving) -> None:
    simulator = serving("liveness")
    simulator.faults.set({"lose_reply": 1})
    with pytest.raises(LivenessUnavailable):
        started(me)
    page = started(me)
    assert LivenessSession.objects.count() == 1
    simulator.faults.set({"lose_notify": 1})
    pressed(simulator, page, "pass")
    assert (delivered(simulator), identification.look_liveness(me)) == ([], "passed")


@pytest.mark.rule("SALE-15")
def test_copies_and_older_states_of_a_result_change_nothing(me: Party, serving: Serving) -> None:
    simulator = serving("liveness")
    simulator.faults.set({"duplicate_notify": 3, "reorder": 1})
    pressed(simulator, started(me), "pass")
    with clock.travel(world.NOW + timedelta(minutes=1)):
        assert delivered(simulator) == [True] * 4
    assert Step.objects.filter(kind="liveness").count() == 1


@pytest.mark.rule("DATA-1")
@pytest.mark.rule("SALE-15")
def test_who_keeps_their_face_to_themselves_is_checked_by_a_person(me: Party) -> None:
    identification.ask_person(me)
    identification.ask_person(me)
    check = PersonCheck.objects.get()
    staff = people.create_staff("cheng", "程月", ["compliance"], "a-long-password-1")
    identification.end_check(check.id, staff.id, staff.name, passed=True, note="视频核对本人与证件一致")
    assert "liveness" not in missing(me)
    assert Step.objects.get().by_name == "程月"


@pytest.mark.rule("SALE-15")
def test_purpose_and_source_are_told_in_offered_words(me: Party) -> None:
    for purpose, source, note in (("", "salary", ""), ("saving", "lottery", ""), ("other", "salary", " ")):
        with pytest.raises(InvalidInput):
            identification.tell_funds(me, purpose, source, note)
    assert Step.objects.count() == 0
    identification.tell_funds(me, "saving", "salary", "")
    assert "funds" not in missing(me)


LIST = "reference,name,birth,note\nR-1,{name},{birth},\n"


def loaded(name: str, birth: str, version: str = "v1") -> None:
    identification.load_list(version, TODAY, "测试名单", LIST.format(name=name, birth=birth).encode())


@pytest.fixture
def two(db: None) -> list[people.StaffView]:
    made = (("cheng", "程月"), ("bai", "白宁"))
    return [people.create_staff(user, name, ["compliance"], "a-long-password-1") for user, name in made]


@pytest.mark.rule("SALE-15")
def test_a_match_holds_up_the_payment_and_says_nothing_of_a_list(lin: Customer, two: list[people.StaffView]) -> None:
    loaded("Lin Zhixia", "1992-03-08")
    drafted = steps.drafted(lin)
    identify.screen_parties(drafted)
    signed = steps.signed(drafted)
    with pytest.raises(StepsMissing) as refused:
        steps.locked(signed)
    [need] = [need for need in identify.needs(signed) if need.code == identify.REVIEW]
    told = refused.value.message_zh + need.title.zh + need.detail.zh
    assert not any(word in told for word in ("名单", "命中", "制裁", "可疑"))
    assert PaymentIntent.objects.count() == 0
    # one name and a reason clear it
    identification.clear_hit(Hit.objects.get().id, two[0].id, two[0].name, "同音不同人，证件核对一致")
    assert steps.locked(signed).state == "created"


@pytest.mark.rule("SALE-15")
def test_to_confirm_takes_two_names_and_refuses_nobody_by_machine(lin: Customer, two: list[people.StaffView]) -> None:
    loaded("林知夏", "1992-03-08")
    drafted = steps.drafted(lin)
    identify.screen_parties(drafted)
    identify.screen_parties(drafted)
    hit = Hit.objects.get()
    first, second = two
    identification.propose_hit(hit.id, first.id, first.name, "证件照片相符")
    for act in (identification.confirm_hit, identification.clear_hit):
        with pytest.raises(SecondPersonNeeded):
            act(hit.id, first.id, first.name, "我来")
    identification.confirm_hit(hit.id, second.id, second.name, "复核一致")
    with pytest.raises(HitClosed):
        identification.clear_hit(hit.id, first.id, first.name, "改主意")
    assert [line.what for line in identification.hit(hit.id).events] == ["found", "proposed", "confirmed"]
    assert identify.standing(lin.id, drafted.id)[1] is True
    assert policies.proposal(lin.id, drafted.id).state == "draft"


@pytest.mark.rule("SALE-15")
def test_a_new_list_asks_about_everybody_again_but_not_what_was_answered(
    lin: Customer, two: list[people.StaffView]
) -> None:
    world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)
    loaded("林知夏", "1992-03-08")
    finished()
    assert Hit.objects.count() == 1
    identification.clear_hit(Hit.objects.get().id, two[0].id, two[0].name, "不同人")
    both = LIST.format(name="林知夏", birth="1992-03-08") + "R-2,Zhou Yuan,1990-06-01,\n"
    with clock.travel(datetime(2026, 11, 23, 1, tzinfo=UTC)):
        identification.load_list("v2", TODAY, "测试名单", both.encode())
        finished()
    assert sorted(Hit.objects.values_list("entry_reference", "state")) == [("R-1", "cleared"), ("R-2", "open")]


def finished() -> None:
    while identification.unfinished() is not None:
        identify.rescreen()


@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,birth\n",
        b"reference,name,birth,note\n",
        b"reference,name,birth,note\nR-1,,1990-01-01,\n",
        "reference,name,birth,note\nR-1,周远,1990-13-01,\n".encode(),
        "reference,name,birth,note\nR-1,周远,1990-01-01,x,y\n".encode(),
        "reference,name,birth,note\nR-1,周远,,\nR-1,周远,,\n".encode(),
        "reference,name,birth,note\nR-1,周远,,\n".encode("gbk"),
    ],
)
def test_a_list_is_taken_whole_or_not_at_all(db: None, content: bytes) -> None:
    with pytest.raises(ListNotUsable):
        identification.load_list("v1", TODAY, "测试名单", content)
    assert identification.current_list() is None
