"""Hand a queued message to the gateway: the worker's part."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from baohe.adapters import messages
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.notices.models import FAILED, QUEUED, SENT, Message
from baohe.rooms.notices.queries import body_of, phone_of
from baohe.rooms.notices.rules import SECRET_TEMPLATES


def deliver(event: Event) -> None:
    """Send the message once. Runs outside of any transaction; the gateway drops a repeated message id.

    A gateway that is away raises, and the outbox repeats. Raises `NoGateway` where none is configured.
    """
    row = Message.objects.filter(id=UUID(event.payload["message_id"]), state=QUEUED).first()
    if row is None:
        return
    receipt = messages.gateway().send(row.id, phone_of(row), body_of(row).zh)
    changes: dict[str, object] = {
        "state": SENT if receipt.accepted else FAILED,
        "settled_at": clock.now(),
        "provider_reference": receipt.provider_reference,
    }
    # The demo inbox reads the words of a code after it was sent; a real telephone has them.
    if row.template in SECRET_TEMPLATES and not settings.BAOHE_DEMO:
        changes["params_sealed"] = None
    Message.objects.filter(id=row.id, state=QUEUED).update(**changes)
