"""The only door of the room.

Partner:   told_before · refuse_flood · make · renew · revoke · notice_of · newest_link (writes inside a transaction of
           `baohe.flows.report_by_partner`)
Claimant:  look · send_code · open_by_code · open_by_identity · held (at every request)
Who:       claimant_id_of · claimant_of
"""

from baohe.rooms.claim_links.actions.make import make, refuse_flood, renew, revoke
from baohe.rooms.claim_links.actions.prove import held, look, open_by_code, open_by_identity, send_code
from baohe.rooms.claim_links.queries import claimant_id_of, claimant_of, newest_link, notice_of, told_before

__all__ = [
    "claimant_id_of",
    "claimant_of",
    "held",
    "look",
    "make",
    "newest_link",
    "notice_of",
    "open_by_code",
    "open_by_identity",
    "refuse_flood",
    "renew",
    "revoke",
    "send_code",
    "told_before",
]
