"""From a declaration to the facts a rule set looks at. Pure; every sum is a whole number of fen, every ratio of bp."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from baohe.kernel.dates import age_on
from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import ProductVersion, Question
from baohe.rooms.underwriting.contracts import Held
from baohe.rooms.underwriting.rules.facts import FACTS, UNKNOWN, UNKNOWN_WORD

_WAN_FEN = 1_000_000
_BENEFITS = {
    "term_life": "life",
    "whole_life": "life",
    "annuity": "life",
    "sudden_death": "life",
    "accident": "accident",
    "ride": "accident",
    "travel": "accident",
    "critical_illness": "critical",
    "medical": "indemnity",
    "elder_care": "indemnity",
}
_SUMMED = ("life", "accident", "critical")
_ABROAD_PROVINCES = frozenset({"71", "81", "82"})


@dataclass(frozen=True, slots=True)
class Applicant:
    """The insured: business facts of the person, not of the contract."""

    birth: date
    sex: str
    occupation_class: int | None


def benefit_of(line: str) -> str:
    """The kind of benefit a line of business pays: life | accident | critical | indemnity | other."""
    return _BENEFITS.get(line, "other")


def seen_of(
    version: ProductVersion,
    applicant: Applicant,
    inputs: Mapping[str, str],
    told: Mapping[str, int | str],
    held: Held,
    retention_fen: int | None,
    day: date,
) -> dict[str, int | str]:
    """Every fact of `FACTS`. `told` is what answers told (`told_by`), `held` what the person has already, wherever it
    was bought; `retention_fen` what the insurer keeps itself of one life (None = not known)."""
    benefit = benefit_of(version.line)
    sum_fen = version.sum_insured.fen(inputs)
    sums = {kind: held.sums_fen.get(kind, 0) + (sum_fen if kind == benefit else 0) for kind in _SUMMED}
    income_fen = int(told.get("income_fen", UNKNOWN))
    facts: dict[str, int | str] = {
        "subject": "thing" if version.insured_object else "person",
        "benefit": benefit,
        "age": age_on(applicant.birth, day),
        "sex": applicant.sex,
        "occupation_class": applicant.occupation_class or UNKNOWN,
        "bmi_tenths": told.get("bmi_tenths", UNKNOWN),
        "smoker": told.get("smoker", UNKNOWN_WORD),
        "residence": told.get("residence") or _residence(inputs),
        "income_fen": income_fen,
        "sum_fen": sum_fen,
        "life_fen": sums["life"],
        "accident_fen": sums["accident"],
        "critical_fen": sums["critical"],
        "indemnity_policies": held.indemnity_policies,
        "life_multiple_bp": _multiple_bp(sums["life"], income_fen),
        "critical_multiple_bp": _multiple_bp(sums["critical"], income_fen),
        "retention_bp": _retention_bp(held.insurer_fen.get(benefit, 0) + sum_fen, benefit, retention_fen),
        "minor_over_cap": "yes" if held.minor_over_cap else "no",
    }
    return {code: _within(code, value) for code, value in facts.items()}


def told_by(asked: list[Question], given: Mapping[str, str]) -> dict[str, int | str]:
    """Facts that the answers told: bmi_tenths, income_fen, smoker, residence. BMI is rounded half up to a tenth."""
    said: dict[str, int | str] = {}
    for question in asked:
        if question.feeds is None:
            continue
        value = given[question.id]
        word = int(value) if question.number is not None else question.feeds.by_answer.get(value)
        if word is not None:
            said[question.feeds.fact] = word
    height, weight, income = said.pop("height_cm", None), said.pop("weight_kg", None), said.pop("income_wan", None)
    if height and weight:
        square = int(height) ** 2
        said["bmi_tenths"] = (int(weight) * 200_000 + square) // (2 * square)
    if income is not None:
        said["income_fen"] = int(income) * _WAN_FEN
    return said


def _residence(inputs: Mapping[str, str]) -> str:
    """Where the contract is written for, if its tariff asks for a province (GB/T 2260)."""
    region = inputs.get("region", "")
    if not region:
        return UNKNOWN_WORD
    return "hmt" if region[:2] in _ABROAD_PROVINCES else "mainland"


def _multiple_bp(sum_fen: int, income_fen: int) -> int:
    return UNKNOWN if income_fen <= 0 else sum_fen * BASIS // income_fen


def _retention_bp(sum_fen: int, benefit: str, retention_fen: int | None) -> int:
    return UNKNOWN if not retention_fen or benefit not in _SUMMED else sum_fen * BASIS // retention_fen


def _within(code: str, value: int | str) -> int | str:
    """A number outside its range is as good as its nearest end: the tables are proved up to there."""
    fact = FACTS[code]
    if isinstance(value, str) or value == UNKNOWN:
        return value
    return min(max(value, fact.low), fact.high)
