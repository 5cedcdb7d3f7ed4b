"""Can each yes still be proved by what is kept of it?"""

from __future__ import annotations

from baohe.plumbing.vault import SealedDataUnreadable
from baohe.rooms.assents import sealing
from baohe.rooms.assents.contracts import AGREED
from baohe.rooms.assents.models import Link

_LOOKED_AT = 100


def problems() -> list[str]:
    """Of the newest hundred links that were agreed to, those whose kept terms are not the ones of the digest that the
    insured agreed to (SALE-11), in sentences."""
    agreed = Link.objects.filter(state=AGREED).order_by("-sent_at", "-id")[:_LOOKED_AT]
    return [f"consent link {row.id}: {wrong}" for row in agreed if (wrong := _wrong_with(row))]


def _wrong_with(row: Link) -> str:
    try:
        kept = sealing.digest_of_kept(row)
    except SealedDataUnreadable:
        return "the terms that were agreed to cannot be opened"
    return "" if kept == row.terms_digest else "the terms kept are not those that were agreed to"
