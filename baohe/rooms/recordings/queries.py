"""Reads of the record of sales."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baohe.kernel.errors import NotFound
from baohe.rooms.recordings import checking
from baohe.rooms.recordings.actions.close import seal
from baohe.rooms.recordings.contracts import (
    Coverage,
    Finding,
    HelpView,
    HoldView,
    RecordingView,
    Reel,
    SaleRow,
    ViewingView,
)
from baohe.rooms.recordings.models import Help, Hold, Page, Recording, Style, Subject, Viewing
from baohe.rooms.recordings.rules import events
from baohe.rooms.recordings.rules.kinds import missing
from baohe.rooms.recordings.rules.neutral import neutral
from baohe.rooms.recordings.views import help_view, hold_view, page_view, recording_view

MOST_OF_A_SALE = 50
"""Sittings of one sale that are looked at; a customer who needs more begins a sale anew."""


def recording(account_id: UUID, recording_id: UUID) -> RecordingView:
    """The customer's own. Raises `NotFound`, also for another's."""
    row = Recording.objects.filter(id=recording_id, account_id=account_id).first()
    if row is None:
        raise NotFound(what="投保记录")
    return recording_view(row)


def coverage(product_code: str, subject_ids: Collection[UUID], shard_key: int, *, checked: bool) -> Coverage:
    """Which kinds of page are on record of the sale with these subjects (its quote and its proposal).

    A page counts when it names one of them, or names nothing and its recording began for this product. With
    `checked` every byte is held against its chain, and a recording that is broken counts for nothing.
    """
    rows = list(_of(subject_ids).filter(shard_key=shard_key).exclude(state="destroyed")[:MOST_OF_A_SALE])
    broken = {row.id for row in rows if checked and checking.opened(row).findings}
    wanted = {str(subject) for subject in subject_ids}
    products = {row.id: row.product_code for row in rows}
    pages = Page.objects.filter(recording__in=[row.id for row in rows if row.id not in broken])
    recorded = frozenset(
        kind
        for kind, owner, named in pages.values_list("kind", "recording_id", "subjects")
        if wanted & set(named) or (not named and products[owner] == product_code)
    )
    return Coverage(recorded, missing(recorded), tuple(broken))


def reels(policy_id: UUID) -> list[Reel]:
    """The recordings of a policy's sale, opened to be played, oldest first. Log the viewing before you ask.

    Raises `NotFound` when there are none. A destroyed one has pages and no events."""
    rows = list(_of([policy_id]).select_related("build").order_by("opened_at", "id")[:MOST_OF_A_SALE])
    if not rows:
        raise NotFound(what="这份保单的投保记录")
    return [_reel(row) for row in rows]


def help_of(proposal_id: UUID) -> HelpView | None:
    """The newest request for help with this proposal's record, ended or not."""
    row = Help.objects.filter(proposal_id=proposal_id).order_by("-asked_at").first()
    return None if row is None else help_view(row)


def help_request(help_id: UUID) -> HelpView:
    """For the desk. Raises `NotFound`."""
    row = Help.objects.filter(id=help_id).first()
    if row is None:
        raise NotFound(what="协助请求")
    return help_view(row)


def helps(page: int, size: int) -> tuple[list[HelpView], int]:
    """Who waits for help with the record, the oldest first, and how many."""
    rows = Help.objects.filter(ended_at=None)
    first = (max(page, 1) - 1) * size
    return [help_view(row) for row in rows.order_by("asked_at", "id")[first : first + size]], rows.count()


def dispute_of(account_id: UUID) -> str:
    """Why something of this customer is held now: the reason of the oldest hold, empty where nothing is."""
    sold = Subject.objects.filter(kind="policy", recording__account_id=account_id).values("subject_id")
    held = Hold.objects.filter(lifted_at=None, policy_id__in=sold).order_by("placed_at").first()
    return "" if held is None else held.reason


