"""The digest that an outcome is recorded and replayed under. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from baohe.kernel.canonical import digest
from baohe.rooms.catalog.contracts import Trigger
from baohe.rooms.parametric.rules.agreeing import Agreement


def of_outcome(
    version_id: str, trigger: Trigger, subject: str, closed: bool, reports: Iterable[str], found: Agreement
) -> str:
    """Of the filed trigger, the reports that counted, and what came of them."""
    return digest(
        {
            "version": version_id,
            "trigger": asdict(trigger),
            "subject": subject,
            "closed": closed,
            "reports": sorted(reports),
            "event": found.event,
            "agreeing": list(found.agreeing),
            "differing": list(found.differing),
        }
    )


def of_people(version_id: str, subject: str, event: str, before: str, names: tuple[str, str]) -> str:
    """Of a decision by two people: what they decided over which digest before."""
    return digest({"version": version_id, "subject": subject, "event": event, "before": before, "by": list(names)})
