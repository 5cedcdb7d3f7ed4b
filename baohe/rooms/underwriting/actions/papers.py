"""Medical papers in and out, confirmed by the person, and handed to the underwriter."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from baohe.kernel.canonical import digest
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox, uploads
from baohe.plumbing.pictures import SafePicture
from baohe.rooms.consent import facade as consent
from baohe.rooms.people import facade as people
from baohe.rooms.underwriting import locks, rules_referral, sealing
from baohe.rooms.underwriting.actions.declare import HEALTH_CONSENT, PURPOSE
from baohe.rooms.underwriting.contracts import MedicalPaperView, ReferralView
from baohe.rooms.underwriting.errors import HealthConsentMissing, ReferralNotOpen, TooManyPages
from baohe.rooms.underwriting.models import MedicalPaper, Referral
from baohe.rooms.underwriting.referral_queries import own_referral_view, paper_view
from baohe.rooms.underwriting.referral_records import event
from baohe.rooms.underwriting.rules_reading import checked

PAPER_ADDED = "underwriting.paper_added"
MOST_LOOSE = 20
_OPEN = ("open", "waiting_for_papers", "to_confirm")


def add_paper(account_id: UUID, declaration_id: UUID, kind: str, content: bytes) -> tuple[MedicalPaperView, ...]:
    """Make the file safe, seal and store its pages, and have them read by the worker. The same page twice is once.

    Papers may be added while the file is with an underwriter, asked for or not. Raises `InvalidInput` for an unknown
    kind, what `uploads.safe_pages` raises, `ReferralNotOpen`, `ReferralClosed`, `TooManyPages`, `NotFound`.
    """
    _known(kind)
    declared = Referral.objects.filter(declaration_id=declaration_id, declaration__account_id=account_id)
    found = declared.values_list("declaration__person_id", flat=True).first()
    if found is None:
        raise NotFound(what="核保中的告知")  # before a megabyte of a stranger is decoded
    pages = uploads.safe_pages(content)
    rows = _rows(account_id, found, kind, pages)
    with transaction.atomic():
        row = locks.own_referral(account_id, declaration_id)
        locks.refuse_unless(row, *_OPEN)
        kept = _keep_new(rows, row.papers.filter(removed_at=None), row, rules_referral.MOST_PAGES)
        row.requested.filter(kind=kind).update(wanted=False, not_available=False)
        event(row, "paper_added", kind=kind, pages=len(kept))
    return tuple(paper_view(paper) for paper in kept)


def add_report(
    account_id: UUID, person_id: UUID, kind: str, content: bytes, *, health_consent: bool
) -> tuple[MedicalPaperView, ...]:
    """A report before the declaration, to be read into proposed answers. Needs the consent for health data (DATA-1).

    Raises `HealthConsentMissing` before the file is opened, and what `add_paper` raises.
    """
    if kind not in rules_referral.READ_KINDS:
        raise InvalidInput(field="kind", reason_zh="材料种类不对", reason_en="is not a kind that is read")
    people.person_view(account_id, person_id)
    granted = consent.is_granted(account_id, PURPOSE, str(person_id))
    if not granted and not health_consent:
        raise HealthConsentMissing()
    pages = uploads.safe_pages(content)
    with transaction.atomic():
        if not granted:
            consent.grant(account_id, PURPOSE, digest(HEALTH_CONSENT.as_dict()), str(person_id))
        loose = MedicalPaper.objects.filter(account_id=account_id, person_id=person_id, referral=None, removed_at=None)
        kept = _keep_new(_rows(account_id, person_id, kind, pages), loose, None, MOST_LOOSE)
    return tuple(paper_view(paper) for paper in kept)


def remove_paper(account_id: UUID, paper_id: UUID) -> None:
    """Take a page out; its row stays as history. Twice is once. Raises `NotFound`, `ReferralNotOpen`."""
    with transaction.atomic():
        paper, row = _own(account_id, paper_id)
        if paper.removed_at is None:
            paper.removed_at = clock.now()
            paper.save(update_fields=["removed_at"])
            if row is not None:
                event(row, "paper_removed", kind=paper.kind)


def confirm_reading(account_id: UUID, paper_id: UUID, values: Mapping[str, str]) -> MedicalPaperView:
    """The person says what is right: code → value for every value of the page, "" where nothing applies. What the
    machine read stays beside it. May be said again while the paper is the customer's to change.

    Raises `InvalidInput` naming the value, `ReferralNotOpen` while it is still being read, `NotFound`.
    """
    with transaction.atomic():
        paper, row = _own(account_id, paper_id)
        if paper.state in ("reading", "kept"):
            raise ReferralNotOpen(reason_zh="这一页还没有读完", reason_en="this page has not been read yet")
        sealing.seal_confirmed(paper, checked(sealing.items(paper), values, clock.today()))
        paper.confirmed_at = clock.now()
        paper.save(update_fields=["confirmed_sealed", "confirmed_at"])
        if row is not None:
            event(row, "reading_confirmed", kind=paper.kind)
    return paper_view(paper)


def hand_in(account_id: UUID, declaration_id: UUID, not_available: Collection[str] = ()) -> ReferralView:
    """The papers are complete, apart from those that cannot be had; the underwriter's clock runs again.

    Raises `InvalidInput` naming a paper that is neither there nor said to be unavailable, `ReferralNotOpen`,
    `ReferralClosed`, `NotFound`.
    """
    with transaction.atomic():
        row = locks.own_referral(account_id, declaration_id)
        locks.refuse_unless(row, "waiting_for_papers")
        missing = []
        for asked in row.requested.filter(wanted=True).order_by("asked_at", "id"):
            if asked.kind not in not_available:
                title = rules_referral.KINDS[asked.kind]
                raise InvalidInput(
                    field=asked.kind,
                    reason_zh=f"还差{title.zh}，拿不到可以选“没有这份材料”",
                    reason_en=f"{title.en} is missing; say so if you cannot get it",
                )
            asked.not_available = True
            asked.save(update_fields=["not_available"])
            missing.append(asked.kind)
        resume(row, "handed_in", missing=missing)
    return own_referral_view(account_id, declaration_id)


def resume(row: Referral, code: str, **facts: object) -> None:
    """Back to the underwriter, with as many working days as were left. The caller holds the row."""
    assert row.paused_at is not None, "the database keeps a waiting referral's clock stopped"  # noqa: S101
    row.reply_by = rules_referral.resumed(row.reply_by, row.paused_at, clock.now())
    row.state, row.paused_at, row.papers_by = "open", None, None
    row.save()
    event(row, code, reply_by=row.reply_by.isoformat(), **facts)


def _known(kind: str) -> None:
    if kind not in rules_referral.KINDS:
        names = ", ".join(rules_referral.KINDS)
        raise InvalidInput(field="kind", reason_zh="材料种类不对", reason_en=f"is one of {names}")


def _rows(account_id: UUID, person_id: UUID, kind: str, pages: Sequence[SafePicture]) -> list[MedicalPaper]:
    """The pages sealed on disk; a file without a row harms nobody."""
    upload_id, moment, rows = clock.new_id(), clock.now(), []
    for number, page in enumerate(pages, 1):
        paper_id = clock.new_id()
        rows.append(
            MedicalPaper(
                id=paper_id,
                account_id=account_id,
                person_id=person_id,
                kind=kind,
                upload_id=upload_id,
                page=number,
                state="reading" if kind in rules_referral.READ_KINDS else "kept",
                file_name=sealing.store_picture(paper_id, moment, page.jpeg),
                sha256=hashlib.sha256(page.jpeg).hexdigest(),
                added_at=moment,
            )
        )
    return rows


def _keep_new(
    rows: Sequence[MedicalPaper], stored: Iterable[MedicalPaper], row: Referral | None, most: int
) -> list[MedicalPaper]:
    """Each page once, also where one file holds the same page twice. Raises `TooManyPages`."""
    there = {paper.sha256: paper for paper in stored}
    kept: dict[str, MedicalPaper] = {}
    for paper in rows:
        if paper.sha256 in kept:
            continue
        kept[paper.sha256] = there.get(paper.sha256, paper)
    if len(there | kept) > most:
        raise TooManyPages(limit=most)
    for sha256, paper in kept.items():
        if sha256 not in there:
            _keep(paper, row)
    return list(kept.values())


def _keep(paper: MedicalPaper, row: Referral | None) -> None:
    paper.referral = row
    paper.save(force_insert=True)
    if paper.state == "reading":
        outbox.publish(PAPER_ADDED, paper.id, shard_of(str(paper.account_id)), {"paper_id": str(paper.id)})


def _own(account_id: UUID, paper_id: UUID) -> tuple[MedicalPaper, Referral | None]:
    """The customer's page, its referral's row locked first where there is one and still open to changes."""
    paper = MedicalPaper.objects.filter(id=paper_id, account_id=account_id).first()
    if paper is None:
        raise NotFound(what="这一页材料")
    row = None
    if paper.referral_id is not None:
        row = locks.own_referral(account_id, paper.referral_id)
        locks.refuse_unless(row, *_OPEN)
    return MedicalPaper.objects.select_for_update().get(id=paper_id), row
