"""Rows → contracts. A row comes with its papers, decisions and milestones prefetched; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.catalog.contracts import ClaimPaper as CatalogPaper
from baohe.rooms.claims import payees, records, sealing
from baohe.rooms.claims.contracts import (
    ClaimBrief,
    ClaimView,
    HandlerView,
    JointDecisionView,
    OddPlace,
    PaperOrigin,
    PaperView,
    ShareView,
    StoryLine,
)
from baohe.rooms.claims.models import (
    Claim,
    ClaimDecision,
    ClaimPaper,
    ClaimShare,
    JointDecision,
    MessageBox,
    Milestone,
)
from baohe.rooms.claims.rules import story
from baohe.rooms.claims.rules.odd_places import TEXTS as ODD_TEXTS
from baohe.rooms.claims.rules.papers import needed_papers, seems
from baohe.rooms.claims.rules.reopening import MOST_TIMES, last_day
from baohe.rooms.claims.rules.sharing import waits_for
from baohe.rooms.claims.shapes.shares import views_of
from baohe.rooms.claims.shares import apart

OTHER = "other"
OTHER_LABEL = Text("其他情况", "Something else")


def whole(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """The rows with all that a view needs, in a fixed number of queries."""
    return rows.select_related("message_box").prefetch_related(
        Prefetch(
            "papers", ClaimPaper.objects.filter(removed_at=None).order_by("added_at", "id"), to_attr="live_papers"
        ),
        Prefetch("decisions", ClaimDecision.objects.order_by("number"), to_attr="all_decisions"),
        Prefetch("shares", ClaimShare.objects.order_by("decision_number", "number"), to_attr="all_shares"),
        Prefetch("milestones", Milestone.objects.order_by("at", "id"), to_attr="all_milestones"),
    )


def claim_view(row: Claim, payout_account: str | None, asked: Sequence[CatalogPaper]) -> ClaimView:
    """`row` comes from `whole`. `payout_account` is shown once money was agreed to; `asked` comes from
    `asked.papers_asked`."""
    version = catalog.version(row.version_id)
    papers = tuple(paper_view(paper) for paper in row.live_papers)  # type: ignore[attr-defined]
    event = version.claim_rules.event(row.event)
    decisions: list[ClaimDecision] = row.all_decisions  # type: ignore[attr-defined]
    shares = views_of(row, row.all_shares)  # type: ignore[attr-defined]
    return ClaimView(
        id=row.id,
        number=row.number,
        shard_key=row.shard_key,
        account_id=row.account_id,
        policy_id=row.policy_id,
        policy_number=row.policy_number,
        version_id=row.version_id,
        product_name=version.name,
        insurer_code=row.insurer_code,
        insured_name=sealing.insured_name(row),
        sentence=sealing.sentence(row),
        event=row.event,
        event_label=event.label if event else OTHER_LABEL,
        happened_on=row.happened_on,
        state=row.state,
        needed=needed_papers(asked, papers, row.asked_kinds),
        papers=papers,
        decision=records.decision_view(decisions[-1]) if decisions else None,
        amount_fen=row.amount_fen,
        submitted_at=row.submitted_at,
        decide_by=row.decide_by,
        pay_by=row.pay_by,
        paid_at=row.paid_at,
        payout_account=payout_account if row.amount_fen and not apart(row) else None,
        review_open=row.review_open,
        handler=_handler(row),
        timeline=_timeline(row, version.insurer.short_name),
        next=_next(row, shares, _heirs_unknown(row, decisions)),
        clause_version=version.version,
        by_partner=row.partner_id is not None,
        paid_fen=row.paid_fen,
        reopen_until=_reopen_until(row, version.line),
        payee=payees.view_of(row),
        unread_messages=_unread(row),
        shares=shares,
        heirs_unknown=_heirs_unknown(row, decisions),
    )


def _heirs_unknown(row: Claim, decisions: Sequence[ClaimDecision]) -> bool:
    """As `shares.undrawn`, of what was read with the row."""
    if not apart(row) or row.state != "to_pay":
        return False
    last = next((one.number for one in reversed(decisions) if one.outcome == "pay"), None)
    return last is not None and all(one.decision_number != last for one in row.all_shares)  # type: ignore[attr-defined]


def paper_view(paper: ClaimPaper) -> PaperView:
    told = seems(paper.seen_kind, paper.kind)
    return PaperView(paper.id, paper.kind, paper.state, sealing.fields(paper), paper.added_at, told)


def origin(paper: ClaimPaper) -> PaperOrigin:
    said = sealing.traces(paper)
    odd = tuple(OddPlace(ODD_TEXTS[one.code], one.box, one.twin) for one in sealing.odd_places(paper))
    return PaperOrigin(paper.id, tuple(paper.doubts), said.taken_at, said.device, said.software, said.editor, odd)


def brief(row: Claim) -> ClaimBrief:
    version = catalog.version(row.version_id)
    return ClaimBrief(
        id=row.id,
        number=row.number,
        policy_id=row.policy_id,
        state=row.state,
        event=row.event,
        happened_on=row.happened_on,
        title=label_of(version.claim_rules.event(row.event)).zh,
        policy_number=row.policy_number,
        amount_fen=row.amount_fen,
        paid_at=row.paid_at,
    )


def label_of(event: ClaimEvent | None) -> Text:
    return event.label if event else OTHER_LABEL


def _handler(row: Claim) -> HandlerView | None:
    """The person behind the claim, named as soon as one acted."""
    if row.state != "with_person" and not row.review_open and not row.handler_name:
        return None
    waits = row.state == "with_person" or row.review_open
    return HandlerView(row.handler_name or story.ON_DUTY, story.PERSON_DOING, row.reply_by if waits else None)


def _unread(row: Claim) -> int:
    box: MessageBox | None = getattr(row, "message_box", None)  # the reverse of a one-to-one: absent raises
    return box.claimant_unread if box else 0


def _reopen_until(row: Claim, line: str) -> date | None:
    """The limits of `actions.reopen`, said before somebody meets them."""
    times = sum(1 for one in row.all_milestones if one.code == "reopened")  # type: ignore[attr-defined]
    last = last_day(line, row.happened_on)
    over = row.state not in ("withdrawn", "refused_by_person") or times >= MOST_TIMES or clock.today() > last
    return None if over else last


def _next(row: Claim, shares: Sequence[ShareView], heirs_unknown: bool) -> Text:
    if row.review_open:
        return Text("理赔员正在重算，有结果会通知你", "A handler is recalculating; you will be told")
    if row.state == "draft" and row.asked_kinds:
        note = sealing.note(row)
        return Text(f"理赔员请你补交材料：{note}", f"The handler asks: {note}")
    if heirs_unknown:
        return story.HEIRS_UNKNOWN
    waits = waits_for([(one.name, one.state) for one in shares], row.paid_fen)
    if waits is None and shares and row.state == "paying":
        return story.SHARES_ON_THE_WAY
    return waits or story.NEXT[row.state]


def _timeline(row: Claim, insurer: Text) -> tuple[StoryLine, ...]:
    past = [
        StoryLine(
            _iso(line.at),
            *story.words(line.code, line.facts, insurer),
            "done",
            line.amount_fen,
            line.code,
            {key: str(line.facts[key]) for key in story.POINTS if key in line.facts},
        )
        for line in row.all_milestones  # type: ignore[attr-defined]
    ]
    coming = story.COMING.get(row.state)
    if apart(row) and row.state in ("to_pay", "paying"):
        coming = story.SHARE_BY_SHARE
    if coming is not None:
        deadline = {"with_person": row.decide_by, "to_pay": row.pay_by, "paying": row.pay_by}.get(row.state)
        at = _iso(deadline) if deadline else clock.today().isoformat()
        past.append(StoryLine(at, coming[0], coming[1], "now"))
    return tuple(past)


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def joint_view(joint: JointDecision) -> JointDecisionView:
    return JointDecisionView(
        id=joint.id,
        maker_id=joint.maker_id,
        maker_name=joint.maker_name,
        checker_id=joint.checker_id,
        checker_name=joint.checker_name,
        pay_fen=joint.pay_fen,
        refused_fen=joint.refused_fen,
        clause=joint.clause,
        letter=sealing.letter(joint.id, bytes(joint.letter_sealed)),
        proposed_at=joint.proposed_at,
        confirmed_at=joint.confirmed_at,
        returned_at=joint.returned_at,
    )
