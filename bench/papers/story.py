"""A claim of the set: who, what happened, which papers, and what should come of it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.papers import camera, invented, medical, records, repair, vat
from bench.papers.covers import Cover, amount
from bench.papers.page import Paper

TODAY = date(2026, 11, 22)
PAY, PERSON = "pay", "person"


@dataclass(frozen=True, slots=True)
class Given:
    """A paper as it is handed in: `kind` is the claims room's (invoice, bill, record, identity)."""

    kind: str
    paper: Paper
    seed: int
    troubles: tuple[str, ...] = ()

    def jpeg(self) -> bytes:
        return camera.photograph(self.paper.picture, self.seed, self.troubles)


@dataclass(frozen=True, slots=True)
class Claim:
    """`insists`: whoever meddled with the paper confirms what he wrote; there is no honest way through this claim.
    `policy` changes columns of the policy (days as dates)."""

    case: str
    cover: Cover
    insured: str
    happened_on: date
    papers: tuple[Given, ...]
    expected: str
    expected_fen: int
    why: str
    insists: bool = False
    policy: Mapping[str, object] = field(default_factory=dict)


def day_of_event(chance: random.Random) -> date:
    return TODAY - timedelta(days=chance.randint(5, 60))


def seed_of(chance: random.Random) -> int:
    return chance.randrange(2**31)


def photographed(kind: str, paper: Paper, chance: random.Random, troubles: tuple[str, ...] | None = None) -> Given:
    """By hand, with one of the common troubles unless they are told."""
    if troubles is None:
        troubles = tuple(one for one in (chance.choice(camera.COMMON),) if one)
    return Given(kind, paper, seed_of(chance), troubles)


def bill(
    chance: random.Random, patient: str, day: date, total: int, social: int, own: int, **more: int
) -> medical.Bill:
    """`more`: shown, worded, days."""
    facts = {"shown": total, "worded": total, **more}
    hospital = invented.hospital(chance)
    number, code = invented.figures(chance, 10), invented.figures(chance, 8)
    return medical.Bill(patient, day, hospital, total, social, own, number, code, **facts)


def invoice(bill_: medical.Bill, chance: random.Random) -> Paper:
    layouts = (medical.a4, medical.electronic) if bill_.days else medical.LAYOUTS
    return chance.choice(layouts)(bill_, chance)


def sale(chance: random.Random, cover: Cover, buyer: str, day: date, total: int, **more: int) -> Paper:
    """`more`: shown, worded."""
    facts = {"shown": total, "worded": total, **more}
    seller = invented.firm(chance, _TRADE.get(cover.code, ""))
    made = vat.Sale(buyer, seller, day, vat.THINGS[cover.code], total, invented.figures(chance, 10), **facts)
    return chance.choice(vat.LAYOUTS)(made, chance)


_TRADE = {"pet": "小爪动物医院", "screen": "晴川电子维修", "home": "恒光电器", "car": "安途汽车维修"}


def repaired(chance: random.Random, customer: str, car: str, day: date, total: int) -> Paper:
    shop, number = invented.firm(chance, "安途汽车维修"), f"RX{invented.figures(chance, 8)}"
    made = repair.Repair(customer, shop, car, day, total, number)
    return chance.choice(repair.LAYOUTS)(made, chance)


def record(chance: random.Random, cover: Cover, insured: str, day: date, out: date, car: str = "") -> Given:
    """The second paper that the product asks for; of a thing that broke, its picture."""
    if cover.code == "car":
        return photographed(
            "record", chance.choice((records.finding, records.agreement))(insured, car, day, chance), chance
        )
    if cover.paper == "invoice":
        hospital = invented.hospital(chance)
        if cover.code == "hospital":
            paper = records.discharge(insured, hospital, out, (out - day).days, True, chance)
        else:
            paper = records.outpatient(insured, hospital, day, chance)
        return photographed("record", paper, chance)
    return Given("record", thing(chance), seed_of(chance), ("flat",))


def thing(chance: random.Random) -> Paper:
    """A photograph without print, of what is broken or hurt; never twice the same."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 480), tuple(chance.randint(90, 220) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(9):
        pen.line([chance.randint(0, 640) for _ in range(6)], fill=(30, 30, 30), width=chance.randint(2, 9))
    return Paper("other", "thing", picture, {})


def clean_total(chance: random.Random, cover: Cover) -> tuple[int, int, int]:
    """Total, paid by social insurance, outside of the catalogue: a claim that may be paid at once."""
    while True:
        total = (
            chance.randint(12_000, cover.at_once + 40_000) if cover.paper == "bill" else chance.randint(15_000, 420_000)
        )
        social = own = 0
        if cover.paper == "invoice" and chance.random() < 0.6:
            social = total * chance.randint(15, 55) // 100
        if cover.paper == "invoice" and chance.random() < 0.4:
            own = (total - social) * chance.randint(3, 15) // 100
        if 0 < amount(cover, total, social, own) <= cover.at_once:
            return total, social, own
