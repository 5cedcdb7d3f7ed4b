"""One request, one effect: the first answer under a key is replayed, another request under it is refused.

The answer is stored in the transaction of its effect. An advisory lock on the key makes two simultaneous first
requests queue, so the second replays instead of failing on the unique constraint behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from baohe.kernel.canonical import digest
from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.plumbing import clock
from baohe.plumbing.models import RememberedAnswer
from baohe.plumbing.queues import queue_behind

_MAX_KEY = 255


class KeyReused(BaoheError):
    code = "idempotency_key_reused"
    status = 409
    zh = "这个幂等键已经用于另一个请求"
    en = "This idempotency key was used for another request"
    next_zh = "新的请求请换一个新的幂等键"
    next_en = "Use a new key for a new request"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    replayed: bool = False


def answer_once(scope: str, key: str, request: Any, act: Callable[[], Answer]) -> Answer:
    """Run `act` once for (`scope`, `key`) inside one transaction and remember what it answered.

    `scope` names caller and operation (`"account:<id>:pay"`); `request` is hashed canonically and may hold no
    floats. A raised error rolls back everything and is not remembered, so the caller may retry with the same key.
    Raises `KeyReused` (409) and `InvalidInput` for an empty or overlong key.
    """
    if not 0 < len(key) <= _MAX_KEY:
        raise InvalidInput(
            field="Idempotency-Key", reason_zh=f"需要 1–{_MAX_KEY} 个字符", reason_en=f"needs 1–{_MAX_KEY} characters"
        )
    request_hash = digest(request)
    with transaction.atomic():
        queue_behind("idempotency", [f"{scope}\x00{key}"])
        earlier = RememberedAnswer.objects.filter(scope=scope, key=key).first()
        if earlier is not None:
            if earlier.request_hash != request_hash:
                raise KeyReused()
            return Answer(earlier.status, earlier.body, replayed=True)
        answer = act()
        RememberedAnswer.objects.create(
            scope=scope,
            key=key,
            request_hash=request_hash,
            status=answer.status,
            body=answer.body,
            created_at=clock.now(),
        )
        return answer
