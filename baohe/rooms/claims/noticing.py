"""What the claimant's sentence is taken to mean, before anything is kept. Reads only: asking twice is asking once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from baohe.kernel.decisions import Reason
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import yuan
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims.contracts import ClaimBrief, Told, Understanding
from baohe.rooms.claims.deciding import cover_of
from baohe.rooms.claims.models import Claim
from baohe.rooms.claims.rules.amounts import AmountSaid, amount_said
from baohe.rooms.claims.rules.assess import DEATH, cover_doubts
from baohe.rooms.claims.rules.notice import words
from baohe.rooms.claims.rules.notice.chosen import Chosen
from baohe.rooms.claims.rules.notice.fitting import Held
from baohe.rooms.claims.rules.notice.naming import Relative
from baohe.rooms.claims.rules.notice.understanding import OTHER, Reading, next_question
from baohe.rooms.claims.rules.notice.understanding import understand as read
from baohe.rooms.claims.rules.reasons import reason
from baohe.rooms.claims.shapes.claim import brief
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

SAME_EVENT = timedelta(days=2)
"""Two notices of one event this near to each other are taken for the same until the claimant says otherwise."""

_OPEN = ("draft", "with_person", "to_pay", "paying")
_MOST_POLICIES = 50
_MOST_ALREADY = 5


def understand(account_id: UUID, told: Told) -> Understanding:
    """Propose policy, event, member and day. Nothing is written. Raises `NotFound` for a policy of others,
    `InvalidInput` for a sentence of less than two letters."""
    sentence = told.sentence.strip()
    if len(sentence) < 2 or "\x00" in sentence:
        raise InvalidInput(
            field="sentence", reason_zh="请说一句发生了什么", reason_en="say in a sentence what happened"
        )
    mine = _policies(account_id, told.policy_id)
    chosen = Chosen(str(told.person_id or ""), str(told.policy_id or ""), told.event, told.happened_on)
    reading = read(sentence, [_held(one) for one in mine], _family(account_id, mine), clock.today(), chosen)
    amount = amount_said(sentence)
    policy = next((one for one in mine if str(one.id) == reading.policy.value), None)
    on = date.fromisoformat(reading.day.value) if reading.day.value else None
    return Understanding(
        member=reading.member,
        policy=reading.policy,
        event=reading.event,
        day=reading.day,
        amount_fen=amount.fen,
        currency=amount.currency,
        to_person=tuple(_to_person(reading, policy, on, amount)),
        already=same_event(policy.id, reading.event.value, on) if policy and on else (),
        ask=next_question(reading),
        words=words.EDITION,
    )


def same_event(policy_id: UUID, event: str, on: date, only_open: bool = False) -> tuple[ClaimBrief, ...]:
    """Claims under the policy for the same event within two days, newest first; withdrawn ones do not count."""
    rows = Claim.objects.filter(
        policy_id=policy_id, event=event, reference="", happened_on__range=(on - SAME_EVENT, on + SAME_EVENT)
    )
    rows = rows.filter(state__in=_OPEN) if only_open else rows.exclude(state="withdrawn")
    return tuple(brief(row) for row in rows.order_by("-created_at", "id")[:_MOST_ALREADY])


def _policies(account_id: UUID, policy_id: UUID | None) -> list[PolicyView]:
    if policy_id is not None:
        return [policies.policy_for_claim(account_id, policy_id)]
    return list(policies.policies_of(account_id, 1, _MOST_POLICIES).items)


def _family(account_id: UUID, mine: list[PolicyView]) -> list[Relative]:
    """The family, and whoever is insured without being in it any more."""
    family = people.people_of(account_id)
    found = {str(one.id): Relative(str(one.id), one.name, one.relation, one.sex) for one in family}
    for policy in mine:
        if policy.person_id is not None and str(policy.person_id) not in found:
            person_id = str(policy.person_id)
            found[person_id] = Relative(person_id, policy.insured_name, policy.insured_relation, policy.insured_sex)
    return list(found.values())


def _held(policy: PolicyView) -> Held:
    version = catalog.version(policy.version_id)
    return Held(
        id=str(policy.id),
        number=policy.number,
        person_id=str(policy.person_id or ""),
        insured_name=policy.insured_name,
        line=version.line,
        product_name=version.name,
        start=policy.start,
        end=policy.lapsed_on or policy.end,
        state=policy.state,
        events=tuple(event for event in version.claim_events_of(policy.inputs) if event.papers),
    )


def _to_person(reading: Reading, policy: PolicyView | None, on: date | None, amount: AmountSaid) -> list[Reason]:
    """Why a person will look, as far as the sentence shows it already."""
    if policy is None:
        if reading.stranger:
            return [reason("not_insured")]
        return [] if reading.policy.options else [reason("policy_not_found")]
    filed = catalog.version(policy.version_id).claim_events_of(policy.inputs)
    event = next((one for one in filed if one.code == reading.event.value), None)
    found = []
    if reading.event.value == DEATH:
        found.append(reason("death"))
    elif reading.event.value == OTHER or (event is not None and (not event.steps or event.instant_limit_fen is None)):
        found.append(reason("needs_a_person_by_rule"))
    if on is not None:
        found += [reason(code) for code in cover_doubts(event, cover_of(policy, on), on)]
    if amount.currency != "CNY":
        found.append(reason("foreign_currency", amount.currency))
    limit = event.instant_limit_fen if event else None
    if amount.fen is not None and limit is not None and amount.fen > limit:
        found.append(reason("may_be_over_instant_limit", yuan(amount.fen)))
    return found
