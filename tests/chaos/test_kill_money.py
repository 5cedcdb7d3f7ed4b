"""kill -9 at every write point of purchase, refund and payout: before, after, reply lost. Whatever the moment, the
customer who tries again and the worker that comes back end with one right outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from baohe.config.wiring import handlers
from baohe.flows import cancel, purchase, settle_claim
from baohe.flows.settle_payment import settle_by_query
from baohe.kernel.dates import business_date
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import ports
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices import facade as notices
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from tests.chaos.mortal import Story, WritePoint, killed_at, write_points
from tests.claims import world as claimed
from tests.journey.books import faults
from tests.payments.conftest import wallet  # noqa: F401 - fixtures
from tests.sale import steps, world
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db(transaction=True)

HURT = world.NOW + timedelta(days=3)

AWAY = timedelta(minutes=20)
"""How long the worker looks on afterwards, in the platform's time: past every lease and the first pauses."""


@dataclass
class Attempt:
    """One customer's try of a story: `act` is what may be killed, `again` what happens when life goes on, `right` what
    must then be true."""

    act: Story
    again: Story
    right: Callable[[], None]


@pytest.fixture(autouse=True)
def shop() -> Iterator[None]:
    with clock.travel(world.NOW):
        put_on_sale()
        yield


@pytest.fixture
def customers() -> Iterator[Callable[[], world.Customer]]:
    numbers = iter(range(1, 1000))
    yield lambda: world.customer(f"1380001{next(numbers):04d}")


def through_every_death(prepare: Callable[[], Attempt]) -> list[WritePoint]:
    """Kill a fresh attempt at each of the write points that an undisturbed one shows."""
    undisturbed = prepare()
    points = write_points(undisturbed.act)
    undisturbed.again()
    undisturbed.right()
    for point in points:
        attempt = prepare()
        killed_at(attempt.act, point)
        attempt.again()
        try:
            attempt.right()
        except AssertionError as wrong:
            raise AssertionError(f"killed {point.when} {point.what} (write point {point.order})") from wrong
    assert ledger.check() + payments.check() == []
    with connection.cursor() as cursor:
        assert faults(cursor) == {}
    return points


def worker() -> None:
    """The worker that comes back: what is due now, then what leases and pauses held up."""
    begin = clock.now()
    for part in (0.0, 0.1, 0.5, 1.0):
        with clock.travel(begin + AWAY * part):
            while outbox.work_once(_QUICK):
                pass


def late_worker() -> None:
    with clock.travel(HURT + timedelta(hours=7)):
        worker()


_QUICK = {topic: act for topic, act in handlers().items() if topic not in ("policies.issued", notices.TOPIC)}
"""Everything but printing the policy and telling people, which move no money."""


def test_opening_a_payment(wallet, customers) -> None:  # noqa: F811
    def prepare() -> Attempt:
        proposal = steps.signed(steps.drafted(customers()))
        key = uuid4().hex

        def act() -> IntentView:
            intent = purchase.start_payment(proposal.account_id, proposal.id, "single", True, key)
            payments.cashier_url(intent.id, "http://shop.example/pay")
            return intent

        def again() -> None:
            intent = act()
            wallet.pay(intent.id)
            settle_by_query(intent.id, rest_seconds=0)

        return Attempt(act, again, lambda: _one_policy(wallet, proposal.account_id))

    assert {"COMMIT"} <= {point.what for point in through_every_death(prepare)}


def test_settling_a_payment(wallet, customers) -> None:  # noqa: F811
    def prepare() -> Attempt:
        intent = steps.locked(steps.signed(steps.drafted(customers())))
        wallet.pay(intent.id)

        def act() -> object:
            return settle_by_query(intent.id, rest_seconds=0)

        return Attempt(act, worker, lambda: _one_policy(wallet, intent.account_id))

    assert {"COMMIT", "HTTP POST"} <= {point.what for point in through_every_death(prepare)}


def test_cancelling_with_a_refund(wallet, customers) -> None:  # noqa: F811
    def prepare() -> Attempt:
        policy = _bought(wallet, customers())
        refund_fen = cancel.leaving_today(policy.account_id, policy.id).refund_fen
        key = uuid4().hex

        def act() -> object:
            return cancel.cancel_policy(policy.account_id, policy.id, refund_fen, key)

        def again() -> None:
            act()
            worker()

        return Attempt(act, again, lambda: _refunded_once(wallet, policy, refund_fen))

    assert {"COMMIT"} <= {point.what for point in through_every_death(prepare)}


