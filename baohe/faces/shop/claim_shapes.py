"""Contracts of the claims room → schemas of the shop. Only names change places here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from baohe.faces.shop.schemas import basis
from baohe.faces.shop.schemas import claims as schema
from baohe.faces.shop.shapes import carriers, reasons, text, text_or_none
from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims.contracts import (
    CalculationLine,
    ClaimView,
    CoverLeft,
    DecisionView,
    PaperView,
    ReadField,
    Understanding,
    Understood,
)
from baohe.rooms.claims.facade import GUARDIAN_SAYS, ShareView

_BY_RULES = Text("系统按规则 {} 版决定；拒赔只能由人作出", "Decided by rules version {}; only a person may refuse")
_BY_PERSON = Text("{} 核定", "Decided by {}")
_BY_TWO = Text("{} 经办，{} 复核", "Decided by {}, confirmed by {}")


def claim_out(view: ClaimView) -> schema.Claim:
    decision, payee, version = view.decision, view.payee, catalog.version(view.version_id)
    return schema.Claim(
        id=str(view.id),
        number=view.number,
        policy_id=str(view.policy_id),
        policy_number=view.policy_number,
        product_name=text(view.product_name),
        insured_name=view.insured_name,
        sentence=view.sentence,
        event=view.event,
        happened_on=view.happened_on,
        state=view.state,
        needed=[
            schema.NeededPaper(kind=n.kind, title=text(n.title), detail=text(n.detail), state=n.state, sample=n.sample)
            for n in view.needed
        ],
        papers=[paper_out(view.id, paper) for paper in view.papers],
        decision_reasons=[] if decision is None else reasons(decision.reasons),
        decided_by=None if decision is None else _decided_by(decision),
        calculation=[] if decision is None else [_line(line) for line in decision.calculation],
        amount_fen=view.amount_fen,
        paid_at=view.paid_at,
        payout_account=view.payout_account,
        seconds_to_pay=view.seconds_to_pay,
        timeline=[
            basis.TimelineEntry(
                at=line.at,
                title=text(line.title),
                detail=text_or_none(line.detail),
                state=line.state,
                amount_fen=line.amount_fen,
            )
            for line in view.timeline
        ],
        handler=None
        if view.handler is None
        else schema.Handler(name=view.handler.name, role=text(view.handler.role), reply_by=view.handler.reply_by),
        next=text(view.next),
        clause_version=view.clause_version,
        carriers=carriers(version),
        reopen_until=view.reopen_until,
        payee=None
        if payee is None
        else schema.Payee(holder=payee.holder, bank=payee.bank, last_four=payee.last_four, may_change=payee.may_change),
        insurer_phone=version.insurer.service_phone,
        complaint_phone=version.insurer.complaint_phone,
        unread_messages=view.unread_messages,
        shares=[_share(share) for share in view.shares],
        heirs_unknown=view.heirs_unknown,
        guardian_says=text(GUARDIAN_SAYS) if any(one.claimant_is_guardian for one in view.shares) else None,
    )


def _share(share: ShareView) -> schema.ClaimShare:
    return schema.ClaimShare(
        id=str(share.id),
        name=share.name,
        percent=share.percent,
        amount_fen=share.amount_fen,
        state=share.state,
        minor=share.minor,
        guardian=share.guardian,
        you_are_guardian=share.claimant_is_guardian and share.state == "waiting_guardian",
        last_four=share.last_four,
        bank=share.bank,
        failed_before=share.attempt > 0 and share.state == "waiting_account",
        paid_at=share.paid_at,
    )


def paper_out(claim_id: UUID, paper: PaperView) -> schema.Paper:
    return schema.Paper(
        id=str(paper.id),
        kind=paper.kind,
        state=paper.state,
        picture_url=f"/api/shop/v1/claims/{claim_id}/papers/{paper.id}/picture",
        fields=[_field(field) for field in paper.fields],
        seems=text_or_none(paper.seems),
    )


def _field(field: ReadField) -> schema.ReadField:
    return schema.ReadField(
        code=field.code,
        name=text(field.name),
        value=field.value,
        kind=field.kind,
        confidence=field.confidence,
        doubtful=field.doubtful and not field.confirmed,
        suggestions=list(field.suggestions),
        box=list(field.box),
        corrected=field.corrected,
    )


def _line(line: CalculationLine) -> schema.CalculationLine:
    return schema.CalculationLine(
        op=line.op,
        label=text(line.label),
        detail=text_or_none(line.detail),
        amount_fen=line.amount_fen,
        percent_bp=line.percent_bp,
        clause=line.clause,
        paper_field=line.paper_field,
    )


def _decided_by(decision: DecisionView) -> basis.Text:
    if decision.checked_by_name:
        template, who = _BY_TWO, (decision.decided_by_name, decision.checked_by_name)
    elif decision.decided_by:
        template, who = _BY_PERSON, (decision.decided_by_name,)
    else:
        template, who = _BY_RULES, (decision.rule_version.rpartition("/")[2],)
    return basis.Text(zh=template.zh.format(*who), en=template.en.format(*who))


def understanding_out(view: Understanding) -> schema.Understanding:
    return schema.Understanding(
        member=_understood(view.member),
        policy=_understood(view.policy),
        event=_understood(view.event),
        day=_understood(view.day),
        amount_fen=view.amount_fen,
        currency=view.currency,
        to_person=reasons(view.to_person),
        already=[
            schema.Already(
                id=str(one.id), number=one.number, title=one.title, happened_on=one.happened_on, state=one.state
            )
            for one in view.already
        ],
        ask=view.ask,
    )


def _understood(one: Understood) -> schema.Understood:
    return schema.Understood(
        value=one.value,
        label=text(one.label),
        reason=text(one.reason),
        sure=one.sure,
        options=[
            basis.Choice(
                value=option.value, label=text(option.label), detail=text(option.detail) if option.detail.zh else None
            )
            for option in one.options
        ],
    )


def cover_left_out(left: Sequence[CoverLeft]) -> schema.CoverLeftList:
    return schema.CoverLeftList(
        items=[
            schema.CoverLeft(
                label=text(one.label),
                kind=one.kind,
                per=one.per,
                clause=one.clause,
                limit_fen=one.limit_fen,
                used_fen=one.used_fen,
                left_fen=one.left_fen,
                period_start=one.period_start,
                last_day=one.period_end - timedelta(days=1),
                shared=one.shared,
            )
            for one in left
        ]
    )
