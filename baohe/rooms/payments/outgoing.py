"""How money that leaves is brought to a certain end, the same for refunds and payouts.

The wallet works off a number once, however often it is sent. So after an unknown answer it is asked first; only when
it says for certain that it never saw the number is the same number sent again. A fresh number is never made.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog

from baohe.adapters.wallet.client import Reply
from baohe.plumbing import outbox

log = structlog.get_logger()


def resolve(
    *,
    asked_before: bool,
    ask: Callable[[], Reply],
    act: Callable[[], Reply],
    is_done: Callable[[Reply], bool],
    is_absent: Callable[[Reply], bool],
) -> str:
    """`done`, `failed` (the wallet refused for certain) or `checking` (nobody knows yet)."""
    if asked_before:
        found = ask()
        if is_done(found):
            return "done"
        if not is_absent(found):
            return "checking"
    reply = act()
    return {"ok": "done", "refused": "failed"}.get(reply.outcome, "checking")


def announce(
    about: str, word: str, id_: UUID, shard_key: int, natural_key: str, subject_id: UUID, amount_fen: int
) -> None:
    """Tell the others, in the transaction of the fact: `payments.<about>_done` or `_failed`.

    A failure is also an alarm: it is final, and somebody has to find another way for the money.
    """
    if word == "failed":
        log.error("money_did_not_leave", about=about, natural_key=natural_key, amount_fen=amount_fen)
    outbox.publish(
        f"payments.{about}_{word}",
        id_,
        shard_key,
        {"id": str(id_), "natural_key": natural_key, "subject_id": str(subject_id), "amount_fen": amount_fen},
    )
