"""The insured's own telephone, and the page that a link on it opens."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from baohe.rooms.assents.errors import PhoneIsPolicyholders
from baohe.rooms.people import facade as people


def their_own(account_id: UUID, phone: str) -> str:
    """The number as a normal one. Raises `InvalidInput`, `PhoneIsPolicyholders` for the account's own."""
    plain = people.normal_phone(phone)
    if plain == people.phone_of(account_id, "system:insured_consent", "compare_phone"):
        raise PhoneIsPolicyholders()
    return plain


def page() -> str:
    """Where a token is shown to its holder."""
    return f"{settings.BAOHE_ORIGIN}/consent/"
