"""Every price explains itself: each step in words, with the table cell it comes from."""

from __future__ import annotations

from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.contracts import PriceStep
from baohe.rooms.rating.tests.samples import choice, number, step, table, tariff, version


def test_each_step_names_the_cell_it_comes_from() -> None:
    whole = version("haijia-medical-a")
    price = rating.rater(whole).price({"age": "34", "social_insurance": "yes", "deductible": "10000"})

    assert price.steps[0].value == "¥312.00"
    assert (
        price.steps[0].source.zh
        == "2026-03-01 版《年保险费表》，34 岁（31–35 档）、有医保、计划一 · 免赔额 1 万：¥312.00"
    )
    assert price.steps[-1].value == "¥312.00"


def motor() -> list[PriceStep]:
    rate = table("rate", {"input": "age", "interpolate": True}, unit="permille", decimals=2)
    ncd = table("ncd", {"input": "claims"}, unit="percent", decimals=2)
    units = table("units", {"input": "claims"}, decimals=1)
    damage = {
        "name": "damage",
        "label": {"zh": "车损险", "en": "Damage"},
        "steps": [step("lookup", table="rate"), step("scale", input="value"), step("round", multiple_fen=100)],
    }
    steps = [
        step("add", figure="damage"),
        step("factor", table="ncd"),
        step("factor", bp=10_600),
        step("add", fen=300, when={"rider": ["yes"]}),
        step("add", fen=200, when={"rider": ["no"]}),
        step("at_most", fen=1_000_000),
        step("round", mode="down"),
        step("divide", table="units"),
        step("round"),
        step("at_least", fen=500_000),
        step("round", multiple_fen=10, mode="up"),
    ]
    whole = tariff(
        [number("age", 0, 10), number("value", 1, 500_000), choice("claims", "0", "1"), choice("rider", "yes", "no")],
        [rate, ncd, units],
        {"rate": "0,12.00;10,14.00", "ncd": "0,60;1,100.25", "units": "0,1;1,2.5"},
        steps,
        figures=[damage],
    )
    return list(rating.rater(whole).price({"age": "3", "value": "100000", "claims": "1", "rider": "no"}).steps)


def test_the_steps_of_a_figure_come_first_and_under_its_name() -> None:
    lookup, scale, rounded, added, *_ = motor()

    assert (lookup.label.zh, lookup.label.en, lookup.value) == ("车损险：lookup步", "Damage: lookup", "12.6‰")
    assert lookup.source.zh == "2026-03-01 版《rate表》，age3（相邻两格之间按直线）：12.6‰"
    assert lookup.source.en == "rate, version 2026-03-01, age 3 (on the line between two cells): 12.6‰"
    assert scale.value == "× 100,000"
    assert rounded.value == "¥1,260.00"
    assert rounded.source.zh == "四舍五入到 ¥1.00 的整数倍：¥1,260.00"
    assert (added.value, added.source.zh) == ("+ ¥1,260.00", "上面算出的一项：+ ¥1,260.00")


def test_constants_bounds_and_roundings_say_what_they_did() -> None:
    _, _, _, _, ncd, tax, fee, cap, down, divided, rounded, least, last = motor()

    assert (ncd.value, ncd.source.en) == ("× 100.25%", "ncd, version 2026-03-01, 1: × 100.25%")
    assert (tax.value, tax.source.zh) == ("× 106%", "固定系数：× 106%")
    assert (fee.value, fee.source.en) == ("+ ¥2.00", "a fixed amount: + ¥2.00")
    assert (cap.value, cap.source.zh) == ("≤ ¥10,000.00", "未超过最高 ¥10,000.00")
    # 1,260 × 1.0025 × 1.06 + 2 = 1,340.939
    assert (down.value, down.source.en) == ("¥1,340.93", "rounded down to a multiple of ¥0.01: ¥1,340.93")
    assert (divided.value, divided.source.zh) == ("÷ 2.50", "2026-03-01 版《units表》，1：÷ 2.50")
    assert rounded.value == "¥536.37"
    assert (least.value, least.source.en) == ("≥ ¥5,000.00", "less than the minimum, so ¥5,000.00")
    assert (last.value, last.source.zh) == ("¥5,000.00", "向上取整到 ¥0.10 的整数倍：¥5,000.00")


def test_a_bound_from_a_table_names_the_cell() -> None:
    least = table("least", {"input": "plan"}, decimals=3)
    whole = tariff(
        [choice("plan", "a", "b")],
        [table("base", {"input": "plan"}, unit="fen", decimals=0), least],
        {"base": "a,700;b,900", "least": "a,8.125;b,8.125"},
        [step("lookup", table="base"), step("at_least", table="least"), step("round", multiple_fen=100, mode="up")],
    )
    below, above = (rating.rater(whole).price({"plan": plan}).steps[1] for plan in "ab")

    assert below.source.zh == "算得的不足，按最低 ¥8.125；2026-03-01 版《least表》，a：¥8.125"
    assert above.source.en == "not below the minimum of ¥8.125; least, version 2026-03-01, b: ¥8.125"
