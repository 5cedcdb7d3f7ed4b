"""Rows to contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from baohe.kernel.dates import business_date
from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import parties as sealed
from baohe.rooms.policies.contracts import (
    Beneficiary,
    BeneficiaryChangeView,
    Due,
    EndorsementLine,
    EndorsementView,
    NoCover,
    PaperView,
    PolicyView,
    ProposalView,
    Receipt,
    Terms,
)
from baohe.rooms.policies.models import BeneficiaryChange, Endorsement, Policy, Proposal
from baohe.rooms.policies.parties import Parties
from baohe.rooms.policies.rules import papers as pages
from baohe.rooms.policies.rules.endorsing import as_of
from baohe.rooms.policies.rules.parties import insured_must_consent
from baohe.rooms.policies.rules.periods import amounts, cooling_off_ends, later_dues, waiting_ends
from baohe.rooms.policies.rules.states import policy_state
from baohe.rooms.policies.rules.sums import sum_insured_in_words
from baohe.rooms.rating.contracts import Instalment


def texts(stored: Sequence[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(Text(zh=item["zh"], en=item["en"]) for item in stored)


def plans_as_json(plans: Sequence[Instalment]) -> list[dict[str, Any]]:
    return [asdict(plan) for plan in plans]


def plans_of(row: Proposal) -> tuple[Instalment, ...]:
    return tuple(Instalment(**{**plan, "name": Text(**plan["name"])}) for plan in row.instalments)


def chosen_plan(row: Proposal) -> Instalment:
    return next(plan for plan in plans_of(row) if plan.code == row.instalment)


def dues_of(row: Proposal) -> tuple[Due, ...]:
    return later_dues(row.start, row.premium_fen, chosen_plan(row))


def due_now_fen(row: Proposal) -> int:
    return amounts(row.premium_fen, chosen_plan(row))[0]


def parties_of(row: Proposal) -> Parties:
    return sealed.unseal("policies_proposal", row.id, bytes(row.parties_sealed))


def papers_of(row: Proposal, who: Parties) -> tuple[PaperView, ...]:
    """The pages of this proposal as they read now. A page confirmed under another digest counts as unread."""
    version = catalog.version(row.version_id)
    confirmed = {(paper.code, paper.digest): paper.confirmed_at for paper in row.papers.all()}
    asks_insured = who.insured_birth is not None and insured_must_consent(
        who.insured_relation, who.insured_birth, row.start, row.death_cover_fen > 0
    )
    return (
        pages.clauses_paper(version, confirmed),
        pages.exclusions_paper(version, texts(row.special_exclusions), confirmed),
        pages.insured_consent_paper(
            version, who.insured_name, row.death_cover_fen, who.beneficiaries, asks_insured, confirmed
        ),
        pages.deduction_paper(version, dues_of(row), confirmed),
    )


def proposal_state(row: Proposal, now: datetime) -> str:
    """A draft dies with its quote; one that is being paid waits for the truth."""
    return "expired" if row.state in ("draft", "signed") and now >= row.valid_until else row.state


def proposal_view(row: Proposal, now: datetime) -> ProposalView:
    who = parties_of(row)
    assert who.insured_birth is not None  # noqa: S101 - every proposal has an insured person
    version = catalog.version(row.version_id)
    return ProposalView(
        id=row.id,
        shard_key=row.shard_key,
        account_id=row.account_id,
        person_id=row.person_id,
        quote_id=row.quote_id,
        declaration_id=row.declaration_id,
        product_code=row.product_code,
        version_id=row.version_id,
        insured_name=who.insured_name,
        insured_birth=who.insured_birth,
        insured_sex=who.insured_sex,
        insured_relation=who.insured_relation,
        identity_masked=who.identity_masked,
        beneficiaries=who.beneficiaries,
        inputs=row.inputs,
        sum_insured_fen=row.sum_insured_fen,
        sum_insured=sum_insured_in_words(row.sum_insured_fen),
        start=row.start,
        end=row.end,
        waiting_ends=waiting_ends(row.start, version.waiting_days),
        cooling_off_ends=cooling_off_ends(business_date(now), version.cooling_off_days),
        premium_fen=row.premium_fen,
        loading_bp=row.loading_bp,
        special_exclusions=texts(row.special_exclusions),
        instalment=chosen_plan(row),
        instalments=plans_of(row),
        due_today_fen=due_now_fen(row),
        due_later=dues_of(row),
        state=proposal_state(row, now),
        papers=papers_of(row, who),
        document_digest=row.document_digest or None,
        signed_at=row.signed_at,
        payment_id=row.payment_id,
        policy_id=row.policy_id,
        created_at=row.created_at,
        valid_until=row.valid_until,
        insured_object=who.insured_object,
    )


def policy_view(row: Policy, today: date) -> PolicyView:
    """The policy with the terms that hold today; those of another day by `rules.endorsing.as_of`."""
    stored, suspensions, changes = row.parties_sealed, suspensions_of(row), changes_of(row)
    who = sealed.unseal("policies_policy", row.id, None if stored is None else bytes(stored))
    view = PolicyView(
        id=row.id,
        number=row.number,
        shard_key=row.shard_key,
        account_id=row.account_id,
        person_id=row.person_id,
        product_code=row.product_code,
        version_id=row.version_id,
        insured_name=who.insured_name,
        insured_birth=who.insured_birth,
        insured_sex=who.insured_sex,
        insured_relation=who.insured_relation,
        identity_masked=who.identity_masked,
        start=row.start,
        end=row.end,
        state=policy_state(
            row.start,
            row.end,
            row.cooling_off_ends,
            row.cancelled_at,
            today,
            row.lapsed_on,
            suspensions,
            row.ended_by_claim_on,
        ),
        premium_fen=row.premium_fen,
        paid_fen=row.paid_fen,
        loading_bp=row.loading_bp,
        special_exclusions=texts(row.special_exclusions),
        beneficiaries=_who_receives(who, changes),
        inputs=row.inputs,
        sum_insured_fen=row.sum_insured_fen,
        sum_insured=sum_insured_in_words(row.sum_insured_fen),
        instalment=row.instalment,
        dues=tuple(Due(on=date.fromisoformat(due["on"]), amount_fen=due["amount_fen"]) for due in row.dues),
        issued_at=row.issued_at,
        cooling_off_ends=row.cooling_off_ends,
        waiting_ends=row.waiting_ends,
        cancelled_at=row.cancelled_at,
        refund_fen=row.refund_fen,
        refunded_at=row.refunded_at,
        payment_id=row.payment_id,
        proposal_id=row.proposal_id,
        document_digest=row.document_digest or None,
        partner_id=row.partner_id,
        partner_reference=row.partner_reference,
        insured_object=who.insured_object,
        total_fen=row.total_fen,
        lapsed_on=row.lapsed_on,
        ended_by_claim_on=row.ended_by_claim_on,
        receipts=receipts_of(row),
        suspensions=suspensions,
        beneficiary_changes=changes,
        endorsements=endorsements_of(row),
    )
    return as_of(view, today)


def receipts_of(row: Policy) -> tuple[Receipt, ...]:
    """By number. Only a policy paid in parts has any: the others are not asked."""
    found = row.receipts.all() if row.dues else ()
    return tuple(
        Receipt(one.number, one.amount_fen, one.payment_id, one.provider, one.received_on)
        for one in sorted(found, key=lambda one: one.number)
    )


def suspensions_of(row: Policy) -> tuple[NoCover, ...]:
    """In order; only a policy paid in parts has any."""
    found = row.suspensions.all() if row.dues else ()
    return tuple(NoCover(one.since, one.until) for one in sorted(found, key=lambda one: one.since))


def _who_receives(who: Parties, changes: Sequence[BeneficiaryChangeView]) -> tuple[Beneficiary, ...]:
    """The newest list in force, or what was agreed at the sale."""
    newest = next((one for one in reversed(changes) if one.state == "effective"), None)
    return who.beneficiaries if newest is None else newest.beneficiaries


def changes_of(row: Policy) -> tuple[BeneficiaryChangeView, ...]:
    """By number. Only a policy that covers death has beneficiaries to change: the others are not asked."""
    found = row.beneficiary_changes.all() if row.death_cover_fen and row.partner_id is None else ()
    return tuple(change_view(one) for one in sorted(found, key=lambda one: one.number))


def change_view(row: BeneficiaryChange) -> BeneficiaryChangeView:
    return BeneficiaryChangeView(
        id=row.id,
        policy_id=row.policy_id,
        number=row.number,
        beneficiaries=sealed.unseal_beneficiaries(row.id, bytes(row.beneficiaries_sealed)),
        digest=row.digest,
        consent_by=row.consent_by,
        state=row.state,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
    )


def endorsements_of(row: Policy) -> tuple[EndorsementView, ...]:
    """Oldest first. Every one gives something back, so a policy that gave nothing back is not asked."""
    found = row.endorsements.all() if row.endorsed_fen else ()
    return tuple(endorsement_view(one) for one in sorted(found, key=lambda one: one.number))


def endorsement_view(row: Endorsement) -> EndorsementView:
    return EndorsementView(
        id=row.id,
        policy_id=row.policy_id,
        number=row.number,
        kind=row.kind,
        valid_from=row.valid_from,
        recorded_at=row.recorded_at,
        before=Terms(row.inputs_before, row.sum_before_fen, row.premium_before_fen, row.total_before_fen),
        after=Terms(row.inputs_after, row.sum_after_fen, row.premium_after_fen, row.total_after_fen),
        refund_fen=row.refund_fen,
        lines=tuple(EndorsementLine(Text(line["zh"], line["en"]), line["amount_fen"]) for line in row.calculation),
    )


def terms_of(row: Policy) -> Terms:
    """The terms recorded last: those of tomorrow, and of every day after it."""
    changes = endorsements_of(row)
    return changes[-1].after if changes else Terms(row.inputs, row.sum_insured_fen, row.premium_fen, row.total_fen)
