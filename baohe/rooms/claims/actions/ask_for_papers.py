"""A handler asks again for papers of the one closed list (SERV-5)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from baohe.kernel.canonical import digest
from baohe.kernel.errors import InvalidInput
from baohe.rooms.claims import locks, records, sealing
from baohe.rooms.claims.actions.states import not_open as _not_open
from baohe.rooms.claims.actions.states import refuse_unless_handler, take
from baohe.rooms.claims.asked import papers_asked
from baohe.rooms.claims.contracts import Settled
from baohe.rooms.claims.errors import PaperListClosed
from baohe.rooms.claims.rules.reasons import reason
from baohe.rooms.people import facade as people


def ask_for_papers(staff_id: UUID, claim_id: UUID, kinds: Sequence[str], note: str) -> Settled:
    """The claim goes back to the claimant as a draft with everything kept. Inside the caller's transaction.

    Raises `PaperListClosed` for a kind that was not on the list given at the first notice, `ClaimNotOpen`,
    `NotAllowed`, `InvalidInput`.
    """
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    row = locks.any_claim(claim_id)
    if row.state != "with_person" or row.joint_decisions.filter(confirmed_at=None, returned_at=None).exists():
        raise _not_open(row)
    if not kinds or not 2 <= len(note.strip()) <= 500:
        raise InvalidInput(field="note", reason_zh="写明要哪一样、为什么", reason_en="say which paper and why")
    titles = {paper.kind: paper.title for paper in papers_asked([row])[row.id]}
    extra = sorted(set(kinds) - set(titles))
    if extra:
        raise PaperListClosed(kinds="、".join(extra))
    wanted = [kind for kind in titles if kind in set(kinds)]
    stored = records.decision(
        row,
        "ask",
        (
            reason(
                "papers_asked_by_person",
                "、".join(titles[kind].zh for kind in wanted),
                ", ".join(titles[kind].en for kind in wanted),
            ),
        ),
        (),
        None,
        "by-person",
        digest({"claim": str(row.id), "kinds": wanted}),
        by=staff,
    )
    take(row, staff)
    row.state = "draft"
    row.asked_kinds = wanted
    sealing.seal_note(row, note.strip())
    row.save()
    records.milestone(row, "papers_asked", name=staff.name, decision=stored.number)
    return records.settled(row, stored, None, fresh=True)
