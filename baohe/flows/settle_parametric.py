"""Observed data to the money: sources are asked, what they agree on is decided, and every policy that waited for it is
settled along the one path of claims.

Each step can be cut off anywhere. A report and "look at it" commit together; a decision and its event commit together;
policies are settled in batches, each one transaction with its claims, payouts, postings and evidence, every policy once
for (policy, event, subject).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from baohe.flows import settle_claim, settle_many
from baohe.kernel.errors import BaoheError, NotAllowed
from baohe.kernel.money import yuan
from baohe.plumbing import outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import EventNotice
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.notices import facade as notices
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.contracts import Actor, Agreed, Batch, Decided, DisputeView, Taken
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

AGREED = "parametric.agreed"
EVERY_SECONDS = 5
BATCH = 200
"""Policies of one transaction and of one delivery of the event: well within its lease, and within the locks that
PostgreSQL has room for when several workers hold a batch each."""
_BUSY_SECONDS = 1
"""Before coming again where other workers hold all that is left."""
_LOOKS = 500
_HANDLER = "claims_handler"
_ANSWERS = {
    True: ("数据没有错，赔付不变", "The data stands, and so does the payment"),
    False: ("数据已更正，差额正在付给你", "The data was corrected, and the difference is on its way"),
}


def round_() -> None:
    """Ask every source, stop the stale ones, look at what is due."""
    for code in parametric.source_codes():
        parametric.listen(code)
    with transaction.atomic():
        parametric.trip_stale()
    for observation_id in parametric.due(_LOOKS):
        look(observation_id)


def look(observation_id: UUID) -> Decided:
    """Decide if it is time. The decision, its evidence and its event are one transaction."""
    with transaction.atomic():
        return _publish(parametric.decide(observation_id))


def settle_agreed(event: outbox.Event) -> None:
    """Handler of `parametric.agreed`: settle a batch, and come again while something is left. Any number of workers
    may do it at once, and be killed."""
    observation_id = UUID(str(event.payload["observation_id"]))
    left, settled = _batch(observation_id, BATCH)
    if left:
        with transaction.atomic():
            again([observation_id], 0 if settled else _BUSY_SECONDS)


def settle_batch(observation_id: UUID, most: int = BATCH) -> int:
    """How many policies were found waiting; 0 = nothing is left, or the machine has stopped. Raises the refusal of a
    policy that cannot be settled, after every other of the batch was."""
    return _batch(observation_id, most)[0]


def propose(staff_id: UUID, observation_id: UUID, event: str, note: str) -> None:
    """One handler says what the observation comes to. Raises `NotAllowed`, `NotWaiting`, `InvalidInput`."""
    with transaction.atomic():
        parametric.propose(_handler(staff_id), observation_id, event, note)


def confirm(staff_id: UUID, ruling_id: UUID) -> Decided:
    """Another handler confirms. Raises `NotAllowed`, `NotWaiting`, `SecondNameNeeded`."""
    with transaction.atomic():
        decided, customers = parametric.confirm(_handler(staff_id), ruling_id)
        for account_id, claim_id, stands in customers:
            zh, en = _ANSWERS[stands]
            number = claims.claim_by_id(claim_id).number
            _send(account_id, "parametric_answered", {"number": number, "answer": zh}, {"answer": en})
        return _publish(decided)


def give_back(staff_id: UUID, ruling_id: UUID) -> None:
    with transaction.atomic():
        parametric.give_back(_handler(staff_id), ruling_id)


def ask_reopen(staff_id: UUID, breaker_id: UUID) -> None:
    with transaction.atomic():
        parametric.ask_reopen(_handler(staff_id), breaker_id)


def reopen(staff_id: UUID, breaker_id: UUID) -> None:
    """The second name: the machine goes on where it stopped. Raises `NotAllowed`, `NotWaiting`, `SecondNameNeeded`."""
    with transaction.atomic():
        paused = parametric.reopen(_handler(staff_id), breaker_id)
        evidence.append("parametric_reopened", str(breaker_id), {"observations": len(paused)}, 0)
        again(paused)


def dispute(account_id: UUID, claim_id: UUID) -> DisputeView:
    """“这个数据不对”. Raises `NotFound` for a claim of others, `NothingToDispute`, `TooLateToDispute`."""
    claims.claim(account_id, claim_id)
    with transaction.atomic():
        return parametric.dispute(account_id, claim_id)


def _publish(decided: Decided) -> Decided:
    if decided.fresh:
        facts = {"state": decided.state, "event": decided.event, "digest": decided.digest}
        evidence.append("observation_decided", str(decided.observation_id), facts, decided.shard_key)
        if decided.state == "agreed":
            again([decided.observation_id])
    return decided


def again(observation_ids: Iterable[UUID], delay_seconds: int = 0) -> None:
    """Have what is left of these observations settled, by whichever worker comes first."""
    for one in observation_ids:
        outbox.follow_up(AGREED, one, 0, {"observation_id": str(one)}, delay_seconds=delay_seconds)


def _batch(observation_id: UUID, most: int) -> tuple[int, int]:
    """How many policies waited, and how many of them this call settled."""
    with transaction.atomic():
        batch = parametric.begin(observation_id, most)
    if batch is None:
        return 0, 0
    try:
        return len(batch.watch_ids), _settle(batch, batch.watch_ids, batch.most, batch.fen_left)[0]
    except BaoheError:
        return len(batch.watch_ids), _one_by_one(batch)


def _one_by_one(batch: Batch) -> int:
    """One policy of the batch cannot be settled, and none was: it must not hold up the others. What it was refused for
    is raised in the end, so that its event keeps the reason and comes again."""
    refusals, settled, fen_left = [], 0, batch.fen_left
    for watch_id in batch.watch_ids[: batch.most]:
        try:
            done, fen = _settle(batch, [watch_id], 1, fen_left)
        except BaoheError as refusal:
            refusals.append(refusal)
        else:
            settled, fen_left = settled + done, fen_left - fen
    if refusals:
        raise refusals[0]
    return settled


def _settle(batch: Batch, watch_ids: Sequence[UUID], most: int, fen_left: int) -> tuple[int, int]:
    """One transaction for up to `most` policies, as far as `fen_left` goes. How many it settled, and for how much."""
    agreed = batch.agreed
    with transaction.atomic():
        taken = parametric.take(watch_ids, most, agreed)
        held = policies.hold_many([one.policy_id for one in taken])
        within = _within(taken, held, agreed, fen_left)
        concerned = [held[one.policy_id] for one in within]
        notice = EventNotice(agreed.event, agreed.subject, agreed.occurred_at, agreed.told_by)
        done = settle_many.settle_many(concerned, notice) if within else []
        parametric.note_settled(
            agreed, [(one, each.claim_id, each.amount_fen or 0) for one, each in zip(within, done, strict=True)]
        )
        _tell(agreed, [(policy, each) for policy, each in zip(concerned, done, strict=True) if not each.repeated])
    return len(within), sum(each.amount_fen or 0 for each in done)


def _within(taken: Sequence[Taken], held: Mapping[UUID, PolicyView], agreed: Agreed, fen_left: int) -> Sequence[Taken]:
    """Those of the batch before the limit of money is reached, whose last policy may pass it. Counted by what the
    trigger pays, which a claim may stay below and not pass; what is cut off is the next batch's."""
    for number, one in enumerate(taken):
        if fen_left <= 0:
            return taken[:number]
        fen_left -= parametric.benefit_fen(agreed.band, held[one.policy_id].sum_insured_fen)
    return taken


