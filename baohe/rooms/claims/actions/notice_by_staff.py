"""A first notice that staff write down for a caller: the claim is the policyholder's, its story names who wrote."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotAllowed, NotFound
from baohe.rooms.claims import records
from baohe.rooms.claims.actions.first_notice import take_notice
from baohe.rooms.claims.contracts import NOTICE_TAKERS, ClaimView, FirstNotice
from baohe.rooms.claims.queries.claim import claim
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies


def notice_by_staff(staff_id: UUID, notice: FirstNotice) -> ClaimView:
    """Open the draft in the policyholder's account, inside the caller's transaction, which also tells them.

    Raises `NotAllowed` for staff of another duty, `NotFound` also for a partner's order, and what `first_notice`
    raises.
    """
    staff = people.staff(staff_id)
    if not set(NOTICE_TAKERS) & set(staff.roles):
        raise NotAllowed()
    policy = policies.policy_by_id(notice.policy_id)
    if policy.partner_id is not None:
        raise NotFound(what="保单")
    row = take_notice(policy, notice)
    records.milestone(row, "reported_by_staff", name=staff.name)
    return claim(policy.account_id, row.id)
