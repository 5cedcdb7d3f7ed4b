"""One campaign of vouchers, open for as long as a demo lasts."""

from __future__ import annotations

from datetime import timedelta

from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.allowances.contracts import CampaignTerms
from baohe.rooms.people import facade as people

CODE = "health-check"


def build(opener: str) -> None:
    """Opened once; `opener` is the role of whoever opens it."""
    campaigns, _ = allowances.campaigns()
    if any(one.terms.code == CODE for one in campaigns):
        return
    staff, today = people.staff_with_role(opener)[0], clock.today()
    terms = CampaignTerms(
        code=CODE,
        name=Text("基础体检", "Basic health check"),
        detail=Text("血常规、血压、心电图，约 40 分钟", "Blood count, blood pressure, ECG; about 40 minutes"),
        provider=Text("临江示例体检中心", "Linjiang sample health centre"),
        limit=200,
        per_person=1,
        uses=1,
        first_day=today,
        last_day=today + timedelta(days=60),
        use_by=today + timedelta(days=180),
    )
    allowances.open_campaign(terms, staff.id, staff.name)
