"""The filed trigger and circle behind a row."""

from __future__ import annotations

from baohe.kernel.errors import NotFound
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import Point, Trigger
from baohe.rooms.parametric.models import Observation


def of(row: Observation) -> Trigger:
    return filed(row.version_id, row.trigger)


def filed(version_id: str, code: str) -> Trigger:
    """Raises `NotFound`."""
    found = catalog.version(version_id).trigger(code)
    if found is None:
        raise NotFound(what="这项触发约定")
    return found


def point_of(row: Observation, trigger: Trigger) -> Point | None:
    return trigger.circle.by_value[row.place] if trigger.circle else None


def scope_of(row: Observation) -> str:
    """Under which a trigger's breaker stands."""
    return f"{row.version_id}#{row.trigger}"
