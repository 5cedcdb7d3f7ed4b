"""Who the customer is, as far as this premium asks for it, before it is paid (SALE-15)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from baohe.flows.need import Need
from baohe.kernel.canonical import digest
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.decisions import Text
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox
from baohe.rooms.consent import facade as consent
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.contracts import (
    BIOMETRIC,
    CardReading,
    Demand,
    LivenessStarted,
    Party,
    Standing,
    StepView,
)
from baohe.rooms.identification.errors import StepHeld, StepKept
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.recordings import facade as recordings

CODE, REVIEW = "identification", "review"
_STEP_NAMES = {
    "copy": Text("身份证照片", "a photograph of the identity card"),
    "liveness": Text("人脸核身或人工核实", "a face check, or a check by a person"),
    "funds": Text("资金用途和来源", "purpose and source of the money"),
}
_ROUND_SIZE = 200
BIOMETRIC_TEXT = Text(
    "我单独同意：为按反洗钱规定核实身份，由人脸核身服务采集我的人脸并与身份证比对。保和只收到“通过”或“没通过”，不保存人脸照片。"
    "我可以随时撤回；不同意也能投保，改由工作人员视频核实。",
    "I consent, separately: to confirm who I am as the law on money laundering asks, a face-check service looks at my "
    "face and compares it with my identity card. Baohe receives “passed” or “not passed” and keeps no picture of my "
    "face. I may withdraw at any time; without this consent a member of staff checks by video instead.",
)
"""The wording whose digest is recorded (DATA-1)."""


def needs(proposal: ProposalView) -> Iterable[Need]:
    """Nothing for a small premium: name and number are there already. What a review is about is told to nobody."""
    path = f"/buy/proposal/{proposal.id}/identification"
    demand = demanded(proposal)
    if demand.steps:
        missing = identification.standing(holder(proposal), demand).missing
        yield Need(
            code=CODE,
            title=Text("核实身份", "Confirm who you are"),
            detail=Text(
                f"保费较高，按反洗钱规定还要：{'、'.join(_STEP_NAMES[kind].zh for kind in missing)}",
                f"The premium is large; the law asks for: {', '.join(_STEP_NAMES[kind].en for kind in missing)}",
            ),
            done=not missing,
            before="pay",
            path=path,
        )
    answer_by = identification.under_review(parties(proposal))
    if answer_by is not None:
        until = answer_by.astimezone(SHANGHAI)
        yield Need(
            code=REVIEW,
            title=Text("投保信息核对", "Check of the application"),
            detail=Text(
                f"工作人员正在核对投保信息，最迟 {until:%m-%d} 有结果；填过的都保留",
                f"Our staff are checking the application and answer by {until:%d %b}; everything you entered is kept",
            ),
            done=False,
            before="pay",
            path=path,
        )


def demanded(proposal: ProposalView) -> Demand:
    """By the whole premium of this contract and what the account wrote in this calendar year with it."""
    contract_fen = proposal.due_today_fen + sum(due.amount_fen for due in proposal.due_later)
    written_fen = policies.written_in_year(proposal.account_id, clock.today().year)
    return identification.demand(contract_fen, written_fen + contract_fen, clock.today())


def holder(proposal: ProposalView) -> Party:
    """Who pays, and so who is identified (SALE-9)."""
    return _party(policies.policyholder(proposal.account_id), proposal.shard_key)


def parties(proposal: ProposalView) -> list[Party]:
    """Policyholder, insured and beneficiaries, each once."""
    wanted = {proposal.person_id, *(one.person_id for one in proposal.beneficiaries)}
    family = people.people_of(proposal.account_id)
    return [_party(one, proposal.shard_key) for one in family if one.relation == "self" or one.id in wanted]


def screen_parties(proposal: ProposalView) -> None:
    """Put whoever matches the list in use before a person at the desk. Writes nothing that was written before."""
    identification.screen(parties(proposal))


def standing(account_id: UUID, proposal_id: UUID) -> tuple[Standing, bool]:
    """How far the policyholder is, and whether staff are checking the application. Raises `NotFound`."""
    proposal = policies.proposal(account_id, proposal_id)
    reviewed = identification.under_review(parties(proposal)) is not None
    return identification.standing(holder(proposal), demanded(proposal)), reviewed


def read_card(picture: bytes, side: str) -> CardReading:
    """For a form to be filled; nothing is kept. Raises what `identification.read_card` raises."""
    return identification.read_card(picture, side)


def keep_copy(account_id: UUID, proposal_id: UUID, front: bytes, back: bytes) -> StepView:
    """Both sides of the policyholder's card. Raises what `identification.keep_copy` raises, `NotFound`."""
    party = holder(policies.proposal(account_id, proposal_id))
    opened = people.person(account_id, party.person_id, "system:identification", "compare_card")
    return identification.keep_copy(party, opened.identity_number, front, back)


