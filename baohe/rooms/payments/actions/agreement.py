"""An agreement to deduct: signed at the bank, ended here in one step, the bank told by the worker."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.adapters.providers.port import Agreement, Answer, ProviderNotSetUp
from baohe.adapters.providers.registry import deducting
from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.contracts import AgreementView
from baohe.rooms.payments.errors import ProviderAway
from baohe.rooms.payments.views import agreement_view

PROVIDER = "deduction"


def sign_agreement(account_id: UUID, holder: str, return_url: str) -> tuple[AgreementView, str]:
    """The agreement that waits for the customer, and the bank's page where they sign it. The bank compares the
    account's owner with `holder` and refuses anybody else's (SALE-9). A second wish before that is
    the same agreement. The return from that page decides nothing. Raises `ProviderAway` (503)."""
    row = _waiting(account_id)
    try:
        return agreement_view(row), deducting().agreement_url(row.number, return_url, holder)
    except ProviderNotSetUp as missing:
        raise ProviderAway() from missing


def refresh_agreement(agreement_id: UUID) -> AgreementView:
    """Ask the bank whether it was signed, or ended there. Calls the bank: not in a transaction. An unknown answer
    changes nothing. Raises `NotFound`."""
    row = _row(agreement_id)
    if row.state == "ended":
        return agreement_view(row)
    said = _asked(row)
    with transaction.atomic():
        row = models.Agreement.objects.select_for_update().get(id=row.id)
        if said is not None:
            _take(row, said)
        return agreement_view(row)


def end_agreement(account_id: UUID, agreement_id: UUID) -> AgreementView:
    """One step and at once: nothing is deducted any more; the bank is told by the worker, until it knows. What was
    sent before may still come in. Raises `NotFound`, also for another account's."""
    with transaction.atomic():
        row = models.Agreement.objects.select_for_update().filter(id=agreement_id, account_id=account_id).first()
        if row is None:
            raise NotFound(what="代扣签约")
        if row.state != "ended":
            row.state, row.ended_at = "ended", clock.now()
            row.save(update_fields=["state", "ended_at"])
            schedule(row.id, row.shard_key, 0, 0)
        return agreement_view(row)


def check_agreement(event: outbox.Event) -> None:
    """Handler of `payments.agreement_check`: ask about one that waits, tell the bank of one that ended; again later
    while neither is settled."""
    agreement_id, round_ = UUID(event.payload["agreement_id"]), int(event.payload["round"])
    row = _row(agreement_id)
    if row.state == "waiting":
        refresh_agreement(agreement_id)
    elif row.state == "ended" and row.told_at is None:
        _tell(row)
    row = _row(agreement_id)
    if row.state == "waiting" or (row.state == "ended" and row.told_at is None):
        with transaction.atomic():
            schedule(row.id, row.shard_key, round_ + 1, rules.pause_seconds(round_))


def agreements_of(account_id: UUID) -> list[AgreementView]:
    """Newest first; those that were never signed and given up are left out."""
    rows = models.Agreement.objects.filter(account_id=account_id).exclude(state="ended", signed_at=None)
    return [agreement_view(row) for row in rows.order_by("-created_at")[:50]]


def schedule(agreement_id: UUID, shard_key: int, round_: int, delay_seconds: int) -> None:
    """Queue the next look, inside a transaction. One for this very moment does not wait behind a later one."""
    payload = {"agreement_id": str(agreement_id), "round": round_}
    queue = outbox.follow_up if delay_seconds else outbox.publish
    queue("payments.agreement_check", agreement_id, shard_key, payload, delay_seconds)


def _waiting(account_id: UUID) -> models.Agreement:
    mine = models.Agreement.objects.filter(account_id=account_id, provider=PROVIDER, state="waiting")
    found = mine.first()
    if found is not None:
        return found
    id_, shard_key = clock.new_id(), shard_of(str(account_id))
    row = models.Agreement(
        id=id_,
        shard_key=shard_key,
        account_id=account_id,
        provider=PROVIDER,
        number=f"BA{shard_key:04d}{id_.hex.upper()}",
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            schedule(row.id, row.shard_key, 2, rules.pause_seconds(2))
    except IntegrityError:
        return mine.get()  # another tab began it in the same moment
    return row


def _row(agreement_id: UUID) -> models.Agreement:
    row = models.Agreement.objects.filter(id=agreement_id).first()
    if row is None:
        raise NotFound(what="代扣签约")
    return row


def _asked(row: models.Agreement) -> Agreement | None:
    try:
        said = deducting().agreement_query(row.number)
    except ProviderNotSetUp as missing:
        gateway.record(row.provider, "agreement", row.id, row.shard_key, "query", Answer("unknown", f"keys:{missing}"))
        return None
    answer = Answer("unknown", "no answer") if said is None else Answer("done", said.state)
    gateway.record(row.provider, "agreement", row.id, row.shard_key, "query", answer)
    return said


def _take(row: models.Agreement, said: Agreement) -> None:
    """Forward only: what ended stays ended, and only what the bank names, of an owner it compared, can be active."""
    moment = clock.now()
    if said.state == "active" and row.state == "waiting" and said.agreement_no and said.holder_checked:
        row.state, row.signed_at = "active", moment
        row.agreement_no, row.account_masked, row.bank = said.agreement_no, said.account_masked, said.bank
    elif said.state == "ended" and row.state != "ended":
        row.state, row.ended_at, row.told_at = "ended", moment, moment
    elif row.state == "waiting" and moment > row.created_at + rules.AGREEMENT_WAITS:
        # Nobody signed. Should the bank call it active later, the janitor does not ask any more: nothing is deducted.
        row.state, row.ended_at = "ended", moment
    row.save(update_fields=["state", "signed_at", "agreement_no", "account_masked", "bank", "ended_at", "told_at"])


def _tell(row: models.Agreement) -> None:
    answer = gateway.call_bank(
        "agreement", row.id, row.shard_key, "end", lambda bank: bank.end_agreement(row.number, row.agreement_no)
    )
    if answer.word in ("done", "closed", "absent"):
        models.Agreement.objects.filter(id=row.id).update(told_at=clock.now())
