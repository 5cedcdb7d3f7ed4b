"""What the highest level asks for: a face, by consent or before a person, and where the money comes from (SALE-15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest

from baohe.flows import identify
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.consent import facade as consent
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.contracts import Party
from baohe.rooms.identification.errors import BiometricConsentNeeded, LivenessUnavailable
from baohe.rooms.identification.models import LivenessSession, PersonCheck, Step
from baohe.rooms.people import facade as people
from tests.sale import steps, world
from tests.sale.world import Customer
from tests.simulators import Serving

TODAY = date(2026, 11, 22)
LEVEL_3 = identification.demand(60_000_000, 60_000_000, TODAY)


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
