"""What a contract may count: visits, items, days, tiers, a family's deductible. Every line re-adds (SERV-7)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.adapters.ocr.contracts import Line
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import ClaimAmount, ClaimEvent, ClaimExclusion, ClaimStep, ClaimTier
from baohe.rooms.claims.rules.calculation import calculate, re_add
from baohe.rooms.claims.rules.counting import counted_periods, of_family
from baohe.rooms.claims.rules.excluding import spoken_of
from baohe.rooms.claims.rules.figures import Contract, Figures, Visit
from baohe.rooms.claims.rules.items import item_fields, normal_days

LABEL = Text("减 某项", "Less something")
NONE = Contract({}, 0)
FEN = st.integers(0, 10**8)


def step(op, fixed=None, **more):
    return ClaimStep(op=op, label=LABEL, clause="2.4", amount=None if fixed is None else ClaimAmount(fixed), **more)


def event(*steps):
    return ClaimEvent("e", LABEL, LABEL, "medical", {}, False, False, 10**9, (), tuple(steps))


TOTAL = step("start", field="total")
TIERS = step("tiers", tiers=(ClaimTier(1_000_000, 5_000), ClaimTier(3_000_000, 8_000), ClaimTier(None, 10_000)))


@pytest.mark.rule("SERV-7")
@pytest.mark.parametrize(
    ("steps", "visits", "pays"),
    [
        # ¥100 of each visit, never more than the visit cost
        ((TOTAL, step("minus", 10_000, per="visit")), (Visit(50_000), Visit(4_000)), 40_000),
        # a bed at most ¥60 a day
        (
            (TOTAL, step("sublimit", 6_000, field="bed", per="day")),
            (Visit(90_000, items={"bed": 30_000}, days=3),),
            78_000,
        ),
        # an outpatient's bed counts as one day
        ((TOTAL, step("sublimit", 6_000, field="bed", per="day")), (Visit(90_000, items={"bed": 9_000}),), 87_000),
        # each visit's medicine, and the medicine of all of them
        (
            (TOTAL, step("sublimit", 5_000, field="drug", per="visit")),
            (Visit(9_000, items={"drug": 8_000}), Visit(9_000, items={"drug": 2_000})),
            15_000,
        ),
        (
            (TOTAL, step("sublimit", 5_000, field="drug", per="event")),
            (Visit(9_000, items={"drug": 8_000}), Visit(9_000, items={"drug": 2_000})),
            13_000,
        ),
        # ¥150 a day from the fourth day of each stay
        ((step("daily", 15_000, less_days=3),), (Visit(days=7), Visit(days=2)), 60_000),
        # 50% of the first ¥10,000, 80% up to ¥30,000, all above
        ((TOTAL, TIERS), (Visit(800_000),), 400_000),
        ((TOTAL, TIERS), (Visit(1_000_000),), 500_000),
        ((TOTAL, TIERS), (Visit(3_500_000),), 500_000 + 1_600_000 + 500_000),
        # social insurance first, then the visit's own share
        (
            (TOTAL, step("minus", field="social_paid"), step("minus", 1_000, per="visit")),
            (Visit(10_000, 9_500), Visit(10_000, 0)),
            9_000,
        ),
    ],
)
def test_what_is_paid(steps, visits, pays):
    result = calculate(event(*steps), Figures(visits), NONE, {})
    assert result.amount_fen == re_add(result.lines) == pays


@st.composite
def visits(draw):
    total = draw(FEN)
    bed = draw(st.integers(0, total))
    return Visit(total, draw(FEN), draw(FEN), draw(FEN), {"bed": bed, "drug": total - bed}, draw(st.integers(0, 60)))


@settings(deadline=None)
@given(st.lists(visits(), max_size=4), FEN, FEN, st.integers(0, 10_000))
def test_any_visits_re_add_and_pay_at_most_what_was_spent(papers, limit, deductible, ratio):
    filed = event(
        TOTAL,
        step("sublimit", limit, field="bed", per="day"),
        step("sublimit", limit, field="drug", per="event"),
        step("minus", field="social_paid"),
        step("minus", deductible, per="visit"),
        TIERS,
        step("times", ratio_bp=ratio),
        step("minus", field="recovered"),
        step("cap", limit, per="year"),
    )
    result = calculate(filed, Figures(tuple(papers)), NONE, {})
    assert re_add(result.lines) == result.amount_fen == result.used.get("medical:cap:year")
    assert 0 <= result.amount_fen <= min(limit, sum(visit.total_fen for visit in papers))


def test_a_family_bears_its_deductible_once():
    filed = event(TOTAL, step("minus", 100_000, per="year", shared=True))
    (key,) = counted_periods(filed, date(2026, 3, 1), date(2026, 5, 1))
    assert of_family(key)
    first = calculate(filed, Figures((Visit(70_000),)), NONE, {})
    second = calculate(filed, Figures((Visit(70_000),)), NONE, dict(first.used))
    third = calculate(filed, Figures((Visit(70_000),)), NONE, {key: 100_000})
    assert (first.amount_fen, second.amount_fen, third.amount_fen) == (0, 40_000, 70_000)
    assert "全家" in second.lines[1].detail.zh


def test_a_word_of_an_exclusion_names_its_clause():
    drunk = ClaimExclusion(Text("酒后驾驶", "Drunk driving"), "3.2", ("酒后", "醉酒"))
    beauty = ClaimExclusion(Text("美容整形", "Cosmetic surgery"), "3.5", ("美容", "Botox"))
    assert spoken_of((drunk, beauty), ["晚上醉酒后骑车摔了"]) == (drunk,)
    assert spoken_of((drunk, beauty), ["打了 BOTOX 针"]) == (beauty,)
    assert spoken_of((drunk, beauty), ["滑倒", "急诊"]) == ()


def line(text, x, y, score=98):
    return Line(text, score, (x, y, 900, 200))


def test_items_are_read_from_their_rows():
    filed = event(TOTAL, step("sublimit", 1, field="bed", per="day"), step("sublimit", 1, field="drug", per="event"))
    lines = [
        line("床位费", 500, 1_000),
        line("180.00", 1_600, 1_010),
        line("西药费 95.20", 500, 1_400),
        line("中成药费", 500, 1_800),
        line("20.30", 1_600, 1_810),
        line("住院天数：3", 500, 2_200),
    ]
    bed, drug, days = item_fields(filed, lines)
    assert (bed.value, drug.value, days.value) == ("180.00", "115.50", "3")
    assert not (bed.doubtful or drug.doubtful or days.doubtful)


def test_what_the_print_does_not_give_is_asked_for():
    filed = event(TOTAL, step("sublimit", 1, field="nursing", per="visit"), step("daily", 1))
    assert [(field.value, field.doubtful) for field in item_fields(filed, [])] == [("", True), ("", True)]
    assert item_fields(event(TOTAL), []) == ()


@pytest.mark.parametrize("typed", ["", "-1", "3.5", "367", "三"])
def test_days_are_whole_and_of_one_year(typed):
    (field,) = item_fields(event(step("daily", 1)), [])
    with pytest.raises(InvalidInput):
        normal_days(field, typed)
    assert normal_days(field, "07") == "7"
