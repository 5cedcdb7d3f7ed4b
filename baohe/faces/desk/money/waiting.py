"""What of the money waits for somebody: the line of the books in the desk's left column."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from baohe.faces.desk.queue import Queue
from baohe.plumbing import clock
from baohe.rooms.billing import facade as billing
from baohe.rooms.ledger import facade as ledger

BILLING_READERS = ("underwriter", "service", "finance", "auditor")


def books_queue() -> Queue:
    """The number is the months that are over and not closed."""
    first = ledger.first_open_month()
    return Queue("books", "账务", 0 if first is None else closable_months(first), None, reverse("desk:books"))


def billing_queue() -> Queue:
    """The number is what a person has to decide, the date when the oldest wish is answered at the latest."""
    counts = billing.counts()
    nearest = None if counts.oldest_request is None else billing.days.answer_by(counts.oldest_request)
    return Queue(
        "billing",
        "缴费",
        counts.requests,
        nearest,
        reverse("desk:billing-requests" if counts.requests else "desk:billing"),
    )


def closable_months(first_open: date) -> int:
    running = clock.today().replace(day=1)
    return max(0, (running.year - first_open.year) * 12 + running.month - first_open.month)
