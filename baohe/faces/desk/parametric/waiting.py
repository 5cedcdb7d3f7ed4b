"""The line of 参数理赔 in the left column."""

from __future__ import annotations

from django.urls import reverse

from baohe.faces.desk.queue import Queue
from baohe.rooms.parametric import facade as parametric

READERS = ("claims_handler", "auditor")


def parametric_queue() -> Queue:
    """Observations that sources could not decide, disputes and breakers, with the nearest clock."""
    count, nearest = parametric.waiting()
    return Queue("parametric", "参数理赔", count, nearest, reverse("desk:parametric"))
