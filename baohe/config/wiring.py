"""Who handles which event: the one list the worker reads. Handlers are idempotent (see `plumbing.outbox`)."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.plumbing.outbox import Handler


def handlers() -> Mapping[str, Handler]:
    """Topic → handler, imported late so that Django's apps are ready."""
    return {}
