"""A family that bought its clinic and hospital cover in one payment, and invoices with items and days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID, uuid4

from baohe.adapters.ocr.contracts import Line, PaperReading
from baohe.adapters.wallet import keys
from baohe.flows import basket, settle_claim
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimView, FirstNotice
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies.contracts import PolicyView
from tests.claims import world
from tests.sale import basket_steps as does
from tests.sale import steps
from tests.sale import world as sale
from tests.sale.world import Customer

CLINIC = "haijia-family-clinic"
STORY = "发烧咳嗽，去医院看病"
ILL_ON = date(2027, 1, 12)
LATER = datetime(2027, 1, 20, 6, 0, tzinfo=UTC)
"""14:00 on 20 January 2027 in Shanghai: the waiting period is over."""

_SHADES = count(1)


@dataclass(frozen=True, slots=True)
class Member:
    account_id: UUID
    name: str
    policy: PolicyView


def insured_together(buyer: Customer, *relatives: PersonView) -> tuple[Member, ...]:
    """Everybody in the basket, priced as one family, signed, and paid for in one payment."""
    keys.simulator_key(), keys.app_id()
    people = (buyer.me, *relatives)
    for person in people:
        does.put_in(buyer, person, CLINIC)
    chosen = [does.Chosen(entry.item, steps.signed(does.draft_of(buyer, entry))) for entry in basket.entries(buyer.id)]
    policies = {policy.person_id: policy for policy in does.bought(buyer, chosen).values()}
    return tuple(Member(buyer.id, person.name, policies[person.id]) for person in people)


def of_three(phone: str = "13800000001") -> tuple[Member, ...]:
    """A mother, a father and a child; another phone is another family."""
    buyer = sale.customer(phone)
    order = int(phone[-2:]) * 4
    father = sale.relative(buyer.id, "周远", "spouse", date(1990, 6, 1), order + 1)
    child = sale.relative(buyer.id, "周小禾", "child", date(2018, 9, 1), order + 3)
    return insured_together(buyer, father, child)


def insured_later(member: Member) -> Member:
    """One more child of the same account, paid for on its own."""
    baby = sale.relative(member.account_id, "周小苗", "child", date(2020, 3, 2), order=71)
    buyer = Customer(member.account_id, "", baby)
    return insured_together(buyer)[0]


@contextmanager
def on(moment: datetime = LATER) -> Iterator[None]:
    with clock.travel(moment):
        yield


def invoice(member: Member, total: str, social_paid: str = "0.00", printed: Sequence[str] = (), **more: str):
    """What the engine reads off an invoice; `printed` are its lines of items and days."""
    values = {"total": total, "social_paid": social_paid, "self_paid": "0.00", "number": f"{next(_SHADES):010d}"}
    read = world.reading(**{"patient": member.name, "date": ILL_ON.isoformat(), **values, **more})
    lines = tuple(Line(text, 99, (500, 2_000 + 400 * row, 3_000, 200)) for row, text in enumerate(printed))
    return replace(read, lines=lines)


class Desk:
    """Claims of a family: `readings` are read in turn, one a picture of an invoice."""

    def __init__(self, work) -> None:
        self._work = work
        self._queue: list[PaperReading] = []

    def read(self, jpeg: bytes, today: date, kind: str) -> PaperReading:
        return self._queue.pop(0) if kind == "invoice" else world.paper(kind)

    def expect(self, reading: PaperReading) -> None:
        """The next invoice says this."""
        self._queue.append(reading)

    def draft(
        self, member: Member, event: str, *invoices: PaperReading, story: str = STORY, happened_on: date = ILL_ON
    ) -> ClaimView:
        notice = FirstNotice(member.policy.id, event, story, happened_on)
        claim = claims.first_notice(member.account_id, notice, str(uuid4()))
        for reading in invoices:
            self.expect(reading)
            claims.add_paper(member.account_id, claim.id, "invoice", world.another_photo(next(_SHADES)))
            self._work()
        claims.add_paper(member.account_id, claim.id, "record", world.another_photo(next(_SHADES)))
        self._work()
        return claims.claim(member.account_id, claim.id)

    def submit(
        self, member: Member, event: str, *invoices: PaperReading, story: str = STORY, happened_on: date = ILL_ON
    ) -> ClaimView:
        return self.send(member, self.draft(member, event, *invoices, story=story, happened_on=happened_on))

    def send(self, member: Member, claim: ClaimView) -> ClaimView:
        settle_claim.submit_claim(member.account_id, claim.id, str(uuid4()))
        return claims.claim(member.account_id, claim.id)


def taken(claim: ClaimView, clause: str, label: str) -> int | None:
    """What one line of the calculation takes off."""
    return next(
        line.amount_fen
        for line in claim.decision.calculation
        if line.clause == clause and label in line.label.zh and line.op == "minus"
    )
