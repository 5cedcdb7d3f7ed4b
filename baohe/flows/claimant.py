"""The person behind a claim: of an account of ours, or of a link and no account at all.

A claim under a partner's order stands under the partner's id; that is whose order it is, and not whose loss. Whoever
asks for the claimant asks here.
"""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.claim_links import facade as claim_links
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people

_SHARES = {"share_paid": "claim_share_paid", "share_failed": "claim_share_failed"}
_WORDS = {
    False: {"progress": "claim_progress", "paid": "claim_paid", "message": "claim_message", **_SHARES},
    True: {
        "progress": "claim_link_progress",
        "paid": "claim_link_paid",
        "message": "claim_link_message",
        **_SHARES,
    },
}
"""Templates, by whether a partner opened the claim: then there is a link to open and a bank account, and no app."""


def phone_of(claim: ClaimView, purpose: str) -> str | None:
    """The telephone for a message about the claim; None for a reported fact, whose partner hears through the open API,
    and where the order has none. The read is logged."""
    if not claim.by_partner:
        return people.phone_of(claim.account_id, "system:claims", purpose)
    who = claim_links.claimant_of(claim.id)
    if who is None or not who.phone:
        return None
    claimant_id = id_of(claim.id, claim.account_id)
    people.note_read(claimant_id, claimant_id, "system:claims", "phone", purpose)
    return who.phone


def tell(claim: ClaimView, about: str, params: dict[str, str], params_en: dict[str, str] | None = None) -> bool:
    """A word about progress, paid, message, share_paid or share_failed, inside a transaction; whether there was a
    telephone to tell."""
    template = _WORDS[claim.by_partner][about]
    phone = phone_of(claim, template)
    if phone is not None:
        notices.send(phone, template, params, account_id=account_of(claim), params_en=params_en)
    return phone is not None


def account_of(claim: ClaimView) -> UUID | None:
    """Whose list of messages it goes to; None where nobody has an account."""
    return None if claim.by_partner else claim.account_id


def id_of(claim_id: UUID, account_id: UUID) -> UUID:
    """One id for one person: the account, or what the link knows them by. A partner's own id would make all its
    customers one claimant."""
    return claim_links.claimant_id_of(claim_id) or account_id
