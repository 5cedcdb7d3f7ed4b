"""The families of the labelled sentences, with policies of every product on sale. Made without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.claims.rules.notice.fitting import Held
from baohe.rooms.claims.rules.notice.naming import Relative

PRODUCTS = Path(__file__).resolve().parents[3] / "products"
_LONG = (date(2025, 6, 1), date(2028, 6, 1))


@dataclass(frozen=True, slots=True)
class World:
    """A family on one day. A person's id is the name."""

    today: date
    family: tuple[Relative, ...]
    held: tuple[Held, ...]


@cache
def _version(folder: str) -> ProductVersion:
    return catalog.parse_package(catalog.read_package(PRODUCTS / folder))


def _held(name: str, folder: str, period: tuple[date, date] = _LONG, **inputs: str) -> Held:
    version = _version(folder)
    return Held(
        id=f"{name}/{folder}",
        number=f"P-{name}-{folder}",
        person_id=name,
        insured_name=name,
        line=version.line,
        product_name=version.name,
        start=period[0],
        end=period[1],
        state="in_force",
        events=tuple(event for event in version.claim_events_of(inputs) if event.papers),
    )


def _people(text: str) -> tuple[Relative, ...]:
    rows = (line.split() for line in text.strip().splitlines())
    return tuple(Relative(name, name, relation, sex) for name, relation, sex in rows)


def _family(today: date) -> World:
    people = _people("""
        林知夏 self female
        周明远 spouse male
        周小禾 child male
        王秀兰 parent female
        林建国 parent male
    """)
    accident, medical = "songtao-accident/2026-01-15", "haijia-medical-a/2026-03-01"
    held = (
        *(_held(name, accident, plan="with_medical") for name in ("林知夏", "周小禾", "王秀兰")),
        _held("周明远", accident, (date(2025, 1, 1), date(2026, 1, 1)), plan="with_medical"),
        _held("林建国", accident, (date(2026, 12, 1), date(2027, 12, 1)), plan="with_medical"),
        _held("林知夏", "songtao-ride/2026-06-18", plan="standard"),
        *(_held(name, medical) for name in ("林知夏", "周小禾", "王秀兰")),
        _held("周明远", "qingcen-critical-illness/2026-05-01", mild="yes", cancer_again="yes"),
        _held("周明远", "yunshan-term-life/2026-02-01"),
        _held("林知夏", "songtao-travel/2026-07-15", cancel="yes"),
        _held("林知夏", "suihe-home/2026-08-18", water="yes", theft="yes"),
        _held("林知夏", "suihe-pet/2026-08-01", liability="yes"),
        _held("林知夏", "yizhan-broken-screen/2026-05-18", back="yes"),
        _held("林知夏", "suihe-account-security/2026-06-01", device="yes"),
        _held(
            "周明远",
            "chiye-commercial-motor/2026-01-10",
            damage_cover="yes",
            seat_cover="10000",
            outside_cover="yes",
        ),
    )
    return World(today, people, held)


def _elders() -> World:
    people = _people("""
        陈立 self male
        吴敏 spouse female
        陈雨桐 child female
        陈德福 parent male
        赵玉珍 parent female
    """)
    care, clinic = "qingcen-elder-care/2026-05-20", "haijia-family-clinic/2026-11-20"
    held = (
        *(_held(name, care, plan="with_care") for name in ("陈德福", "赵玉珍")),
        *(_held(name, clinic) for name in ("吴敏", "陈雨桐")),
        *(_held(name, "songtao-large-accident/2026-10-20") for name in ("陈立", "陈雨桐")),
        _held("陈立", "lanjiang-whole-life/2026-04-15"),
        _held("陈立", "yunshan-sudden-death/2026-03-15", plan="with_rescue"),
        _held("吴敏", "lanjiang-annuity/2026-06-01"),
        _held("吴敏", "lanjiang-participating-life/2026-09-01"),
        _held("吴敏", "qingcen-critical-illness/2026-11-15", mild="yes", cancer_again="yes"),
    )
    return World(date(2026, 11, 22), people, held)


def _road() -> World:
    people = _people("""
        何军 self male
        孙悦 spouse female
        何一诺 child female
    """)
    held = (
        _held(
            "何军",
            "chiye-commercial-motor/2026-01-10",
            damage_cover="yes",
            seat_cover="50000",
            outside_cover="yes",
        ),
        _held("何军", "chiye-compulsory-motor/2026-01-01"),
        _held("何军", "chiye-shared-car/2026-07-01", passengers="yes"),
        _held("何军", "suihe-credit-guarantee/2026-07-01"),
        _held("孙悦", "yizhan-flight-delay/2026-11-15"),
        _held("孙悦", "yizhan-freight-return/2026-11-01"),
        _held("孙悦", "yizhan-goods-quality/2026-05-01"),
        _held("孙悦", "songtao-weather-trip/2026-11-15"),
        _held("何一诺", "yizhan-broken-screen/2026-05-18", back="no"),
    )
    return World(date(2026, 11, 22), people, held)


@cache
def worlds() -> dict[str, World]:
    """By the name that stands in the labelled files. `spring` is the first family, nine days after Spring Festival."""
    return {
        "family": _family(date(2026, 11, 22)),
        "spring": _family(date(2026, 2, 25)),
        "elders": _elders(),
        "road": _road(),
    }
