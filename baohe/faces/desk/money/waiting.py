"""What of the money waits for somebody: the line of the books in the desk's left column."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from baohe.faces.desk.queue import Queue
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation import facade as reconciliation


def books_queue() -> Queue:
    """The number is the months that are over and not closed."""
    first = ledger.first_open_month()
    return Queue("books", "账务", 0 if first is None else closable_months(first), None, reverse("desk:books"))


def reconciliation_queue() -> Queue:
    """The number is the items that nobody has ended, the moment their nearest deadline."""
    count, nearest = reconciliation.waiting()
    deadline = None if nearest is None else nearest.deadline
    return Queue("reconciliation", "对账", count, deadline, reverse("desk:reconciliation"))


def closable_months(first_open: date) -> int:
    running = clock.today().replace(day=1)
    return max(0, (running.year - first_open.year) * 12 + running.month - first_open.month)
