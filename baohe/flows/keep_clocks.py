"""The round of the claims desk: shares out what nobody has, and raises deadlines before they fall (SERV-4).

Every deadline is raised in a transaction of its own together with the message to the claimant, so that a level is
neither lost nor told twice; what was due while no worker ran is raised when one is back.
"""

from __future__ import annotations

from django.db import transaction

from baohe.flows import claimant
from baohe.kernel.dates import SHANGHAI
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import Raised
from baohe.rooms.notices import facade as notices

EVERY_SECONDS = 30


def look() -> int:
    """Everything that is due now; returns how many claims moved and deadlines were raised."""
    done = claims.share_out()
    for deadline_id in claims.due_to_raise():
        with transaction.atomic():
            raised = claims.raise_deadline(deadline_id)
            if raised is not None:
                _tell(raised)
                done += 1
    return done


def _tell(raised: Raised) -> None:
    """The claimant hears on the day itself that it is not done, who answers now and by when."""
    if raised.told is None:
        return
    claim = claims.claim_by_id(raised.claim_id)
    name, moment = raised.told
    what = claims.clock_name(claim.id, raised.code)
    phone = claimant.phone_of(claim, "claim_deadline")
    if phone is not None:
        facts = {
            "number": claim.number,
            "day": raised.falls_at.astimezone(SHANGHAI).date().isoformat(),
            "what": what.zh,
            "name": name or "理赔负责人",
            "moment": moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M"),
        }
        english = {"what": what.en, "name": name or "the head of claims"}
        notices.send(phone, "claim_deadline", facts, account_id=claimant.account_of(claim), params_en=english)
