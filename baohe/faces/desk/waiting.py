"""What of the money waits for somebody: its lines in the left column."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from baohe.faces.desk.queue import Queue
from baohe.plumbing import clock
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.billing import facade as billing
from baohe.rooms.commission import facade as commission
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.settlement import facade as settlement

BILLING_READERS = ("underwriter", "service", "finance", "auditor")


def books_queue() -> Queue:
    """The number is the months that are over and not closed."""
    first = ledger.first_open_month()
    return Queue("books", "账务", 0 if first is None else closable_months(first), None, reverse("desk:books"))


def settlement_queue() -> Queue:
    """Disputes that are not decided, and what waits for a second person."""
    count, nearest = settlement.waiting()
    return Queue("settlement", "结算", count, nearest, reverse("desk:settlement"))


def commission_queue() -> Queue:
    """The number is what waits for a second person: changes of the register, terms."""
    return Queue("commission", "佣金", commission.waiting(), None, reverse("desk:commission"))


def allowances_queue() -> Queue:
    """The number is the campaigns of vouchers there are; nothing of them waits."""
    return Queue("allowances", "限量", allowances.campaigns(1, 1)[1], None, reverse("desk:allowances"))


def disbursements_queue() -> Queue:
    """The number is what waits for an account or a second person; no deadline but its age, which the page shows."""
    return Queue("disbursements", "人工付款", disbursements.waiting(), None, reverse("desk:disbursements"))


def introductions_queue() -> Queue:
    """The number is the agreements that wait for a second name."""
    return Queue("introductions", "转介绍", introductions.unapproved(), None, reverse("desk:introductions"))


def reconciliation_queue() -> Queue:
    """The number is the items that nobody has ended, the moment their nearest deadline."""
    count, nearest = reconciliation.waiting()
    deadline = None if nearest is None else nearest.deadline
    return Queue("reconciliation", "对账", count, deadline, reverse("desk:reconciliation"))


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
