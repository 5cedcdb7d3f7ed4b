"""Where a line of a claim's story leads on the page, and what a paper's own file says, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django import template

from baohe.rooms.claims.contracts import ClaimFile, PaperOrigin, StoryLine

register = template.Library()


@dataclass(frozen=True, slots=True)
class Link:
    to: str
    label: str


_SAID, _PAPERS = Link("#said", "原话"), Link("#papers", "材料")
_DECISIONS, _MONEY, _TOLD = Link("#decisions", "决定"), Link("#money", "赔案的钱"), Link("#told", "已告知")
_SECTIONS: Mapping[str, Link] = {
    "notice": _SAID,
    "reported_by_staff": _SAID,
    "reported": _SAID,
    "submitted": _PAPERS,
    "checked": _PAPERS,
    "checked_with_doubt": _PAPERS,
    "asked": _PAPERS,
    "papers_asked": _PAPERS,
    "agreed_by_rules": _DECISIONS,
    "agreed_by_person": _DECISIONS,
    "referred": _DECISIONS,
    "refusal_proposed": Link("#joint", "双人复核"),
    "refusal_returned": Link("#joint", "双人复核"),
    "refused": _DECISIONS,
    "refusal_told": _TOLD,
    "kept": _DECISIONS,
    "paid": _MONEY,
    "payout_failed": _MONEY,
    "advance_due": _MONEY,
    "advance_agreed": _MONEY,
    "advance_paid": _MONEY,
    "settled_by_advance": _DECISIONS,
    "corrected": _MONEY,
    "corrected_written_off": _MONEY,
    "reopened_by_person": _MONEY,
    "recovery_opened": _MONEY,
    "recovery_received": _MONEY,
    "recovery_written_off": _MONEY,
}
"""The section that a line speaks of, where the line itself names nothing narrower: older rows name nothing."""
_DOUBTS = {
    "picture_blurred": "模糊",
    "picture_dark": "太暗",
    "picture_overexposed": "太亮",
    "picture_glare": "反光",
    "picture_cropped": "没拍全",
    "picture_too_small": "太小",
    "picture_wrong_kind": "没看到印刷的文字",
    "picture_repeated": "好像传过了",
}


@register.filter
def leads_to(line: StoryLine) -> Link | None:
    """The narrowest place: a payout or an act of money first, then a numbered decision, then the section."""
    if "payout" in line.points:
        return Link(f"#{payout_anchor(line.points['payout'])}", "这笔付款")
    if "act" in line.points:
        return Link(f"#act-{line.points['act']}", "这件事项")
    if "decision" in line.points and _SECTIONS.get(line.code) is not _PAPERS:
        return Link(f"#decision-{line.points['decision']}", f"第 {line.points['decision']} 次决定")
    return _SECTIONS.get(line.code)


@register.filter
def payout_anchor(key: str) -> str:
    """`claim:<id>:2:1` → payout-2-1: of the second decision, tried again."""
    return "payout-" + "-".join(key.split(":")[2:])


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the picture's own file says; `odd` wants a look."""

    text: str
    odd: bool = False


@register.simple_tag
def origin_of(file: ClaimFile, paper_id: UUID) -> tuple[Said, ...]:
    """Empty where the file said nothing of itself."""
    found = next((one for one in file.origins if one.paper_id == paper_id), None)
    return () if found is None else tuple(_said(found, file.claim.happened_on))


def _said(one: PaperOrigin, happened_on: date) -> list[Said]:
    told = []
    if one.taken_at:
        taken = _moment(one.taken_at)
        days = None if taken is None else (happened_on - taken.date()).days
        shown = one.taken_at.replace("T", " ")[:16]
        odd = f"，早于出险日 {days} 天" if days is not None and days > 0 else ""
        told.append(Said(f"{shown} 拍摄（相机自己的时间）{odd}", odd=bool(odd)))
    if one.device:
        told.append(Said(f"用 {one.device} 拍"))
    if one.editor:
        told.append(Said(f"由修图程序 {one.software or one.editor} 存过", odd=True))
    elif one.software:
        told.append(Said(f"由程序 {one.software} 存过"))
    doubts = [_DOUBTS[code] for code in one.doubts if code in _DOUBTS]
    if doubts:
        told.append(Said(f"上传时提示过：{'、'.join(doubts)}；客户仍用这张", odd=True))
    return told


def _moment(text: str) -> datetime | None:
    """A stranger wrote it: what is no moment is shown as it stands."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
