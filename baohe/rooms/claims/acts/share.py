"""What staff do for one share of a death benefit, by two names: record a guardian's act, and enter an account."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.claims import records, sealing, share_sealing, shares
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.contracts import ShareAccount
from baohe.rooms.claims.errors import ShareNotWaiting, ShareWrongHolder
from baohe.rooms.claims.models import Claim, ClaimShare, MoneyAct
from baohe.rooms.claims.rules import sharing

_MOST = 80


def share_of(row: Claim, share_id: UUID) -> ClaimShare:
    """Its row locked. Raises `NotFound`, also for a share of another claim."""
    found = ClaimShare.objects.select_for_update().filter(id=share_id, claim=row).first()
    if found is None:
        raise NotFound(what="这一份保险金")
    return found


def _of(row: Claim, act: MoneyAct) -> ClaimShare:
    return share_of(row, UUID(str(act.facts["share"])))


def _refuse_unless(share: ClaimShare, state: str) -> None:
    if share.state != state:
        raise ShareNotWaiting(name=share_sealing.name(share))


def _refuse_guardian(row: Claim, act: MoneyAct) -> None:
    _refuse_unless(_of(row, act), sharing.WAITING_GUARDIAN)
    if not 0 < len(sealing.act_sealed(act).get("guardian", "")) <= _MOST:
        raise InvalidInput(field="guardian", reason_zh="写明监护人姓名", reason_en="name the guardian")


def _record_guardian(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    shares.guardian_acts(_of(row, act), sealing.act_sealed(act)["guardian"])
    records.milestone(row, "guardian_acted", name=f"{names.maker.name}、{names.checker.name if names.checker else ''}")
    return Outcome()


def _account(act: MoneyAct) -> ShareAccount:
    typed = sealing.act_sealed(act)
    return share_sealing.usable(ShareAccount(typed.get("bank", ""), typed.get("holder", ""), typed.get("number", "")))


def _refuse_account(row: Claim, act: MoneyAct) -> None:
    share = _of(row, act)
    _refuse_unless(share, sharing.WAITING_ACCOUNT)
    name = share_sealing.name(share)
    if not sharing.may_hold(_account(act).holder, name, share.minor, share_sealing.guardian(share)):
        raise ShareWrongHolder(name=name)


def _enter_account(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    order = shares.pay_to(row, _of(row, act), _account(act))
    return Outcome(orders=(order,) if order else ())


GUARDIAN = Kind(_refuse_guardian, _record_guardian)
ACCOUNT = Kind(_refuse_account, _enter_account)
