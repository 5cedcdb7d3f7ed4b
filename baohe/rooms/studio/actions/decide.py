"""From draft to published: submit, then another named person approves or returns; number of the filing; published.

`flows.publish_product` proves the package before each step; here stand only states and names.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.studio.actions.recording import locked, maker, tell
from baohe.rooms.studio.contracts import OPEN, DraftView
from baohe.rooms.studio.errors import DraftMoved, NotReady, SamePerson
from baohe.rooms.studio.models import Draft
from baohe.rooms.studio.queries import view_of


def submit(staff_id: UUID, draft_id: UUID, revision: int) -> DraftView:
    """Ask for the second name. From here on the files are frozen."""
    staff = maker(staff_id)
    with transaction.atomic():
        row = locked(draft_id, *OPEN)
        if row.revision != revision:
            zh, en = "送审的不是最新一稿，请先看最新的", "this is not the latest revision; look at it first"
            raise DraftMoved(reason_zh=zh, reason_en=en)
        row.state, row.submitted_at = "submitted", clock.now()
        row.submitter_id, row.submitter_name = staff.id, staff.name
        row.checker_id, row.checker_name, row.decided_at, row.note = None, "", None, ""
        return _stored(row, staff, "submitted", f"第 {row.revision} 稿")


def approve(staff_id: UUID, draft_id: UUID, note: str) -> DraftView:
    """The second name. Raises `SamePerson`."""
    staff = maker(staff_id)
    with transaction.atomic():
        row = locked(draft_id, "submitted")
        if row.submitter_id == staff.id:
            raise SamePerson
        row.state, row.decided_at, row.note = "approved", clock.now(), note
        row.checker_id, row.checker_name = staff.id, staff.name
        return _stored(row, staff, "approved", note)


def return_draft(staff_id: UUID, draft_id: UUID, note: str) -> DraftView:
    """Back to its maker with a reason; also after an approval, as long as it is not published. Raises `SamePerson`."""
    staff = maker(staff_id)
    with transaction.atomic():
        row = locked(draft_id, "submitted", "approved")
        if row.submitter_id == staff.id:
            raise SamePerson
        row.state, row.decided_at, row.note, row.filing_number = "returned", clock.now(), note, ""
        row.checker_id, row.checker_name = staff.id, staff.name
        return _stored(row, staff, "returned", note)


def enter_filing_number(staff_id: UUID, draft_id: UUID, number: str) -> DraftView:
    """What the regulator gave at filing."""
    staff = maker(staff_id)
    with transaction.atomic():
        row = locked(draft_id, "approved")
        row.filing_number = number
        return _stored(row, staff, "filed", number)


def mark_published(staff_id: UUID, draft_id: UUID) -> DraftView:
    """Called in the transaction that publishes the version."""
    staff = maker(staff_id)
    with transaction.atomic():
        row = locked(draft_id, "approved")
        if not row.filing_number:
            zh, en = "还没有填备案号", "the number of the filing is missing"
            raise NotReady(step_zh="发布", step_en="publish", reason_zh=zh, reason_en=en)
        row.state, row.published_at = "published", clock.now()
        return _stored(row, staff, "published", row.filing_number)


def withdraw(staff_id: UUID, draft_id: UUID) -> DraftView:
    """Give a draft up; it stays readable, and its version is free again."""
    staff = maker(staff_id)
    with transaction.atomic():
        row = locked(draft_id, *OPEN)
        row.state = "withdrawn"
        return _stored(row, staff, "withdrawn", "")


def note_stop(staff_id: UUID, version_id: str, detail: str) -> None:
    """The line in the story of a published version whose sale ends."""
    tell(maker(staff_id), "stopped", version_id, None, detail)


def _stored(row: Draft, staff: people.StaffView, action: str, detail: str) -> DraftView:
    row.updated_at = clock.now()
    row.save()
    tell(staff, action, f"{row.product_code}@{row.version}", row.id, detail)
    return view_of(row)
