"""Text messages leave through one port; which gateway stands behind it is a matter of settings."""

from __future__ import annotations

from django.conf import settings

from baohe.adapters.messages.port import MessageGateway, NoGateway, Receipt
from baohe.adapters.messages.simulator import DemoGateway

__all__ = ["MessageGateway", "NoGateway", "Receipt", "gateway"]


def gateway() -> MessageGateway:
    """The gateway of this installation. Raises `NoGateway` rather than pretend that a message was sent."""
    if settings.BAOHE_DEMO:
        return DemoGateway()
    raise NoGateway()
