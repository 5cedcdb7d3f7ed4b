"""Pay money out. The request is one transaction, the wallet is called by the worker, one number for ever."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.adapters.wallet.client import Reply
from baohe.plumbing import clock, outbox
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.contracts import PayoutView
from baohe.rooms.payments.errors import KeyTaken
from baohe.rooms.payments.outgoing import announce, resolve
from baohe.rooms.payments.views import payout_view


def request_payout(
    *, natural_key: str, subject_id: UUID, shard_key: int, payee_account_id: UUID, amount_fen: int, memo: str
) -> PayoutView:
    """Queue a transfer of `amount_fen` to an account. The same key with the same terms is the same payout.

    Raises `KeyTaken` (409) when the key stands for another amount or payee.
    """
    with transaction.atomic():
        row = models.Payout(
            id=clock.new_id(),
            shard_key=shard_key,
            natural_key=natural_key,
            subject_id=subject_id,
            payee_account_id=payee_account_id,
            amount_fen=amount_fen,
            memo=memo[:120],
            requested_at=clock.now(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return _earlier(row)
        outbox.publish("payments.payout_requested", row.id, shard_key, {"payout_id": str(row.id), "round": 0})
        return payout_view(row)


def carry_out(event: outbox.Event) -> None:
    """Handler of `payments.payout_requested` and `payments.payout_check`: bring one payout nearer to the truth."""
    payout_id, round_ = UUID(event.payload["payout_id"]), int(event.payload["round"])
    row = models.Payout.objects.get(id=payout_id)
    if row.state in ("done", "failed"):
        return
    number = row.id.hex

    def ask() -> Reply:
        return gateway.call(
            "payout", row.id, row.shard_key, "transfer_query", lambda wallet: wallet.transfer_query(number)
        )

    def act() -> Reply:
        return gateway.call(
            "payout",
            row.id,
            row.shard_key,
            "transfer",
            lambda wallet: wallet.transfer(number, str(row.payee_account_id), row.amount_fen, row.memo),
        )

    word = resolve(asked_before=round_ > 0, ask=ask, act=act, is_done=_is_done, is_absent=_is_absent)
    _write_down(payout_id, word, round_)


def _is_done(reply: Reply) -> bool:
    return reply.outcome == "ok" and reply.text("status") == "SUCCESS"


def _is_absent(reply: Reply) -> bool:
    return reply.outcome == "refused" and reply.reason == "ORDER_NOT_EXIST"


def _earlier(row: models.Payout) -> PayoutView:
    """The payout that holds the key, or the refusal of a row that broke another rule of the table."""
    earlier = models.Payout.objects.filter(shard_key=row.shard_key, natural_key=row.natural_key).first()
    terms = (row.subject_id, row.payee_account_id, row.amount_fen)
    if earlier is None or (earlier.subject_id, earlier.payee_account_id, earlier.amount_fen) != terms:
        raise KeyTaken(natural_key=row.natural_key)
    return payout_view(earlier)


def _write_down(payout_id: UUID, word: str, round_: int) -> None:
    with transaction.atomic():
        row = models.Payout.objects.select_for_update().get(id=payout_id)
        if row.state in ("done", "failed"):
            return
        row.state = word
        row.done_at = clock.now() if word == "done" else None
        row.save(update_fields=["state", "done_at"])
        if word == "checking":
            outbox.publish(
                "payments.payout_check",
                row.id,
                row.shard_key,
                {"payout_id": str(row.id), "round": round_ + 1},
                delay_seconds=rules.pause_seconds(round_),
            )
            return
        announce("payout", word, row.id, row.shard_key, row.natural_key, row.subject_id, row.amount_fen)
