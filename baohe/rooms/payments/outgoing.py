"""How money that leaves is brought to a certain end, the same for refunds and payouts.

A provider works off a number once, however often it is sent. So after an unknown answer it is asked first; only when
it says for certain that it never saw the number is the same number sent again. A fresh number is never made.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog

from baohe.adapters.providers.port import Answer
from baohe.plumbing import outbox

log = structlog.get_logger()

_ENDS = {"done": "done", "refused": "failed", "closed": "failed"}


def resolve(*, asked_before: bool, ask: Callable[[], Answer], act: Callable[[], Answer]) -> str:
    """`done`, `failed` (the provider refused for certain) or `checking` (nobody knows yet)."""
    if asked_before:
        found = ask()
        if found.word != "absent":
            return _ENDS.get(found.word, "checking")
    return _ENDS.get(act().word, "checking")


def announce(about: str, word: str, id_: UUID, shard_key: int, facts: dict[str, str | int]) -> None:
    """Tell the others, in the transaction of the fact: `payments.<about>_done` or `_failed`.

    A failure is also an alarm: it is final, and somebody has to find another way for the money.
    """
    if word == "failed":
        log.error("money_did_not_leave", about=about, natural_key=facts["natural_key"], amount_fen=facts["amount_fen"])
    outbox.publish(f"payments.{about}_{word}", id_, shard_key, {"id": str(id_), **facts})
