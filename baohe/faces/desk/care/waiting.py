"""What of the care around a sale waits for somebody: its lines in the left column."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from baohe.faces.desk.queue import Queue
from baohe.kernel.dates import day_begins
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.claims import facade as claims
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.suitability import facade as suitability

CALLERS = ("service", "auditor")
CLAIM_CALLERS = ("service", "claims_handler", "auditor")
READERS = ("underwriter", "service", "compliance", "auditor")
CLOCK_READERS = ("underwriter", "finance", "service", "compliance", "auditor")


def call_backs_queue() -> Queue:
    """The moment is the end of the nearest last day on which everything comes back."""
    page = call_backs.waiting(page=1, size=1)
    nearest = day_begins(page.items[0].last_day + timedelta(days=1)) if page.items else None
    return Queue("call_backs", "回访", page.total, nearest, reverse("desk:call-backs"))


def record_help_queue() -> Queue:
    """The moment is by when the first who asked is answered."""
    first, total = recordings.helps(1, 1)
    return Queue("record_help", "协助留存", total, first[0].answer_by if first else None, reverse("desk:record-helps"))


def claim_calls_queue() -> Queue:
    """The moment is by when the first who asked is called."""
    first, total = claims.calls_asked(1, 1)
    return Queue("claim_calls", "理赔请回电", total, first[0].answer_by if first else None, reverse("desk:claim-calls"))


def suitability_queue() -> Queue:
    """The number is the checks that advised to stop; nothing of them waits."""
    return Queue("suitability", "适当性", suitability.advised_to_stop(1, 1).total, None, reverse("desk:suitability"))


def service_clocks_queue() -> Queue:
    """The number is the clocks that run; those that stand still wait for the customer."""
    counts = service_clocks.counts()
    return Queue("service_clocks", "服务时限", counts.running, counts.nearest, reverse("desk:service-clocks"))
