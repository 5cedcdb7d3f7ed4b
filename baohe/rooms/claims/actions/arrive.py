"""What is seen of a picture as it arrives, told while the paper is still in the sender's hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from baohe.plumbing import picture_checks, pictures
from baohe.plumbing.pictures import SafePicture
from baohe.rooms.claims import sealing
from baohe.rooms.claims.errors import DOUBTS
from baohe.rooms.claims.models import Claim
from baohe.rooms.claims.rules.assess import EDITED

_REPEATED = "picture_repeated"
_NEAR = 8
"""Bits of 64 by which one photograph sent twice may differ. Two sheets of one form differ as little: whether they are
one is then looked up in the pictures themselves."""


@dataclass(frozen=True, slots=True)
class Seen:
    """`doubts`: codes that go with the picture to a person. `look`: the perceptual hash as the database holds it,
    None without contrast."""

    picture: SafePicture
    sha256: str
    look: int | None
    doubts: tuple[str, ...]


def looked_at(claim: Claim, pages: Sequence[SafePicture], *, anyway: bool) -> tuple[Seen, ...]:
    """Each page with what is doubted of it. Empty pages of a document are left out.

    Raises the `PictureDoubted` of the gravest doubt: always for a picture on which nothing can be seen, for others
    unless `anyway`.
    """
    seen = []
    for page in pages:
        measures = picture_checks.measured(page.jpeg)
        nothing = picture_checks.useless(measures)
        if nothing is not None and len(pages) > 1:
            continue
        if nothing is not None:
            raise DOUBTS[f"picture_{nothing}"](may_keep=False)
        sha256, look = hashlib.sha256(page.jpeg).hexdigest(), _look(page)
        doubts = [f"picture_{doubt}" for doubt in picture_checks.doubts(measures)]
        if _is_repeated(claim, page, sha256, look):
            doubts.insert(0, _REPEATED)
        if doubts and not anyway and not _is_there(claim, sha256):
            raise DOUBTS[doubts[0]](may_keep=True)
        if page.traces.editor:
            doubts.append(EDITED)
        seen.append(Seen(page, sha256, look, tuple(doubts)))
    if not seen:
        raise DOUBTS["picture_wrong_kind"](may_keep=False)
    return tuple(seen)


def _look(page: SafePicture) -> int | None:
    bits = pictures.perceptual_hash(page.jpeg)
    return None if bits is None else signed(bits)


def signed(bits: int) -> int:
    """64 bits as PostgreSQL's bigint holds them."""
    return bits - 2**64 if bits >= 2**63 else bits


def _is_there(claim: Claim, sha256: str) -> bool:
    return claim.papers.filter(removed_at=None, sha256=sha256).exists()


def _is_repeated(claim: Claim, page: SafePicture, sha256: str, look: int | None) -> bool:
    """Nearly the same photograph as another of this claim; exactly the same one is not told but kept once."""
    if look is None:
        return False
    others = claim.papers.filter(removed_at=None).exclude(sha256=sha256).exclude(look=None)
    near = [other for other in others if ((other.look ^ look) & (2**64 - 1)).bit_count() <= _NEAR]
    return any(pictures.alike(page.jpeg, sealing.open_picture(other)) for other in near)
