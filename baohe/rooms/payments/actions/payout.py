"""Pay money out. The request is one transaction, the provider is called by the worker, one number for ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.adapters.providers.port import Answer, PayoutOrder, Provider
from baohe.kernel.money import refuse_amount
from baohe.plumbing import clock, outbox, vault
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.contracts import PayoutAsked, PayoutView
from baohe.rooms.payments.errors import KeyTaken, PayeeMissing
from baohe.rooms.payments.outgoing import announce, resolve
from baohe.rooms.payments.views import payout_view

REQUESTED = "payments.payout_requested"
_PAYEE, _PAYEE_NAME = "payments_payout.payee", "payments_payout.payee_name"


def request_payout(
    *,
    natural_key: str,
    subject_id: UUID,
    shard_key: int,
    amount_fen: int,
    memo: str,
    payee_account_id: UUID | None = None,
    provider: str = "wallet",
    payee: str = "",
    payee_name: str = "",
    kind: str = "claim",
) -> PayoutView:
    """Queue a payout of `amount_fen`. The same key with the same terms is the same payout.

    To a wallet it goes to an account of ours (`payee_account_id`), by transfer to the bank account `payee` of
    `payee_name`, which are sealed. `kind` (≤ 20) tells the requester its own events. Raises `KeyTaken` (409) when the
    key stands for another amount or payee, `PayeeMissing` and `AmountRefused` (422).
    """
    refuse_amount(amount_fen, "amount", rules.limits_on(clock.today()).most_out_fen)
    if (provider == "wallet" and payee_account_id is None) or (provider == "transfer" and not (payee and payee_name)):
        raise PayeeMissing()
    id_ = clock.new_id()
    with transaction.atomic():
        row = models.Payout(
            id=id_,
            shard_key=shard_key,
            provider=provider,
            kind=kind,
            natural_key=natural_key,
            subject_id=subject_id,
            payee_account_id=payee_account_id,
            payee_sealed=vault.seal(_PAYEE, id_, payee) if payee else b"",
            payee_name_sealed=vault.seal(_PAYEE_NAME, id_, payee_name) if payee_name else b"",
            amount_fen=amount_fen,
            memo=memo[:120],
            requested_at=clock.now(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return _earlier(row)
        outbox.publish(REQUESTED, row.id, shard_key, _first_round(row))
        return payout_view(row)


def request_payouts(asked: Sequence[PayoutAsked]) -> None:
    """Queue many payouts to wallets at once, in the caller's transaction.

    Made for facts that are new: unlike `request_payout` it looks for no earlier ones, so a key that is taken ends in
    `IntegrityError` and nothing is written. Raises `AmountRefused` (422).
    """
    most = rules.limits_on(clock.today()).most_out_fen
    for one in asked:
        refuse_amount(one.amount_fen, "amount", most)
    rows = [
        models.Payout(
            id=clock.new_id(),
            shard_key=one.shard_key,
            provider="wallet",
            kind=one.kind,
            natural_key=one.natural_key,
            subject_id=one.subject_id,
            payee_account_id=one.payee_account_id,
            payee_sealed=b"",
            payee_name_sealed=b"",
            amount_fen=one.amount_fen,
            memo=one.memo[:120],
            requested_at=clock.now(),
        )
        for one in asked
    ]
    models.Payout.objects.bulk_create(rows)
    outbox.publish_many(REQUESTED, [(row.id, row.shard_key, _first_round(row)) for row in rows])


def carry_out(event: outbox.Event) -> None:
    """Handler of `payments.payout_requested` and `payments.payout_check`: bring one payout nearer to the truth."""
    payout_id, round_ = UUID(event.payload["payout_id"]), int(event.payload["round"])
    row = models.Payout.objects.get(id=payout_id)
    if row.state in ("done", "failed"):
        return
    order = _order(row)

    def ask() -> Answer:
        return _call(row, "payout_query", lambda provider: provider.payout_query(order.number))

    def act() -> Answer:
        return _call(row, "payout", lambda provider: provider.payout(order))

    _write_down(payout_id, resolve(asked_before=round_ > 0, ask=ask, act=act), round_)


def schedule(payout_id: UUID, shard_key: int, round_: int, delay_seconds: int) -> None:
    """Queue the next look, inside a transaction. From round 1 on the provider is asked before anything is sent."""
    payload = {"payout_id": str(payout_id), "round": round_}
    outbox.follow_up("payments.payout_check", payout_id, shard_key, payload, delay_seconds=delay_seconds)


def _first_round(row: models.Payout) -> dict[str, str | int]:
    return {"payout_id": str(row.id), "round": 0}


def _call(row: models.Payout, method: str, ask: Callable[[Provider], Answer]) -> Answer:
    return gateway.call(row.provider, "payout", row.id, row.shard_key, method, ask)


def _order(row: models.Payout) -> PayoutOrder:
    return PayoutOrder(
        number=row.id.hex,
        payee=_unsealed(_PAYEE, row, row.payee_sealed) or str(row.payee_account_id),
        payee_name=_unsealed(_PAYEE_NAME, row, row.payee_name_sealed),
        amount_fen=row.amount_fen,
        memo=row.memo,
    )


def _unsealed(column: str, row: models.Payout, sealed: bytes | memoryview) -> str:
    return vault.unseal(column, row.id, bytes(sealed)) if sealed else ""


def _earlier(row: models.Payout) -> PayoutView:
    """The payout that holds the key, or the refusal of a row that broke another rule of the table."""
    earlier = models.Payout.objects.filter(shard_key=row.shard_key, natural_key=row.natural_key).first()
    if earlier is None or _terms(earlier) != _terms(row):
        raise KeyTaken(natural_key=row.natural_key)
    return payout_view(earlier)


def _terms(row: models.Payout) -> tuple[object, ...]:
    payee = _unsealed(_PAYEE, row, row.payee_sealed)
    return (row.subject_id, row.provider, row.payee_account_id, payee, row.amount_fen)


def _write_down(payout_id: UUID, word: str, round_: int) -> None:
    with transaction.atomic():
        row = models.Payout.objects.select_for_update().get(id=payout_id)
        if row.state in ("done", "failed"):
            return
        row.state = word
        row.done_at = clock.now() if word == "done" else None
        row.save(update_fields=["state", "done_at"])
        if word == "checking":
            schedule(row.id, row.shard_key, round_ + 1, rules.pause_seconds(round_))
            return
        facts: dict[str, str | int] = {
            "natural_key": row.natural_key,
            "subject_id": str(row.subject_id),
            "amount_fen": row.amount_fen,
            "provider": row.provider,
            "kind": row.kind,
        }
        announce("payout", word, row.id, row.shard_key, facts)
