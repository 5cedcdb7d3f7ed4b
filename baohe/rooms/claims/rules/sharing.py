"""Who has a death benefit, how much each, and how far each share is (INS 40, 42). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.kernel.money import split
from baohe.kernel.names import same_name
from baohe.rooms.policies.contracts import Beneficiary

WAITING_GUARDIAN, WAITING_ACCOUNT, PAYING, PAID = "waiting_guardian", "waiting_account", "paying", "paid"
STATES = (WAITING_GUARDIAN, WAITING_ACCOUNT, PAYING, PAID)
WAITS = (WAITING_GUARDIAN, WAITING_ACCOUNT)

STEPS: Mapping[tuple[str, str], str] = {
    (WAITING_GUARDIAN, "guardian"): WAITING_ACCOUNT,
    (WAITING_ACCOUNT, "account"): PAYING,
    (PAYING, "failed"): WAITING_ACCOUNT,
    (PAYING, "done"): PAID,
}
"""(state of a share, what happened) → its next state. What is not here does not happen."""

_OF_CLAIM: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(WAITS), "to_pay"),
    (frozenset({PAYING}), "paying"),
    (frozenset({PAID}), "paid"),
)
"""The first row with a state that one of the shares has is the claim's state."""


@dataclass(frozen=True, slots=True)
class Share:
    person_id: UUID
    name: str
    percent: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Heir:
    """One who receives: named in the contract, or found by a person. `person_id` is None for the latter."""

    name: str
    percent: int
    minor: bool
    person_id: UUID | None = None
    relation: str = ""


def first_order(beneficiaries: Sequence[Beneficiary]) -> tuple[Beneficiary, ...]:
    """The first order that names anybody; () where it is the estate's (INS 42)."""
    first = min((one.rank for one in beneficiaries), default=0)
    return tuple(one for one in beneficiaries if one.rank == first)


def shares_of(beneficiaries: tuple[Beneficiary, ...], amount_fen: int) -> tuple[Share, ...]:
    """Re-adds to `amount_fen`. Without a named beneficiary it is the estate's (INS 42): no share is drawn up."""
    theirs = first_order(beneficiaries)
    if not theirs:
        return ()
    parts = split(amount_fen, [one.share_percent for one in theirs])
    return tuple(
        Share(one.person_id, one.name, one.share_percent, part) for one, part in zip(theirs, parts, strict=True)
    )


def claim_state(shares: Sequence[str]) -> str:
    """Of a claim that is paid share by share. Without a share nobody knows yet who the heirs are: to_pay."""
    return next((state for among, state in _OF_CLAIM if among & set(shares)), "to_pay")


def may_hold(holder: str, name: str, minor: bool, guardian: str) -> bool:
    """Whether a share may go to an account of this name: the receiver's own, or of a minor the guardian's who has
    acted."""
    return same_name(holder, name) or (minor and same_name(holder, guardian))


def waits_for(shares: Sequence[tuple[str, str]], paid_fen: int) -> Text | None:
    """(name, state) of each share → what the claim waits for, in words; None when it waits for nobody."""
    acts = [name for name, state in shares if state == WAITING_GUARDIAN]
    accounts = [name for name, state in shares if state == WAITING_ACCOUNT]
    if not acts and not accounts:
        return None
    zh, en = [], []
    if accounts:
        zh.append(f"等{'、'.join(accounts)}的收款账户")
        en.append(f"waiting for the account of {', '.join(accounts)}")
    if acts:
        zh.append(f"等{'、'.join(acts)}的监护人办理")
        en.append(f"waiting for the guardian of {', '.join(acts)}")
    begun = ("已付一部分", "Paid in part") if paid_fen else ("已同意赔付", "Agreed")
    return Text(f"{begun[0]}：{'；'.join(zh)}", f"{begun[1]}: {'; '.join(en)}")


def heirs_from(text: str) -> tuple[Heir, ...]:
    """Lines of "name percent", with 未成年 behind a minor's: what a person has found of the statutory heirs. Raises
    `ValueError` in a word for the message: form, twice or sum."""
    found = []
    for line in filter(None, (one.strip() for one in text.replace("%", " ").splitlines())):
        name, *rest = line.split()
        minor = rest[1:] == ["未成年"]
        if not rest or not rest[0].isdigit() or not 0 < int(rest[0]) <= 100 or (rest[1:] and not minor):
            raise ValueError("form")
        found.append(Heir(name, int(rest[0]), minor))
    if len({one.name for one in found}) != len(found):
        raise ValueError("twice")
    if sum(one.percent for one in found) != 100:
        raise ValueError("sum")
    return tuple(found)
