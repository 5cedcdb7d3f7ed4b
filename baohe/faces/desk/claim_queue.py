"""The claims queue. What narrows it lives in the address, so that a page can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import NotFound
from baohe.kernel.work_calendar import unknown_year, working_days_after
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import NOBODY, QueueFilter
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.fraud.contracts import Signalled

PAGE = 20
_NEAR = timedelta(days=366)
DUE = {"late": "已超期", "today": "今天到期", "week": "本周到期"}
SIGNALS = {"strong": "有强信号", "any": "有信号"}
BANDS: Mapping[str, tuple[str, int | None, int | None]] = {
    "small": ("1 万元以下", None, 999_999),
    "middle": ("1 万–10 万元", 1_000_000, 10_000_000),
    "large": ("10 万元以上", 10_000_001, None),
}


@dataclass(frozen=True, slots=True)
class Select:
    """One filter as it is drawn: the values it may take, with the chosen one."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@require_GET
@at_desk("claims_handler", "auditor")
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """`?line=&insurer=&handler=&due=&amount=&signal=&page=`; a value that is none narrows nothing. `due` is a
    code or a day, which takes the days off after it along; `signal` strong, any or the code of one."""
    titles = {"open": "全部在办", **{count.queue: count.label.zh for count in claims.queue_counts()}}
    if name not in titles:
        raise NotFound(what="队列")
    selects = _selects(request)
    said = {one.name: one.chosen for one in selects}
    signalled = _signalled(said["signal"])
    page = claims.queue(name, number_of(request), PAGE, _filter(said, signalled))
    narrowed = {one.name: one.chosen for one in selects if one.chosen}
    return show(
        request,
        "desk/claims.html",
        name,
        page=page,
        title=titles[name],
        selects=selects,
        narrowed=narrowed,
        some_signals_left_out=signalled is not None and not signalled.whole,
        nearest=page.items[0].due_at if page.items and page.page == 1 else None,
        unknown_year=unknown_year(clock.today()),
        before=_address(narrowed, page.page - 1) if page.page > 1 else "",
        after=_address(narrowed, page.page + 1) if page.page * PAGE < page.total else "",
    )


def _selects(request: HttpRequest) -> tuple[Select, ...]:
    handlers = [(str(one.id), one.name) for one in claims.handlers()]
    mine = [(str(staff_at(request).id), "我经办的")] if staff_at(request).has("claims_handler") else []
    others = [one for one in handlers if one[0] != str(staff_at(request).id)]
    offered = (
        ("line", "险种", [(code, catalog.line_name(code).zh) for code in catalog.lines()]),
        ("insurer", "保险公司", [(one.code, one.short_name.zh) for one in catalog.insurers()]),
        ("handler", "经办", [*mine, ("nobody", "还没有人"), *others]),
        ("due", "期限", [*DUE.items(), *_day_choice(request)]),
        ("amount", "金额", [(code, band[0]) for code, band in BANDS.items()]),
        ("signal", "欺诈信号", [*SIGNALS.items(), *((code, title.zh) for code, title in fraud.TITLES.items())]),
    )
    return tuple(
        Select(name, label, tuple(choices), _chosen(request, name, [code for code, _ in choices]))
        for name, label, choices in offered
    )


def _day_choice(request: HttpRequest) -> list[tuple[str, str]]:
    day = _day(request.GET.get("due", ""))
    return [(day.isoformat(), f"{day:%m-%d} 到期")] if day else []


def _day(said: str) -> date | None:
    """A day within a year of today; no other is due."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if abs(day - clock.today()) <= _NEAR else None


def _chosen(request: HttpRequest, name: str, codes: list[str]) -> str:
    said = request.GET.get(name, "")
    return said if said in codes else ""


def _signalled(said: str) -> Signalled | None:
    """Which claims have what was chosen; the claims room knows no signals."""
    if not said:
        return None
    return fraud.signalled(strong=said == "strong") if said in SIGNALS else fraud.signalled(code=said)


def _filter(said: Mapping[str, str], signalled: Signalled | None) -> QueueFilter:
    due_from, due_by = _days(said["due"], clock.today())
    _, least, most = BANDS.get(said["amount"], ("", None, None))
    return QueueFilter(
        line=said["line"],
        insurer=said["insurer"],
        handler=_handler(said["handler"]),
        due_from=due_from,
        due_by=due_by,
        least=least,
        most=most,
        among=None if signalled is None else signalled.claim_ids,
    )


def _handler(said: str) -> UUID | None:
    if not said:
        return None
    return NOBODY if said == "nobody" else UUID(said)


def _days(said: str, today: date) -> tuple[date | None, date | None]:
    """From and to, both included. This week ends on Sunday; what is late was due yesterday or before."""
    if said in DUE:
        return None, today + timedelta(days={"late": -1, "today": 0, "week": 6 - today.weekday()}[said])
    day = _day(said)
    return (None, None) if day is None else (day, working_days_after(day, 1) - timedelta(days=1))


def _address(narrowed: Mapping[str, str], page: int) -> str:
    return "?" + urlencode({**narrowed, "page": page})
