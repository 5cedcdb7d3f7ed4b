"""What is right or wrong with a claim, case by case, each with its share of the set."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bench.papers import cards, covers, invented, receipts
from bench.papers.covers import Cover, amount
from bench.papers.story import (
    PAY,
    PERSON,
    Claim,
    Given,
    bill,
    clean_total,
    day_of_event,
    invoice,
    photographed,
    record,
    repaired,
    sale,
)

_MEDICAL = (covers.ACCIDENT, covers.ACCIDENT, covers.TRAVEL)
_SHOP = (covers.PET, covers.SCREEN, covers.HOME)


@dataclass(frozen=True, slots=True)
class Case:
    """`weight` of all weights is its share. `make` gives one claim, or an earlier one and its repetition."""

    code: str
    weight: int
    make: Callable[[random.Random], tuple[Claim, ...]]


def clean(chance: random.Random, cover: Cover) -> Claim:
    total, social, own = clean_total(chance, cover)
    return _medical(chance, cover, total, social, own) if cover.paper == "invoice" else _bought(chance, cover, total)


def _medical(chance: random.Random, cover: Cover, total: int, social: int, own: int, **told: Any) -> Claim:
    """`told`: patient, day (of the invoice), shown, worded, troubles; the rest changes the claim."""
    insured, happened = invented.person(chance), day_of_event(chance)
    days = chance.randint(2, 5) if cover.code == "hospital" else 0
    day = told.pop("day", happened + timedelta(days=days or chance.randint(0, 3)))
    figures = {key: told.pop(key) for key in ("shown", "worded") if key in told}
    facts = bill(chance, told.pop("patient", insured), day, total, social, own, days=days, **figures)
    counted = photographed("invoice", invoice(facts, chance), chance, told.pop("troubles", None))
    second = record(chance, cover, insured, happened, happened + timedelta(days=days))
    return _claim(cover, insured, happened, (counted, second), amount(cover, total, social, own), told)


def _bought(chance: random.Random, cover: Cover, total: int, **told: Any) -> Claim:
    insured, happened = invented.person(chance), day_of_event(chance)
    day, car = told.pop("day", happened + timedelta(days=chance.randint(1, 4))), invented.plate(chance)
    figures = {key: told.pop(key) for key in ("shown", "worded") if key in told}
    buyer = told.pop("patient", insured)
    if cover.code == "car":
        paper = repaired(chance, buyer, car, day, total)
    else:
        paper = sale(chance, cover, buyer, day, total, **figures)
    counted = photographed("bill", paper, chance, told.pop("troubles", None))
    return _claim(
        cover,
        insured,
        happened,
        (counted, record(chance, cover, insured, happened, day, car)),
        amount(cover, total),
        told,
    )


def _claim(
    cover: Cover, insured: str, happened: date, papers: tuple[Given, ...], fen: int, told: dict[str, Any]
) -> Claim:
    start = date(2026, 3, 1)
    policy = {"start": start, "end": date(2027, 3, 1)}
    made = Claim("", cover, insured, happened, papers, PAY, fen, "clean", policy=policy)
    return replace(made, **told)


def _wrong(claim: Claim, why: str, **changes: Any) -> Claim:
    return replace(claim, expected=PERSON, expected_fen=0, why=why, **changes)


def _clean_of(*choices: Cover) -> Callable[[random.Random], tuple[Claim, ...]]:
    return lambda chance: (clean(chance, chance.choice(choices)),)


def capped(chance: random.Random) -> tuple[Claim, ...]:
    claim = _bought(chance, covers.SCREEN, chance.randint(82_000, 140_000))
    return (replace(claim, why="the screen's limit is paid"),)


def with_cards(chance: random.Random) -> tuple[Claim, ...]:
    """A clean claim whose claimant adds what nobody needed: both sides of a card, or a bank card."""
    claim = clean(chance, covers.ACCIDENT)
    birth = date(chance.randint(1950, 2007), chance.randint(1, 12), chance.randint(1, 28))
    made = (cards.front(claim.insured, birth, chance), cards.back(chance), cards.bank(chance))
    more = tuple(photographed("identity", paper, chance) for paper in made)
    return (replace(claim, papers=claim.papers + more),)


def over_limit(chance: random.Random) -> tuple[Claim, ...]:
    cover = chance.choice((*_MEDICAL, covers.HOME, covers.HOSPITAL))
    if cover.paper == "bill":
        return (_wrong(_bought(chance, cover, chance.randint(340_000, 900_000)), "over what is paid at once"),)
    return (_wrong(_medical(chance, cover, chance.randint(900_000, 1_500_000), 0, 0), "over what is paid at once"),)


def wrong_patient(chance: random.Random) -> tuple[Claim, ...]:
    cover = chance.choice((*_MEDICAL, *_SHOP))
    total, social, own = clean_total(chance, cover)
    other = invented.person(chance) + "甲"
    made = (
        _medical(chance, cover, total, social, own, patient=other)
        if cover.paper == "invoice"
        else _bought(chance, cover, total, patient=other)
    )
    return (_wrong(made, "somebody else's name is on it"),)


def wrong_date(chance: random.Random) -> tuple[Claim, ...]:
    total, social, own = clean_total(chance, covers.ACCIDENT)
    day = date(2026, 9, 1) - timedelta(days=chance.randint(0, 60))
    return (_wrong(_medical(chance, covers.ACCIDENT, total, social, own, day=day), "printed before it happened"),)


def repeated(chance: random.Random) -> tuple[Claim, ...]:
    """The same paper again, photographed anew or the very same picture, under another policy of the same insured."""
    first = clean(chance, chance.choice((covers.ACCIDENT, *_SHOP)))
    counted = first.papers[0]
    if chance.random() < 0.5:
        counted = photographed(counted.kind, counted.paper, chance)
    second = record(chance, first.cover, first.insured, first.happened_on, first.happened_on)
    return first, _wrong(replace(first, papers=(counted, second)), "the same invoice was claimed before")


def figures_disagree(chance: random.Random) -> tuple[Claim, ...]:
    total = chance.randint(40_000, 150_000)
    social = total * 60 // 100
    claim = _medical(chance, covers.ACCIDENT, total, social, total * 55 // 100)
    return (_wrong(claim, "the parts are more than the whole"),)


def edited_figure(chance: random.Random) -> tuple[Claim, ...]:
    """The total in figures was raised, the one in words not."""
    total, social, own, shown = _raised(chance)
    claim = _medical(chance, covers.ACCIDENT, total, social, own, shown=shown, worded=total)
    return (_wrong(claim, "figures and words differ", insists=True),)


def edited_twice(chance: random.Random) -> tuple[Claim, ...]:
    """Figures and words were raised; what the patient bore was not."""
    total, social, own, shown = _raised(chance)
    claim = _medical(chance, covers.ACCIDENT, total, social, own, shown=shown, worded=shown)
    return (_wrong(claim, "the total is not what its parts add up to", insists=True),)


def _raised(chance: random.Random) -> tuple[int, int, int, int]:
    """Total, social, own, and a higher total that would still be paid at once: nothing else calls a person."""
    while True:
        total, social, own = clean_total(chance, covers.ACCIDENT)
        shown = total + chance.choice((20_000, 30_000, 50_000))
        if amount(covers.ACCIDENT, shown, social, own) <= covers.ACCIDENT.at_once:
            return total, social, own, shown


def edited_vat(chance: random.Random) -> tuple[Claim, ...]:
    cover = chance.choice((covers.PET, covers.HOME))
    total = chance.randint(40_000, 150_000)
    shown = total + chance.choice((20_000, 50_000))
    claim = _bought(chance, cover, total, shown=shown, worded=chance.choice((shown, total)))
    return (_wrong(claim, "amount and tax do not make the total", insists=True),)


def illegible(chance: random.Random) -> tuple[Claim, ...]:
    total, social, own = clean_total(chance, covers.ACCIDENT)
    troubles = (chance.choice(("blurred", "blurred", "black")),)
    claim = _medical(chance, covers.ACCIDENT, total, social, own, troubles=troubles)
    return (_wrong(claim, "nothing can be read"),)


def outside_cover(chance: random.Random) -> tuple[Claim, ...]:
    claim = clean(chance, chance.choice((*_MEDICAL, *_SHOP)))
    if chance.random() < 0.5:
        days = {"start": claim.happened_on + timedelta(days=2), "end": date(2027, 8, 1)}
    else:
        days = {"start": claim.happened_on - timedelta(days=365), "end": claim.happened_on}
    return (_wrong(claim, "not on a covered day", policy=days),)


def in_waiting(chance: random.Random) -> tuple[Claim, ...]:
    claim = clean(chance, chance.choice((covers.HOSPITAL, covers.PET)))
    start = claim.happened_on - timedelta(days=chance.randint(1, 20))
    days = {"start": start, "end": start + timedelta(days=365), "waiting_ends": start + timedelta(days=30)}
    return (_wrong(claim, "in the waiting period", policy=days),)


def special_exclusion(chance: random.Random) -> tuple[Claim, ...]:
    claim = clean(chance, chance.choice((covers.ACCIDENT, covers.HOSPITAL)))
    out = [{"zh": "左膝关节疾病及其并发症不保", "en": "the left knee is not covered"}]
    return (_wrong(claim, "the policy has a special exclusion", policy={**claim.policy, "special_exclusions": out}),)


def wrong_kind(chance: random.Random) -> tuple[Claim, ...]:
    claim = clean(chance, covers.ACCIDENT)
    slip = receipts.Slip(claim.happened_on, chance.randint(900, 20_000), invented.figures(chance, 6))
    birth = date(chance.randint(1950, 2007), 5, 6)
    paper = chance.choice((cards.bank(chance), cards.front(claim.insured, birth, chance), receipts.shop(slip, chance)))
    return (_wrong(claim, "not an invoice", papers=(photographed("invoice", paper, chance, ()), *claim.papers[1:])),)


def nameless(chance: random.Random) -> tuple[Claim, ...]:
    """A till slip names nobody: whose it is, a person judges."""
    cover = covers.GOODS
    happened, total = day_of_event(chance), chance.randint(900, 29_000)
    slip = receipts.Slip(happened, total, invented.figures(chance, 6))
    paper = chance.choice(receipts.LAYOUTS)(slip, chance)
    insured = invented.person(chance)
    given = (photographed("bill", paper, chance), record(chance, cover, insured, happened, happened))
    return (_wrong(_claim(cover, insured, happened, given, total, {}), "nobody's name is on a till slip"),)


def foreign_money(chance: random.Random) -> tuple[Claim, ...]:
    happened = day_of_event(chance)
    slip = receipts.Slip(happened, chance.randint(15_000, 80_000), invented.figures(chance, 6))
    insured = invented.person(chance)
    given = (
        photographed("invoice", receipts.clinic(slip, chance), chance),
        record(chance, covers.TRAVEL, insured, happened, happened),
    )
    return (_wrong(_claim(covers.TRAVEL, insured, happened, given, 0, {}), "in a foreign currency"),)


def nothing_left(chance: random.Random) -> tuple[Claim, ...]:
    claim = _medical(chance, covers.ACCIDENT, chance.randint(3_000, 9_900), 0, 0)
    return (_wrong(claim, "less than the deductible: no machine says no"),)


CASES: tuple[Case, ...] = (
    Case("clean_accident", 88, _clean_of(covers.ACCIDENT)),
    Case("clean_travel", 18, _clean_of(covers.TRAVEL)),
    Case("clean_hospital", 20, _clean_of(covers.HOSPITAL)),
    Case("clean_shop", 46, _clean_of(*_SHOP)),
    Case("clean_car", 14, _clean_of(covers.CAR)),
    Case("capped", 6, capped),
    Case("with_cards", 10, with_cards),
    Case("over_limit", 8, over_limit),
    Case("wrong_patient", 10, wrong_patient),
    Case("wrong_date", 6, wrong_date),
    Case("repeated", 8, repeated),
    Case("figures_disagree", 6, figures_disagree),
    Case("edited_figure", 8, edited_figure),
    Case("edited_twice", 8, edited_twice),
    Case("edited_vat", 8, edited_vat),
    Case("illegible", 8, illegible),
    Case("outside_cover", 8, outside_cover),
    Case("in_waiting", 6, in_waiting),
    Case("special_exclusion", 6, special_exclusion),
    Case("wrong_kind", 8, wrong_kind),
    Case("nameless", 16, nameless),
    Case("foreign_money", 6, foreign_money),
    Case("nothing_left", 4, nothing_left),
)


def claims_of(case: Case, seed: int, number: int) -> tuple[Claim, ...]:
    """The same for the same case, seed and number, whatever else is in the set."""
    chance = random.Random(f"{seed}/{case.code}/{number}")
    return tuple(replace(claim, case=case.code) for claim in case.make(chance))
