"""Ten thousand random acts of customers, providers, the worker and the clock, with every fault of every provider.

The storm keeps no books of its own. What is right is read afterwards from the providers' memories and from the
platform's tables (`truth`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from baohe.config.wiring import handlers
from baohe.flows import reconcile, settle_payment
from baohe.kernel.dates import business_date
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock, outbox
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.people import facade as people
from baohe.rooms.reconciliation import facade as reconciliation
from tests.money.providers import Providers
from tests.payments.conftest import HOLDER

BEGIN = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
KIND = "storm"
INSURER = "haijia"
SHARD = 7
SIZES: Mapping[str, tuple[int, ...]] = {
    "lose_notify": (1, 3),
    "duplicate_notify": (2, 5),
    "late_notify": (30, 7200),
    "delay_days": (1, 3),
    "reorder": (1, 2),
    "forged_sign": (1, 2),
    "wrong_amount": (1, -1),
    "lose_reply": (1, 3),
    "slow": (1, 9),  # seconds: within the callers' patience, and beyond it
    "garbage": (1, 2),
    "http_500": (1, 3),
    "refuse": (1, 2),
    "refund_partly": (1,),
    "drop_bill_line": (1, 2, 5, 20),
    "alter_bill_line": (1, 2, 5, 20),
    "torn_bill": (1, 2),
    "undecided": (60, 7200),
    "pending": (60, 7200),
}
"""Sizes a fault may take. The faults themselves are those that the simulators have: one without a size stops the
storm."""


class Settled:
    refusal: BaoheError | None = None


class Storm:
    """One seed, one storm. `account` has an agreement to deduct; every subject is one thing to be paid once."""

    def __init__(self, seed: int, providers: Providers, topics: Mapping[str, outbox.Handler] | None = None) -> None:
        self.draw = random.Random(seed)
        self.providers = providers
        self.now = BEGIN
        self.subjects: list[tuple[UUID, str, int]] = []
        self.intents: list[tuple[UUID, str]] = []
        self.refused: dict[str, int] = {}
        self.acts: dict[str, int] = {}
        self.account = uuid4()
        self._deck: list[tuple[str, str]] = []
        self._handlers = {**handlers(), **_OWN, **(topics or {})}
        settle_payment.register(KIND, _settle)
        with self.at():
            people.create_staff("storm", "钱多", ("finance",), "long-enough-for-a-test-9")
            self.agreement = providers.sign_agreement(self.account)

    @contextmanager
    def at(self) -> Iterator[None]:
        with clock.travel(self.now):
            yield

    def blow(self, acts: int) -> None:
        names, weights = zip(*_WEIGHTS.items(), strict=True)
        for name in self.draw.choices(names, weights, k=acts):
            self.acts[name] = self.acts.get(name, 0) + 1
            self.now += timedelta(milliseconds=200)
            with self.at():
                self._try(name)
                if self.draw.random() < _LET_GO:
                    self.providers.slowness.let_go()

    def end(self) -> None:
        """The faults are over; the platform is left alone until nothing moves any more, and each day is reconciled:
        those of the storm a second time, for their bills may have been bent."""
        with self.at():
            self.providers.calm()
        self._leave_alone((0, 5, 5, 15, 30, 60, 180, 720, 1440))
        with self.at():
            self.fetch_again()
        self._leave_alone((1440, 1440, 1440, 1440))

    def fetch_again(self) -> None:
        """What a person of finance does at the desk: the bill of a day once more."""
        for provider in reconciliation.PROVIDERS:
            for day in self.days():
                reconcile.run(provider, day, again=True)

    def days(self) -> list[date]:
        """All days that are over."""
        first = business_date(BEGIN)
        return [first + timedelta(days=n) for n in range((business_date(self.now) - first).days)]

    def _leave_alone(self, pauses: Sequence[int]) -> None:
        for minutes in pauses:
            self.now += timedelta(minutes=minutes)
            with self.at():
                payments.janitor()
                self.work(10_000)
                self.providers.deliver()
                self.work(10_000)
                reconcile.daily_round()

    def work(self, most: int) -> None:
        for _ in range(most):
            if not outbox.work_once(self._handlers, batch=20):
                return

    def _try(self, name: str) -> None:
        try:
            getattr(self, f"_{name}")()
        except BaoheError as refusal:
            self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1

    def open_one(self, provider: str) -> None:
        self.subjects.append((uuid4(), provider, self.draw.randint(1, 500_000)))
        self.open_for(self.subjects[-1])

    def _open(self) -> None:
        self.open_one(self.draw.choice(("wallet", "transfer", "deduction")))

    def _open_again(self) -> None:
        """A second tab, a second try, another way to pay."""
        if self.subjects:
            subject, provider, fen = self.draw.choice(self.subjects[-40:])
            other = self.draw.choice((provider, provider, "wallet"))
            self.open_for((subject, other, fen))

    def open_for(self, wanted: tuple[UUID, str, int]) -> None:
        subject, provider, fen = wanted
        common = {
            "kind": KIND,
            "subject_id": subject,
            "shard_key": SHARD,
            "account_id": self.account,
            "payee": INSURER,
            "payee_name": "海岬健康保险",
            "amount_fen": fen,
            "description": "保费",
            "payer": HOLDER,
        }
        if provider == "deduction":
            intent = payments.open_charge(**common, agreement_id=self.agreement.id)
        else:
            intent = payments.open_intent(**common, provider=provider)
        self.intents.append((intent.id, provider))

    def _pay(self) -> None:
        intent_id, provider = self._recent()
        if provider != "deduction":
            self.providers.pay(intent_id, provider)

    def _pay_wrongly(self) -> None:
        """At a bank the payer may choose another sum, another remark, or press twice; it may be another payer."""
        intent_id, provider = self._recent()
        if provider == "transfer":
            slips = ({"amount": "1.00"}, {"payer": "周正"}, {"remark": "谢谢"}, {"days": "2"}, {"amount": "99999.99"})
            self.providers.pay(intent_id, provider, **self.draw.choice(slips))

    def _ask(self) -> None:
        settle_payment.settle_by_query(self._recent()[0], rest_seconds=0)

    def _give_up(self) -> None:
        payments.close(self._recent()[0])

    def _refund(self) -> None:
        intent = payments.intent(self._recent()[0])
        fen = self.draw.randint(1, max(1, intent.amount_fen))
        refund(intent, fen, f"storm:{intent.id}:{self.draw.randint(1, 3)}")

    def _payout(self) -> None:
        self.payout(self.draw.randint(1, 400))

    def payout(self, number: int) -> None:
        key, fen = f"storm:{number}", 100 + number
        with transaction.atomic():
            _agree(key, fen)
            payments.request_payout(
                natural_key=key,
                subject_id=UUID(int=fen),
                shard_key=SHARD,
                payee_account_id=self.account,
                amount_fen=fen,
                memo="赔款",
                kind=KIND,
            )

    def _deliver(self) -> None:
        simulator = self.providers.simulators[self.draw.choice(("wallet", "transfer", "deduction"))]
        simulator.notifier.work_once()

    def _work(self) -> None:
        outbox.work_once(self._handlers, batch=self.draw.randint(1, 12))

    def _janitor(self) -> None:
        payments.janitor()

    def _wait(self) -> None:
        self.now += timedelta(seconds=self.draw.choice((1, 5, 20, 90, 400, 1800)))

    def _wait_a_day(self) -> None:
        """Over midnight, as a rule: yesterday's bills are fetched, whatever state they are in."""
        self.now += timedelta(hours=self.draw.randint(12, 30))
        with self.at():
            reconcile.daily_round()

    def _fetch_again(self) -> None:
        self._look_at_a_bill_of(self.draw.choice(reconciliation.PROVIDERS))

    def _look_at_a_bill_of(self, provider: str) -> None:
        """A second look at a day that is over, at a bill that may be bent in another way by now."""
        if days := self.days():
            reconcile.run(provider, self.draw.choice(days[-5:]), again=True)

    def _fault(self) -> None:
        """All there are in turn, in an order of chance. Somebody looks at a bent bill while it is bent."""
        if not self._deck:
            self._deck = sorted(self.providers.switches())
            self.draw.shuffle(self._deck)
        code, name = self._deck.pop()
        self.providers.throw(code, name, self.draw.choice(SIZES[name]))
        if "bill" in name:
            self._look_at_a_bill_of(code)

    def _calm(self) -> None:
        self.providers.calm()

    def _recent(self) -> tuple[UUID, str]:
        if not self.intents:
            self._open()
        return self.draw.choice(self.intents[-30:])


