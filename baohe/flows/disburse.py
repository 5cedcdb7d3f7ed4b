"""人工付款: money out on the word of two people. A cost of a claim is booked over the policy's carriers and paid; a
refund that its provider refused for good goes to the policyholder's own account instead.

Nothing of a refund is decided again: `premium_refunded` (or the surplus on suspense) stands, and is paid another way.
"""

from __future__ import annotations

import unicodedata
from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping, cancel, endorse, pay_settlement
from baohe.kernel.errors import BaoheError
from baohe.kernel.money import yuan
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.disbursements.contracts import Actor, DisbursementView, Payee
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.notices import facade as notices
from baohe.rooms.payments import facade as payments
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.settlement import facade as settlement

KIND = "disbursement"
_OURS = "disburse:"
_OF_POLICIES = (cancel.REFUND, endorse.REFUND)
"""Refunds of a policy: the policy's id stands behind the prefix."""


def record_cost(
    key: UUID, claim_id: UUID, cost: str, amount_fen: int, payee: Payee, reason: str, actor: Actor
) -> DisbursementView:
    """Finance or a claims handler records what looking into a claim cost. Raises `NotFound`, `InvalidInput`,
    `KeyStandsForAnother`."""
    claim = claims.claim_by_id(claim_id)
    return disbursements.record_cost(
        key=key,
        claim_id=claim.id,
        shard_key=claim.shard_key,
        reference=claim.number,
        cost=cost,
        amount_fen=amount_fen,
        payee=payee,
        reason=reason,
        actor=actor,
    )


def enter_account(disbursement_id: UUID, payee: Payee, actor: Actor) -> DisbursementView:
    """Where an open one is paid. Of a refund the holder must be the policyholder (SALE-9). Raises `WrongHolder`,
    `PayerUnknown`, `NotWaiting`, `InvalidInput`, `NotFound`."""
    found = disbursements.disbursement(disbursement_id)
    if found.kind == "refused_refund" and _plain(payee.holder) not in map(_plain, _payers(found)):
        raise disbursements.WrongHolder()
    return disbursements.enter_account(disbursement_id, payee, actor)


def approve(disbursement_id: UUID, actor: Actor) -> DisbursementView:
    """The second person's word: a cost is booked, once, and the transfer ordered, in one transaction. Raises
    `SecondPersonNeeded`, `NotWaiting`, `NotFound`, and what `payments.request_payout` raises."""
    with transaction.atomic():
        approved, payee, to_book = disbursements.approve(disbursement_id, actor)
        if to_book:
            _book_cost(approved)
        payments.request_payout(
            natural_key=approved.payout_key,
            # of a refund it is the refund's id: payments.check() finds by it what was made up for
            subject_id=approved.subject_id,
            shard_key=approved.shard_key,
            amount_fen=approved.amount_fen,
            memo=f"付款 {approved.number}",
            provider="transfer",
            payee=payee.number,
            payee_name=payee.holder,
            kind=KIND,
        )
        return approved


def refund_refused(event: outbox.Event) -> None:
    """Handler of `payments.refund_failed` and `surplus_failed`. Told twice it is one task."""
    facts = event.payload
    _open_task(str(facts["natural_key"]), UUID(str(facts["id"])), str(facts["provider"]), int(facts["amount_fen"]))


def look() -> int:
    """A round: refunds that were refused before anybody listened get their task too; how many are without their end.
    Idempotent."""
    refused = payments.refused_refunds()
    for one in refused:
        _open_task(one.natural_key, one.id, one.provider, one.amount_fen)
    return len(refused)


def payout_done(event: outbox.Event) -> None:
    """Handler of `payments.payout_done`: booked once, and a policy whose last part this was is refunded."""
    key = str(event.payload["natural_key"])
    if not key.startswith(_OURS):
        return
    with transaction.atomic():
        found = disbursements.disbursement(_id_of(key))
        if found.natural_key.startswith(_OF_POLICIES):
            policies.hold(_policy_id(found.natural_key))  # before our own row, as everywhere
        paid, fresh = disbursements.paid(found.id, key)
        if fresh:
            _book_paid(paid)


