"""Turn paid proposals into policies: three statements each, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.kernel.ids import readable_number
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import parties
from baohe.rooms.policies.contracts import IssuedView
from baohe.rooms.policies.errors import CannotIssue
from baohe.rooms.policies.models import Policy, Proposal
from baohe.rooms.policies.rules.periods import cooling_off_ends, waiting_ends
from baohe.rooms.policies.shapes import due_now_fen, dues_of, parties_of, policy_view


def issue(proposal_id: UUID, paid_at: datetime, payment_id: UUID) -> IssuedView:
    """The one policy of a proposal, in the caller's transaction.

    A repeat, also a simultaneous one, returns the same policy and says `already`.

    Raises `CannotIssue` before anything is written when this payment cannot buy this proposal any more (paid on or
    after the first day of cover, another payment came first, the proposal was reopened); `NotFound`.
    """
    return issue_together([proposal_id], paid_at, payment_id)[0]


def issue_together(proposal_ids: Sequence[UUID], paid_at: datetime, payment_id: UUID) -> list[IssuedView]:
    """The policies of everything one payment bought, all of them or none: every proposal is locked (in the order of
    the ids, so that no two settlements wait for each other) and checked before the first policy is written.

    Raises what `issue` raises.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("issue belongs in the transaction of the settlement")
    rows = [_locked(proposal_id) for proposal_id in sorted(proposal_ids)]
    standing = {row.id: _issued_before(row, payment_id) for row in rows if row.state == "issued"}
    for row in rows:
        if row.id not in standing:
            _refuse(row, paid_at, payment_id)
    return [standing.get(row.id) or _issue(row, payment_id) for row in rows]


def _locked(proposal_id: UUID) -> Proposal:
    row = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if row is None:
        raise NotFound(what="投保单")
    return row


def _issue(row: Proposal, payment_id: UUID) -> IssuedView:
    policy = _policy(row, payment_id)
    policy.save(force_insert=True)
    Proposal.objects.filter(id=row.id).update(state="issued", policy_id=policy.id)
    return IssuedView(policy_view(policy, clock.today()), already=False, quote_id=row.quote_id)


def _issued_before(row: Proposal, payment_id: UUID) -> IssuedView:
    policy = Policy.objects.get(id=row.policy_id, shard_key=row.shard_key)
    if policy.payment_id != payment_id:
        raise CannotIssue(reason_zh="已由另一笔付款出单", reason_en="another payment has already bought it")
    return IssuedView(policy_view(policy, clock.today()), already=True, quote_id=row.quote_id)


def _refuse(row: Proposal, paid_at: datetime, payment_id: UUID) -> None:
    if row.state != "paying" or row.payment_id != payment_id:
        raise CannotIssue(reason_zh="它已不在等待这笔付款", reason_en="it is not waiting for this payment")
    if business_date(paid_at) >= row.start:
        raise CannotIssue(
            reason_zh=f"付款时已到起保日 {row.start}", reason_en=f"it was paid on or after its first day, {row.start}"
        )


def _policy(row: Proposal, payment_id: UUID) -> Policy:
    version = catalog.version(row.version_id)
    moment = clock.now()
    received = business_date(moment)
    id_ = clock.new_id()
    return Policy(
        id=id_,
        shard_key=row.shard_key,
        number=readable_number("P", received.year, id_),
        account_id=row.account_id,
        person_id=row.person_id,
        product_code=row.product_code,
        version_id=row.version_id,
        parties_sealed=parties.seal("policies_policy", id_, parties_of(row)),
        insured_index=row.insured_index,
        inputs=row.inputs,
        sum_insured_fen=row.sum_insured_fen,
        death_cover_fen=row.death_cover_fen,
        start=row.start,
        end=row.end,
        premium_fen=row.premium_fen,
        paid_fen=due_now_fen(row),
        total_fen=due_now_fen(row) + sum(due.amount_fen for due in dues_of(row)),
        loading_bp=row.loading_bp,
        special_exclusions=row.special_exclusions,
        instalment=row.instalment,
        dues=[{"on": due.on.isoformat(), "amount_fen": due.amount_fen} for due in dues_of(row)],
        issued_at=moment,
        cooling_off_ends=cooling_off_ends(received, version.cooling_off_days),
        waiting_ends=waiting_ends(row.start, version.waiting_days),
        payment_id=payment_id,
        proposal_id=row.id,
        document_digest=row.document_digest,
    )
