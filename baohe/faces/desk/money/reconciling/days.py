"""The calendar of days and providers, one provider's day, and what stands on suspense."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baohe.faces.desk.money.naming import PROVIDERS
from baohe.faces.desk.money.reconciling.page import READERS, known_day, page, row_of
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.session import at_desk
from baohe.plumbing import clock
from baohe.rooms.reconciliation import facade as reconciliation

DAYS = 7
PAGE = 50


@require_GET
@at_desk(*READERS)
def calendar(request: HttpRequest) -> HttpResponse:
    yesterday = clock.today() - timedelta(days=1)
    last = min(_day(request.GET.get("last", ""), yesterday), yesterday)
    first = last - timedelta(days=DAYS - 1)
    number = number_of(request)
    items, total = reconciliation.items(number, PAGE, live=True)
    return page(
        request,
        "calendar",
        days=list(reconciliation.calendar(reconciliation.PROVIDERS, first, last).items()),
        providers=[PROVIDERS[code] for code in reconciliation.PROVIDERS],
        items=[row_of(one) for one in items],
        total=total,
        number=number,
        more=number * PAGE < total,
        earlier=first - timedelta(days=1),
        later=None if last >= yesterday else min(last + timedelta(days=DAYS), yesterday),
    )


@require_GET
@at_desk(*READERS)
def day(request: HttpRequest, provider: str, text: str) -> HttpResponse:
    """One provider's day: both sums, the digest of the bill, its differences, ended ones too."""
    on, number = known_day(provider, text), number_of(request)
    items, total = reconciliation.items(number, PAGE, provider=provider, day=on)
    return page(
        request,
        "day",
        run=reconciliation.current_run(provider, on),
        provider=provider,
        provider_name=PROVIDERS[provider],
        day=on,
        items=[row_of(one) for one in items],
        total=total,
        number=number,
        more=number * PAGE < total,
    )


@require_GET
@at_desk(*READERS)
def suspense(request: HttpRequest) -> HttpResponse:
    number = number_of(request)
    told = []
    for code in reconciliation.PROVIDERS:
        items, total = reconciliation.standing(code, number, PAGE)
        told.append((PROVIDERS[code], reconciliation.suspense(code), [row_of(one) for one in items], total))
    longest = max(total for *_, total in told)
    return page(request, "suspense", told=told, number=number, more=number * PAGE < longest)


def _day(text: str, otherwise: date) -> date:
    try:
        return max(date.fromisoformat(text), date(2000, 1, 1))
    except ValueError:
        return otherwise
