"""Rows → contracts."""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.recordings.contracts import HelpView, HoldView, PageView, RecordingView
from baohe.rooms.recordings.models import Help, Hold, Page, Recording
from baohe.rooms.recordings.rules.helping import answer_by


def recording_view(row: Recording) -> RecordingView:
    return RecordingView(
        id=row.id,
        account_id=row.account_id,
        shard_key=row.shard_key,
        product_code=row.product_code,
        build=row.build_id,
        state=row.state,
        next_part=row.next_part,
        head=row.head,
        size=row.size,
        opened_at=row.opened_at,
        last_at=row.last_at,
        closed_at=row.closed_at,
        keep_until=row.keep_until,
        destroyed_at=row.destroyed_at,
    )


def page_view(row: Page) -> PageView:
    return PageView(
        recording_id=row.recording_id,
        part=row.part,
        at=row.at,
        kind=row.kind,
        page=row.page,
        version=row.version,
        subjects=tuple(UUID(subject) for subject in row.subjects),
        shown=row.shown,
    )


def hold_view(row: Hold) -> HoldView:
    return HoldView(
        id=row.id,
        policy_id=row.policy_id,
        reason=row.reason,
        placed_by_name=row.placed_by_name,
        placed_at=row.placed_at,
        lift_reason=row.lift_reason,
        lift_asked_by=row.lift_asked_by,
        lift_asked_by_name=row.lift_asked_by_name,
        lift_asked_at=row.lift_asked_at,
        lifted_by_name=row.lifted_by_name,
        lifted_at=row.lifted_at,
    )


def help_view(row: Help) -> HelpView:
    return HelpView(
        id=row.id,
        account_id=row.account_id,
        proposal_id=row.proposal_id,
        version_id=row.version_id,
        reason=row.reason,
        state="open" if row.ended_at is None else "ended",
        asked_at=row.asked_at,
        answer_by=answer_by(row.asked_at),
        link_sent_at=row.link_sent_at,
        outcome=row.outcome,
        note=row.note,
        by_name=row.by_name,
        ended_at=row.ended_at,
    )
