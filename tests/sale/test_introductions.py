"""转介绍: the customer's yes, the policy that came of it, and the fee between two insurers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.flows import introduce
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.kernel.errors import NotFound
from baohe.kernel.money import apply_bp
from baohe.plumbing import clock
from baohe.rooms.consent import facade as consent
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.introductions.contracts import AgreementTerms, AgreementView, IntroductionView
from baohe.rooms.introductions.models import Agreement
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.people import facade as people
from tests.sale import steps, world
from tests.sale.test_settle import in_parallel
from tests.sale.world import Customer

TERMS = AgreementTerms("songtao", "haijia", "medical", 500, 100_000, 30, 60, date(2026, 1, 1), date(2026, 12, 31))
CHENG, XU = uuid4(), uuid4()


def agreement(**changes: object) -> AgreementView:
    made = introductions.propose(f"ZJS-{uuid4().hex[:8]}", replace(TERMS, **changes), CHENG, "程立")  # type: ignore[arg-type]
    return introductions.approve(made.id, XU, "许衡")


def asked(**changes: object) -> IntroductionView:
    return introductions.record(agreement(**changes).id, "A-2026-17", CHENG, "程立")


def state(view: IntroductionView) -> str:
    return introductions.introduction(view.id).state


def fees() -> tuple[int, int]:
    return ledger.balance("insurer/haijia/referral_expense"), ledger.balance("insurer/songtao/referral_income")


@pytest.mark.rule("DATA-1")
def test_nothing_is_passed_without_the_customers_yes(lin: Customer) -> None:
    view = asked()
    before = len(people.reads(lin.id))
    with pytest.raises(introductions.ConsentMissing):
        introduce.contact(view.id, CHENG)
    introduce.answer(lin.id, view.token, agreed=False)
    with pytest.raises(introductions.ConsentMissing):
        introduce.contact(view.id, CHENG)
    with pytest.raises(introductions.Answered):
        introduce.answer(lin.id, view.token, agreed=True)
    steps.sold(steps.drafted(lin))
    with clock.travel(world.NOW + timedelta(days=40)):
        introduce.look()
    assert len(people.reads(lin.id)) == before
    assert consent.history(lin.id) == [e for e in consent.history(lin.id) if e.purpose != introduce.PURPOSE]
    assert fees() == (0, 0)


@pytest.mark.rule("DATA-1")
def test_a_yes_passes_the_telephone_until_it_is_taken_back(lin: Customer) -> None:
    view = introduce.answer(lin.id, asked().token, agreed=True)
    assert introduce.answer(lin.id, view.token, agreed=True).state == "agreed"
    assert [e.event for e in consent.history(lin.id) if e.purpose == introduce.PURPOSE] == ["granted"]
    assert introduce.contact(view.id, CHENG) == lin.phone
    assert people.reads(lin.id)[0].purpose == "转介绍 A-2026-17"
    with pytest.raises(NotFound):
        introduce.withdraw(uuid4(), view.token)
    assert introduce.withdraw(lin.id, view.token).state == "lapsed"
    with pytest.raises(introductions.ConsentMissing):
        introduce.contact(view.id, CHENG)


def test_the_fee_is_booked_past_cooling_off_and_not_before(lin: Customer) -> None:
    view = introduce.answer(lin.id, asked().token, agreed=True)
    policy = steps.sold(steps.drafted(lin))
    introduce.look()
    bound = introductions.introduction(view.id)
    assert (bound.state, bound.policy_id, bound.fee_fen) == ("bound", policy.id, apply_bp(policy.paid_fen, 500))
    assert policy.cooling_off_ends is not None
    days = (policy.cooling_off_ends - date(2026, 11, 22)).days
    with clock.travel(world.NOW + timedelta(days=days)):
        assert introduce.look() == 0
    assert fees() == (0, 0)
    with clock.travel(world.NOW + timedelta(days=days + 1)):
        assert [introduce.look(), introduce.look()] == [1, 0]
    assert fees() == (bound.fee_fen, -bound.fee_fen)
    with clock.travel(world.NOW + timedelta(days=90)):
        introduce.look()
    assert state(view) == "settled"
    assert ledger.check() == []


@pytest.mark.parametrize(("left_after", "ends"), [(3, "lapsed"), (30, "reversed"), (61, "settled")])
def test_a_policy_that_is_left_takes_the_fee_back_within_the_agreed_days(
    lin: Customer, left_after: int, ends: str
) -> None:
    view = introduce.answer(lin.id, asked(return_days=60).token, agreed=True)
    policy = steps.sold(steps.drafted(lin))
    introduce.look()
    for day in sorted({20, left_after}):
        with clock.travel(world.NOW + timedelta(days=day)):
            if day == left_after:
                cancel_policy(lin.id, policy.id, leaving_today(lin.id, policy.id).refund_fen, "k1")
            else:
                introduce.look()
    with clock.travel(world.NOW + timedelta(days=200)):
        introduce.look()
        introduce.look()
    fee = introductions.introduction(view.id).fee_fen or 0
    assert state(view) == ends
    assert fees() == ((fee, -fee) if ends == "settled" else (0, 0))


def test_other_lines_other_insurers_and_late_policies_pay_nothing(lin: Customer) -> None:
    view = introduce.answer(lin.id, asked(buy_days=5).token, agreed=True)
    steps.sold(steps.drafted(lin, product="songtao-accident"))
    assert introduce.look() == 0
    with clock.travel(world.NOW + timedelta(days=6)):
        steps.sold(steps.drafted(lin))
        introduce.look()
    assert state(view) == "lapsed"


def test_the_cap_holds_and_only_the_insurers_own_part_counts(lin: Customer) -> None:
    large = asked(introducer="haijia", insurer="songtao", line="accident", rate_bp=1_000, cap_fen=50_000)
    view = introduce.answer(lin.id, large.token, agreed=True)
    policy = steps.sold(steps.drafted(lin, product="songtao-large-accident"))
    introduce.look()
    assert introductions.introduction(view.id).fee_fen == apply_bp(round(policy.paid_fen * 0.6), 1_000)
    capped = introduce.answer(lin.id, asked(cap_fen=7).token, agreed=True)
    steps.sold(steps.drafted(lin))
    introduce.look()
    assert introductions.introduction(capped.id).fee_fen == 7


@pytest.mark.rule("OVER-2")
def test_an_agreement_needs_two_names_and_never_changes(lin: Customer) -> None:
    made = introductions.propose("ZJS-1", TERMS, CHENG, "程立")
    with pytest.raises(introductions.SecondNameNeeded):
        introductions.approve(made.id, CHENG, "程立")
    with pytest.raises(introductions.AgreementNotInForce):
        introductions.record(made.id, "A-1", CHENG, "程立")
    introductions.approve(made.id, XU, "许衡")
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(id=made.id).update(rate_bp=9_000)
    first = introductions.record(made.id, "A-1", CHENG, "程立")
    assert introductions.record(made.id, "A-1", XU, "许衡") == first
    with clock.travel(world.NOW + timedelta(days=60)), pytest.raises(introductions.AgreementNotInForce):
        introduce.answer(lin.id, first.token, agreed=True)


@pytest.mark.field_bug(21)
@pytest.mark.django_db(transaction=True)
def test_rounds_at_once_book_one_fee(now: None) -> None:
    from tests.shelf import put_on_sale

    put_on_sale()
    lin = world.customer()
    view = introduce.answer(lin.id, asked().token, agreed=True)
    steps.sold(steps.drafted(lin))
    introduce.look()
    with clock.travel(world.NOW + timedelta(days=40)):
        in_parallel(6, introduce.look)
    fee = introductions.introduction(view.id).fee_fen or 0
    assert (state(view), fees()) == ("paid", (fee, -fee))
    assert ledger.check() == []