def _tell(agreed: Agreed, done: Sequence[tuple[PolicyView, settle_claim.EventSettled]]) -> None:
    """Before the customer asks: what happened, who says so, what comes, when. A partner hears by its own events."""
    own = [(policy.account_id, _words(agreed, each)) for policy, each in done if policy.partner_id is None]
    for template in ("parametric_paid", "parametric_with_person"):
        to = [(account_id, zh, en) for account_id, (name, zh, en) in own if name == template]
        phones = people.phones_of([account_id for account_id, _, _ in to], "system:parametric", template)
        notices.send_many(
            [
                notices.Letter(phones[account_id], template, zh, account_id, en)
                for account_id, zh, en in to
                if account_id in phones
            ]
        )


def _words(agreed: Agreed, done: settle_claim.EventSettled) -> tuple[str, dict[str, str], dict[str, str]]:
    """Template and what fills it, in both languages."""
    zh = {"what": agreed.what.zh, "who": agreed.told_by.zh, "number": done.number}
    en = {"what": agreed.what.en, "who": agreed.told_by.en}
    if done.amount_fen is None:
        return "parametric_with_person", zh, en
    return "parametric_paid", {**zh, "clause": agreed.clause, "amount": yuan(done.amount_fen)}, en


def _send(account_id: UUID, template: str, params: dict[str, str], params_en: dict[str, str]) -> None:
    phone = people.phone_of(account_id, "system:parametric", template)
    if phone is not None:
        notices.send(phone, template, params, account_id=account_id, params_en=params_en)


def _handler(staff_id: UUID) -> Actor:
    staff = people.staff(staff_id)
    if _HANDLER not in staff.roles:
        raise NotAllowed()
    return Actor(staff.id, staff.name)