def findings(policy_id: UUID, committed: Mapping[str, Any] | None) -> list[Finding]:
    """Everything that is not as it was recorded. `committed` are the facts of the leaf `sale_recorded`, None where
    the leaf was never opened or its opening is erased."""
    rows = list(_of([policy_id]).order_by("opened_at", "id")[:MOST_OF_A_SALE])
    found = [finding for row in rows if row.state != "destroyed" for finding in checking.opened(row).findings]
    if committed is None:
        return found
    sealed = {item["recording"]: item for item in committed["recordings"]}
    for row in rows:
        if sealed.pop(str(row.id), None) != seal(row):
            found.append(Finding(row.id, None, "和存证日志里的承诺不符", "it is not what the log committed to"))
    found += [Finding(UUID(gone), None, "整份记录不见了", "the whole recording is gone") for gone in sealed]
    return found


def contents(policy_id: UUID) -> dict[UUID, tuple[bytes, ...]]:
    """The plain parts of each recording of a policy's sale, as they were sent and in order; what cannot be read is
    left out. Log the viewing before you ask."""
    rows = _of([policy_id]).exclude(state="destroyed").order_by("opened_at", "id")[:MOST_OF_A_SALE]
    return {row.id: checking.opened(row).contents for row in rows}


def style(digest: str) -> bytes:
    """A stylesheet of an earlier build. Raises `NotFound`."""
    row = Style.objects.filter(digest=digest).first()
    if row is None:
        raise NotFound(what="样式")
    return bytes(row.content)


def sales(page: int, size: int) -> tuple[list[SaleRow], int]:
    """Closed sales, the newest first, and how many there are."""
    named = Subject.objects.filter(kind="policy")
    total = named.values("subject_id").distinct().count()
    order = named.order_by("-at", "-id").values_list("subject_id", flat=True)
    unique = list(dict.fromkeys(order[: page * size * 4]))[(page - 1) * size : page * size]
    return [_sale_row(policy_id) for policy_id in unique], total


def hold_of(policy_id: UUID) -> HoldView | None:
    """The newest hold of a policy, lifted or not."""
    row = Hold.objects.filter(policy_id=policy_id).order_by("-placed_at").first()
    return None if row is None else hold_view(row)


def viewings(policy_id: UUID, most: int = 20) -> list[ViewingView]:
    rows = Viewing.objects.filter(policy_id=policy_id).order_by("-id")[:most]
    return [ViewingView(row.at, row.staff_name, row.reason, row.exported) for row in rows]


def problems() -> list[str]:
    """Closed recordings that do not hold together, in sentences; the newest hundred are opened."""
    rows = Recording.objects.filter(state="closed").order_by("-closed_at")[:100]
    return [
        f"recording {finding.recording_id} part {finding.part}: {finding.en}"
        for row in rows
        for finding in checking.opened(row).findings
    ]


def _of(subject_ids: Collection[UUID]) -> QuerySet[Recording]:
    named = Subject.objects.filter(subject_id__in=subject_ids).values("recording_id")
    return Recording.objects.filter(id__in=named)


def _reel(row: Recording) -> Reel:
    pages = tuple(page_view(page) for page in Page.objects.filter(recording=row).order_by("id"))
    contents = () if row.state == "destroyed" else checking.opened(row).contents
    played, removed = neutral(event for content in contents for event in events.events_of(content))
    return Reel(recording_view(row), pages, tuple(played), removed, dict(row.build.styles))


def _sale_row(policy_id: UUID) -> SaleRow:
    rows = list(_of([policy_id]).order_by("id"))
    dates = [row.keep_until for row in rows if row.keep_until]
    return SaleRow(
        policy_id=policy_id,
        recording_ids=tuple(row.id for row in rows),
        closed_at=max(row.closed_at or row.opened_at for row in rows),
        size=sum(row.size for row in rows),
        keep_until=max(dates, default=None),
        state=rows[0].state,
    )
