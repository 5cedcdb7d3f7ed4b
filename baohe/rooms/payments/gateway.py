"""The room's one way out to the wallet. Every call leaves a row; no call ever raises about the wallet's state."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog

from baohe.adapters.wallet import client, keys
from baohe.adapters.wallet.client import Reply, WalletClient
from baohe.plumbing import clock
from baohe.rooms.payments import models

log = structlog.get_logger()


def call(about: str, about_id: UUID, shard_key: int, method: str, ask: Callable[[WalletClient], Reply]) -> Reply:
    """Ask the wallet outside of any transaction and write down how it ended (ok, refused, unknown)."""
    try:
        reply = ask(client.from_settings())
    except keys.WalletKeyMissing as missing:
        reply = Reply("unknown", f"keys:{missing}")
    if reply.outcome == "unknown":
        log.warning("wallet_unknown", method=method, about=about, about_id=str(about_id), reason=reply.reason)
    models.PaymentAttempt.objects.create(
        shard_key=shard_key,
        about=about,
        about_id=about_id,
        method=method,
        outcome=reply.outcome,
        reason=reply.reason[:120],
        called_at=clock.now(),
    )
    return reply
