"""How the claims desk says certainty, moves and clocks."""

from __future__ import annotations

from django import template

from baohe.rooms.claims.contracts import ClaimFile, DeadlineView, OddPlace, PaperView, ReadField

register = template.Library()

_CERTAIN = 90
_MOVES = {
    "shared": "按工作量分给",
    "taken": "接手",
    "handed": "转交给",
    "stood_in": "休假代理",
    "back": "休假结束，还给",
    "raised": "到期上报，转给",
}
_CLOCKS = {"running": "", "standing": "等客户材料，停走", "kept": "已按期完成", "missed": "超期"}


@register.filter
def certainty(field: ReadField) -> str:
    """In a word, for a colour never speaks alone; how sure the reading is, where one counts."""
    if field.corrected:
        return "客户改过"
    if field.confirmed:
        return "客户已核对"
    if not field.value:
        return "没有读到"
    if field.doubtful:
        return f"存疑 {field.confidence}%"
    return f"{'清楚' if field.confidence >= _CERTAIN else '一般'} {field.confidence}%"


@register.filter
def certainty_mark(field: ReadField) -> str:
    """The class of its frame and its word; none where nothing was read."""
    if not field.value and not field.corrected and not field.confirmed:
        return ""
    return "wait" if field.corrected or (field.doubtful and not field.confirmed) else "good"


@register.filter
def odd_places_of(file: ClaimFile, paper: PaperView) -> tuple[OddPlace, ...]:
    return next((one.odd_places for one in file.origins if one.paper_id == paper.id), ())


@register.filter
def moved(how: str) -> str:
    return _MOVES[how]


@register.filter
def clock_state(one: DeadlineView) -> str:
    return _CLOCKS[one.state]


@register.filter
def lasted(seconds: int | None) -> str:
    """`5400` → 1.5 小时; in the largest unit that reads well."""
    if seconds is None:
        return "—"
    if seconds < 3_600:
        return f"{max(1, round(seconds / 60))} 分钟"
    return f"{seconds / 3_600:.1f} 小时" if seconds < 172_800 else f"{seconds / 86_400:.1f} 天"
