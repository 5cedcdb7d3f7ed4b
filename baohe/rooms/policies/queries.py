"""Reads. Everything a customer asks for is asked with their account; a stranger gets `NotFound`."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Case, DateField, F, Max, Q, QuerySet, Sum, When
from django.db.models.functions import TruncDate

from baohe.kernel.dates import SHANGHAI, Period, day_begins
from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, vault
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies.contracts import (
    CancelledView,
    EndorsementView,
    LeavingView,
    PolicyPage,
    PolicyView,
    ProposalView,
    SignatureView,
)
from baohe.rooms.policies.models import Endorsement, Policy, Proposal, ProposalSignature, Suspension
from baohe.rooms.policies.rules.cash_values import cash_value_fen, leaving_clause
from baohe.rooms.policies.rules.leaving import Contract, leaving_on
from baohe.rooms.policies.rules.parties import insured_must_consent
from baohe.rooms.policies.shapes import endorsement_view, policy_view, proposal_view, terms_of

_LONGEST_PAGE = 50


def proposal(account_id: UUID, proposal_id: UUID) -> ProposalView:
    """Raises `NotFound`, also for another account's."""
    row = Proposal.objects.filter(id=proposal_id, account_id=account_id, shard_key=shard_of(str(account_id))).first()
    return _proposal_or_404(row)


def proposal_by_id(proposal_id: UUID) -> ProposalView:
    """For flows that act without a customer at the door. Raises `NotFound`."""
    return _proposal_or_404(Proposal.objects.filter(id=proposal_id).first())


def proposals_of_quotes(account_id: UUID, quote_ids: Collection[UUID]) -> list[ProposalView]:
    """The proposals that came of these quotes, oldest first."""
    rows = Proposal.objects.filter(
        account_id=account_id, shard_key=shard_of(str(account_id)), quote_id__in=quote_ids
    ).prefetch_related("papers")
    now = clock.now()
    return [proposal_view(row, now) for row in rows.order_by("created_at", "id")]


def signature_of(proposal_id: UUID) -> SignatureView | None:
    """The signature under the document that holds now; None before signing."""
    row = (
        ProposalSignature.objects.filter(proposal_id=proposal_id, document_digest=_signed_digest(proposal_id))
        .order_by("signed_at")
        .first()
    )
    if row is None:
        return None
    drawn = json.loads(vault.unseal("policies_proposalsignature.strokes", row.id, bytes(row.strokes_sealed)))
    return SignatureView(
        proposal_id=proposal_id,
        document_digest=row.document_digest,
        strokes=tuple(tuple(stroke) for stroke in drawn),
        signed_at=row.signed_at,
        document_sha256=row.document_sha256,
        strokes_sha256=row.strokes_sha256,
        consent=row.consent,
        consent_sha256=row.consent_sha256,
        code_id=row.code_id,
        device=row.device,
        device_key=row.device_key,
        device_signature=row.device_signature,
    )


def policy(account_id: UUID, policy_id: UUID) -> PolicyView:
    """Raises `NotFound`, also for another account's."""
    return policy_view(owned(account_id, policy_id), clock.today())


