"""Who is asking: the signed-in customer of a request, or a visitor who may write from our own page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import SessionAuth

from baohe.faces.problems import PageExpired, SignInNeeded


class CsrfGuard(SessionAuth):
    """The session cookie; writes also need the CSRF token. Raises `PageExpired` where it is missing or old."""

    def _get_key(self, request: HttpRequest) -> str | None:
        try:
            return super()._get_key(request)
        except HttpError:
            raise PageExpired() from None


class CustomerSession(CsrfGuard):
    """A signed-in customer. Members of staff are no customers."""

    def authenticate(self, request: HttpRequest, key: str | None) -> UUID | None:
        user = request.user
        if not user.is_authenticated or not user.is_active or user.is_staff:
            return None
        return user.pk


class AnyVisitor(CsrfGuard):
    """Everybody, signed in or not: for signing in and out."""

    def authenticate(self, request: HttpRequest, key: str | None) -> bool:
        return True


signed_in = CustomerSession()
any_visitor = AnyVisitor()


def account_id(request: HttpRequest) -> UUID:
    """The customer's account id. Raises `SignInNeeded`."""
    if not request.user.is_authenticated or request.user.is_staff:
        raise SignInNeeded()
    return request.user.pk
