"""What a rule set may look at. Nothing else exists for it: an unknown field is refused when a set is loaded.

Every fact is a whole number or a word of a closed list, so that a table can be proved to have an answer for all of
them. A number that may be unknown is −1 then; a word is "unknown". Units stand in the name: `_fen`, `_bp` (1/10,000),
`_tenths`. There is no genetic fact and there will be none (DATA-8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput

UNKNOWN = -1
UNKNOWN_WORD = "unknown"
_MOST_FEN = 10**13
_MOST_BP = 10**9

Seen = Mapping[str, int | str]
"""Fact → value: what the rules see of one case. Whole numbers and words only, never a float."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`words` for a closed list (code → what people read); otherwise a whole number from `low` to `high`."""

    code: str
    name: Text
    low: int = 0
    high: int = 0
    may_be_unknown: bool = False
    words: Mapping[str, Text] | None = None
    unit: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.words or ())


def _whole(code: str, zh: str, en: str, high: int, low: int = 0, *, unknown: bool = False, unit: str = "") -> Fact:
    return Fact(code, Text(zh, en), low, high, unknown, None, unit)


def _word(code: str, zh: str, en: str, **words: tuple[str, str]) -> Fact:
    return Fact(code, Text(zh, en), words={value: Text(*said) for value, said in words.items()})


_NOT_KNOWN = ("不知道", "not known")
_YES, _NO = ("是", "yes"), ("否", "no")

FACTS: Mapping[str, Fact] = {
    fact.code: fact
    for fact in (
        _word("subject", "保什么", "What is covered", person=("人", "a person"), thing=("物", "a thing")),
        _word(
            "benefit",
            "给付种类",
            "Kind of benefit",
            life=("身故", "life"),
            accident=("意外", "accident"),
            critical=("重疾", "critical illness"),
            indemnity=("医疗费用报销", "medical indemnity"),
            other=("其他", "other"),
        ),
        _whole("age", "年龄", "Age", 120, unknown=True, unit="years"),
        _word("sex", "性别", "Sex", male=("男", "male"), female=("女", "female"), unknown=_NOT_KNOWN),
        _whole("occupation_class", "职业类别", "Occupation class", 9, 1, unknown=True),
        _whole("bmi_tenths", "BMI（十分之一）", "BMI in tenths", 1_000, 50, unknown=True),
        _word("smoker", "吸烟", "Smoker", yes=_YES, no=_NO, unknown=_NOT_KNOWN),
        _word(
            "residence",
            "常住地",
            "Residence",
            mainland=("中国内地", "mainland China"),
            hmt=("港澳台", "Hong Kong, Macao or Taiwan"),
            abroad=("境外", "abroad"),
            unknown=_NOT_KNOWN,
        ),
        _whole("income_fen", "年收入", "Yearly income", _MOST_FEN, unknown=True, unit="fen"),
        _whole("sum_fen", "本单保额", "Sum of this contract", _MOST_FEN, unit="fen"),
        _whole("life_fen", "累计寿险保额", "Life cover, all policies", _MOST_FEN, unit="fen"),
        _whole("accident_fen", "累计意外保额", "Accident cover, all policies", _MOST_FEN, unit="fen"),
        _whole("critical_fen", "累计重疾保额", "Critical illness cover, all policies", _MOST_FEN, unit="fen"),
        _whole("indemnity_policies", "已有费用报销保单", "Indemnity policies held", 1_000),
        _whole("life_multiple_bp", "寿险保额÷年收入", "Life cover over income", _MOST_BP, unknown=True, unit="bp"),
        _whole(
            "critical_multiple_bp", "重疾保额÷年收入", "Critical cover over income", _MOST_BP, unknown=True, unit="bp"
        ),
        _whole("retention_bp", "占自留额", "Share of the retention", _MOST_BP, unknown=True, unit="bp"),
        _word("minor_over_cap", "超过未成年人限额", "Over the minors' cap", yes=_YES, no=_NO),
    )
}


def check_seen(seen: Seen) -> Seen:
    """`seen` once every fact is there and within its domain. Raises `InvalidInput` naming the fact."""
    for code, fact in FACTS.items():
        value = seen.get(code)
        if not (_in_words(fact, value) if fact.words else _in_range(fact, value)):
            raise InvalidInput(field=f"facts.{code}", reason_zh="不在取值范围内", reason_en="is outside its range")
    for code in seen:
        if code not in FACTS:
            raise InvalidInput(field=f"facts.{code}", reason_zh="没有这个因素", reason_en="is no known fact")
    return seen


def _in_words(fact: Fact, value: int | str | None) -> bool:
    return value in fact.values


def _in_range(fact: Fact, value: int | str | None) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return fact.low <= value <= fact.high or (fact.may_be_unknown and value == UNKNOWN)
