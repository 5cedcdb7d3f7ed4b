"""What one name may settle about a claim's money without a second one."""

from __future__ import annotations

from baohe.plumbing import clock
from baohe.rooms.claims.rules.authority import authority_of, grade_of
from baohe.rooms.people.contracts import StaffView


def alone_fen(staff: StaffView) -> int:
    """Fen under one name today, as for a payment; 0 for whoever handles no claims but may read this page."""
    grade = grade_of(staff.roles)
    return authority_of(grade, clock.today()).alone if grade else 0