def policies_of(account_id: UUID, page: int = 1, size: int = 20) -> PolicyPage:
    """The account's own policies, newest first; bulk business has its own list with the partner."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = _with_parts(Policy.objects.filter(account_id=account_id, partner_id=None)).order_by("-issued_at", "id")
    today = clock.today()
    items = [policy_view(row, today) for row in rows[(page - 1) * size : page * size]]
    total = len(items) if page == 1 and len(items) < size else rows.count()
    return PolicyPage(items=items, total=total, page=page, size=size)


def in_force_of(account_id: UUID, limit: int = 200) -> list[PolicyView]:
    """Policies that cover or will cover, for the home page; at most `limit`."""
    today = clock.today()
    rows = _with_parts(
        Policy.objects.filter(
            Q(lapsed_on=None) | Q(lapsed_on__gt=today),
            ended_by_claim_on=None,
            account_id=account_id,
            partner_id=None,
            cancelled_at=None,
            end__gt=today,
        )
    )
    return [policy_view(row, today) for row in rows.order_by("-issued_at", "id")[:limit]]


def covering(account_id: UUID, person_id: UUID, limit: int = 50) -> list[PolicyView]:
    """The account's own policies that cover or will cover this person, newest first; at most `limit`. What other
    accounts have bought for the same person is not told to this one."""
    today = clock.today()
    rows = _with_parts(
        Policy.objects.filter(
            Q(lapsed_on=None) | Q(lapsed_on__gt=today),
            ended_by_claim_on=None,
            account_id=account_id,
            person_id=person_id,
            partner_id=None,
            cancelled_at=None,
            end__gt=today,
        )
    )
    return [policy_view(row, today) for row in rows.order_by("-issued_at", "id")[:limit]]


def policies_of_proposals(proposal_ids: Collection[UUID]) -> list[PolicyView]:
    """The policies that these proposals became, in no particular order."""
    today = clock.today()
    shards = set(Proposal.objects.filter(id__in=proposal_ids).values_list("shard_key", flat=True))
    rows = _with_parts(Policy.objects.filter(shard_key__in=shards, proposal_id__in=proposal_ids))
    return [policy_view(row, today) for row in rows]


def policy_for_claim(account_id: UUID, policy_id: UUID) -> PolicyView:
    """Like `policy`; ended and cancelled ones too, since the event may lie before the end."""
    return policy(account_id, policy_id)


def policy_by_id(policy_id: UUID) -> PolicyView:
    """For documents, evidence and the desk, not tied to an account. Raises `NotFound`."""
    row = Policy.objects.filter(id=policy_id).first()
    if row is None:
        raise NotFound(what="保单")
    return policy_view(row, clock.today())


def policy_by_number(number: str) -> PolicyView | None:
    """A customer's own policy by its whole number, for the desk, which logs the look; bulk cover is its partner's."""
    row = Policy.objects.filter(number=number, partner_id=None).first()
    return None if row is None else policy_view(row, clock.today())


def policies_by_ids(policy_ids: list[UUID]) -> list[PolicyView]:
    """Many at once, in no particular order; unknown ids are left out."""
    today = clock.today()
    return [policy_view(row, today) for row in _with_parts(Policy.objects.filter(id__in=policy_ids))]


def policy_of_payment(payment_id: UUID, shard_key: int) -> PolicyView | None:
    """The policy of a single sale's payment; the first one of a basket's."""
    return next(iter(policies_of_payment(payment_id, shard_key)), None)


def policies_of_payment(payment_id: UUID, shard_key: int) -> list[PolicyView]:
    """Every policy a payment bought, in the order they were written."""
    today = clock.today()
    rows = _with_parts(Policy.objects.filter(payment_id=payment_id, shard_key=shard_key)).order_by("issued_at", "id")
    return [policy_view(row, today) for row in rows]


def policy_of_reference(partner_id: UUID, reference: str) -> PolicyView:
    """The policy a partner wrote under its reference. Raises `NotFound`, also for those of other partners."""
    row = Policy.objects.filter(
        shard_key=shard_of(f"{partner_id}:{reference}"), partner_id=partner_id, partner_reference=reference
    ).first()
    if row is None:
        raise NotFound(what="保单")
    return policy_view(row, clock.today())


def cancelled(account_id: UUID, policy_id: UUID) -> CancelledView:
    """A policy that was left. Raises `NotFound`, also while it still runs."""
    row = owned(account_id, policy_id)
    if row.cancelled_at is None or row.refund_fen is None:
        raise NotFound(what="退保记录")
    return CancelledView(policy_view(row, clock.today()), row.refund_fen, row.cancelled_at, already=True)


def leaving(account_id: UUID, policy_id: UUID, claimed: bool = False) -> LeavingView:
    """What leaving gives back today (SERV-2); `claimed` when a claim was paid or agreed. Raises `NotFound`."""
    return leaving_of(owned(account_id, policy_id), clock.today(), claimed)


def leaving_of(row: Policy, today: date, claimed: bool) -> LeavingView:
    version, terms = catalog.version(row.version_id), terms_of(row)
    contract = Contract(
        period=Period(row.start, row.end),
        premium_fen=terms.total_fen,
        # what endorsements took off the premium was given back, or is earned by the time before them
        paid_fen=row.paid_fen - (row.total_fen - terms.total_fen),
        expense_bp=version.expense_loading_bp,
        cooling_off_ends=row.cooling_off_ends,
        cancelled=row.cancelled_at is not None,
        lapsed=row.lapsed_on is not None and today >= row.lapsed_on,
        ended_by_claim=row.ended_by_claim_on is not None,
        long_term=version.period_kind == "years",
        cash_value_fen=cash_value_fen(version, terms.inputs, row.start, today, terms.sum_insured_fen),
        clause=leaving_clause(version),
        claimed=claimed,
    )
    return leaving_on(contract, today)


def asks_insured(policy: PolicyView) -> bool:
    """Whether a change of who receives needs the insured's own consent today: another adult's death is covered."""
    birth = policy.insured_birth
    return birth is not None and insured_must_consent(policy.insured_relation, birth, clock.today(), True)


def written_in_year(account_id: UUID, year: int) -> int:
    """What all instalments of the policies add up to that the account wrote in a calendar year and did not leave, in
    fen."""
    begin, end = day_begins(date(year, 1, 1)), day_begins(date(year + 1, 1, 1))
    rows = Policy.objects.filter(
        account_id=account_id, partner_id=None, cancelled_at=None, issued_at__gte=begin, issued_at__lt=end
    )
    return int(rows.aggregate(total=Sum("total_fen"))["total"] or 0)


def last_contract_end(account_id: UUID) -> date | None:
    """The first day without cover of the account's last contract: its end, or the day on which it was left or lapsed.
    None where the account never had one."""
    ended = Case(
        When(lapsed_on__isnull=False, then=F("lapsed_on")),
        When(cancelled_at__isnull=False, then=TruncDate("cancelled_at", tzinfo=SHANGHAI)),
        default=F("end"),
        output_field=DateField(),
    )
    mine = Policy.objects.filter(account_id=account_id, partner_id=None)
    found: date | None = mine.aggregate(last=Max(ended))["last"]
    return found


def endorsement(endorsement_id: UUID) -> EndorsementView:
    """For its document. Raises `NotFound`."""
    row = Endorsement.objects.filter(id=endorsement_id).first()
    if row is None:
        raise NotFound(what="批单")
    return endorsement_view(row)


def paid_in_parts(after: UUID | None, size: int = 200) -> list[PolicyView]:
    """The policies with later instalments that have not ended, by id, after `after`: for plans that are missing."""
    today = clock.today()
    rows = _with_parts(
        Policy.objects.exclude(dues=[]).filter(cancelled_at=None, lapsed_on=None, ended_by_claim_on=None, end__gt=today)
    )
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [policy_view(row, today) for row in rows.order_by("id")[:size]]


def suspended(page: int = 1, size: int = 50) -> tuple[list[PolicyView], int]:
    """One page of the policies whose cover is suspended now, the longest first, and how many."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    today = clock.today()
    open_ones = Suspension.objects.filter(
        until=None, policy__cancelled_at=None, policy__lapsed_on=None, policy__ended_by_claim_on=None
    )
    found = [one.policy_id for one in open_ones.order_by("since", "id")[(page - 1) * size : page * size]]
    rows = {row.id: row for row in _with_parts(Policy.objects.filter(id__in=found))}
    return [policy_view(rows[policy_id], today) for policy_id in found], open_ones.count()


def _with_parts(rows: QuerySet[Policy]) -> QuerySet[Policy]:
    """For lists: receipts, suspensions, endorsements and changes of beneficiaries of all rows in four queries."""
    return rows.prefetch_related("receipts", "suspensions", "endorsements", "beneficiary_changes")


def owned(account_id: UUID, policy_id: UUID) -> Policy:
    row = Policy.objects.filter(id=policy_id, account_id=account_id, shard_key=shard_of(str(account_id))).first()
    if row is None:
        raise NotFound(what="保单")
    return row


def _proposal_or_404(row: Proposal | None) -> ProposalView:
    if row is None:
        raise NotFound(what="投保单")
    return proposal_view(row, clock.now())


def _signed_digest(proposal_id: UUID) -> str:
    return Proposal.objects.filter(id=proposal_id).values_list("document_digest", flat=True).first() or "not signed"
