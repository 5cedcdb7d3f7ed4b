"""Decisions of two names: any refusal, also of a part, and any sum above one person's authority (SERV-9)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from baohe.kernel.canonical import digest
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.kernel.money import yuan
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import locks, records, reserves, sealing
from baohe.rooms.claims.actions.pay_by_person import advanced_fen, machine_lines, pay_decided
from baohe.rooms.claims.actions.states import refuse_unless_handler, refuse_unless_with_person, take
from baohe.rooms.claims.contracts import JointDecisionView, Settled
from baohe.rooms.claims.cover_use import ByPeople
from baohe.rooms.claims.deciding import bought_together, event_of, policy_of
from baohe.rooms.claims.errors import (
    AdvanceIsMore,
    AuthorityTooSmall,
    ClaimNotOpen,
    CompulsoryNotRefused,
    SameName,
)
from baohe.rooms.claims.models import Claim, JointDecision
from baohe.rooms.claims.rules.authority import GRADE_NAMES, GRADES, authority_of, grade_of, may_confirm
from baohe.rooms.claims.rules.deadlines import COMPULSORY_MOTOR
from baohe.rooms.claims.rules.reasons import reason
from baohe.rooms.claims.shapes.claim import joint_view
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView

_LETTER = (10, 2000)


def propose_refusal(
    staff_id: UUID, claim_id: UUID, *, pay_fen: int, refused_fen: int, clause: str, letter: str
) -> JointDecisionView:
    """The maker's name under a conclusion: what is paid, what is not, by which clause, and the words to the claimant.

    Nothing changes for the claimant yet. Inside the caller's transaction. Raises `ClaimNotOpen` while another
    proposal waits, `CompulsoryNotRefused` (SERV-6), `NotAllowed`, `InvalidInput`.
    """
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    row = locks.any_claim(claim_id)
    refuse_unless_with_person(row)
    _refuse_incomplete(pay_fen, refused_fen, clause, letter)
    _refuse_compulsory(row, pay_fen)
    if row.paid_fen and not pay_fen:
        raise ClaimNotOpen(
            reason_zh="已经赔付过，重算只能加付或维持", reason_en="it was paid: add to it or let it stand"
        )
    if _waiting(row) is not None:
        raise ClaimNotOpen(reason_zh="已有一个结论在等复核", reason_en="a proposal already waits for its second name")
    joint_id = clock.new_id()
    joint = JointDecision.objects.create(
        id=joint_id,
        claim=row,
        shard_key=row.shard_key,
        maker_id=staff.id,
        maker_name=staff.name,
        pay_fen=pay_fen,
        refused_fen=refused_fen,
        clause=clause.strip(),
        letter_sealed=sealing.seal_letter(joint_id, letter.strip()),
        lines_number=row.decisions.aggregate(last=Max("number"))["last"],
        proposed_at=clock.now(),
    )
    take(row, staff)
    row.save()
    records.milestone(row, "refusal_proposed", name=staff.name)
    return joint_view(joint)


def confirm_refusal(staff_id: UUID, claim_id: UUID, proposal_id: UUID) -> Settled:
    """The second name: only now the claim is refused, or its undisputed part paid. Inside the caller's transaction.

    Raises `SameName` for the maker, `AuthorityTooSmall`, `CompulsoryNotRefused`, `AdvanceIsMore` and `AdvanceUnderWay`
    after a payment in advance, `ClaimNotOpen`, `NotAllowed`, `NotFound`.
    """
    checker, row, joint = _checked(staff_id, claim_id, proposal_id)
    _refuse_small_authority(checker, joint)
    _refuse_compulsory(row, joint.pay_fen)
    joint.checker_id, joint.checker_name, joint.confirmed_at = checker.id, checker.name, clock.now()
    joint.save()
    maker = StaffView(id=joint.maker_id, username="", name=joint.maker_name, roles=())
    letter = sealing.letter(joint.id, bytes(joint.letter_sealed))
    if joint.pay_fen:
        return pay_decided(row, maker, checker, joint.pay_fen, letter, joint.clause)
    advanced = advanced_fen(row)
    if advanced:
        raise AdvanceIsMore(advanced=yuan(advanced))
    stored = records.decision(
        row,
        "refuse",
        (reason("decided_by_person", letter, letter, joint.clause),),
        (),
        0,
        "by-person",
        digest({"claim": str(row.id), "joint_decision": str(joint.id)}),
        by=maker,
        checked_by=checker,
    )
    _count_deductible(row, stored.number, joint.clause)
    row.state = "refused_by_person"
    row.decided_by, row.decided_at, row.amount_fen = maker.id, clock.now(), row.paid_fen
    row.review_open = False
    row.save()
    reserves.move_to(row, 0, "refused")
    records.milestone(row, "refused", maker=maker.name, checker=checker.name, decision=stored.number)
    return records.settled(row, stored, None, fresh=True)


def _count_deductible(row: Claim, number: int, clause: str) -> None:
    policy = policy_of(row)
    event = event_of(catalog.version(row.version_id), policy, row.event)
    together = bought_together(event, policy)
    locks.policy(*together)
    ByPeople(row, event, policy, together, machine_lines(row)).nothing_paid(number, clause)


def return_refusal(staff_id: UUID, claim_id: UUID, proposal_id: UUID) -> JointDecisionView:
    """The second person does not agree; the claim stays with the handlers. Raises as `confirm_refusal`."""
    checker, row, joint = _checked(staff_id, claim_id, proposal_id)
    joint.checker_id, joint.checker_name, joint.returned_at = checker.id, checker.name, clock.now()
    joint.save()
    records.milestone(row, "refusal_returned", name=checker.name)
    return joint_view(joint)


def keep_result(staff_id: UUID, claim_id: UUID) -> None:
    """After a review of a paid claim: a named person lets the result stand. Raises `ClaimNotOpen`, `NotAllowed`."""
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    row = locks.any_claim(claim_id)
    if not row.review_open or not row.paid_fen:
        raise ClaimNotOpen(reason_zh="没有待重算的请求", reason_en="no recalculation was asked for")
    take(row, staff)
    row.review_open = False
    row.save()
    reserves.move_to(row, 0, "kept")
    records.milestone(row, "kept", name=staff.name)


def _checked(staff_id: UUID, claim_id: UUID, proposal_id: UUID) -> tuple[StaffView, Claim, JointDecision]:
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    row = locks.any_claim(claim_id)
    joint = JointDecision.objects.filter(id=proposal_id, claim=row).first()
    if joint is None:
        raise NotFound(what="这个待复核的结论")
    if joint.confirmed_at or joint.returned_at:
        raise ClaimNotOpen(reason_zh="这个结论已经处理过", reason_en="this proposal was dealt with")
    refuse_unless_with_person(row)
    if joint.maker_id == staff.id:
        raise SameName()
    return staff, row, joint


def _refuse_small_authority(checker: StaffView, joint: JointDecision) -> None:
    """The second name acts under its own authority, also while it stands in for somebody."""
    grade, maker = grade_of(checker.roles), _grade_of_maker(joint.maker_id)
    if may_confirm(grade, maker, joint.pay_fen + joint.refused_fen, clock.today()):
        return
    if GRADES.index(grade) < GRADES.index(maker):
        raise AuthorityTooSmall(
            reason_zh=f"经办是{GRADE_NAMES[maker].zh}，级别比你高", reason_en="the first name is of a higher grade"
        )
    limit = yuan(authority_of(grade, clock.today()).second or 0)
    raise AuthorityTooSmall(reason_zh=f"最多 ¥{limit}", reason_en=f"at most ¥{limit}")


def _grade_of_maker(staff_id: UUID) -> str:
    """Whoever left the house meanwhile made it as a handler at least."""
    try:
        return grade_of(people.staff(staff_id).roles) or GRADES[0]
    except NotFound:
        return GRADES[0]


def _refuse_compulsory(row: Claim, pay_fen: int) -> None:
    """SERV-6: nothing less than the calculation, and never nothing, whatever the names."""
    if catalog.version(row.version_id).line != COMPULSORY_MOTOR or row.paid_fen:
        return
    if not pay_fen or pay_fen < (row.calculated_fen or 0):
        raise CompulsoryNotRefused()


def _waiting(row: Claim) -> JointDecision | None:
    return JointDecision.objects.filter(claim=row, confirmed_at=None, returned_at=None).first()


def _refuse_incomplete(pay_fen: int, refused_fen: int, clause: str, letter: str) -> None:
    if pay_fen < 0 or refused_fen < 0:
        raise InvalidInput(field="pay_fen", reason_zh="金额不能为负", reason_en="must not be negative")
    if (refused_fen or not pay_fen) and not clause.strip():
        raise InvalidInput(field="clause", reason_zh="不赔要写明依据的条款", reason_en="name the clause it rests on")
    least, most = _LETTER
    if not least <= len(letter.strip()) <= most:
        raise InvalidInput(
            field="letter",
            reason_zh=f"给客户的话需要 {least}–{most} 个字",
            reason_en=f"needs {least} to {most} letters",
        )
