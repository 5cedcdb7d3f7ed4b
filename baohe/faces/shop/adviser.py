"""The registered person whose link a customer followed (OVER-2)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router

from baohe.faces.shop.schemas.sale import Adviser
from baohe.plumbing import clock
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import AdviserCard

router = Router(tags=["advisers"])


@router.get("advisers/{code}", response=Adviser)
def adviser(request: HttpRequest, code: str = Path(max_length=20)) -> Adviser:
    """Who it is, if registered today; open to everybody, as the public register is."""
    return _shape(commission.adviser(code, clock.today()))


def of_proposal(proposal_id: UUID | None) -> Adviser | None:
    card = None if proposal_id is None else commission.adviser_of(proposal_id)
    return None if card is None else _shape(card)


def _shape(card: AdviserCard) -> Adviser:
    return Adviser(code=card.code, kind=card.kind, name=card.name, registration_number=card.registration_number)
