"""The gateway of the demo: accepts every message and sends nothing anywhere.

The demo inbox shows the messages from the platform's own rows; numbers that end in 0000 do not exist here, so that
the refused case can be seen.
"""

from __future__ import annotations

from uuid import UUID

from baohe.adapters.messages.port import Receipt

_NO_SUCH_NUMBER = "0000"


class DemoGateway:
    def send(self, message_id: UUID, phone: str, text: str) -> Receipt:
        reference = f"demo-{message_id}"
        if phone.endswith(_NO_SUCH_NUMBER):
            return Receipt(accepted=False, provider_reference=reference, reason="no such number")
        return Receipt(accepted=True, provider_reference=reference)
