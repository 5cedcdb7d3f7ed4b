"""People for tests: made up, with numbers that pass every check."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from baohe.kernel.identity import check_character
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.queries import body_of
from baohe.rooms.people import facade as people

PHONE = "13800138111"
OTHER_PHONE = "13900139222"
IP = "192.0.2.7"
GROWN_UP = date(1992, 3, 1)


def identity_number(birth: date = GROWN_UP, order: int = 12, area: str = "310115") -> str:
    """An odd `order` is male, an even one female."""
    first_17 = f"{area}{birth:%Y%m%d}{order:03d}"
    return first_17 + check_character(first_17)


def typed(**changes: object) -> people.PersonInput:
    facts: dict[str, object] = {
        "name": "林知夏",
        "relation": "self",
        "identity_number": identity_number(),
        "social_insurance": True,
    }
    return people.PersonInput(**{**facts, **changes})  # type: ignore[arg-type]


def last_code() -> str:
    """The code of the newest message, as its owner reads it."""
    found = re.search(r"\d{6}", body_of(Message.objects.order_by("-id")[0]).zh)
    assert found is not None
    return found.group()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def customer(phone: str = PHONE) -> UUID:
    return people.open_account(phone).id
