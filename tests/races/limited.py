"""A rig for limited things: so many callers at once, so many rounds, never one more than the limit.

A thing is a function from the number of the round to a `Round` made fresh: what each caller does, how many may
succeed, and how to count what was given. Refusals must be of the codes the round names; anything else is a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID, uuid4

from django.db import connections, transaction

from baohe.kernel.decisions import Text
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.allowances.contracts import CampaignTerms, CampaignView
from baohe.rooms.allowances.models import Coupon, Redemption, Reservation

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Round:
    """`acts`, one a caller. `allowed` of them may succeed (None: as many as like); `given()` counts what the database
    gave, and `answers` is how many different answers the successes got (a repeat gets the first one). `end` is what
    `given()` must come to where it is not the number of successes."""

    acts: Sequence[Act]
    allowed: int | None
    given: Callable[[], int]
    refusals: frozenset[str] = frozenset()
    answers: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Report:
    rounds: int = 0
    callers: int = 0
    successes: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def run(thing: Callable[[int], Round], *, callers: int, rounds: int) -> Report:
    """Run the rounds one after another, the callers of a round all at once, each on a real connection of its own.

    Raises `AssertionError` naming the round at the first limit that is passed, or not reached, or refused strangely.
    """
    report = Report()
    with ThreadPoolExecutor(max_workers=callers) as pool:
        try:
            for number in range(rounds):
                _one(number, thing(number), callers, pool, report)
        finally:
            gate = Barrier(callers)
            list(pool.map(lambda _: (gate.wait(), connections.close_all()), range(callers)))
    return report


def _one(number: int, round_: Round, callers: int, pool: ThreadPoolExecutor, report: Report) -> None:
    assert len(round_.acts) == callers
    gate = Barrier(callers)
    outcomes = list(pool.map(lambda act: _outcome(gate, act), round_.acts))
    refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    answered = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
    codes = Counter(outcome.code if isinstance(outcome, BaoheError) else repr(outcome) for outcome in refused)
    assert set(codes) <= round_.refusals, f"round {number}: {codes}"
    if round_.allowed is not None:
        assert len(answered) == round_.allowed, f"round {number}: {len(answered)} succeeded, {round_.allowed} allowed"
    if round_.answers is not None:
        assert len(set(answered)) == round_.answers, f"round {number}: {len(set(answered))} different answers"
    report.rounds += 1
    report.callers += callers
    report.successes += len(answered)
    report.refused += codes
    given = round_.given()
    expected = next(count for count in (round_.end, round_.answers, round_.allowed) if count is not None)
    assert given == expected, f"round {number}: {given} given, {expected} expected"


def _outcome(gate: Barrier, act: Act) -> object:
    gate.wait()
    try:
        return act()
    except Exception as failure:  # noqa: BLE001 - a caller's failure is its result
        return failure


# ---- the things of allowances


def quota_places(callers: int, limit: int) -> Callable[[int], Round]:
    """Everybody wants a place of a version with `limit` of them (field bug 3)."""

    def make(number: int) -> Round:
        version = f"limited-{uuid4().hex[:12]}@{number}"
        return Round(
            acts=[lambda: _reserve(version, limit, uuid4())] * callers,
            allowed=min(limit, callers),
            given=lambda: limit - allowances.left(version, limit),
            refusals=frozenset({"sold_out"}),
        )

    return make


def place_that_comes_free(callers: int) -> Callable[[int], Round]:
    """One payment that closes, told of many times while others wait: one place comes free, and one of them gets it."""

    def make(number: int) -> Round:
        version, held = f"limited-{uuid4().hex[:12]}@{number}", uuid4()
        _reserve(version, 1, held)
        _free(held)
        _reserve(version, 1, held)
        tellers = callers // 2
        return Round(
            acts=[lambda: _free(held)] * tellers + [lambda: _patiently(version, held)] * (callers - tellers),
            allowed=tellers + 1,
            given=lambda: (1 - allowances.left(version, 1)) + tellers,
            refusals=frozenset({"sold_out"}),
        )

    return make


def coupons_of_campaign(callers: int, limit: int) -> Callable[[int], Round]:
    """As many people as callers want one of `limit` vouchers (field bug 1)."""

    def make(number: int) -> Round:
        campaign = a_campaign(limit=limit)
        return Round(
            acts=[lambda: allowances.take(uuid4(), campaign.terms.code, "k").id] * callers,
            allowed=min(limit, callers),
            given=lambda: taken(campaign),
            refusals=frozenset({"coupons_all_taken"}),
        )

    return make


def coupons_of_person(callers: int, per_person: int) -> Callable[[int], Round]:
    """One person asks again and again, each time anew: no more than one person may have (field bug 8)."""

    def make(number: int) -> Round:
        campaign, person = a_campaign(limit=1_000, per_person=per_person), uuid4()
        return Round(
            acts=[lambda: allowances.take(person, campaign.terms.code, uuid4().hex).id] * callers,
            allowed=min(per_person, callers),
            given=lambda: taken(campaign),
            refusals=frozenset({"coupon_limit_of_person"}),
        )

    return make


def coupon_of_one_request(callers: int) -> Callable[[int], Round]:
    """One request that arrives many times: one voucher, and everybody hears of that one (field bug 14)."""

    def make(number: int) -> Round:
        campaign, person = a_campaign(limit=1_000, per_person=20), uuid4()
        return Round(
            acts=[lambda: allowances.take(person, campaign.terms.code, "once").id] * callers,
            allowed=callers,
            given=lambda: taken(campaign),
            answers=1,
        )

    return make


def redemptions(callers: int, uses: int) -> Callable[[int], Round]:
    """One voucher at many counters at once: as often as it has uses (field bug 9)."""

    def make(number: int) -> Round:
        campaign = a_campaign(limit=10, uses=uses)
        coupon = allowances.take(uuid4(), campaign.terms.code, "k")
        return Round(
            acts=[lambda: allowances.redeem(coupon.code, uuid4().hex, uuid4(), "许衡").reference] * callers,
            allowed=min(uses, callers),
            given=lambda: used(coupon.id),
            refusals=frozenset({"coupon_used_up"}),
        )

    return make


THINGS: dict[str, Callable[[int], Callable[[int], Round]]] = {
    "quota": lambda callers: quota_places(callers, max(1, callers // 5)),
    "a quota's place that comes free": place_that_comes_free,
    "vouchers of a campaign": lambda callers: coupons_of_campaign(callers, max(1, callers // 5)),
    "vouchers of a person": lambda callers: coupons_of_person(callers, 2),
    "one request": coupon_of_one_request,
    "uses of a voucher": lambda callers: redemptions(callers, 3),
}


def a_campaign(limit: int, per_person: int = 1, uses: int = 1) -> CampaignView:
    today: date = clock.today()
    terms = CampaignTerms(
        code=f"check-{uuid4().hex[:12]}",
        name=Text("体检券", "Health check"),
        detail=Text("一次基础体检", "one basic check"),
        provider=Text("示例体检中心", "Sample centre"),
        limit=limit,
        per_person=per_person,
        uses=uses,
        first_day=today,
        last_day=today + timedelta(days=30),
        use_by=today + timedelta(days=90),
    )
    return allowances.open_campaign(terms, uuid4(), "许衡")


def taken(campaign: CampaignView) -> int:
    return next(one.taken for one in allowances.campaigns(size=100)[0] if one.id == campaign.id)


def used(coupon_id: UUID) -> int:
    row = Coupon.objects.select_related("campaign").get(id=coupon_id)
    times = Redemption.objects.filter(coupon=row).count()
    assert row.left == row.campaign.uses - times >= 0
    return times


def _reserve(version: str, limit: int, subject: UUID) -> UUID:
    with transaction.atomic():
        allowances.reserve(version, limit, subject, "限量产品")
    return subject


def _patiently(version: str, held: UUID) -> UUID:
    """Ask until the place that is being given back has gone to somebody."""
    for _ in range(200):
        try:
            return _reserve(version, 1, uuid4())
        except allowances.SoldOut:
            if not Reservation.objects.filter(subject_id=held, state="reserved").exists():
                break
    return _reserve(version, 1, uuid4())


def _free(subject: UUID) -> UUID:
    with transaction.atomic():
        allowances.free([subject])
    return subject
