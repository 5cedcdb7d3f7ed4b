"""Nothing is decided on a calculation that is not true any more: another claim may have borne a shared deductible or
used a limit since a handler looked."""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.claims import locks, records, reserves
from baohe.rooms.claims.actions.pay_by_person import machine_lines
from baohe.rooms.claims.actions.states import refuse_unless_handler
from baohe.rooms.claims.deciding import consider, policy_of
from baohe.rooms.claims.models import Claim, ClaimDecision, JointDecision
from baohe.rooms.claims.rules.reasons import reason
from baohe.rooms.people import facade as people

_CHANGED = "lines_changed"


def lines_stand(staff_id: UUID, claim_id: UUID, seen: int | None) -> bool:
    """Whether a handler may decide on what they saw: `seen` is the number of the decision whose lines were shown, None
    for whoever saw none. Where the lines are others by now they are stored, shown and counted from here on, and the
    answer is no; so the caller commits before it refuses. Takes the locks of the decision that follows.

    Raises `NotAllowed`, `NotFound`.
    """
    refuse_unless_handler(people.staff(staff_id))
    row = locks.any_claim(claim_id)
    if row.state == "with_person" and _recalculated(row):
        return False
    last = ClaimDecision.objects.filter(claim=row).order_by("-number").values_list("number", flat=True).first()
    return seen is None or seen == last


def proposal_stands(staff_id: UUID, claim_id: UUID, proposal_id: UUID) -> bool:
    """The same for the second name: against the lines that the first one saw. A proposal that does not exist stands,
    for its confirmation says so. Raises as `lines_stand`."""
    joint = JointDecision.objects.filter(id=proposal_id, claim_id=claim_id).first()
    return lines_stand(staff_id, claim_id, joint.lines_number if joint else None)


def _recalculated(row: Claim) -> bool:
    before = machine_lines(row)
    assessment = consider(row, policy_of(row), asked_for_person=True).assessment
    now = assessment.calculation
    if now is None or not before or now.lines == before:
        return False
    last = ClaimDecision.objects.filter(claim=row).order_by("-number").first()
    kept = records.decision_view(last).reasons if last is not None and last.decided_by is None else ()
    records.decision(
        row,
        "refer",
        (reason(_CHANGED), *(one for one in kept if one.code != _CHANGED)),
        now.lines,
        now.amount_fen,
        assessment.decision.rule_version,
        assessment.decision.input_hash,
    )
    row.calculated_fen = now.amount_fen
    row.save()
    records.milestone(row, "recalculated", amount_fen=now.amount_fen)
    reserves.calculated(row, now.amount_fen)
    return True
