"""更正: a paid claim was paid too much. Two names say so; nothing is edited or set off elsewhere."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from baohe.kernel.canonical import digest
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import yuan
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import locks, records, sealing
from baohe.rooms.claims.actions.states import not_open, take
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.acts.recovery import open_recovery, write_off
from baohe.rooms.claims.contracts import Booking
from baohe.rooms.claims.deciding import bought_together, event_of, policy_of
from baohe.rooms.claims.models import Claim, CoverUse, MoneyAct
from baohe.rooms.claims.rules.correcting import freed, lines_of
from baohe.rooms.claims.rules.reasons import reason

HOW = ("ask_back", "write_off")


def _refuse(row: Claim, act: MoneyAct) -> None:
    if row.state != "paid" or row.payments.filter(done_at=None, failed_at=None).exists():
        raise not_open(row)
    agreed = row.amount_fen or 0
    if not 0 < act.amount_fen <= agreed:
        raise InvalidInput(
            field="amount_fen",
            reason_zh=f"最多更正 ¥{yuan(agreed)}",
            reason_en=f"at most ¥{yuan(agreed)} can be corrected",
        )
    if act.facts.get("how") not in HOW:
        raise InvalidInput(field="how", reason_zh="选追回或核销", reason_en="choose asking back or writing off")


def _do(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    agreed, over = row.amount_fen or 0, act.amount_fen
    policy = policy_of(row)
    locks.policy(*bought_together(event_of(catalog.version(row.version_id), policy, row.event), policy))
    why = sealing.act_reason(act)
    stored = records.decision(
        row,
        "correct",
        (reason("decided_by_person", why, why),),
        lines_of(agreed, over),
        agreed - over,
        "by-person",
        digest({"claim": str(row.id), "correction": str(act.id)}),
        by=names.maker,
        checked_by=names.checker,
    )
    _free_cover(row, stored.number, over, agreed - over)
    take(row, names.maker)
    row.amount_fen = agreed - over
    row.save()
    recovery = open_recovery(row, act, "overpaid", sealing.insured_name(row), base_fen=agreed - over)
    bookings = [Booking("claim_corrected", str(act.id), over, agreed)]
    if act.facts["how"] == "write_off":
        bookings.append(write_off(recovery, act, over))
    checker = names.checker.name if names.checker else ""
    records.milestone(
        row,
        "corrected" if act.facts["how"] == "ask_back" else "corrected_written_off",
        amount_fen=over,
        maker=names.maker.name,
        checker=checker,
        decision=stored.number,
        act=str(act.id),
    )
    return Outcome(records.settled(row, stored, None, fresh=True), tuple(bookings))


def _free_cover(row: Claim, number: int, over_fen: int, left_fen: int) -> None:
    """Negative rows: limits that the mistake used are free again."""
    used: dict[str, int] = defaultdict(int)
    periods: dict[str, date] = {}
    for use in CoverUse.objects.filter(claim=row):
        used[use.key] += use.amount_fen
        periods[use.key] = use.period_start
    records.use_cover(row, number, freed(used, over_fen, left_fen), periods)


CORRECTION = Kind(_refuse, _do)
