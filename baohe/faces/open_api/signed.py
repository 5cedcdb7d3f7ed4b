"""Only a request signed by a partner's live key comes through this door."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security.base import AuthBase

from baohe.rooms.partners import facade as partners
from baohe.rooms.partners.contracts import PartnerView, SignedRequest


class PartnerSignature(AuthBase):
    """HTTP message signature after RFC 9421 (Ed25519)."""

    openapi_type = "http"
    openapi_scheme = "signature"
    openapi_description = (
        "RFC 9421 over @method, @target-uri and (with a body) content-digest; parameters created, keyid, nonce; "
        "algorithm ed25519; fresh for 5 minutes; a nonce is taken once."
    )

    def __init__(self) -> None:
        self.openapi_security_schema = {
            "type": self.openapi_type,
            "scheme": self.openapi_scheme,
            "description": self.openapi_description,
        }
        super().__init__()

    def __call__(self, request: HttpRequest) -> PartnerView:
        # The address as the partner knows it: behind a balancer the Host header and scheme are the balancer's.
        url = settings.BAOHE_ORIGIN + request.get_full_path()
        return partners.authenticate(SignedRequest(request.method or "", url, request.headers, request.body))


signed = PartnerSignature()


def partner_of(request: HttpRequest) -> PartnerView:
    """The partner who signed this request."""
    partner: PartnerView = request.auth  # type: ignore[attr-defined]
    return partner
