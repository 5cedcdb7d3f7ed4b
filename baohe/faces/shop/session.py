"""Who is asking: the signed-in customer of a request."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja.security import SessionAuth

from baohe.faces.problems import SignInNeeded


class CustomerSession(SessionAuth):
    """Session cookie plus CSRF token on writes."""

    def authenticate(self, request: HttpRequest, key: str | None) -> UUID | None:
        user = request.user
        if not user.is_authenticated or not user.is_active or user.is_staff:
            return None
        return user.pk


signed_in = CustomerSession()


def account_id(request: HttpRequest) -> UUID:
    """The customer's account id. Raises `SignInNeeded`."""
    if not request.user.is_authenticated or request.user.is_staff:
        raise SignInNeeded()
    return request.user.pk
