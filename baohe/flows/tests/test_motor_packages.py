"""Motor, flight and freight packages against arithmetic written a second time, from the published figures."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import facade as underwriting

PREMIUMS = (
    950, 1100, 1000, 1130, 1220, 1270, 950, 1070, 1140, 1320, 1800, 2360, 2400, 2560, 3530, 2250, 2520, 3020, 3140,
    2350, 2620, 3420, 4690, 1200, 1470, 1650, 2220, 1850, 3070, 3450, 4480, 3710, 2430, 1080, 3980, 80, 120, 400,
)  # fmt: skip
"""The 38 classes of the national scale of 2008, in its order."""
SCHEMES = {"A": "15 46 63 54", "B": "61 53 45", "C": "62 22 14 23 65", "D": "11 12 13 64"}
DISCOUNTS = {"A": (30, 40, 50), "B": (25, 35, 45), "C": (20, 30, 40), "D": (15, 25, 35), "E": (10, 20, 30)}
RECORDS = ("new", "clean_1", "clean_2", "clean_3", "one_non_fatal", "two_or_more", "death")


@functools.cache
def _version(code: str, day: str) -> ProductVersion:
    return catalog.check_package(catalog.read_package(settings.BAOHE_PRODUCTS / code / day))


def _compulsory() -> ProductVersion:
    return _version("chiye-compulsory-motor", "2026-01-01")


def _commercial() -> ProductVersion:
    return _version("chiye-commercial-motor", "2026-01-10")


def _choices(version: ProductVersion, code: str) -> list[str]:
    item = version.rating_input(code)
    assert item is not None
    return [choice.value for choice in item.choices]


def _per_cent(region: str, record: str) -> int:
    scheme = next((name for name, regions in SCHEMES.items() if region in regions.split()), "E")
    one, two, three = DISCOUNTS[scheme]
    return dict(zip(RECORDS, (0, -one, -two, -three, 0, 10, 30), strict=True))[record]


def test_compulsory_motor_is_right_to_the_yuan_for_every_class_region_and_record() -> None:
    version = _compulsory()
    vehicles, regions = _choices(version, "vehicle"), _choices(version, "region")
    trucks = PREMIUMS[23:31]
    bases = dict(zip(vehicles, (*PREMIUMS, *(Fraction(3 * truck, 10) for truck in trucks)), strict=True))
    assert (len(vehicles), len(regions)) == (46, 31)
    assert [v.replace("trailer", "truck") for v in vehicles[38:]] == vehicles[23:31]

    rows = list(product(vehicles, regions, RECORDS))
    columns = {code: np.array([row[at] for row in rows]) for at, code in enumerate(("vehicle", "region", "record"))}
    priced = rating.rater(version).price_many(columns)

    for (vehicle, region, record), premium_fen in zip(rows, priced, strict=True):
        exact = bases[vehicle] * (100 + _per_cent(region, record)) / Fraction(100)
        yuan = int(exact + Fraction(1, 2))
        assert premium_fen == yuan * 100, (vehicle, region, record)


@pytest.mark.rule("SERV-6")
def test_compulsory_motor_is_offered_to_every_vehicle_with_every_record() -> None:
    version = _compulsory()
    assert version.underwriting_rules == ()
    assert version.questionnaire == ()
    for record in RECORDS:
        facts = {"vehicle": "special_1", "region": "54", "record": record}
        assert underwriting.decide(version, facts, {}).outcome == "accept"


def test_the_price_names_base_and_factor() -> None:
    price = rating.rater(_compulsory()).price({"vehicle": "company_6_10", "region": "12", "record": "clean_1"})
    assert price.premium_fen == 96100  # 1,130 × 0.85 = 960.50
    assert [step.label.zh for step in price.steps] == ["基础保险费", "事故记录浮动", "取整到元"]


def _cells(version: ProductVersion, name: str) -> dict[tuple[str, ...], Fraction]:
    table = version.table(name)
    assert table is not None
    return {row[:-1]: Fraction(row[-1]) for row in table.rows}


@given(st.data())
@budget(max_examples=80, deadline=None)
def test_commercial_motor_is_the_sum_of_its_covers_times_its_factors(data: st.DataObject) -> None:
    version = _commercial()
    one = {item.code: data.draw(st.sampled_from(_choices(version, item.code))) for item in version.rating_inputs}
    if one["car_age"] == "over_10":
        one["damage_cover"] = "no"

    yuan = _cells(version, "third_party")[one["vehicle"], one["third_party"]]
    if one["damage_cover"] == "yes":
        yuan += _cells(version, "damage")[one["vehicle"], one["car_age"], one["price_band"]]
    if one["seat_cover"] != "none":
        yuan += _cells(version, "seats")[one["vehicle"], one["seat_cover"]]
    if one["outside_cover"] == "yes":
        yuan += _cells(version, "outside_list")[one["third_party"],]
    yuan *= _cells(version, "ncd_factor")[one["ncd_grade"],] / 10_000
    yuan *= _cells(version, "violation_factor")[one["violations"],] / 10_000
    yuan *= _cells(version, "own_factor")[one["driving_years"], one["driving_score"]] / 10_000

    assert rating.rater(version).premium(one) == int(max(yuan, Fraction(200)) * 100 + Fraction(1, 2))


def test_the_no_claims_grades_run_from_half_to_double() -> None:
    version = _commercial()
    factors = [int(value) for value in _cells(version, "ncd_factor").values()]
    assert _choices(version, "ncd_grade") == [str(grade) for grade in range(-4, 6)]
    assert factors == sorted(factors)
    assert (factors[0], factors[4], factors[-1]) == (5_000, 10_000, 20_000)


def test_an_old_car_is_told_that_only_its_damage_is_not_insured() -> None:
    version = _commercial()
    with pytest.raises(InvalidInput) as refused:
        rating.rater(version).premium(rating.complete(version, {"car_age": "over_10"}))
    assert refused.value.facts["field"] == "car_age"
    assert rating.rater(version).premium(rating.complete(version, {"car_age": "over_10", "damage_cover": "no"})) > 0


def _flight(**changes: int | str) -> Mapping[str, str]:
    said = {"route_class": "trunk", "departure_hour": 13, "past_flights": 100, "delay_index": 700, "benefit": 400}
    return {code: str(value) for code, value in {**said, **changes}.items()}


def test_flight_delay_costs_more_for_a_worse_record_and_never_beyond_its_bounds() -> None:
    compiled = rating.rater(_version("yizhan-flight-delay", "2026-05-01"))
    for hour, flights, benefit in product(range(24), (10, 30, 100), (200, 400, 800, 1200)):
        premiums = [
            compiled.premium(_flight(departure_hour=hour, past_flights=flights, delay_index=index, benefit=benefit))
            for index in range(0, 5001, 500)
        ]
        assert premiums == sorted(premiums)
        assert 400 <= premiums[0] <= premiums[-1] <= 15 * benefit  # fen: 15 yuan for each 100


def test_a_flight_with_fewer_than_ten_past_flights_has_no_price() -> None:
    with pytest.raises(InvalidInput) as refused:
        rating.rater(_version("yizhan-flight-delay", "2026-05-01")).premium(_flight(past_flights=9))
    assert refused.value.facts["field"] == "past_flights"


def test_each_step_of_a_delay_is_capped_by_its_own_share() -> None:
    shares = {"late_15": 10, "late_30": 20, "late_45": 30, "cancelled": 50, "diverted": 50}
    for event in _version("yizhan-flight-delay", "2026-05-01").claim_rules.events:
        share = shares[event.code.removeprefix("flight_")]
        times, cap = event.steps[1], event.steps[2]
        assert times.ratio_bp == share * 100
        assert cap.per == "contract" and cap.amount is not None
        assert all(fen == int(benefit) * share for benefit, fen in cap.amount.by_value_fen.items())
        assert event.papers == ()


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(["clothing", "daily", "beauty"]),
       st.integers(1, 5_000_000), st.sampled_from([10, 12, 15]))  # fmt: skip
@budget(max_examples=200, deadline=None)
def test_freight_return_keeps_its_minimum_and_its_cap(
    buyer: int, seller: int, category: str, value_fen: int, benefit: int
) -> None:
    inputs = {"buyer_return_rate_bp": str(buyer), "seller_return_rate_bp": str(seller), "category": category,
              "order_value_fen": str(value_fen), "benefit": str(benefit)}  # fmt: skip
    assert 30 <= rating.rater(_version("yizhan-freight-return", "2026-11-01")).premium(inputs) <= 20 * benefit


def test_the_earlier_freight_version_keeps_its_price() -> None:
    frequent = {"buyer_return_rate_bp": "6000", "seller_return_rate_bp": "3000", "category": "clothing",
                "order_value_fen": "150000", "benefit": "10"}  # fmt: skip
    earlier, later = (_version("yizhan-freight-return", day) for day in ("2026-04-01", "2026-11-01"))
    assert rating.rater(earlier).premium(frequent) == 161
    assert rating.rater(later).premium(frequent) == 200
    assert earlier.table("premium_cap") is None and later.table("premium_cap") is not None