def tell_funds(account_id: UUID, proposal_id: UUID, purpose: str, source: str, note: str) -> StepView:
    """Raises `InvalidInput`, `NotFound`."""
    return identification.tell_funds(holder(policies.proposal(account_id, proposal_id)), purpose, source, note)


def allow_biometric(account_id: UUID, proposal_id: UUID, allowed: bool) -> None:
    """Record the separate consent to a face check, or that it is taken back (DATA-1). Raises `NotFound`."""
    party = holder(policies.proposal(account_id, proposal_id))
    record = consent.grant if allowed else consent.withdraw
    record(account_id, BIOMETRIC, digest(BIOMETRIC_TEXT.as_dict()), subject=str(party.person_id))


def look_liveness(account_id: UUID, proposal_id: UUID) -> str:
    """Raises `NotFound`, also when there is no session."""
    return identification.look_liveness(holder(policies.proposal(account_id, proposal_id)))


def ask_person(account_id: UUID, proposal_id: UUID) -> None:
    """Raises `NotFound`."""
    identification.ask_person(holder(policies.proposal(account_id, proposal_id)))


def start_liveness(account_id: UUID, proposal_id: UUID) -> LivenessStarted:
    """Raises what `identification.start_liveness` raises, `NotFound`."""
    back = f"{settings.BAOHE_ORIGIN}/buy/proposal/{proposal_id}/identification"
    notify = f"{settings.BAOHE_ORIGIN}/callbacks/liveness"
    return identification.start_liveness(holder(policies.proposal(account_id, proposal_id)), notify, back)


def rescreen() -> None:
    """The round: everybody against a list that came in, some at a time, until all were compared."""
    current = identification.unfinished()
    if current is None:
        return
    found = people.people_after(current.screened_after, _ROUND_SIZE)
    identification.screen_next([_party(one, _shard(one)) for one in found], current)


def follow_contracts(account_id: UUID) -> int:
    """What was made sure of about this customer is kept as long after their last contract as the law says; with the
    contract's fact, or again later: the same contracts give the same date. How many dates moved."""
    return identification.follow_contracts(account_id, policies.last_contract_end(account_id))


def contract_ended(event: outbox.Event) -> None:
    """Handler of `policies.cancelled` and `policies.lapsed`."""
    follow_contracts(policies.policy_by_id(UUID(event.payload["policy_id"])).account_id)


def retention() -> int:
    """The round: destroy what is over, by the contracts as they are today. Answers how many."""
    done, last = 0, None
    while batch := identification.over(last, _ROUND_SIZE):
        last = batch[-1]
        done += sum(_destroyed(step.id, step.account_id) for step in batch)
    return done


def _destroyed(step_id: UUID, account_id: UUID) -> bool:
    follow_contracts(account_id)
    try:
        identification.destroy_step(step_id, recordings.dispute_of(account_id))
    except (StepKept, StepHeld):  # a later contract, a dispute or a question: the next round looks again
        return False
    return True


def _party(person: PersonView, shard_key: int) -> Party:
    return Party(person.account_id, person.id, shard_key, person.name, person.birth)


def _shard(person: PersonView) -> int:
    return shard_of(str(person.account_id))
