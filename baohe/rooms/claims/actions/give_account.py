"""The claimant gives a beneficiary's own account; a parent acts for their minor child."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.claims import locks, records, share_sealing, shares
from baohe.rooms.claims.acts.share import share_of
from baohe.rooms.claims.contracts import ShareAccount, ShareOrder
from baohe.rooms.claims.errors import NotTheirGuardian
from baohe.rooms.claims.rules import sharing
from baohe.rooms.policies import facade as policies

GUARDIAN_SAYS = Text(
    "我是该未成年受益人的监护人。我为其利益领取这份身故保险金，款项只用于该未成年人。",
    "I am the guardian of this minor. I receive this death benefit in their interest and use it for them alone.",
)
"""民法典 27, 35: a parent is the guardian, and disposes of a minor's property in the minor's interest alone."""


def give_account(
    account_id: UUID, claim_id: UUID, share_id: UUID, account: ShareAccount, as_guardian: bool = False
) -> ShareOrder | None:
    """Order one share to its receiver's account, inside the caller's transaction; the same again orders nothing.
    `as_guardian`: the claimant, a parent, agrees to `GUARDIAN_SAYS` for a minor.

    Raises `ShareWrongHolder`, `ShareNotWaiting`, `NotTheirGuardian`, `InvalidInput`, `NotFound`.
    """
    row = locks.own_claim(account_id, claim_id)
    share = share_of(row, share_id)
    if as_guardian and share.state == sharing.WAITING_GUARDIAN:
        policy = policies.policy_by_id(row.policy_id)
        if not shares.is_claimants_child(share, policy):
            raise NotTheirGuardian()
        share_sealing.usable(account)
        shares.guardian_acts(share, policies.policyholder(account_id).name, GUARDIAN_SAYS.zh)
        records.milestone(row, "guardian_acted", name="监护人本人")
    return shares.pay_to(row, share, account)
