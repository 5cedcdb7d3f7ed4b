"""The payer is the policyholder (SALE-9): whose name a payment must carry, and what the customer hears otherwise."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from baohe.kernel.decisions import Text
from baohe.kernel.money import yuan
from baohe.rooms.notices import facade as notices
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies

ANYBODY = ""
"""An institution settles its own statements under its own name."""


def policyholder(account_id: UUID) -> str:
    """The name that must pay whatever the account owes. Raises `PartiesNotPossible` until it is entered."""
    return policies.policyholder(account_id).name


def another_paid(intent: IntentView) -> bool:
    return intent.surplus and intent.close_reason == payments.OTHER_PAYER


def account_of(intent: IntentView) -> Text:
    """The account that paid, as far as its provider tells."""
    if not intent.paid_from:
        return Text("原付款账户", "the account that paid")
    return Text(f"尾号 {intent.paid_from} 的付款账户", f"the account ending in {intent.paid_from}")


def what_happened(intent: IntentView) -> Text:
    """For the page of the payment: what happened to the money, and what to do."""
    account = account_of(intent)
    back = any(one.state == "done" for one in payments.refunds_of(intent.id))
    zh = f"钱已退回{account.zh}" if back else f"钱正在自动退回{account.zh}"
    en = f"The money is back on {account.en}" if back else f"The money is going back to {account.en} by itself"
    return Text(
        f"这笔钱不是从投保人本人的账户付的。保费要由投保人本人付，所以没有收下。{zh}。请用你本人的账户重新付款。",
        f"This came from an account that is not the policyholder's. Only the policyholder may pay the premium, so we "
        f"did not keep it. {en}. Please pay again from an account in your own name.",
    )


def tell_another_paid(intent: IntentView) -> None:
    """A message in the transaction that sends the money back, so it is said once."""
    phone = people.phone_of(intent.account_id, "system:who_pays", payments.OTHER_PAYER)
    if phone is None:
        return
    account = account_of(intent)
    facts = {"amount": yuan(intent.amount_fen), "link": f"{settings.BAOHE_ORIGIN}/pay/{intent.id}"}
    notices.send(
        phone,
        "another_paid",
        {**facts, "account": account.zh},
        account_id=intent.account_id,
        params_en={"account": account.en},
    )
