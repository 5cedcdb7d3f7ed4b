"""Keep the recordings of a policy because of a dispute; two people let them go again (SALE-6)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.recordings.contracts import HoldView
from baohe.rooms.recordings.errors import HoldNotPossible
from baohe.rooms.recordings.models import Hold, Recording, Subject
from baohe.rooms.recordings.views import hold_view


def hold(policy_id: UUID, staff_id: UUID, staff_name: str, reason: str) -> HoldView:
    """Place a hold. A policy that is held already keeps its first one. Raises `NotFound`, `HoldNotPossible`."""
    with transaction.atomic():
        rows = _locked(policy_id)
        if any(row.state == "destroyed" for row in rows):
            raise HoldNotPossible(reason_zh="记录已到期删除", reason_en="the recording was deleted after its date")
        standing = Hold.objects.filter(policy_id=policy_id, lifted_at=None).first()
        row = standing or Hold.objects.create(
            policy_id=policy_id,
            reason=_said(reason),
            placed_by=staff_id,
            placed_by_name=staff_name,
            placed_at=clock.now(),
        )
        return hold_view(row)


def ask_to_lift(hold_id: UUID, staff_id: UUID, staff_name: str, reason: str) -> HoldView:
    """The first of two people. Raises `NotFound`, `HoldNotPossible`."""
    with transaction.atomic():
        row = _open_hold(hold_id)
        if row.lift_asked_by is not None:
            raise HoldNotPossible(reason_zh="已有人申请解除", reason_en="somebody has asked to lift it already")
        row.lift_reason, row.lift_asked_at = _said(reason), clock.now()
        row.lift_asked_by, row.lift_asked_by_name = staff_id, staff_name
        row.save(update_fields=["lift_reason", "lift_asked_at", "lift_asked_by", "lift_asked_by_name"])
        return hold_view(row)


def lift(hold_id: UUID, staff_id: UUID, staff_name: str) -> HoldView:
    """The second of two people. Raises `HoldNotPossible` for the same person as the first, `NotFound`."""
    with transaction.atomic():
        row = _open_hold(hold_id)
        if row.lift_asked_by is None or row.lift_asked_by == staff_id:
            raise HoldNotPossible(reason_zh="要由另一名员工先申请", reason_en="another member of staff must ask first")
        row.lifted_by, row.lifted_by_name, row.lifted_at = staff_id, staff_name, clock.now()
        row.save(update_fields=["lifted_by", "lifted_by_name", "lifted_at"])
        return hold_view(row)


def _locked(policy_id: UUID) -> list[Recording]:
    """Locked, so that a hold and a deletion do not pass each other."""
    named = Subject.objects.filter(subject_id=policy_id, kind="policy").values("recording_id")
    rows = list(Recording.objects.select_for_update().filter(id__in=named).order_by("id"))
    if not rows:
        raise NotFound(what="这份保单的投保记录")
    return rows


def _open_hold(hold_id: UUID) -> Hold:
    row = Hold.objects.select_for_update().filter(id=hold_id).first()
    if row is None:
        raise NotFound(what="保留")
    if row.lifted_at is not None:
        raise HoldNotPossible(reason_zh="已经解除", reason_en="it was lifted already")
    return row


def _said(reason: str) -> str:
    if not reason.strip():
        raise HoldNotPossible(reason_zh="要写明原因", reason_en="a reason must be given")
    return reason.strip()[:200]
