"""To whom a service clock is raised before it falls (SERV-4, decision 0151). Pure.

First to whoever has it, then to another of the same team, who may do the same work; on the day itself to compliance,
who answers to the regulator, and the customer is told.
"""

from __future__ import annotations

from baohe.kernel.decisions import Text
from baohe.kernel.escalation import Level
from baohe.rooms.service_clocks.rules.clocks import KINDS

HANDLER, COLLEAGUE, LAST = 1, 2, 3
LAST_ROLE = "compliance"
NAMES = {
    HANDLER: Text("提醒经办", "Handler reminded"),
    COLLEAGUE: Text("报同组另一人", "Raised to a colleague"),
    LAST: Text("报合规，已告知客户", "Raised to compliance; the customer was told"),
}


def levels_of(kind: str) -> tuple[Level, ...]:
    team = KINDS[kind].team
    return (
        Level(HANDLER, team, 2, NAMES[HANDLER]),
        Level(COLLEAGUE, team, 1, NAMES[COLLEAGUE]),
        Level(LAST, LAST_ROLE, 0, NAMES[LAST]),
    )
