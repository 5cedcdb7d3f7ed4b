"""Reading reports: lines to values by rules, and a handful of drawn reports by the real engine."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.adapters.ocr.contracts import Line
from baohe.adapters.ocr.report import read_report
from tests.underwriting.sample_report import LAYOUTS, draw_report, measured

TODAY = date(2026, 11, 22)


def row(*cells: str, top: int = 1_000, score: int = 97) -> list[Line]:
    return [Line(text, score, (500 + 1_500 * place, top, 1_200, 300)) for place, text in enumerate(cells)]


def read(*lines: Line) -> dict[str, str]:
    return {one.code: one.value for one in read_report(lines, TODAY).values}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("空腹血糖(GLU)", "5.60", "mmol/L", "3.9-6.1"), {"fasting_glucose": "5.6"}),
        (("空腹血糖", "3.9-6.1", "7.2", "mmol/L"), {"fasting_glucose": "7.2"}),
        (("尿酸(UA)", "486 ↑", "μmol/L", "208~428"), {"uric_acid": "486"}),
        (("身高：172cm", "体重：68.5kg"), {"height": "172", "weight": "68.5"}),
        (("身高172cm体重68.5kg",), {"height": "172", "weight": "68.5"}),
        (("血压 128/82 mmHg",), {"systolic": "128", "diastolic": "82"}),
        (("总胆固醇(TC)", "5.21", "低密度脂蛋白胆固醇", "3.02"), {"total_cholesterol": "5.21", "ldl": "3.02"}),
        (("姓名", "欧阳静", "性别", "女"), {"name": "欧阳静"}),
        (("报告日期：2026年11月2日",), {"report_date": "2026-11-02"}),
        (("糖化血红蛋白(HbA1c)", "", "%", "4.0-6.0"), {}),
        (("超声提示甲状腺结节，TI-RADS 3类",), {"finding_1": "甲状腺结节", "finding_2": "TI-RADS 3"}),
        (("未见甲状腺结节，无高血压病史",), {}),
    ],
)
def test_a_row_is_read_as_a_person_reads_it(cells: tuple[str, ...], found: dict[str, str]) -> None:
    assert read(*row(*[cell for cell in cells if cell])) == found


@pytest.mark.parametrize(
    "lines",
    [
        row("身高", "17 cm"),
        row("空腹血糖", "101", "mg/dL"),
        row("体重", "70 kg", score=60),
        row("体重", "70 kg") + row("体重", "75 kg", top=3_000),
        row("报告日期：2027-01-01"),
    ],
)
def test_what_cannot_be_right_is_doubtful(lines: list[Line]) -> None:
    [value] = read_report(lines, TODAY).values
    assert value.doubtful


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_photographed_report_is_read(layout: str) -> None:
    right, whole = measured(draw_report(layout, 41, noisy=True), TODAY)
    assert right >= whole - 1
