"""What any gateway for text messages must do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from baohe.kernel.errors import BaoheError


class NoGateway(BaoheError):
    code = "no_message_gateway"
    status = 503
    zh = "没有配置短信通道"
    en = "No message gateway is configured"
    next_zh = "请联系运维配置短信通道，消息已保留，会自动补发"
    next_en = "Ask the operator to configure one; the messages are kept and will be sent"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`accepted` False means that the gateway refused for certain (no such number); a time-out must raise instead,
    so that the message is tried again under the same id."""

    accepted: bool
    provider_reference: str
    reason: str = ""


class MessageGateway(Protocol):
    def send(self, message_id: UUID, phone: str, text: str) -> Receipt:
        """Hand one message over. A repeated `message_id` must not reach the telephone twice."""
        ...