def payout_failed(event: outbox.Event) -> None:
    """Handler of `payments.payout_failed`: certain. Owed as before, it waits for an account and two people again."""
    key = str(event.payload["natural_key"])
    if key.startswith(_OURS):
        disbursements.failed(_id_of(key), key)


def _open_task(key: str, refund_id: UUID, provider: str, amount_fen: int) -> None:
    """A task for finance, and a word to the customer about their own refund, once."""
    if not key.startswith((*_OF_POLICIES, disbursements.SURPLUS)):
        return
    with transaction.atomic():
        account_id, shard_key, reference = _owner(key)
        _, fresh = disbursements.open_refused_refund(
            natural_key=key,
            refund_id=refund_id,
            shard_key=shard_key,
            reference=reference,
            provider=provider,
            amount_fen=amount_fen,
        )
        if fresh and key.startswith(_OF_POLICIES):
            phone = people.phone_of(account_id, "system:disburse", "refund_refused")
            facts = {"number": reference, "amount": yuan(amount_fen)}
            if phone is not None:
                notices.send(phone, "refund_refused", facts, account_id=account_id)


def _book_cost(approved: DisbursementView) -> None:
    claim = claims.claim_by_id(approved.subject_id)
    bookkeeping.claim_cost(
        claim.version_id,
        approved.amount_fen,
        approved.natural_key,
        approved.shard_key,
        clock.today(),
        claim.number,
        approved.before_fen or 0,
    )


def _book_paid(paid: DisbursementView) -> None:
    today, fen = clock.today(), paid.amount_fen
    if paid.kind == "claim_cost":
        version_id = claims.claim_by_id(paid.subject_id).version_id
        bookkeeping.claim_cost_done(
            version_id, fen, paid.natural_key, paid.shard_key, today, paid.reference, paid.before_fen or 0
        )
        return
    surplus = paid.natural_key.startswith(disbursements.SURPLUS)
    kind = disbursements.SURPLUS_PAID if surplus else disbursements.REFUND_PAID
    postings = movements.surplus_paid_out(fen, paid.provider) if surplus else movements.refund_done(fen, "transfer")
    ledger.post(ledger.Entry(kind, paid.natural_key, paid.shard_key, today, paid.reference, postings))
    if paid.natural_key.startswith(endorse.REFUND):
        endorse.tell_if_all_back(policies.policy_by_id(_policy_id(paid.natural_key)), paid.natural_key)
    elif not surplus:
        cancel.close_if_all_back(policies.policy_by_id(_policy_id(paid.natural_key)), paid.natural_key)


def _payers(found: DisbursementView) -> set[str]:
    """The names of the one who paid: the account's own person, or a party that we settle with. Raises
    `PayerUnknown`."""
    if not found.natural_key.startswith(_OF_POLICIES):
        intent = payments.intent(_intent_id(found.natural_key))
        if intent.kind == pay_settlement.COLLECTING:
            party = settlement.collection(intent.subject_id).party
            return {party.name, *(one.holder for one in settlement.accounts_now(party.branch) if one.usable_from)}
    account_id, _, _ = _owner(found.natural_key)
    try:
        return {policies.policyholder(account_id).name}
    except BaoheError as missing:
        raise disbursements.PayerUnknown() from missing


def _owner(key: str) -> tuple[UUID, int, str]:
    """(account that paid, shard, number people know it by) of a refund."""
    if key.startswith(_OF_POLICIES):
        policy = policies.policy_by_id(_policy_id(key))
        return policy.account_id, policy.shard_key, policy.number
    intent = payments.intent(_intent_id(key))
    return intent.account_id, intent.shard_key, intent.order_number


def _policy_id(key: str) -> UUID:
    return UUID(key.split(":")[1])


def _intent_id(key: str) -> UUID:
    return UUID(key.removeprefix(disbursements.SURPLUS))


def _id_of(payout_key: str) -> UUID:
    return UUID(payout_key.removeprefix(_OURS).split(":")[0])


def _plain(name: str) -> str:
    """As two clerks would write it: full-width letters and spaces make no other person."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
