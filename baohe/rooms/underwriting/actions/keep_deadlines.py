"""The round that keeps deadlines: marks what is near, reminds customers, ends what ran out. Never decides against
anybody: papers that did not come send the file back to its underwriter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock
from baohe.rooms.underwriting import rules_referral
from baohe.rooms.underwriting.actions.decide_referral import close
from baohe.rooms.underwriting.actions.papers import resume
from baohe.rooms.underwriting.models import MedicalPaper, Referral, ReferralEvent, RequestedPaper
from baohe.rooms.underwriting.referral_records import day_and_time, event, tell

EVERY_SECONDS = 300
_MOST_AT_ONCE = 200
_SETTLED = timedelta(days=1)
_AWAKE = range(8, 21)
"""Nobody is woken by a reminder."""

Step = Callable[[Referral, datetime], bool]


def look() -> int:
    """Everything that is due now; returns how many referrals moved or were marked. Repeating it changes nothing."""
    now = clock.now()
    done = 0
    steps: list[tuple[QuerySet[Referral], Step]] = [
        (_rows(state="waiting_for_papers", papers_by__lt=now), _papers_over),
        (_complete(now), _papers_complete),
        (_rows(state="offered", verdicts__answer="", verdicts__valid_until__lt=now), _offer_over),
        (_unmarked(now), _mark),
    ]
    if now.astimezone(SHANGHAI).hour in _AWAKE:
        soon = now + rules_referral.REMIND
        papers = _rows(state="waiting_for_papers", papers_by__lt=soon)
        offers = _rows(state="offered", verdicts__answer="", verdicts__valid_until__lt=soon)
        steps.append((papers.exclude(_told("papers_reminded", now)), _remind_papers))
        steps.append((offers.exclude(_told("offer_reminded", now)), _remind_offer))
    for rows, step in steps:
        for declaration_id in rows.values_list("declaration_id", flat=True).distinct()[:_MOST_AT_ONCE]:
            done += _one(declaration_id, step)
    return done


def _rows(**which: object) -> QuerySet[Referral]:
    return Referral.objects.filter(decided_at=None, **which).order_by("declaration_id")


def _unmarked(now: datetime) -> QuerySet[Referral]:
    """Near or late, and not marked as late yet: what is late for weeks is not looked at every five minutes."""
    late = ReferralEvent.objects.filter(referral=OuterRef("pk"), code="reply_late", at__gte=OuterRef("reply_by"))
    rows = _rows(state__in=("open", "to_confirm"), reply_by__lt=now + rules_referral.NEAR)
    return rows.exclude(Exists(late))


def _complete(now: datetime) -> QuerySet[Referral]:
    """Every paper that was asked for is there for a day, and nobody pressed the button."""
    wanted = RequestedPaper.objects.filter(referral=OuterRef("pk"), wanted=True)
    fresh = MedicalPaper.objects.filter(referral=OuterRef("pk"), added_at__gt=now - _SETTLED)
    return _rows(state="waiting_for_papers", paused_at__lte=now - _SETTLED).exclude(Exists(wanted) | Exists(fresh))


def _told(code: str, now: datetime) -> Exists:
    since = now - rules_referral.REMIND - timedelta(days=1)
    return Exists(ReferralEvent.objects.filter(referral=OuterRef("pk"), code=code, at__gte=since))


def _one(declaration_id: UUID, step: Step) -> int:
    """Each in its own transaction, seen again under its lock: another worker, or the customer, may have been first."""
    with transaction.atomic():
        row = (
            Referral.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("declaration")
            .filter(declaration_id=declaration_id)
            .first()
        )
        return int(row is not None and step(row, clock.now()))


def _papers_over(row: Referral, now: datetime) -> bool:
    if row.state != "waiting_for_papers" or row.papers_by is None or row.papers_by >= now:
        return False
    resume(row, "papers_over")
    tell(row, "underwriting_papers_over")
    return True


def _papers_complete(row: Referral, now: datetime) -> bool:
    if row.state != "waiting_for_papers" or row.requested.filter(wanted=True).exists():
        return False
    resume(row, "papers_complete")
    return True


def _offer_over(row: Referral, now: datetime) -> bool:
    verdict = row.verdicts.filter(answer="", valid_until__lt=now).first()
    if row.state != "offered" or verdict is None:
        return False
    verdict.answer, verdict.answered_at = "expired", now
    verdict.save()
    close(row, "expired", None)
    event(row, "expired")
    tell(row, "underwriting_offer_expired")
    return True


def _mark(row: Referral, now: datetime) -> bool:
    if row.state not in ("open", "to_confirm") or row.reply_by - now > rules_referral.NEAR:
        return False
    code = "reply_late" if row.reply_by < now else "reply_near"
    return _once(row, code, row.reply_by)


def _remind_papers(row: Referral, now: datetime) -> bool:
    if row.state != "waiting_for_papers" or row.papers_by is None:
        return False
    if not _once(row, "papers_reminded", row.papers_by):
        return False
    tell(row, "underwriting_papers_reminder", until=day_and_time(row.papers_by))
    return True


def _remind_offer(row: Referral, now: datetime) -> bool:
    verdict = row.verdicts.filter(answer="", valid_until__gte=now).first()
    if row.state != "offered" or verdict is None or verdict.valid_until is None:
        return False
    if not _once(row, "offer_reminded", verdict.valid_until):
        return False
    tell(row, "underwriting_offer_reminder", until=day_and_time(verdict.valid_until))
    return True


def _once(row: Referral, code: str, deadline: datetime) -> bool:
    """A mark of one deadline, once: the row is locked, so nobody writes it between look and act."""
    key = deadline.astimezone(SHANGHAI).isoformat()
    if row.events.filter(code=code, key=key).exists():
        return False
    event(row, code, key=key)
    return True
