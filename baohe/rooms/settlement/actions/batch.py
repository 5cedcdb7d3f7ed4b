"""Payment in batches with four eyes: one person puts agreed balances together, another lets them go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.settlement.actions.account import number_of
from baohe.rooms.settlement.contracts import Actor, BatchView, Candidate, Transfer
from baohe.rooms.settlement.due import due_of, is_ready, standing_of
from baohe.rooms.settlement.errors import (
    BatchDecided,
    BatchStale,
    CannotBePaid,
    NeedsSecondPerson,
    NothingToPay,
    OverLimit,
)
from baohe.rooms.settlement.locks import hold_batch, hold_parties
from baohe.rooms.settlement.models import LIVE, BankAccount, Batch, BatchItem, Statement
from baohe.rooms.settlement.queries import view
from baohe.rooms.settlement.rules import terms
from baohe.rooms.settlement.views import account_view, batch_view, item_view

SHARD = 0
MAX_ITEMS = 500


def candidates(month: date) -> list[Candidate]:
    """Everybody to whom something is due for `month`, and why it cannot be paid where it cannot."""
    rows = Statement.objects.filter(month=month, superseded_at=None, payable_fen__gt=0).select_related("party")
    told = [_candidate(row) for row in rows.order_by("party__kind", "party__code")[:MAX_ITEMS]]
    return [one for one in told if one.due_fen > 0 or one.held_fen > 0]


def make_batch(month: date, statement_ids: Sequence[UUID], actor: Actor) -> BatchView:
    """Put the balances of statements of `month` into a batch that waits for its second person.

    Raises `NothingToPay` for an empty choice, `CannotBePaid` when one of them cannot go in: another batch may have
    taken it since the page was shown. Raises `OverLimit`."""
    with transaction.atomic():
        rows = list(
            Statement.objects.filter(id__in=set(statement_ids[:MAX_ITEMS]), month=month).select_related("party")
        )
        if not rows:
            raise NothingToPay()
        hold_parties(row.party_id for row in rows)
        chosen = [(row, _candidate(row)) for row in sorted(rows, key=lambda row: (row.party.kind, row.party.code))]
        for row, one in chosen:
            if one.obstacle:
                raise CannotBePaid(party=row.party.name, reason_zh=one.obstacle)
        total_fen = sum(one.due_fen for _, one in chosen)
        limit_fen = terms.terms(clock.today()).batch_limit_fen
        if total_fen > limit_fen:
            raise OverLimit(total_fen=total_fen, limit_fen=limit_fen)
        batch = _write(month, len(chosen), total_fen, actor)
        BatchItem.objects.bulk_create(_item(batch, row, one) for row, one in chosen)
        return batch_view(batch)


def approve_batch(batch_id: UUID, actor: Actor) -> list[Transfer]:
    """The second person's word: the items are on their way, and the caller queues their payouts in the same
    transaction. Everything is looked at again; where something changed nothing at all is paid.

    Raises `NeedsSecondPerson`, `BatchDecided`, `BatchStale`."""
    with transaction.atomic():
        batch = _decide(batch_id, "approved", actor, "")
        items = list(batch.items.select_related("statement__party", "party", "account").order_by("id"))
        for item in items:
            _refuse_stale(item)
            item.state = "sent"
            item.save(update_fields=["state"])
        facts = {"items": len(items), "total_fen": batch.total_fen, "month": f"{batch.month:%Y-%m}"}
        evidence.append("settlement_approved", str(batch.id), facts, SHARD)
        return [Transfer(item_view(item), number_of(item.account)) for item in items]


def decline_batch(batch_id: UUID, reason: str, actor: Actor) -> BatchView:
    """The second person sends it back; its statements are free for another batch. Raises as `approve_batch`."""
    if not reason.strip():
        raise InvalidInput(field="reason", reason_zh="请写明退回的理由", reason_en="say why it is declined")
    with transaction.atomic():
        batch = _decide(batch_id, "declined", actor, reason.strip()[:200])
        batch.items.update(state="dropped")
        return batch_view(batch)


def _decide(batch_id: UUID, state: str, actor: Actor, reason: str) -> Batch:
    batch = hold_batch(batch_id)
    if batch.state != "proposed":
        raise BatchDecided(number=batch.number)
    if batch.made_by == actor.id:
        raise NeedsSecondPerson()
    batch.state, batch.reason = state, reason
    batch.decided_by, batch.decided_by_name, batch.decided_at = actor.id, actor.name, clock.now()
    batch.save()
    return batch


def _candidate(row: Statement) -> Candidate:
    account = BankAccount.objects.filter(party=row.party_id, state="approved").select_related("party").first()
    due_fen, held_fen = due_of(row), standing_of(row).held_fen
    obstacle = _obstacle(row, due_fen, account)
    return Candidate(view(row), due_fen, held_fen, None if account is None else account_view(account), obstacle)


def _obstacle(row: Statement, due_fen: int, account: BankAccount | None) -> str:
    if row.superseded_at is not None:
        return "已有新版"
    if BatchItem.objects.filter(statement=row, state__in=LIVE).exists():
        return "已在付款批次里"
    if BatchItem.objects.filter(party=row.party_id, state__in=["proposed", "sent"]).exists():
        return "另一个月的款还在路上"
    if due_fen <= 0:
        return "金额都有异议" if standing_of(row).held_fen else "没有要付的余额"
    if not is_ready(row):
        return f"异议期到 {row.dispute_until:%m-%d}，还没有确认"
    if due_fen > terms.terms(clock.today()).item_limit_fen:
        return "超过单笔上限"
    return _account_obstacle(account)


def _account_obstacle(account: BankAccount | None) -> str:
    if account is None or account.usable_from is None:
        return "没有复核过的收款账户"
    if clock.now() < account.usable_from:
        return f"账户刚变更，{account.usable_from:%m-%d} 起可用"
    return ""


def _refuse_stale(item: BatchItem) -> None:
    reason_zh = _account_obstacle(item.account) if item.account.state == "approved" else "收款账户已变更"
    if item.statement.superseded_at is not None:
        reason_zh = "对账单已有新版"
    elif due_of(item.statement) != item.amount_fen:
        reason_zh = "应付金额变了"
    if reason_zh:
        raise BatchStale(party=item.party.name, reason_zh=reason_zh)


def _write(month: date, count: int, total_fen: int, actor: Actor) -> Batch:
    id_ = clock.new_id()
    return Batch.objects.create(
        id=id_,
        number=f"P{clock.today():%Y%m%d}-{id_.hex[-6:].upper()}",
        month=month,
        count=count,
        total_fen=total_fen,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=clock.now(),
    )


def _item(batch: Batch, row: Statement, one: Candidate) -> BatchItem:
    assert one.account is not None
    earlier = BatchItem.objects.filter(statement=row).count()
    return BatchItem(
        id=clock.new_id(),
        batch=batch,
        statement=row,
        party=row.party,
        account_id=one.account.id,
        amount_fen=one.due_fen,
        held_fen=one.held_fen,
        natural_key=f"settle:{row.id}" + (f":{earlier + 1}" if earlier else ""),
    )
