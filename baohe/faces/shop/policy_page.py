"""A policy as the phone shows it: card, page, payments. The timeline has a file of its own."""

from __future__ import annotations

from datetime import date

from baohe.faces.shop import adviser, endorsement_page, shapes
from baohe.faces.shop.billing_page import CHANNELS, first_channel
from baohe.faces.shop.policy_timeline import timeline
from baohe.faces.shop.proposal_page import beneficiaries, insured_object
from baohe.faces.shop.schemas import policies as schema
from baohe.faces.shop.schemas.basis import Text
from baohe.flows import endorse
from baohe.flows.stop_deduction import deduction_stands
from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import DocumentView
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies.contracts import LeavingView, PolicyView
from baohe.rooms.policies.facade import death_cover_fen, has_lower_sums


def card(policy: PolicyView) -> schema.PolicyCard:
    version = catalog.version(policy.version_id)
    return schema.PolicyCard(
        id=str(policy.id),
        number=policy.number,
        product=policy.product_code,
        product_name=shapes.text(version.name),
        line=version.line,
        insurer_name=shapes.text(version.insurer.name),
        insured_name=policy.insured_name,
        start=policy.start,
        last_day=policy.last_day,
        state=policy.state,
        premium_fen=policy.premium_fen,
    )


def detail(policy: PolicyView, leaving: LeavingView) -> schema.PolicyDetail:
    version = catalog.version(policy.version_id)
    document = documents.document_of(policy.id)
    asked = call_backs.of_policy(policy.id, policy.shard_key) if version.period_kind == "years" else None
    waiting = asked if asked is not None and asked.waits else None
    return schema.PolicyDetail(
        **card(policy).model_dump(),
        version=version.version,
        deduction_agreed=bool(policy.unpaid) and deduction_stands(policy),
        beneficiaries=beneficiaries(policy.beneficiaries),
        sum_insured=shapes.text(policy.sum_insured),
        insured_object=insured_object(version, policy.insured_object),
        covers_death=death_cover_fen(version, policy.inputs) > 0,
        carriers=shapes.carriers(version),
        coverages=shapes.coverages(version.coverages_of(policy.inputs)),
        special_exclusions=[shapes.text(text) for text in policy.special_exclusions],
        payments=payment_lines(policy),
        timeline=timeline(policy, version, clock.today()),
        leaving=_leaving(leaving),
        document=_document(policy, document),
        evidence=_evidence(policy, document),
        endorsements=[endorsement_page.endorsement(policy, one) for one in policy.endorsements],
        may_lower=has_lower_sums(policy, version),
        adviser=adviser.of_proposal(policy.proposal_id),
        exclusion_count=len(version.exclusions) + len(policy.special_exclusions),
        claims=[
            schema.ClaimBrief(
                id=str(claim.id),
                number=claim.number,
                state=claim.state,
                happened_on=claim.happened_on,
                title=claim.title,
                event=claim.event,
            )
            for claim in claims.claims_of_policy(policy.id)
        ],
        call_back=None if waiting is None else waiting.state,
        call_back_until=None if waiting is None else waiting.last_day,
    )


def payment_lines(policy: PolicyView) -> list[schema.PaymentLine]:
    """What was paid, what is due and what came back. After the end nothing is due any more."""
    first = first_channel(policy)
    lines = [_line(business_date(policy.issued_at), policy.first_fen, "paid", first)]
    lines += [_line(one.received_on, one.amount_fen, "paid", CHANNELS[one.provider]) for one in policy.receipts]
    lines += [
        _line(
            business_date(one.recorded_at),
            one.refund_fen,
            "returned" if endorse.is_back(policy, one) else "returning",
            first,
        )
        for one in policy.endorsements
    ]
    if policy.cancelled_at is None and policy.state != "lapsed":
        lines += [_line(due.on, due.amount_fen, "due", first) for _, due in policy.unpaid]
    elif policy.cancelled_at is not None and policy.refund_fen:
        done = policy.refunded_at
        lines.append(
            _line(
                business_date(done or policy.cancelled_at),
                policy.refund_fen,
                "refunded" if done else "refunding",
                first,
            )
        )
    return lines


def _line(on: date, amount_fen: int, kind: str, channel: Text) -> schema.PaymentLine:
    return schema.PaymentLine(on=on, amount_fen=amount_fen, kind=kind, channel=channel)


def _leaving(leaving: LeavingView) -> schema.Leaving:
    return schema.Leaving(
        allowed=leaving.allowed,
        refund_fen=leaving.refund_fen,
        rule=shapes.text(leaving.rule),
        clause=leaving.clause,
        cooling_off_until=leaving.cooling_off_until,
    )


def _document(policy: PolicyView, document: DocumentView | None) -> schema.DocumentState:
    if document is None or document.state != "ready":
        return schema.DocumentState(state="preparing", url=None, sha256=None, verify_url=None, profile=None)
    return schema.DocumentState(
        state="ready",
        url=f"/api/shop/v1/policies/{policy.id}/document.pdf",
        sha256=document.sha256,
        verify_url=document.verify_url,
        profile=document.profile,
    )


def _evidence(policy: PolicyView, document: DocumentView | None) -> schema.EvidenceState:
    proof = evidence.proof(str(policy.id), "policy_issued")
    return schema.EvidenceState(
        leaf_index=None if proof is None else proof.leaf_index,
        tree_size=None if proof is None else proof.tree_size,
        verify_url="" if document is None else document.verify_url,
    )
