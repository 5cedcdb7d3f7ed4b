"""What the public face answers."""

from __future__ import annotations

from baohe.faces.shop.schemas.policies import Verdict


class PublicVerdict(Verdict):
    """The shop's verdict, with the reason as a code and the way to the offline proof."""

    code: str
    proof_url: str | None = None
