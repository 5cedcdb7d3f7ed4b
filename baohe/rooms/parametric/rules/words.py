"""A trigger and an observation in plain words, for customers and for the desk. Pure."""

from __future__ import annotations

from baohe.kernel.decisions import Text
from baohe.kernel.money import apply_bp, yuan
from baohe.rooms.catalog.contracts import MEASURES, Band, Trigger
from baohe.rooms.parametric.rules.agreeing import Value


def value_in_words(measure: str, value: Value) -> Text:
    """“晚到 47 分钟”, “包裹已退回”."""
    known = MEASURES[measure]
    if isinstance(value, str):
        return known.states.get(value, Text(value, value))
    if known.unit is None:
        return Text(str(value), str(value))
    number = _number(value, known.scale)
    return Text(f"{known.words.zh} {number} {known.unit.zh}", f"{known.words.en} {number} {known.unit.en}")


def band_in_words(measure: str, band: Band) -> Text:
    """“晚到 30–45 分钟”; the upper end itself belongs to the next band."""
    known = MEASURES[measure]
    if band.state or known.unit is None:
        return known.states.get(band.state, Text(band.state, band.state))
    low = _number(band.low, known.scale)
    if band.high is None:
        zh, en = f"{low} {known.unit.zh}以上", f"{low} {known.unit.en} or more"
    else:
        high = _number(band.high, known.scale)
        zh, en = f"{low}–{high} {known.unit.zh}", f"{low} to {high} {known.unit.en}"
    return Text(f"{known.words.zh} {zh}", f"{known.words.en} {en}")


def benefit_fen(band: Band, sum_insured_fen: int) -> int:
    return band.amount_fen or apply_bp(sum_insured_fen, band.share_bp)


def promise(trigger: Trigger, band: Band, sum_insured_fen: int) -> Text:
    """“晚到 30–45 分钟，赔 ¥80.00”."""
    what, sum_ = band_in_words(trigger.measure, band), yuan(benefit_fen(band, sum_insured_fen))
    return Text(f"{what.zh}，赔 ¥{sum_}", f"{what.en[:1].upper()}{what.en[1:]}: ¥{sum_}")


def _number(value: int, scale: int) -> str:
    whole, rest = divmod(abs(value), scale)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" if not rest else f"{sign}{whole}.{rest * 10 // scale}"
