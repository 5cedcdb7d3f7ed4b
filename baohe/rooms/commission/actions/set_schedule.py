"""Terms of commission: proposed within the filed cap by one person, approved by another (OVER-2)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import Conflict, InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.commission.contracts import SCOPES, ScheduleView, Terms
from baohe.rooms.commission.errors import AboveFiledCap, SamePersonDecides
from baohe.rooms.commission.models import Schedule
from baohe.rooms.commission.queries import schedule_view
from baohe.rooms.commission.rules import terms as rules

_SHELF_PAGE = 200


def propose_schedule(
    staff: tuple[UUID, str],
    *,
    scope_kind: str,
    scope: str,
    valid_from: date,
    terms: Terms,
    pay_from: int = 0,
    pay_until: int | None = None,
) -> ScheduleView:
    """Raises `AboveFiledCap` naming the version, `InvalidInput`, `NotFound` for a version or line nobody sells."""
    rules.check(terms.rates_bp, terms.share_bp, terms.claw_back)
    if scope_kind not in SCOPES:
        raise InvalidInput(field="scope", reason_zh="产品版本或险种", reason_en="a version or a line")
    if pay_from < 0 or (pay_until is not None and pay_until < pay_from):
        raise InvalidInput(field="pay_until", reason_zh="交费年限前后颠倒", reason_en="the pay terms are reversed")
    if valid_from < clock.today():
        raise InvalidInput(field="valid_from", reason_zh="不能倒签", reason_en="terms are never back-dated")
    row = Schedule.objects.create(
        scope_kind=scope_kind,
        scope=scope,
        pay_from=pay_from,
        pay_until=pay_until,
        valid_from=valid_from,
        rates_bp=list(terms.rates_bp),
        highest_bp=max(terms.rates_bp),
        share_bp=terms.share_bp,
        claw_back=[list(line) for line in terms.claw_back],
        cap_bp=_within_cap(scope_kind, scope, max(terms.rates_bp)),
        proposed_by=staff[0],
        proposed_by_name=staff[1],
        proposed_at=clock.now(),
    )
    return schedule_view(row)


def decide_schedule(staff: tuple[UUID, str], schedule_id: UUID, approve: bool) -> None:
    """The cap is asked again: a filing may have changed since. Raises `SamePersonDecides`, `AboveFiledCap`,
    `Conflict`, `NotFound`."""
    with transaction.atomic():
        row = Schedule.objects.select_for_update().filter(id=schedule_id).first()
        if row is None:
            raise NotFound(what="佣金标准")
        if row.decided_by is not None:
            raise Conflict(reason_zh="已经有人决定", reason_en="it is decided already")
        if row.proposed_by == staff[0]:
            raise SamePersonDecides(reason_zh="四眼原则", reason_en="four eyes")
        if approve:
            _refuse_late_or_doubled(row)
            _within_cap(row.scope_kind, row.scope, row.highest_bp)
        row.decided_by, row.decided_by_name = staff
        row.decided_at, row.approved = clock.now(), approve
        row.save(update_fields=["decided_by", "decided_by_name", "decided_at", "approved"])


def refuse_over_cap(version: ProductVersion) -> None:
    """A version about to be published must be able to carry the terms of its line. Raises `AboveFiledCap`."""
    for row in Schedule.objects.filter(scope_kind="line", scope=version.line, approved=True):
        if row.highest_bp > version.commission_bp:
            raise _above(row.highest_bp, version.id, version.commission_bp)


def cap_of(scope_kind: str, scope: str) -> tuple[int, str]:
    """The filed cap in bp, and the version it comes from: of a line, the lowest of its versions not yet off sale.
    Raises `NotFound`."""
    if scope_kind == "version":
        version = catalog.version(scope)
        return version.commission_bp, version.id
    caps = [(catalog.version(id_).commission_bp, id_) for id_ in _versions_of(scope)]
    if not caps:
        raise NotFound(what="这个险种的在售产品")
    return min(caps)


def _versions_of(line: str) -> list[str]:
    found, page, today = [], 1, clock.today()
    while True:
        entries, total = catalog.shelf(page, _SHELF_PAGE)
        found += [e.version_id for e in entries if e.line == line and (e.last_day is None or e.last_day >= today)]
        if page * _SHELF_PAGE >= total:
            return found
        page += 1


def _within_cap(scope_kind: str, scope: str, highest_bp: int) -> int:
    cap_bp, version_id = cap_of(scope_kind, scope)
    if highest_bp > cap_bp:
        raise _above(highest_bp, version_id, cap_bp)
    return cap_bp


def _above(rate_bp: int, version_id: str, cap_bp: int) -> AboveFiledCap:
    return AboveFiledCap(rate=f"{rate_bp / 100:g}", version=version_id, cap=f"{cap_bp / 100:g}")


def _refuse_late_or_doubled(row: Schedule) -> None:
    if row.valid_from < clock.today():
        raise Conflict(reason_zh="生效日已过，请重新提出", reason_en="its first day has passed; propose it again")
    same = Schedule.objects.filter(
        scope_kind=row.scope_kind, scope=row.scope, pay_from=row.pay_from, valid_from=row.valid_from, approved=True
    )
    if same.exists():
        raise Conflict(reason_zh="同一天已有一份生效的标准", reason_en="other terms begin on the same day")
