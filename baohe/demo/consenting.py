"""What an insured in the demo does when the link arrives: open it on their own telephone, read, agree."""

from __future__ import annotations

import re
from uuid import UUID

from baohe.flows import insured_consent
from baohe.plumbing import clock
from baohe.rooms.assents import facade as assents
from baohe.rooms.notices import facade as notices

PHONE = "13800000002"


def agree(account_id: UUID, proposal_id: UUID) -> None:
    """The policyholder sends the link to `PHONE`; whoever holds that telephone says yes."""
    insured_consent.send(account_id, proposal_id, PHONE, insured_decides=True)
    token = _told(r"/consent/([\w-]{43})")
    assents.send_code(token)
    opened = assents.open_link(token, _told(r"\b\d{6}\b"))
    insured_consent.answer(token, opened.terms, agreed=True)


def _told(pattern: str) -> str:
    """From the newest message that has it. Messages of days that come later may lie in the inbox already."""
    now = clock.now()
    come = [message for message in notices.demo_inbox(PHONE) if message.at <= now]
    meant = [message for message in come if re.search(pattern, message.body.zh)]
    return str(re.findall(pattern, max(meant, key=lambda message: message.at).body.zh)[0])
