"""Who is asking: the signed-in customer of a request, or a visitor who may write from our own page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import SessionAuth

from baohe.faces.problems import PageExpired, SignInNeeded
from baohe.plumbing import clock
from baohe.rooms.claim_links import facade as claim_links
from baohe.rooms.claim_links.contracts import LinkView
from baohe.rooms.claim_links.errors import ClaimLinkProofNeeded


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


class ClaimantSession(CustomerSession):
    """A signed-in customer, or a browser that proved the link to one claim; which claim, `claim_owner` asks."""

    def authenticate(self, request: HttpRequest, key: str | None) -> UUID | bool | None:  # type: ignore[override]
        return super().authenticate(request, key) or (True if _HELD in request.session else None)


_HELD = "claim_link"
"""In the browser's session: the link that this browser has proven, its claim, and when."""

signed_in = CustomerSession()
claimant = ClaimantSession()
any_visitor = AnyVisitor()


def account_id(request: HttpRequest) -> UUID:
    """The customer's account id. Raises `SignInNeeded`."""
    if not request.user.is_authenticated or request.user.is_staff:
        raise SignInNeeded()
    return request.user.pk


def hold_link(request: HttpRequest, link: LinkView) -> None:
    """From here on this browser may open the claim of the link. Its session gets a new key: one that somebody planted
    before opens nothing."""
    request.session.cycle_key()
    request.session[_HELD] = {
        "link": str(link.id),
        "claim": str(link.claim_id),
        "at": clock.now().isoformat(),
    }


def holds(request: HttpRequest, link: LinkView) -> bool:
    """Whether this browser proved this very link, lately enough."""
    held = request.session.get(_HELD)
    if held is None or held["link"] != str(link.id):
        return False
    try:
        claim_links.held(link.id, datetime.fromisoformat(held["at"]))
    except ClaimLinkProofNeeded:
        return False
    return True


def claim_owner(request: HttpRequest, claim_id: UUID) -> UUID:
    """Under whose id the claim stands, if this browser may open it: by its proven link, or by the account. A link opens
    its own claim and nothing else, and an account never opens by way of somebody's link.

    Raises `SignInNeeded`, `ClaimLinkProofNeeded`, `ClaimLinkEnded`, `ClaimLinkExpired`.
    """
    held = request.session.get(_HELD)
    if held is None or held["claim"] != str(claim_id):
        return account_id(request)
    return claim_links.held(UUID(held["link"]), datetime.fromisoformat(held["at"])).partner_id
