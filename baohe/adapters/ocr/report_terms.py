"""What laboratories call things: labels, units and the values that a living person can have. Data, no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """`labels` as printed, without brackets; `least` and `most` bound what is believed without a second look."""

    labels: tuple[str, ...]
    unit: str
    least: float
    most: float


NUMBERS: Mapping[str, Term] = {
    "height": Term(("身高",), "cm", 50, 230),
    "weight": Term(("体重",), "kg", 3, 250),
    "systolic": Term(("收缩压",), "mmHg", 60, 260),
    "diastolic": Term(("舒张压",), "mmHg", 30, 160),
    "fasting_glucose": Term(("空腹血葡萄糖", "空腹葡萄糖", "空腹血糖", "葡萄糖", "血糖"), "mmol/L", 1, 40),
    "hba1c": Term(("糖化血红蛋白A1c", "糖化血红蛋白", "HbA1c"), "%", 3, 20),
    "uric_acid": Term(("血尿酸", "尿酸"), "μmol/L", 50, 1500),
    "alt": Term(("丙氨酸氨基转移酶", "谷丙转氨酶", "血清谷丙转氨酶"), "U/L", 1, 5000),
    "ast": Term(("天门冬氨酸氨基转移酶", "天冬氨酸氨基转移酶", "谷草转氨酶"), "U/L", 1, 5000),
    "ggt": Term(("γ-谷氨酰转移酶", "Y-谷氨酰转移酶", "谷氨酰转肽酶", "谷氨酰转移酶"), "U/L", 1, 5000),
    "total_cholesterol": Term(("血清总胆固醇", "总胆固醇"), "mmol/L", 0.5, 30),
    "triglycerides": Term(("甘油三酯", "甘油三脂"), "mmol/L", 0.1, 60),
    "ldl": Term(("低密度脂蛋白胆固醇", "低密度脂蛋白"), "mmol/L", 0.1, 20),
    "hdl": Term(("高密度脂蛋白胆固醇", "高密度脂蛋白"), "mmol/L", 0.1, 10),
}

PRESSURE = ("血压",)
"""Both values behind one label: 128/82."""

NAME = ("姓名",)
DATES = ("报告日期", "体检日期", "检查日期", "检验日期", "出院日期", "总检日期", "日期")
OTHER_LABELS = ("性别", "年龄", "单位", "项目", "结果", "参考范围", "参考值", "体检号", "样本号", "科室", "住院号")
"""What ends a value on the same line, and is none of ours."""

FINDINGS = (
    "甲状腺结节",
    "肺结节",
    "肺部结节",
    "乳腺结节",
    "乳腺增生",
    "肝囊肿",
    "肾囊肿",
    "胆囊息肉",
    "胆囊结石",
    "肾结石",
    "脂肪肝",
    "子宫肌瘤",
    "卵巢囊肿",
    "前列腺增生",
    "颈动脉斑块",
    "高血压",
    "糖尿病",
    "高脂血症",
    "高尿酸血症",
    "冠心病",
    "乙型肝炎",
    "胃息肉",
    "肠息肉",
    "慢性胃炎",
    "TI-RADS",
    "BI-RADS",
)
NOT_SO = ("未见", "未发现", "无", "否认", "排除", "未探及", "未提示")
"""Words before a finding that take it back."""
