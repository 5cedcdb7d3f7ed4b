"""The same invoice, or nearly the same picture, in another claim. Pure."""

from __future__ import annotations

from baohe.kernel.decisions import Text
from baohe.rooms.fraud.contracts import Pointer, Signal
from baohe.rooms.fraud.rules.seen import Seen


def invoice_repeated(seen: Seen) -> Signal | None:
    """Strong when another account used it; the same claimant may have withdrawn a notice and begun again."""
    others = {one.claim_id: one.account_id for one in seen.invoices}
    if not others:
        return None
    strangers = sum(account != seen.account_id for account in others.values())
    count = len(others)
    text = Text(
        f"同一发票号还出现在另外 {count} 件理赔里，其中 {strangers} 件是别的账号",
        f"The same invoice number is in {count} other claim{'s' if count > 1 else ''}, {strangers} of another account",
    )
    return Signal(
        "invoice_repeated", 70 if strangers else 30, text, tuple(Pointer("claim", str(one)) for one in sorted(others))
    )


def picture_similar(seen: Seen) -> Signal | None:
    """Of other claims only: a claimant may photograph the same thing twice."""
    if not seen.pictures:
        return None
    nearest = min(seen.pictures, key=lambda one: (one.distance, one.paper_id))
    strange = nearest.account_id != seen.account_id
    whose_zh, whose_en = ("别的账号", "another account") if strange else ("本账号", "the same account")
    text = Text(
        f"有照片与{whose_zh}另一件理赔的几乎一样（64 位指纹差 {nearest.distance} 位）",
        f"A picture is nearly that of another claim of {whose_en} ({nearest.distance} of 64 bits differ)",
    )
    points = [Pointer("claim", str(one.claim_id)) for one in seen.pictures]
    return Signal("picture_similar", 40 if strange else 20, text, (*points, Pointer("paper", str(nearest.paper_id))))
