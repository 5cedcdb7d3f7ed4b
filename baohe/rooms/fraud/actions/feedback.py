"""A named handler says what came of looking. It moves no claim: the claim has its own decisions."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.fraud import sealing
from baohe.rooms.fraud.contracts import VERDICTS, FeedbackView
from baohe.rooms.fraud.models import Feedback, Look
from baohe.rooms.people import facade as people

HANDLER = "claims_handler"
LONGEST_NOTE = 500


def feedback(claim_id: UUID, staff_id: UUID, verdict: str, note: str = "") -> FeedbackView:
    """Write it down; a later one of the same claim counts instead, and both stay.

    Raises `NotAllowed` for staff without the role, `InvalidInput`, `NotFound` for a claim nobody looked at.
    """
    staff = people.staff(staff_id)
    if HANDLER not in staff.roles:
        raise NotAllowed()
    if verdict not in VERDICTS:
        raise InvalidInput(field="verdict", reason_zh="请选一个结论", reason_en=f"is one of {', '.join(VERDICTS)}")
    if len(note) > LONGEST_NOTE or "\x00" in note:
        raise InvalidInput(
            field="note", reason_zh=f"最多 {LONGEST_NOTE} 字", reason_en=f"has at most {LONGEST_NOTE} letters"
        )
    shard_key = Look.objects.filter(claim_id=claim_id).values_list("shard_key", flat=True).first()
    if shard_key is None:
        raise NotFound(what="这件理赔的信号")
    feedback_id = clock.new_id()
    row = Feedback.objects.create(
        id=feedback_id,
        claim_id=claim_id,
        shard_key=shard_key,
        staff_id=staff.id,
        staff_name=staff.name,
        verdict=verdict,
        note_sealed=sealing.seal_note(feedback_id, note),
        at=clock.now(),
    )
    return FeedbackView(claim_id, row.staff_name, row.verdict, note, row.at)
