"""An act on a claim's money: proposed by one name, done at once within that name's authority, otherwise confirmed or
returned by another. Inside the caller's transaction, under the claim's lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.kernel.money import refuse_fraction
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.rooms.claims import locks, sealing
from baohe.rooms.claims.acts.advance import ADVANCE
from baohe.rooms.claims.acts.correction import CORRECTION
from baohe.rooms.claims.acts.estimate import ESTIMATE
from baohe.rooms.claims.acts.heirs import HEIRS
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.acts.recovery import RECEIPT, RECOVERY, WRITE_OFF
from baohe.rooms.claims.acts.reopening import REOPEN
from baohe.rooms.claims.acts.share import ACCOUNT, GUARDIAN
from baohe.rooms.claims.contracts import Done, checkers_of
from baohe.rooms.claims.errors import ClaimNotOpen, SameName
from baohe.rooms.claims.models import Claim, MoneyAct
from baohe.rooms.claims.shapes.money import act_view
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView

KINDS: Mapping[str, Kind] = {
    "estimate": ESTIMATE,
    "advance": ADVANCE,
    "correction": CORRECTION,
    "recovery": RECOVERY,
    "receipt": RECEIPT,
    "write_off": WRITE_OFF,
    "reopen": REOPEN,
    "heirs": HEIRS,
    "guardian": GUARDIAN,
    "account": ACCOUNT,
}
_REASON = (2, 500)


def propose_money_act(
    staff_id: UUID, claim_id: UUID, kind: str, amount_fen: int, reason: str, facts: Mapping[str, str], key: UUID
) -> Done:
    """The same `key` is the same act: sent twice it is done once. `facts`: correction {how}, recovery {how, debtor},
    receipt {recovery, bank_reference}, write_off {recovery}, heirs {heirs: a line each}, guardian {share, guardian},
    account {share, bank, holder, number}.

    Raises `NotAllowed`, `ClaimNotOpen` (also while one of its kind waits), `InvalidInput`, `AdvanceNotDue`,
    `ReceiptKnown`, `ShareNotWaiting`, `ShareWrongHolder`, `KeyReused`, `NotFound`.
    """
    act_kind, staff = KINDS[kind], people.staff(staff_id)
    _refuse_without(staff, act_kind.makers)
    refuse_fraction(amount_fen, "amount_fen")
    least, most = _REASON
    if not least <= len(reason.strip()) <= most:
        raise InvalidInput(field="reason", reason_zh="请写明理由，最多 500 字", reason_en="say why, in 500 characters")
    if amount_fen < 0:
        raise InvalidInput(field="amount_fen", reason_zh="不能为负", reason_en="must not be negative")
    row = locks.any_claim(claim_id)
    earlier = MoneyAct.objects.filter(id=key).first()
    if earlier is not None:
        if (earlier.claim_id, earlier.kind, earlier.amount_fen) != (row.id, kind, amount_fen):
            raise KeyReused()
        return replace(_done(row, earlier, Outcome()), again=True)
    if MoneyAct.objects.filter(claim=row, kind=kind, confirmed_at=None, returned_at=None).exists():
        raise ClaimNotOpen(reason_zh="同类的一件事在等第二人", reason_en="one of this kind waits for its second name")
    act = _drawn_up(key, row, kind, amount_fen, reason.strip(), facts, staff)
    act_kind.refuse(row, act)
    act.alone = act_kind.alone(row, act, staff)
    if act.alone:
        act.confirmed_at = clock.now()
    act.save(force_insert=True)
    return _done(row, act, act_kind.do(row, act, Names(staff, None)) if act.alone else Outcome())


def confirm_money_act(staff_id: UUID, claim_id: UUID, act_id: UUID) -> Done:
    """The second name: only now it is done. Raises `SameName` for the maker, and as the proposal does."""
    checker, row, act = _checked(staff_id, claim_id, act_id)
    KINDS[act.kind].refuse(row, act)
    act.checker_id, act.checker_name, act.confirmed_at = checker.id, checker.name, clock.now()
    act.save()
    maker = StaffView(id=act.maker_id, username="", name=act.maker_name, roles=())
    return _done(row, act, KINDS[act.kind].do(row, act, Names(maker, checker)))


def return_money_act(staff_id: UUID, claim_id: UUID, act_id: UUID) -> Done:
    """The second person does not agree; nothing changes. Raises as `confirm_money_act`."""
    checker, row, act = _checked(staff_id, claim_id, act_id)
    act.checker_id, act.checker_name, act.returned_at = checker.id, checker.name, clock.now()
    act.save()
    return _done(row, act, Outcome())


def _drawn_up(
    key: UUID, row: Claim, kind: str, amount_fen: int, reason: str, facts: Mapping[str, str], staff: StaffView
) -> MoneyAct:
    act = MoneyAct(
        id=key,
        claim=row,
        shard_key=row.shard_key,
        kind=kind,
        amount_fen=amount_fen,
        facts={key: value.strip() for key, value in facts.items()},
        maker_id=staff.id,
        maker_name=staff.name,
        proposed_at=clock.now(),
    )
    sealing.seal_act(act, reason)
    return act


def _checked(staff_id: UUID, claim_id: UUID, act_id: UUID) -> tuple[StaffView, Claim, MoneyAct]:
    staff = people.staff(staff_id)
    row = locks.any_claim(claim_id)
    act = MoneyAct.objects.filter(id=act_id, claim=row).first()
    if act is None:
        raise NotFound(what="这件待复核的事")
    _refuse_without(staff, checkers_of(act.kind))
    if act.confirmed_at or act.returned_at:
        raise ClaimNotOpen(reason_zh="这件事已经处理过", reason_en="it was dealt with")
    if act.maker_id == staff.id:
        raise SameName()
    return staff, row, act


def _refuse_without(staff: StaffView, roles: tuple[str, ...]) -> None:
    if not set(roles) & set(staff.roles):
        raise NotAllowed()


def _done(row: Claim, act: MoneyAct, outcome: Outcome) -> Done:
    facts = (act_view(act), row.number, row.version_id, row.shard_key)
    return Done(*facts, outcome.settled, outcome.bookings, outcome.orders)
