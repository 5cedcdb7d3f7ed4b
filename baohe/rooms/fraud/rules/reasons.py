"""Why a score is what it is, in sentences: what each feature moved, the strongest first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from baohe.kernel.decisions import Text
from baohe.rooms.fraud.rules.vehicle import Feature, value_zh

MOST = 5
_LEAST = 0.05
"""Less than a twentieth of log odds (5 % of the odds) is not worth a sentence."""


@dataclass(frozen=True, slots=True)
class Moving:
    """`log_odds` above 0 raised the score."""

    feature: str
    value: str
    log_odds: float
    text: Text


def reasons(features: Sequence[Feature], values: Sequence[str], moved: Sequence[float]) -> tuple[Moving, ...]:
    """At most MOST; at least the strongest one, however little it moved."""
    order = sorted(range(len(features)), key=lambda place: (-abs(moved[place]), place))
    told = [place for place in order[:MOST] if abs(moved[place]) >= _LEAST] or order[:1]
    return tuple(_moving(features[place], values[place], float(moved[place])) for place in told)


def _moving(feature: Feature, value: str, log_odds: float) -> Moving:
    times = exp(abs(log_odds))
    raised = log_odds >= 0
    zh = f"{feature.zh}：{value_zh(value)}，几率{'升到' if raised else '降到'} {times if raised else 1 / times:.2f} 倍"
    en = f"{feature.en}: {value.lower()}, odds ×{times if raised else 1 / times:.2f}"
    return Moving(feature.name, value, round(log_odds, 4), Text(zh, en))
