"""What the room seals and hashes."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from uuid import UUID

from baohe.plumbing import vault
from baohe.rooms.claim_links.contracts import Claimant
from baohe.rooms.claim_links.models import Notice

_WHO = "claim_links_notice.who"


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def put(row: Notice, who: Claimant) -> None:
    content = json.dumps([who.name, who.phone, who.identity_last], ensure_ascii=False)
    row.who_sealed = vault.seal(_WHO, row.claim_id, content)
    row.claimant_id = UUID(bytes=vault.blind_index("claim_links.claimant", _told_apart_by(who))[:16])


def who(row: Notice) -> Claimant:
    """Raises `SealedDataUnreadable`."""
    return Claimant(*json.loads(vault.unseal(_WHO, row.claim_id, bytes(row.who_sealed))))


def same_person(told: Claimant, name: str, identity_last: str) -> bool:
    """In one comparison, so that neither time nor words say which half was wrong."""
    return hmac.compare_digest(_of_person(told.name, told.identity_last), _of_person(name, identity_last))


def _of_person(name: str, identity_last: str) -> bytes:
    return vault.keyed_mac("claim_links.identity", _typed(name, identity_last))


def _typed(name: str, identity_last: str) -> bytes:
    plain = [re.sub(r"\s", "", unicodedata.normalize("NFKC", part)) for part in (name, identity_last)]
    return f"{plain[0]}\x00{plain[1].upper()}".encode("utf-8", "surrogatepass")


def _told_apart_by(who: Claimant) -> str:
    return f"phone\x00{who.phone}" if who.phone else f"identity\x00{who.name}\x00{who.identity_last}"
