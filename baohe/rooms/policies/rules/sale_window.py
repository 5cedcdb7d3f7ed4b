"""PUB-2: only inside the filed window. A quote made before a stop-sale does not outlive it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from baohe.rooms.policies.errors import VersionWithdrawn

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import ProductVersion


def refuse_withdrawn(version: ProductVersion, today: date, stopped: date | None = None) -> None:
    """`stopped` is the last day of sale by a notice, if there is one. Raises `VersionWithdrawn` with the window."""
    if version.on_sale(today) and (stopped is None or today <= stopped):
        return
    window = f"{version.effective_from} – {stopped or version.sale_ends or '…'}"
    raise VersionWithdrawn(product=version.name.zh, window=window)