_LET_GO = 0.5
"""How often those who were too slow come to their work after an act; else it is a later act's turn first."""

_WEIGHTS = {
    "open": 10,
    "open_again": 6,
    "pay": 14,
    "pay_wrongly": 2,
    "ask": 6,
    "give_up": 2,
    "refund": 8,
    "payout": 5,
    "deliver": 12,
    "work": 20,
    "janitor": 1,
    "wait": 10,
    "wait_a_day": 0.3,
    "fetch_again": 0.3,
    "fault": 4,
    "calm": 1,
}


def refund(intent: IntentView, fen: int, key: str) -> None:
    """Decide and book a refund as the cancellation of a policy does."""
    with transaction.atomic():
        payments.request_refund(intent_id=intent.id, natural_key=key, amount_fen=fen, reason="storm")
        _post("premium_refunded", key, movements.refund_decided(INSURER, fen))


def _settle(intent: IntentView, paid_at: datetime) -> Settled:
    _post("premium_received", str(intent.subject_id), _received(intent))
    return Settled()


def _received(intent: IntentView) -> tuple[ledger.Posting, ...]:
    return movements.premium_received(intent.payee, intent.amount_fen, intent.provider)


def _refund_done(event: outbox.Event) -> None:
    facts = event.payload
    _post("refund_done", facts["natural_key"], movements.refund_done(int(facts["amount_fen"]), facts["provider"]))


def _refund_failed(event: outbox.Event) -> None:
    """Nothing moved: the premium is not given back after all."""
    entry = ledger.entry_of(SHARD, "premium_refunded", event.payload["natural_key"])
    if entry is not None:
        with transaction.atomic():
            ledger.reverse(entry.id, clock.today(), "storm")


def _agree(key: str, fen: int) -> None:
    _post("claim_agreed", key, movements.claim_agreed(INSURER, fen))


def _payout_done(event: outbox.Event) -> None:
    facts = event.payload
    done = movements.claim_done(INSURER, int(facts["amount_fen"]), facts["provider"])
    _post("claim_paid", facts["natural_key"], done)


def _payout_failed(event: outbox.Event) -> None:
    """It stays owed."""


def _post(kind: str, ref: str, postings: tuple[ledger.Posting, ...]) -> None:
    with transaction.atomic():
        ledger.post(ledger.Entry(kind, ref, SHARD, clock.today(), "", postings))


_OWN: dict[str, Callable[[outbox.Event], None]] = {
    "payments.refund_done": _refund_done,
    "payments.refund_failed": _refund_failed,
    "payments.payout_done": _payout_done,
    "payments.payout_failed": _payout_failed,
}
