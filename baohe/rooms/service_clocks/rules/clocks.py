"""The day counts of the service rules (SERV-4), and what of ours is counted by them. Dated data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from baohe.kernel.decisions import Text

_LAW = "人身保险业务基本服务规定"
_SINCE = date(2010, 5, 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """One count of the law, in working days of the mainland. `since` is the first business date on which it applies; a
    clock begun earlier keeps its own."""

    code: str
    name: Text
    rule: str
    source: str
    since: date
    working_days: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What people of ours are waited for. `code` is its count, `team` the role that does the work; for a paper that
    was not delivered, which the operator mends, the role that speaks with the customer."""

    code: str
    team: str
    name: Text


ISSUE, ACCEPT_CHANGE, FINISH_CHANGE = "issue", "accept_change", "finish_change"

CLOCKS: tuple[Clock, ...] = (
    Clock(ISSUE, Text("出具保单", "Issue the policy"), "SERV-4", _LAW, _SINCE, 15),
    Clock(ACCEPT_CHANGE, Text("受理保全", "Accept the service change"), "SERV-4", _LAW, _SINCE, 2),
    Clock(FINISH_CHANGE, Text("办完保全", "Finish the service change"), "SERV-4", _LAW, _SINCE, 5),
)

KINDS: Mapping[str, Kind] = {
    "referral": Kind(ISSUE, "underwriter", Text("核保转人工", "Underwriting")),
    "sale_payment": Kind(ISSUE, "finance", Text("已付款未承保", "Paid, not yet issued")),
    "policy_paper": Kind(ISSUE, "service", Text("电子保单未出", "E-policy not delivered")),
    "reinstatement": Kind(ACCEPT_CHANGE, "underwriter", Text("复效申请", "Reinstatement")),
    "reinstatement_payment": Kind(FINISH_CHANGE, "finance", Text("已付款未复效", "Paid, not yet reinstated")),
    "end_refund": Kind(FINISH_CHANGE, "finance", Text("退保退款", "Refund of a cancellation")),
    "endorsement_refund": Kind(FINISH_CHANGE, "finance", Text("批改退款", "Refund of an endorsement")),
    "endorsement_paper": Kind(FINISH_CHANGE, "service", Text("批单未出", "Endorsement paper not delivered")),
}


def in_force(code: str, on: date) -> Clock:
    """The count of a code on a day. Raises `KeyError` before the law."""
    found = [one for one in CLOCKS if one.code == code and one.since <= on]
    if not found:
        raise KeyError(code)
    return max(found, key=lambda one: one.since)