def test_giving_a_refund_back(wallet, customers) -> None:  # noqa: F811
    def prepare() -> Attempt:
        policy = _bought(wallet, customers())
        refund_fen = cancel.leaving_today(policy.account_id, policy.id).refund_fen
        cancel.cancel_policy(policy.account_id, policy.id, refund_fen, uuid4().hex)
        return Attempt(worker, worker, lambda: _refunded_once(wallet, policy, refund_fen))

    assert {"COMMIT", "HTTP POST"} <= {point.what for point in through_every_death(prepare)}


@pytest.fixture
def invoices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture is another invoice: one that comes twice goes to a person."""
    numbers = iter(range(8_700_000_000, 8_800_000_000))

    def read(jpeg, today, kind):
        number = str(next(numbers))
        day = business_date(HURT).isoformat()
        return claimed.paper(kind, number=number, hospital=f"临江市第{number}医院", patient="林知夏", date=day)

    monkeypatch.setattr(ports, "read_paper", read)


@pytest.mark.usefixtures("invoices")
def test_deciding_a_claim(wallet, customers) -> None:  # noqa: F811
    def prepare() -> Attempt:
        account_id, claim_id = _claim(customers())
        key = uuid4().hex

        def act() -> object:
            with clock.travel(HURT + timedelta(hours=6)):
                return settle_claim.submit_claim(account_id, claim_id, key)

        def again() -> None:
            act()
            late_worker()

        return Attempt(act, again, lambda: _paid_once(wallet, account_id, claim_id))

    assert {"COMMIT"} <= {point.what for point in through_every_death(prepare)}


@pytest.mark.usefixtures("invoices")
def test_paying_a_claim(wallet, customers) -> None:  # noqa: F811
    def prepare() -> Attempt:
        account_id, claim_id = _claim(customers())
        with clock.travel(HURT + timedelta(hours=6)):
            settle_claim.submit_claim(account_id, claim_id, uuid4().hex)
        return Attempt(late_worker, late_worker, lambda: _paid_once(wallet, account_id, claim_id))

    assert {"COMMIT", "HTTP POST"} <= {point.what for point in through_every_death(prepare)}


def _bought(simulated, customer: world.Customer) -> PolicyView:
    intent = steps.locked(steps.signed(steps.drafted(customer)))
    simulated.pay(intent.id)
    assert settle_by_query(intent.id, rest_seconds=0).word == "accepted"
    return _policies(customer.id)[0]


_pictures = iter(range(1_000_000))


def _claim(customer: world.Customer) -> tuple[UUID, UUID]:
    """A claim with its papers read, two days into a policy that was truly sold; every picture is a new one."""
    policy = steps.sold(steps.drafted(customer, product="songtao-accident", inputs={"plan": "with_medical"}))
    with clock.travel(HURT + timedelta(hours=5)):
        notice = FirstNotice(policy.id, "accident_outpatient", "下楼时跌倒，左膝裂伤", business_date(HURT))
        claim = claims.first_notice(customer.id, notice, uuid4().hex)
        claims.add_paper(customer.id, claim.id, "invoice", claimed.another_photo(next(_pictures)))
        claims.add_paper(customer.id, claim.id, "record", claimed.another_photo(next(_pictures)))
        worker()
    return customer.id, claim.id


def _policies(account_id) -> list[PolicyView]:
    return list(policies.policies_of(account_id).items)


def _one_policy(simulated, account_id) -> None:
    held = _policies(account_id)
    assert len(held) == 1
    assert _captured(simulated, held[0].payment_id) == held[0].paid_fen


def _refunded_once(simulated, policy: PolicyView, refund_fen: int) -> None:
    kept = _policies(policy.account_id)[0]
    assert (kept.state, kept.refund_fen, kept.refunded_at is not None) == ("cancelled", refund_fen, True)
    order_number = payments.intent(policy.payment_id).order_number
    with simulated.simulator.store.write() as db:
        rows = db.execute("SELECT amount_fen FROM refund WHERE out_trade_no = ?", (order_number,)).fetchall()
    assert [row["amount_fen"] for row in rows] == [refund_fen]


def _paid_once(simulated, account_id, claim_id) -> None:
    claim = claims.claim(account_id, claim_id)
    assert claim.state == "paid"
    with simulated.simulator.store.write() as db:
        rows = db.execute("SELECT amount_fen FROM transfer WHERE payee = ?", (str(account_id),)).fetchall()
    assert [row["amount_fen"] for row in rows] == [claim.amount_fen]


def _captured(simulated, intent_id) -> int:
    order_number = payments.intent(intent_id).order_number
    with simulated.simulator.store.write() as db:
        row = db.execute("SELECT amount_fen, status FROM trade WHERE out_trade_no = ?", (order_number,)).fetchone()
    assert row["status"] == "TRADE_SUCCESS"
    return int(row["amount_fen"])
