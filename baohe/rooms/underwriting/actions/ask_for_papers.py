"""An underwriter asks for papers: once, all at once, each with its reason. The clock stands still until they come."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.underwriting import locks, rules_referral, sealing
from baohe.rooms.underwriting.contracts import ReferralView
from baohe.rooms.underwriting.errors import PaperListClosed
from baohe.rooms.underwriting.models import Referral, RequestedPaper
from baohe.rooms.underwriting.referral_queries import referral_by_id
from baohe.rooms.underwriting.referral_records import day_and_time, event, take, tell, underwriter


def ask_for_papers(staff_account_id: UUID, declaration_id: UUID, wanted: Mapping[str, Text]) -> ReferralView:
    """`wanted`: kind of paper → why, in both languages. A second time only kinds of the first list may be asked for
    again (a page that nobody can read).

    Raises `NotAnUnderwriter`, `PaperListClosed`, `ReferralNotOpen`, `ReferralClosed`, `InvalidInput`, `NotFound`.
    """
    staff = underwriter(staff_account_id)
    _check(wanted)
    with transaction.atomic():
        row = locks.referral(declaration_id)
        locks.refuse_unless(row, "open")
        _list(row, staff, wanted)
        take(row, staff)
        moment = clock.now()
        row.state = "waiting_for_papers"
        row.paused_at, row.papers_by = moment, rules_referral.papers_by(moment)
        row.save()
        event(row, "papers_asked", staff, kinds=list(wanted), papers_by=row.papers_by.isoformat())
        tell(row, "underwriting_papers_asked", until=day_and_time(row.papers_by))
    return referral_by_id(declaration_id)


def _list(row: Referral, staff: StaffView, wanted: Mapping[str, Text]) -> None:
    listed = {paper.kind: paper for paper in row.requested.all()}
    extra = sorted(set(wanted) - set(listed)) if listed else []
    if extra:
        raise PaperListClosed(kinds="、".join(rules_referral.KINDS[kind].zh for kind in extra))
    for kind, why in wanted.items():
        paper = listed.get(kind) or RequestedPaper(id=clock.new_id(), referral=row, kind=kind)
        paper.wanted, paper.not_available = True, False
        paper.asked_at, paper.asked_by_name = clock.now(), staff.name
        paper.why_sealed = sealing.seal_why(paper.id, why)
        paper.save()


def _check(wanted: Mapping[str, Text]) -> None:
    if not wanted or any(kind not in rules_referral.KINDS for kind in wanted):
        names = "、".join(rules_referral.KINDS)
        raise InvalidInput(field="kinds", reason_zh="请从清单里选材料", reason_en=f"choose from {names}")
    for why in wanted.values():
        if not (2 <= len(why.zh.strip()) <= 200 and 2 <= len(why.en.strip()) <= 300):
            raise InvalidInput(
                field="why", reason_zh="每样材料都要用中英文写明为什么要", reason_en="say why, in both languages"
            )
