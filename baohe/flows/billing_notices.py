"""What the customer hears of a premium: before it is taken, when it was not, and what follows (SALE-3, SERV-8).

Sent in the transaction of their fact, so each is said once.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings

from baohe.kernel.decisions import Text
from baohe.kernel.money import yuan
from baohe.rooms.billing.contracts import InstalmentView
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.policies.contracts import PolicyView

REASONS = {
    "insufficient_funds": Text("卡里的钱不够", "there was not enough in the account"),
    "account_closed": Text("扣款账户不能用了", "the account can no longer be used"),
    "agreement_ended": Text("扣款签约已经解除", "the agreement at the bank has ended"),
    "consent_withdrawn": Text("你停止了自动扣款", "you stopped the deductions"),
    "over_limit": Text("超过了账户的限额", "it was over the account's limit"),
}
OTHER = Text("银行没有扣成", "the bank did not take it")


def announce(policy: PolicyView, due: InstalmentView, deducted: bool) -> None:
    """Days before: what will be deducted, when and how to stop it; or that it is to be paid by hand."""
    _send(policy, "deduction_ahead" if deducted else "premium_ahead", due)


def unpaid(policy: PolicyView, due: InstalmentView) -> None:
    """It is due and nothing may be deducted: the customer pays with the link."""
    _send(policy, "premium_unpaid", due)


def failed(policy: PolicyView, due: InstalmentView, reason: str) -> None:
    why = REASONS.get(reason, OTHER)
    _send(policy, "deduction_failed", due, why=why)


def press(policy: PolicyView, due: InstalmentView) -> None:
    """Shortly before the grace ends."""
    _send(policy, "grace_ending", due)


def suspended(policy: PolicyView, since: date, until: date) -> None:
    _tell(policy, "policy_suspended", {"since": f"{since}", "until": f"{until}", "link": _link(policy)})


def lapsed(policy: PolicyView, on: date) -> None:
    _tell(policy, "policy_lapsed", {"since": f"{on}"})


def decided(policy: PolicyView, allowed: bool, until: date | None) -> None:
    if allowed:
        _tell(policy, "reinstatement_allowed", {"until": f"{until}", "link": _link(policy)})
    else:
        _tell(policy, "reinstatement_declined", {"link": _link(policy)})


def reinstated(policy: PolicyView, on: date) -> None:
    _tell(policy, "policy_reinstated", {"since": f"{on}"})


def _send(policy: PolicyView, template: str, due: InstalmentView, why: Text | None = None) -> None:
    facts = {
        "amount": yuan(due.amount_fen),
        "day": f"{due.due_on}",
        "until": f"{due.grace_ends}",
        "link": _link(policy),
    }
    words = {} if why is None else {"why": why.zh}
    english = {} if why is None else {"why": why.en}
    _tell(policy, template, {**facts, **words}, english)


def _tell(policy: PolicyView, template: str, facts: dict[str, str], english: dict[str, str] | None = None) -> None:
    phone = people.phone_of(policy.account_id, "system:billing", template)
    if phone is None:
        return
    name = catalog.version(policy.version_id).name
    params = {"product": name.zh, "number": policy.number, **facts}
    notices.send(phone, template, params, policy.account_id, {"product": name.en, **(english or {})})


def _link(policy: PolicyView) -> str:
    return f"{settings.BAOHE_ORIGIN}/policies/{policy.id}/plan"
