"""The first sentence of a claim. Kept as a draft from here on: nothing that was typed is lost."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from baohe.kernel.errors import InvalidInput
from baohe.kernel.ids import readable_number
from baohe.plumbing import clock
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import records, reserves, sealing
from baohe.rooms.claims.contracts import ClaimView, FirstNotice
from baohe.rooms.claims.deciding import event_of
from baohe.rooms.claims.errors import AlreadyReported
from baohe.rooms.claims.models import Claim
from baohe.rooms.claims.noticing import same_event
from baohe.rooms.claims.queries.claim import claim
from baohe.rooms.claims.shapes.claim import OTHER
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

_OLDEST = timedelta(days=3653)


def first_notice(account_id: UUID, notice: FirstNotice, idempotency_key: str) -> ClaimView:
    """Open a draft. The same key gives the same claim again.

    Raises `NotFound` for a policy of others, `InvalidInput` for a day in the future or an unknown event,
    `AlreadyReported` while a claim of the same kind is open within two days (unless the notice says `another`),
    `KeyReused`. A day outside the cover is accepted: whether it is covered is for a decision, not for a form.
    """

    def act() -> Answer:
        row = take_notice(policies.policy_for_claim(account_id, notice.policy_id), notice)
        return Answer(201, {"claim_id": str(row.id)})

    answer = answer_once(f"claims:{account_id}:notice", idempotency_key, notice.as_request(), act)
    return claim(account_id, UUID(answer.body["claim_id"]))


def take_notice(policy: PolicyView, notice: FirstNotice) -> Claim:
    """The draft, whoever tells of the event; inside the caller's transaction. Raises `InvalidInput`,
    `AlreadyReported`."""
    policies.hold(policy.id)  # whoever changes the policy in this very moment sees the claim, or came before it
    _refuse_impossible(policy, notice)
    twice = same_event(policy.id, notice.event, notice.happened_on, only_open=True)
    if twice and not notice.another:
        raise AlreadyReported(number=twice[0].number, claim_id=str(twice[0].id))
    row = open_claim(policy, notice.event, notice.happened_on, notice.sentence.strip(), another=bool(twice))
    records.milestone(row, "notice")
    return row


def open_claim(policy: PolicyView, event: str, happened_on: date, sentence: str, another: bool = False) -> Claim:
    """A new draft under the policy, in its shard."""
    row = new_claim(policy, event, happened_on, sentence, another=another)
    row.save(force_insert=True)
    reserves.open_case(row, policy)
    return row


def new_claim(
    policy: PolicyView, event: str, happened_on: date, sentence: str, reference: str = "", another: bool = False
) -> Claim:
    """The row of a draft, not saved."""
    claim_id = clock.new_id()
    moment = clock.now()
    row = Claim(
        id=claim_id,
        shard_key=policy.shard_key,
        number=readable_number("C", clock.today().year, claim_id),
        policy_id=policy.id,
        policy_number=policy.number,
        account_id=policy.account_id,
        partner_id=policy.partner_id,
        version_id=policy.version_id,
        insurer_code=catalog.version(policy.version_id).insurer.code,
        event=event,
        reference=reference,
        happened_on=happened_on,
        another_event=another,
        created_at=moment,
    )
    sealing.seal_story(row, sentence, policy.insured_name)
    return row


def _refuse_impossible(policy: PolicyView, notice: FirstNotice) -> None:
    today = clock.today()
    if not today - _OLDEST <= notice.happened_on <= today:
        raise InvalidInput(
            field="happened_on",
            reason_zh="不能晚于今天，也不能早于十年前",
            reason_en="must be within the last ten years",
        )
    if "\x00" in notice.sentence or len(notice.sentence.strip()) < 2:
        raise InvalidInput(
            field="sentence", reason_zh="请说一句发生了什么", reason_en="say in a sentence what happened"
        )
    then = policies.as_of(policy, notice.happened_on)
    if notice.event != OTHER and event_of(catalog.version(policy.version_id), then, notice.event) is None:
        raise InvalidInput(
            field="event",
            reason_zh="这份保单没有这一类理赔，可选“其他情况”",
            reason_en="is not an event of this policy",
        )
