"""身故保险金按份额给付: each beneficiary is paid apart, to an account of their own, as soon as it is known.

The claim was agreed and booked whole (`settle_claim`); what the bank says comes to `claim_payouts`.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.decisions import Text
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.facade import ShareAccount, ShareOrder
from baohe.rooms.payments import facade as payments

_APART = Text(
    "已同意赔付，每位受益人各付各的：请填写每位的收款账户",
    "payment is agreed, to each beneficiary apart: please give the account of each",
)
_HEIRS = Text(
    "已同意赔付，没有指定受益人，由理赔员核实法定继承人后分别付",
    "payment is agreed; nobody is named, so a handler finds the statutory heirs and each is paid apart",
)


def agreed_words(claim_id: UUID) -> Text:
    """What the claimant is told when a death benefit is agreed."""
    return _HEIRS if claims.claim_by_id(claim_id).heirs_unknown else _APART


def give_account(
    account_id: UUID, claim_id: UUID, share_id: UUID, account: ShareAccount, as_guardian: bool = False
) -> None:
    """The claimant gives a beneficiary's account, and that share leaves at once. The same account again, also at once,
    pays nothing more. Raises what `claims.give_account` raises."""
    with transaction.atomic():
        order = claims.give_account(account_id, claim_id, share_id, account, as_guardian)
        if order is not None:
            request(order)


def request(order: ShareOrder) -> None:
    """Inside the transaction that ordered it."""
    payments.request_payout(
        natural_key=order.natural_key,
        subject_id=order.claim_id,
        shard_key=order.shard_key,
        amount_fen=order.amount_fen,
        memo=order.memo,
        provider="transfer",
        payee=order.account.number,
        payee_name=order.account.holder,
        kind="claim",
    )
