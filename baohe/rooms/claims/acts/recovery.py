"""代位追偿, 残值: what others owe of a paid claim, until it came in or two names gave it up."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.kernel.ids import readable_number
from baohe.kernel.money import yuan
from baohe.plumbing import clock
from baohe.rooms.claims import records, sealing
from baohe.rooms.claims.actions.states import not_open
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.contracts import FINANCE, HANDLERS, Booking
from baohe.rooms.claims.errors import ReceiptKnown
from baohe.rooms.claims.models import Claim, MoneyAct, Recovery, RecoveryMove

OPENED_BY_HAND = ("subrogation", "salvage", "coinsurer")


def open_recovery(row: Claim, act: MoneyAct, kind: str, debtor: str, base_fen: int = 0) -> Recovery:
    recovery_id = clock.new_id()
    return Recovery.objects.create(
        id=recovery_id,
        claim=row,
        act=act,
        shard_key=row.shard_key,
        number=readable_number("R", clock.today().year, recovery_id),
        kind=kind,
        expected_fen=act.amount_fen,
        base_fen=base_fen,
        debtor_sealed=sealing.seal_debtor(recovery_id, debtor),
        opened_at=clock.now(),
    )


def write_off(recovery: Recovery, act: MoneyAct, amount_fen: int) -> Booking:
    return _move(recovery, act, "written_off", amount_fen, "")


def _move(recovery: Recovery, act: MoneyAct, what: str, amount_fen: int, reference: str) -> Booking:
    before = sum(move.amount_fen for move in recovery.moves.all())
    RecoveryMove.objects.create(
        recovery=recovery,
        act=act,
        shard_key=recovery.shard_key,
        what=what,
        before_fen=before,
        amount_fen=amount_fen,
        bank_reference=reference,
        at=clock.now(),
    )
    return Booking(f"recovery_{what}", str(act.id), amount_fen, recovery.base_fen + before)


def _refuse_opening(row: Claim, act: MoneyAct) -> None:
    if row.state != "paid":
        raise not_open(row)
    if act.facts.get("how") not in OPENED_BY_HAND:
        raise InvalidInput(field="how", reason_zh="没有这种追偿", reason_en="is not a kind of recovery")
    if not sealing.act_debtor(act):
        raise InvalidInput(field="debtor", reason_zh="写明向谁追", reason_en="say from whom")
    if act.amount_fen <= 0:
        raise InvalidInput(field="amount_fen", reason_zh="须大于零", reason_en="must be above zero")


def _open(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    debtor = sealing.act_debtor(act)
    open_recovery(row, act, act.facts["how"], debtor)
    records.milestone(row, "recovery_opened", amount_fen=act.amount_fen, name=names.maker.name, act=str(act.id))
    return Outcome(bookings=(Booking("recovery_opened", str(act.id), act.amount_fen, 0),))


def _of(row: Claim, act: MoneyAct) -> Recovery:
    found = Recovery.objects.filter(id=UUID(str(act.facts["recovery"])), claim=row).first()
    if found is None:
        raise NotFound(what="这项追偿")
    return found


def _refuse_more_than_open(row: Claim, act: MoneyAct) -> None:
    recovery = _of(row, act)
    still_open = recovery.expected_fen - sum(move.amount_fen for move in recovery.moves.all())
    if not 0 < act.amount_fen <= still_open:
        raise InvalidInput(
            field="amount_fen", reason_zh=f"还剩 ¥{yuan(still_open)}", reason_en=f"only ¥{yuan(still_open)} is open"
        )


def _refuse_receipt(row: Claim, act: MoneyAct) -> None:
    _refuse_more_than_open(row, act)
    reference = act.facts.get("bank_reference", "")
    if not 4 <= len(reference) <= 64:
        raise InvalidInput(field="bank_reference", reason_zh="填银行流水号", reason_en="give the bank's reference")
    if RecoveryMove.objects.filter(bank_reference=reference).exists():
        raise ReceiptKnown(reference=reference)


def _receive(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    booking = _move(_of(row, act), act, "received", act.amount_fen, act.facts["bank_reference"])
    _told(row, "recovery_received", act, names)
    return Outcome(bookings=(booking,))


def _told(row: Claim, code: str, act: MoneyAct, names: Names) -> None:
    facts = {"maker": names.maker.name, "checker": names.checker.name if names.checker else "", "act": str(act.id)}
    records.milestone(row, code, amount_fen=act.amount_fen, **facts)


def _give_up(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    booking = write_off(_of(row, act), act, act.amount_fen)
    _told(row, "recovery_written_off", act, names)
    return Outcome(bookings=(booking,))


RECOVERY = Kind(_refuse_opening, _open, alone=lambda row, act, maker: True)
RECEIPT = Kind(_refuse_receipt, _receive, makers=HANDLERS + FINANCE)
WRITE_OFF = Kind(_refuse_more_than_open, _give_up, makers=HANDLERS + FINANCE)
