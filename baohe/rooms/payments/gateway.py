"""The room's one way out to the providers. Every call leaves a row; no call ever raises about a provider's state."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog

from baohe.adapters.providers.port import Answer, Deducting, Provider, ProviderNotSetUp
from baohe.adapters.providers.registry import deducting, provider
from baohe.plumbing import clock
from baohe.rooms.payments import models
from baohe.rooms.payments.errors import ProviderAway

log = structlog.get_logger()


def app_of(code: str) -> str:
    """Who we are at a provider. Raises `ProviderAway`."""
    try:
        return provider(code).app()
    except ProviderNotSetUp as missing:
        raise ProviderAway() from missing


def call(
    code: str, about: str, about_id: UUID, shard_key: int, method: str, ask: Callable[[Provider], Answer]
) -> Answer:
    """Ask a provider outside of any transaction and write down how it ended, in the port's words."""
    try:
        answer = ask(provider(code))
    except ProviderNotSetUp as missing:
        answer = Answer("unknown", f"keys:{missing}")
    record(code, about, about_id, shard_key, method, answer)
    return answer


def call_bank(about: str, about_id: UUID, shard_key: int, method: str, ask: Callable[[Deducting], Answer]) -> Answer:
    """The same for what only a bank with agreements can do."""
    return call("deduction", about, about_id, shard_key, method, lambda _: ask(deducting()))


def record(code: str, about: str, about_id: UUID, shard_key: int, method: str, answer: Answer) -> None:
    if answer.word == "unknown":
        log.warning(
            "provider_unknown", provider=code, method=method, about=about, about_id=str(about_id), reason=answer.reason
        )
    models.PaymentAttempt.objects.create(
        shard_key=shard_key,
        provider=code,
        about=about,
        about_id=about_id,
        method=method,
        outcome=answer.word,
        reason=answer.reason[:120],
        called_at=clock.now(),
    )
