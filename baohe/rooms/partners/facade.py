"""The only door of the room."""

from baohe.rooms.partners.actions.authenticate import authenticate, forget_old_nonces
from baohe.rooms.partners.actions.register import create_partner, register_key, revoke_key
from baohe.rooms.partners.queries import partner_names

__all__ = ["authenticate", "create_partner", "forget_old_nonces", "partner_names", "register_key", "revoke_key"]
