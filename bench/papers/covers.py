"""The sample products that the claims of the set fall under, and what each pays — worked out here a second time, from
the clauses and not from the program's steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Cover:
    """`paper` is the room's kind of the paper that counts; `pays(total, social, own)` is in fen before limits; up to
    `at_once` a clean claim is paid without a person."""

    code: str
    version_id: str
    event: str
    paper: str
    at_once: int
    pays: Callable[[int, int, int], int]
    inputs: Mapping[str, str] = field(default_factory=dict)
    sum_insured: int = 10_000_000
    sentence: str = "不小心摔了一跤"
    waits: bool = False


def _share(fen: int, per_cent: int) -> int:
    return int((Decimal(max(0, fen)) * per_cent / 100).quantize(Decimal(1), ROUND_HALF_UP))


ACCIDENT = Cover(
    "accident",
    "songtao-accident@2026-01-15",
    "accident_outpatient",
    "invoice",
    200_000,
    lambda total, social, own: _share(total - social - own - 10_000, 90 if social else 70),
    {"plan": "with_medical", "sum_insured": "100000", "social_insurance": "yes"},
)
TRAVEL = Cover(
    "travel",
    "songtao-travel@2026-07-15",
    "accident_outpatient",
    "invoice",
    300_000,
    lambda total, social, own: max(0, total - social - 10_000),
    {"plan": "standard"},
    sentence="旅途中扭伤了脚",
)
HOSPITAL = Cover(
    "hospital",
    "haijia-medical-a@2026-03-01",
    "hospital",
    "invoice",
    500_000,
    lambda total, social, own: _share(total - social, 100 if social else 60),
    {"deductible": "0", "social_insurance": "yes"},
    sentence="肚子疼住院了",
    waits=True,
)
PET = Cover(
    "pet",
    "suihe-pet@2026-08-01",
    "pet_treated",
    "bill",
    300_000,
    lambda total, social, own: _share(total - 10_000, 70),
    {"ratio": "70", "liability": "no"},
    2_000_000,
    "狗拉肚子去看了病",
    waits=True,
)
SCREEN = Cover(
    "screen",
    "yizhan-broken-screen@2026-05-18",
    "broken_screen",
    "bill",
    100_000,
    lambda total, social, own: total,
    {"back": "no"},
    80_000,
    "手机掉地上屏幕碎了",
    waits=True,
)
HOME = Cover(
    "home",
    "suihe-home@2026-08-18",
    "contents_damaged",
    "bill",
    300_000,
    lambda total, social, own: max(0, total - 30_000),
    {"contents_sum": "50000", "water": "no", "theft": "no"},
    sentence="台风打坏了家电",
)
CAR = Cover(
    "car",
    "chiye-shared-car@2026-07-01",
    "car_damaged",
    "bill",
    200_000,
    lambda total, social, own: total,
    {"deductible": "0", "passengers": "no"},
    sentence="租的车变道刮了",
)
GOODS = Cover(
    "goods",
    "yizhan-goods-quality@2026-05-01",
    "faulty_goods",
    "bill",
    30_000,
    lambda total, social, own: total,
    {},
    30_000,
    "买的东西是坏的",
)


def amount(cover: Cover, total: int, social: int = 0, own: int = 0) -> int:
    """What a clean claim is paid, in fen: a screen at most its sum insured; no other limit is reached in the set."""
    paid = cover.pays(total, social, own)
    return min(paid, cover.sum_insured)
