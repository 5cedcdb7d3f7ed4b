"""A disbursement begins: somebody records a cost of a claim, or a provider refused a refund for good."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.kernel.ids import readable_number
from baohe.kernel.money import refuse_fraction
from baohe.plumbing import clock
from baohe.rooms.disbursements import sealing
from baohe.rooms.disbursements.contracts import COSTS, Actor, DisbursementView, Payee
from baohe.rooms.disbursements.errors import KeyStandsForAnother
from baohe.rooms.disbursements.history import note
from baohe.rooms.disbursements.models import Disbursement
from baohe.rooms.disbursements.queries import view

PLATFORM = Actor(None, "系统")


def record_cost(
    *,
    key: UUID,
    claim_id: UUID,
    shard_key: int,
    reference: str,
    cost: str,
    amount_fen: int,
    payee: Payee,
    reason: str,
    actor: Actor,
) -> DisbursementView:
    """A cost of a claim, with the account it is paid to; it waits for a second person. The same `key` is the same
    cost. Raises `InvalidInput`, `KeyStandsForAnother`."""
    payee, reason = sealing.usable(payee), reason.strip()
    refuse_fraction(amount_fen, "amount")
    if cost not in COSTS:
        raise InvalidInput(field="cost", reason_zh="没有这种费用", reason_en="is not a kind of cost")
    if amount_fen <= 0:
        raise InvalidInput(field="amount_fen", reason_zh="须大于零", reason_en="must be above zero")
    if not 0 < len(reason) <= 200 or actor.id is None:
        raise InvalidInput(field="reason", reason_zh="请写明理由，最多 200 字", reason_en="say why, in 200 characters")
    with transaction.atomic():
        row, made = _once(
            natural_key=f"cost:{key}",
            kind="claim_cost",
            subject_id=claim_id,
            shard_key=shard_key,
            reference=reference,
            cost=cost,
            amount_fen=amount_fen,
            reason=reason,
            state="proposed",
            proposed_by=actor.id,
            proposed_by_name=actor.name,
            payee=payee,
        )
        if made:
            note(row, "recorded", actor, reason)
        elif (row.subject_id, row.cost, row.amount_fen, row.reason) != (claim_id, cost, amount_fen, reason):
            raise KeyStandsForAnother()
        return view(row)


def open_refused_refund(
    *, natural_key: str, refund_id: UUID, shard_key: int, reference: str, provider: str, amount_fen: int
) -> tuple[DisbursementView, bool]:
    """The task of finding another way for a refund, and whether it is new: its amount is fixed, its account unknown."""
    with transaction.atomic():
        row, made = _once(
            natural_key=natural_key,
            kind="refused_refund",
            subject_id=refund_id,
            shard_key=shard_key,
            reference=reference,
            provider=provider,
            amount_fen=amount_fen,
            reason="原路退款被渠道拒绝",
        )
        if made:
            note(row, "opened", PLATFORM, row.reason)
        return view(row), made


def _once(
    *, natural_key: str, shard_key: int, payee: Payee | None = None, **facts: object
) -> tuple[Disbursement, bool]:
    id_, now = clock.new_id(), clock.now()
    fresh = Disbursement(id=id_, number=readable_number("D", now.year, id_), made_at=now, **facts)
    if payee is not None:
        sealing.put(fresh, payee)
    names = {field.name for field in Disbursement._meta.concrete_fields} - {"natural_key", "shard_key"}
    return Disbursement.objects.get_or_create(
        shard_key=shard_key, natural_key=natural_key, defaults={name: getattr(fresh, name) for name in names}
    )
