"""To whom the deadlines of a claim are raised before they fall (SERV-4). Pure; when is said by `kernel.escalation`."""

from __future__ import annotations

from baohe.kernel.decisions import Text
from baohe.kernel.escalation import Level

HANDLER, LEAD, HEAD = 1, 2, 3
LEVELS = (
    Level(HANDLER, "claims_handler", 2, Text("提醒经办", "Handler reminded")),
    Level(LEAD, "claims_lead", 1, Text("报组长", "Raised to the lead")),
    Level(HEAD, "claims_head", 0, Text("报负责人，已告知客户", "Raised to the head; the claimant was told")),
)
