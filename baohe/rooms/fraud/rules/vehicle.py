"""The vehicle claims table: which columns count, in which order their values stand, and their Chinese names. Pure.

Left out on purpose, and never read: `PolicyNumber` and `RepNumber` (a row's number and the clerk who got it say
nothing of a claim), `Year` and everything of the calendar (they would learn the season of one year), `Sex`,
`MaritalStatus`, `Age`, `AgeOfPolicyHolder` (DATA-3), `PolicyType` (it repeats category and base policy).
"""

from __future__ import annotations

from dataclasses import dataclass

from baohe.kernel.decisions import Text

YEAR, LABEL = "Year", "FraudFound_P"
PROTECTED = ("Sex", "MaritalStatus", "Age", "AgeOfPolicyHolder")


@dataclass(frozen=True, slots=True)
class Feature:
    """`levels` in their order where there is one; empty for a feature whose values are only alike or not."""

    name: str
    zh: str
    en: str
    levels: tuple[str, ...] = ()


FEATURES: tuple[Feature, ...] = (
    Feature("Make", "车辆品牌", "make"),
    Feature("AccidentArea", "出险地区", "accident area"),
    Feature("Fault", "事故责任方", "fault"),
    Feature("VehicleCategory", "车型", "vehicle category"),
    Feature(
        "VehiclePrice",
        "车价",
        "vehicle price",
        (
            "less than 20000",
            "20000 to 29000",
            "30000 to 39000",
            "40000 to 59000",
            "60000 to 69000",
            "more than 69000",
        ),
    ),
    Feature("Deductible", "免赔额", "deductible", ("300", "400", "500", "700")),
    Feature("DriverRating", "驾驶评级", "driver rating", ("1", "2", "3", "4")),
    Feature(
        "Days_Policy_Accident",
        "投保到出险的天数",
        "days from policy to accident",
        ("none", "1 to 7", "8 to 15", "15 to 30", "more than 30"),
    ),
    Feature(
        "Days_Policy_Claim",
        "投保到报案的天数",
        "days from policy to claim",
        ("none", "8 to 15", "15 to 30", "more than 30"),
    ),
    Feature("PastNumberOfClaims", "以往理赔次数", "past claims", ("none", "1", "2 to 4", "more than 4")),
    Feature(
        "AgeOfVehicle",
        "车龄",
        "age of vehicle",
        ("new", "2 years", "3 years", "4 years", "5 years", "6 years", "7 years", "more than 7"),
    ),
    Feature("PoliceReportFiled", "是否报警", "police report"),
    Feature("WitnessPresent", "是否有证人", "witness"),
    Feature("AgentType", "销售渠道", "agent"),
    Feature("NumberOfSuppliments", "追加维修次数", "supplements", ("none", "1 to 2", "3 to 5", "more than 5")),
    Feature(
        "AddressChange_Claim",
        "上次变更地址到理赔",
        "address changed before claim",
        ("under 6 months", "1 year", "2 to 3 years", "4 to 8 years", "no change"),
    ),
    Feature("NumberOfCars", "名下车辆数", "cars", ("1 vehicle", "2 vehicles", "3 to 4", "5 to 8", "more than 8")),
    Feature("BasePolicy", "基础险种", "base policy"),
)

_VALUES_ZH = {
    "Policy Holder": "投保人一方",
    "Third Party": "第三方",
    "Rural": "乡村",
    "Urban": "城镇",
    "Sedan": "轿车",
    "Sport": "跑车",
    "Utility": "多用途车",
    "Liability": "责任险",
    "Collision": "碰撞险",
    "All Perils": "全险",
    "External": "外部代理",
    "Internal": "内部渠道",
    "Yes": "是",
    "No": "否",
    "none": "无",
    "new": "新车",
    "no change": "没有变更",
    "under 6 months": "不到 6 个月",
    "1 vehicle": "1 辆",
    "2 vehicles": "2 辆",
}


def title_of(name: str) -> Text:
    """A feature's name for people; "score" is that of the model itself."""
    return next((Text(one.zh, one.en) for one in FEATURES if one.name == name), Text("分数", "score"))


def value_zh(value: str) -> str:
    """The Chinese word where there is one; figures are the same in both languages."""
    if value in _VALUES_ZH:
        return _VALUES_ZH[value]
    for word, zh in (("less than ", "少于 "), ("more than ", "多于 ")):
        if value.startswith(word):
            return zh + value.removeprefix(word)
    return value.replace(" to ", "–").replace(" years", " 年").replace(" year", " 年")
