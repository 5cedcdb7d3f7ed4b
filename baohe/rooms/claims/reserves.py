"""Moving what is set aside for a claim. Called with the claim's row locked; the entry follows by event."""

from __future__ import annotations

from django.db.models import Max, Sum

from baohe.plumbing import clock, outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims.models import Claim, ReserveMove
from baohe.rooms.claims.rules.figures import Contract
from baohe.rooms.claims.rules.reserving import case_reserve_fen
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

MOVED = "claims.reserve_moved"


def balance_fen(row: Claim) -> int:
    return int(row.reserve_moves.aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def move_to(row: Claim, fen: int, cause: str) -> None:
    """Let the balance be `fen` from now on. `cause`: notice, calculated, estimate, advance, agreed, refused, withdrawn,
    kept or reopened. Nothing moves when it is so already."""
    before = balance_fen(row)
    if fen == before:
        return
    last = row.reserve_moves.aggregate(last=Max("number"))["last"] or 0
    move = ReserveMove.objects.create(
        claim=row,
        shard_key=row.shard_key,
        number=last + 1,
        at=clock.now(),
        cause=cause,
        before_fen=before,
        amount_fen=fen - before,
    )
    outbox.publish(MOVED, row.id, row.shard_key, {"claim_id": str(row.id), "move": move.id})


def open_case(row: Claim, policy: PolicyView, cause: str = "notice") -> None:
    """The reserve of a claim that nobody calculated yet."""
    version = catalog.version(row.version_id)
    then = policies.as_of(policy, row.happened_on)
    event: ClaimEvent | None = next((e for e in version.claim_events_of(then.inputs) if e.code == row.event), None)
    contract = Contract(then.inputs, then.sum_insured_fen)
    move_to(row, case_reserve_fen(event, version.line, contract, clock.today()), cause)


def calculated(row: Claim, amount_fen: int | None) -> None:
    """A calculation takes the average's place. A result of 0 goes to a person, and sets nothing free before they
    agree."""
    if amount_fen:
        move_to(row, max(0, amount_fen - row.paid_fen), "calculated")


def reopened(row: Claim) -> None:
    """Taken up again: as it was calculated, or as at its notice. What was paid is not set aside again."""
    if row.calculated_fen:
        move_to(row, max(0, row.calculated_fen - row.paid_fen), "reopened")
    else:
        open_case(row, policies.policy_by_id(row.policy_id), "reopened")
