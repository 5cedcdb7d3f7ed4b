"""Every test stands on 22 November 2026, 19:42 in Shanghai. The engine is a double that says what the test wants."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from baohe.config.wiring import handlers
from baohe.flows import settle_claim
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import ports
from baohe.rooms.claims.contracts import ClaimView, FirstNotice
from baohe.rooms.payments.models import Payout
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView
from tests.claims import family, world
from tests.shelf import put_on_sale


@pytest.fixture
def now() -> Iterator[None]:
    with clock.travel(world.NOW):
        yield


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """`at(moment)`: from now on the clock stands there."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock.travel(moment))


@pytest.fixture
def on_sale(db: None, now: None) -> None:
    put_on_sale()


@pytest.fixture
def insured(on_sale: None) -> world.Insured:
    account_id = world.claimant()
    return world.Insured(account_id, world.policy(account_id))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`reads(total="10.00")`: from now on the engine reads this."""

    def says(**values: str) -> None:
        monkeypatch.setattr(ports, "read_paper", lambda jpeg, today, kind: world.paper(kind, **values))

    says()
    return says


@pytest.fixture
def work(settings) -> Callable[[], None]:
    """The worker, without the wallet: payouts stay requested."""

    def run() -> None:
        known = {topic: act for topic, act in handlers().items() if not topic.startswith("payments.payout_")}
        while outbox.work_once(known):
            pass

    return run


@pytest.fixture
def draft(insured: world.Insured, reads, work) -> Callable[..., ClaimView]:
    """A draft with its invoice read and its record given; `shade` makes other pictures. Each is an event of its own,
    three days before the one before."""
    days = itertools.count(0, 3)

    def make(event: str = "accident_outpatient", shade: int = 200, policy_id: UUID | None = None, **values: str):
        if values:
            reads(**values)
        happened_on = world.INJURED_ON - timedelta(days=next(days))
        notice = FirstNotice(policy_id or insured.policy_id, event, "放学路上跌倒，左膝裂伤", happened_on)
        claim = claims.first_notice(insured.account_id, notice, str(uuid4()))
        claims.add_paper(insured.account_id, claim.id, "invoice", world.photo(shade))
        claims.add_paper(insured.account_id, claim.id, "record", world.photo(shade - 50))
        work()
        return claims.claim(insured.account_id, claim.id)

    return make


@pytest.fixture
def submit(insured: world.Insured) -> Callable[[ClaimView], ClaimView]:
    def run(claim: ClaimView) -> ClaimView:
        settle_claim.submit_claim(insured.account_id, claim.id, str(uuid4()))
        return claims.claim(insured.account_id, claim.id)

    return run


@pytest.fixture
def wallet_says() -> Callable[[str], None]:
    """The wallet's word on every open payout ("done" or "failed"), as the payments room announces it."""

    def say(word: str) -> None:
        for payout in Payout.objects.filter(state="requested"):
            Payout.objects.filter(id=payout.id).update(state=word, done_at=clock.now() if word == "done" else None)
            event = outbox.Event(
                id=0,
                topic=f"payments.payout_{word}",
                subject=str(payout.id),
                payload={
                    "id": str(payout.id),
                    "natural_key": payout.natural_key,
                    "subject_id": str(payout.subject_id),
                    "amount_fen": payout.amount_fen,
                },
                attempts=1,
            )
            handlers()[event.topic](event)
            handlers()[event.topic](event)  # at least once means: also twice

    return say


@pytest.fixture
def with_person(draft, submit) -> ClaimView:
    """¥6,230 by the rules, and too much for the rules to pay alone."""
    return submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))


@pytest.fixture
def shen(on_sale: None) -> StaffView:
    return world.handler("shen", "沈一诺")


@pytest.fixture
def gu(on_sale: None) -> StaffView:
    return world.handler("gu", "顾远")


@pytest.fixture
def qian(on_sale: None) -> StaffView:
    return people.create_staff("qian", "钱多", ("finance",), "long-enough-for-a-test-9")


@pytest.fixture
def audit(on_sale: None) -> StaffView:
    return people.create_staff("audit", "审计", ("auditor",), "long-enough-for-a-test-9")


@pytest.fixture
def desk(on_sale: None, work, monkeypatch: pytest.MonkeyPatch) -> family.Desk:
    """Claims of a family; its invoices say what the test expects of the next reading."""
    desk = family.Desk(work)
    monkeypatch.setattr(ports, "read_paper", desk.read)
    return desk
