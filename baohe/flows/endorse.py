"""批改 · 减少保额: the calculation before anything happens, then the change with its refund, in one transaction.

The money goes the way of leaving: booked with its claw-back, asked of the payments that it is spread over (SALE-9). A
claim being settled, the policy being left and another endorsement all queue at the policy's row.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping, spread_refund
from baohe.kernel.money import yuan
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.claims import facade as claims
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import EndorsedView, EndorsementView, LowerChoice, PolicyView
from baohe.rooms.policies.facade import Paid

EVENT = "policies.endorsed"
REFUND = "endorse:"
"""Natural key of the refund of an endorsement: `endorse:<policy id>:<number of the endorsement>`, with the number of
the instalment behind it for a later payment."""

_OPEN = frozenset({"draft", "with_person"})
_AGREED = frozenset({"to_pay", "paying", "paid"})


def lower_choices(account_id: UUID, policy_id: UUID) -> list[LowerChoice]:
    """What the customer may lower the sum to today, each with its calculation line by line. Writes nothing. Raises
    `EndorsementNotPossible` with the reason, `NotFound`."""
    policy = policies.policy(account_id, policy_id)
    return policies.lower_choices(account_id, policy_id, _claim(policy_id), _refunding(policy))


def reduce_cover(
    account_id: UUID, policy_id: UUID, value: str, expected_refund_fen: int, idempotency_key: str
) -> EndorsedView:
    """Lower the sum from the next midnight in Shanghai and give the difference back: endorsement, refund, claw-back
    (OVER-2), leaf and event are one transaction.

    Two at once, or a repeat under another key, end with one endorsement. Raises `EndorsementChanged`, `SumNotOffered`,
    `EndorsementNotPossible`, `NotFound`, `KeyReused`.
    """
    request = {"policy": str(policy_id), "value": value, "refund_fen": expected_refund_fen}

    def act() -> Answer:
        policies.policy(account_id, policy_id)  # a stranger's call does not queue at somebody's policy
        policy = policies.hold(policy_id)
        endorsed = policies.reduce_cover(
            account_id, policy_id, value, expected_refund_fen, _claim(policy_id), _refunding(policy)
        )
        _follow(endorsed)
        return Answer(200, {"endorsement_id": str(endorsed.endorsement.id)})

    answer = answer_once(f"account:{account_id}:endorse", idempotency_key, request, act)
    standing = policies.endorsement(UUID(answer.body["endorsement_id"]))
    return EndorsedView(policies.policy(account_id, policy_id), standing)


def refund_done(event: outbox.Event) -> None:
    """Handler of `payments.refund_done`: each part is booked; with the last one the customer hears of it, once."""
    key = str(event.payload["natural_key"])
    if not key.startswith(REFUND):
        return
    with transaction.atomic():
        policy = policies.hold(UUID(key.split(":")[1]))
        if ledger.entry_of(policy.shard_key, "refund_done", key) is not None:
            return
        amount_fen, provider = int(event.payload["amount_fen"]), str(event.payload["provider"])
        bookkeeping.refund_done(policy.shard_key, key, amount_fen, provider, clock.today(), policy.number)
        tell_if_all_back(policy, key)


def tell_if_all_back(policy: PolicyView, key: str) -> None:
    """The part under `key` has reached the payer: with the last one of its endorsement the customer hears of it. Under
    the policy's lock, with the fact."""
    number = int(key.split(":")[2])
    one = next(one for one in policy.endorsements if one.number == number)
    keys = refund_keys(policy, one)
    if all(spread_refund.is_back(other, policy.shard_key) for other in keys if other != key):
        template = spread_refund.message(keys, policy.shard_key)
        _tell(policy, template, {"number": policy.number, "amount": yuan(one.refund_fen)})


def is_back(policy: PolicyView, endorsement: EndorsementView) -> bool:
    """All that the endorsement gave back has reached the payer."""
    return all(spread_refund.is_back(key, policy.shard_key) for key in refund_keys(policy, endorsement))


def refund_keys(policy: PolicyView, one: EndorsementView) -> list[str]:
    """The natural keys of what the endorsement gives back of each payment."""
    return [spread_refund.key_of(_refund(policy, one), part) for part in _parts(policy, one)]


def _follow(endorsed: EndorsedView) -> None:
    """Everything that follows from a lower premium."""
    policy, one = endorsed.policy, endorsed.endorsement
    bookkeeping.refund(
        policy,
        one.refund_fen,
        _refund(policy, one),
        clock.today(),
        refunded_before_fen=policy.endorsed_fen - one.refund_fen,
        reason="endorsed",
    )
    spread_refund.ask(policy, _refund(policy, one), _parts(policy, one), "减少保额")
    evidence.append("policy_endorsed", str(one.id), _facts(policy, one), policy.shard_key)
    outbox.publish(EVENT, one.id, policy.shard_key, {"policy_id": str(policy.id)})
    lowered = policies.sum_insured_in_words(one.after.sum_insured_fen)
    _tell(
        policy,
        "policy_endorsed",
        {
            "number": policy.number,
            "sum": lowered.zh,
            "day": one.valid_from.isoformat(),
            "amount": yuan(one.refund_fen),
        },
        {"sum": lowered.en},
    )


def _facts(policy: PolicyView, one: EndorsementView) -> dict[str, object]:
    return {
        "number": policy.number,
        "endorsement": one.number,
        "kind": one.kind,
        "recorded_at": one.recorded_at.isoformat(),
        "valid_from": one.valid_from.isoformat(),
        "sum_insured_fen": [one.before.sum_insured_fen, one.after.sum_insured_fen],
        "premium_fen": [one.before.total_fen, one.after.total_fen],
        "refund_fen": one.refund_fen,
    }


def _parts(policy: PolicyView, one: EndorsementView) -> tuple[Paid, ...]:
    """What goes back of each payment, after what the endorsements before gave back of it."""
    before_fen = sum(earlier.refund_fen for earlier in policy.endorsements if earlier.number < one.number)
    return policies.spread(one.refund_fen, policies.left_of_payments(policy, before_fen))


def _refund(policy: PolicyView, one: EndorsementView) -> str:
    return f"{REFUND}{policy.id}:{one.number}"


def _refunding(policy: PolicyView) -> bool:
    return bool(policy.endorsements) and not is_back(policy, policy.endorsements[-1])


def _claim(policy_id: UUID) -> str:
    """What claims say about changing the policy: "", open or agreed."""
    states = {claim.state for claim in claims.claims_of_policy(policy_id)}
    if states & _OPEN:
        return "open"
    return "agreed" if states & _AGREED else ""


def _tell(policy: PolicyView, template: str, params: dict[str, str], params_en: dict[str, str] | None = None) -> None:
    phone = people.phone_of(policy.account_id, "system:endorse", template)
    if phone is not None:
        notices.send(phone, template, params, account_id=policy.account_id, params_en=params_en)
