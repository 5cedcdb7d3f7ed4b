"""How late a flight tends to be, as one figure that a tariff can read. Pure.

A past flight weighs 10 when it arrived 15 to 29 minutes late, 20 for 30 to 44, 30 for 45 or more, 50 when it was
cancelled or diverted, and 0 when it was on time. The index is the sum of weights over the number of flights, from
0 to 50; fewer than ten flights say nothing and are refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.errors import InvalidInput

FEWEST_FLIGHTS = 10
WEIGHTS = {"late_15": 10, "late_30": 20, "late_45": 30, "cancelled": 50, "diverted": 50}
_HUNDREDTHS = 100
_MOST_FLIGHTS = 100_000


def delay_index(flights: int, counts: Mapping[str, int]) -> int:
    """The index in hundredths, rounded half up: 735 is 7.35. `counts` has flights by what became of them.

    Raises `InvalidInput` for fewer than ten flights, an unknown count, or more late ones than flights.
    """
    if not FEWEST_FLIGHTS <= flights <= _MOST_FLIGHTS:
        raise InvalidInput(
            field="past_flights",
            reason_zh=f"应为 {FEWEST_FLIGHTS} 到 {_MOST_FLIGHTS} 班；班次太少算不出晚点指数",
            reason_en=f"is from {FEWEST_FLIGHTS} to {_MOST_FLIGHTS}; fewer flights say nothing",
        )
    for name, count in counts.items():
        if name not in WEIGHTS or not 0 <= count <= flights:
            known = ", ".join(WEIGHTS)
            raise InvalidInput(
                field=name[:40], reason_zh=f"应为 {known} 的班数，不超过总班次", reason_en=f"counts flights by {known}"
            )
    if sum(counts.values()) > flights:
        raise InvalidInput(field="past_flights", reason_zh="少于各类班次之和", reason_en="is less than its parts")
    weight = sum(WEIGHTS[name] * count for name, count in counts.items()) * _HUNDREDTHS
    return (2 * weight + flights) // (2 * flights)
