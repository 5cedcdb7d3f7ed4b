"""Commission on a premium, and what goes back of it: rows of the room and the movements for the caller's entry.

Everything here runs inside the caller's transaction and returns postings; the flow posts them with its own fact.
Lock order: earnings of a policy in the order of their ids, then their parts, then the ledger entry.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from baohe.rooms.commission.contracts import NOT_REGISTERED, Booking, EarnedPart, Sale
from baohe.rooms.commission.models import Attribution, Earning, Move, Part, Producer, Schedule
from baohe.rooms.commission.queries import registered_on
from baohe.rooms.commission.rules import spreading, terms
from baohe.rooms.commission.rules.standing import Facts, Standing, standing
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.contracts import Posting

Postings = tuple[Posting, ...]
movements = ledger.movements


def on_premium(sale: Sale, insurer: str, amount_fen: int, ref: str, on: date, due_on: date | None = None) -> Booking:
    """The commission on a premium of one carrier; a repeat under the same `ref` gives the same movements and writes
    nothing. `due_on` is the instalment's own day, which names its policy year; default the day it came in.

    A producer who is not registered on `on` earns nothing on it: `refused` says so and nothing of theirs is posted.
    """
    rows = Earning.objects.filter(policy_id=sale.policy_id, insurer=insurer)
    earlier = list(rows.select_related("producer", "schedule").order_by("id"))
    same = next((row for row in earlier if row.ref == ref), None)
    if same is not None:
        return Booking(_accrual(same, standing(_facts_at_first(same))), same.refused)
    row = _earning(sale, insurer, amount_fen, ref, on, due_on or on, earlier[0] if earlier else None)
    # The deferred parts fall on anniversaries of the cover that this premium pays for, like the premiums after it:
    # a part can wait for the premium of its year.
    covered_from = max(on, due_on or on, sale.start)
    row.save(force_insert=True)
    told = standing(_facts_at_first(row))
    Part.objects.bulk_create(
        Part(earning=row, part=number, due_on=day, amount_fen=told.platform[number], producer_fen=told.producer[number])
        for number, day in enumerate(spreading.days(covered_from, row.over))
        if number
    )
    _move(row, "accrued", on, Standing((), (), frozenset()), told)
    return Booking(_accrual(row, told), row.refused)


def on_refund(policy_id: UUID, insurer: str, amount_fen: int, reason: str, on: date) -> Booking | None:
    """What goes back with a premium that goes back: the newest premium first. None for a policy whose commission this
    room never booked (a partner's cover). `reason`: refunded, cancelled, endorsed."""
    rows = _locked(policy_id, insurer)
    if not rows:
        return None
    postings: Postings = ()
    for row in reversed(rows):
        back_fen = min(amount_fen, row.premium_fen - row.returned_fen)
        if back_fen > 0:
            amount_fen -= back_fen
            before = standing(_facts(row))
            row.returned_fen += back_fen
            postings += _changed(row, before, reason, on)
    return Booking(postings)


def on_end(policy_id: UUID, reason: str, on: date) -> list[EarnedPart]:
    """The contract has ended early: what was not earned never will be, and the schedule's table says which share of
    the rest goes back. A suspension counts from its own day. Repeated it changes nothing. `reason`: cancelled,
    lapsed."""
    ended = []
    for row in _locked(policy_id):
        if row.closed_bp is not None:
            continue
        before = standing(_facts(row))
        table = row.schedule.claw_back if row.schedule else []
        row.closed_bp = terms.claw_back_of(table, row.sold_on, row.held_on or on)
        postings = _changed(row, before, reason, on)
        row.parts.filter(state__in=("waiting", "held")).update(state="dropped")
        if postings:
            ended.append(EarnedPart(f"{row.id}:{reason}", row.shard_key, on, row.number, postings))
    return ended


def hold(policy_id: UUID, on: date) -> None:
    """A premium was not paid and cover is suspended: nothing is earned until it is reinstated."""
    rows = [row for row in _locked(policy_id) if row.closed_bp is None and row.held_on is None]
    Earning.objects.filter(id__in=[row.id for row in rows]).update(held_on=on)
    Part.objects.filter(earning__in=rows, state="waiting").update(state="held")


def release(policy_id: UUID) -> None:
    """Cover was reinstated: parts wait for their day again; those whose day passed are earned by the next round."""
    rows = [row for row in _locked(policy_id) if row.closed_bp is None and row.held_on is not None]
    Earning.objects.filter(id__in=[row.id for row in rows]).update(held_on=None)
    Part.objects.filter(earning__in=rows, state="held").update(state="waiting")


def earn(part_id: UUID) -> EarnedPart | None:
    """Earn a part whose day has come; None when it was earned, dropped or held meanwhile."""
    found = Part.objects.filter(id=part_id).first()
    if found is None:
        return None
    row = (
        Earning.objects.select_for_update(of=("self",)).select_related("producer", "schedule").get(id=found.earning_id)
    )
    before = standing(_facts(row))
    part = Part.objects.select_for_update().get(id=part_id)
    if part.state != "waiting" or row.closed_bp is not None:
        return None
    Part.objects.filter(id=part_id).update(state="earned")
    after = standing(_facts(row))
    _move(row, "earned", part.due_on, before, after, part.part)
    postings = movements.commission_due(after.earned_fen - before.earned_fen) + _owed(
        row, after.producer_fen - before.producer_fen
    )
    return EarnedPart(f"{row.id}:{part.part}", row.shard_key, part.due_on, row.number, postings)


def _earning(
    sale: Sale, insurer: str, amount_fen: int, ref: str, on: date, due_on: date, first: Earning | None
) -> Earning:
    sold_on = first.sold_on if first else on
    schedule = first.schedule if first else _schedule_for(sale, sold_on)
    producer = first.producer if first else _producer_of(sale)
    refused = first.refused if first else ""
    if producer is not None and not registered_on(producer, on):
        refused = NOT_REGISTERED
    rate_bp = terms.rate_of(schedule.rates_bp, terms.policy_year(sale.start, due_on)) if schedule else sale.cap_bp
    return Earning(
        shard_key=sale.shard_key,
        ref=ref,
        insurer=insurer,
        policy_id=sale.policy_id,
        number=sale.number,
        on=on,
        sold_on=sold_on,
        is_first=first is None,
        producer=producer,
        refused=refused,
        schedule=schedule,
        premium_fen=amount_fen,
        cap_bp=sale.cap_bp,
        # The terms of a line are checked against every version; a filing lowered since still binds (OVER-2).
        rate_bp=min(rate_bp, sale.cap_bp),
        share_bp=schedule.share_bp if schedule and producer is not None and not refused else 0,
        over=spreading.years_over(sale.pay_years, sold_on),
    )


def _schedule_for(sale: Sale, on: date) -> Schedule | None:
    rows = Schedule.objects.filter(
        Q(pay_until=None) | Q(pay_until__gte=sale.pay_years),
        Q(scope_kind="version", scope=sale.version_id) | Q(scope_kind="line", scope=sale.line),
        scope__in=(sale.version_id, sale.line),
        approved=True,
        valid_from__lte=on,
        pay_from__lte=sale.pay_years,
    )
    # "version" sorts after "line": a version's own terms come first
    return rows.order_by("-scope_kind", "-valid_from", "-pay_from").first()


def _producer_of(sale: Sale) -> Producer | None:
    """Who sold it; with the first premium that is settled for ever."""
    if sale.proposal_id is None:
        return None
    row = Attribution.objects.select_related("producer").filter(proposal_id=sale.proposal_id).first()
    if row is None:
        return None
    if row.policy_id is None:  # several carriers book one premium
        Attribution.objects.filter(proposal_id=sale.proposal_id).update(policy_id=sale.policy_id)
    return row.producer


def _locked(policy_id: UUID, insurer: str = "") -> list[Earning]:
    rows = Earning.objects.select_for_update(of=("self",)).filter(policy_id=policy_id).order_by("id")
    return list((rows.filter(insurer=insurer) if insurer else rows).select_related("producer", "schedule"))


def _facts(row: Earning) -> Facts:
    earned = set(row.parts.filter(state="earned").values_list("part", flat=True)) if row.over else set()
    return Facts(
        row.premium_fen,
        row.rate_bp,
        row.share_bp,
        row.over,
        row.returned_fen,
        row.closed_bp,
        frozenset({0} | earned),
    )


def _facts_at_first(row: Earning) -> Facts:
    return Facts(row.premium_fen, row.rate_bp, row.share_bp, row.over)


def _changed(row: Earning, before: Standing, reason: str, on: date) -> Postings:
    """Write the new facts, the parts' new amounts and the move; the movements of the difference."""
    after = standing(_facts(row))
    Earning.objects.filter(id=row.id).update(returned_fen=row.returned_fen, closed_bp=row.closed_bp)
    for part in row.parts.all() if row.over else ():
        amounts = after.platform[part.part], after.producer[part.part]
        if amounts != (part.amount_fen, part.producer_fen):
            Part.objects.filter(id=part.id).update(amount_fen=amounts[0], producer_fen=amounts[1])
    if (before.platform, before.producer) == (after.platform, after.producer):
        return ()
    _move(row, reason, on, before, after)
    return movements.commission_clawed_back(
        row.insurer, before.earned_fen - after.earned_fen, before.deferred_fen - after.deferred_fen
    ) + _owed(row, after.producer_fen - before.producer_fen)


def _accrual(row: Earning, told: Standing) -> Postings:
    return movements.commission_accrued(row.insurer, told.earned_fen + told.deferred_fen, told.deferred_fen) + _owed(
        row, told.producer_fen
    )


def _owed(row: Earning, amount_fen: int) -> Postings:
    return movements.producer_owed(row.producer_id, amount_fen) if row.producer_id and row.share_bp else ()


def _move(row: Earning, reason: str, on: date, before: Standing, after: Standing, part: int = 0) -> None:
    Move.objects.create(
        earning=row,
        producer=row.producer if row.share_bp else None,
        reason=reason,
        part=part,
        on=on,
        earned_fen=after.earned_fen - before.earned_fen,
        deferred_fen=after.deferred_fen - before.deferred_fen,
        producer_fen=after.producer_fen - before.producer_fen,
    )
