"""Reads. Opening a message shows its words, so only the owner's list and the demo inbox do."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.plumbing import vault
from baohe.rooms.notices.actions.send import phone_index
from baohe.rooms.notices.contracts import NoticeView
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.rules import SECRET_TEMPLATES, render

_INBOX = 50


def demo_inbox(phone: str | None = None) -> list[NoticeView]:
    """The newest messages, of one telephone or of all, as soon as they are queued. `NotFound` outside the demo."""
    if not settings.BAOHE_DEMO:
        raise NotFound(what="演示收件箱")
    rows = Message.objects.filter(params_sealed__isnull=False).order_by("-id")
    if phone is not None:
        rows = rows.filter(phone_index=phone_index(phone))
    return [_view(row) for row in rows[:_INBOX]]


def notices_of(account_id: UUID, before: UUID | None = None, size: int = 20) -> list[NoticeView]:
    """An account's own messages, newest first, codes left out."""
    rows = Message.objects.filter(account_id=account_id, params_sealed__isnull=False).order_by("-id")
    rows = rows.exclude(template__in=SECRET_TEMPLATES)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_view(row) for row in rows[: min(size, _INBOX)]]


def phone_of(row: Message) -> str:
    return vault.unseal("notices_message.phone", row.id, bytes(row.phone_sealed))


def body_of(row: Message) -> Text:
    facts = json.loads(vault.unseal("notices_message.params", row.id, bytes(row.params_sealed or b"")))
    return render(row.template, facts["params"], facts["params_en"])


def _view(row: Message) -> NoticeView:
    return NoticeView(row.id, phone_of(row), row.template, body_of(row), row.state, row.created_at)
