"""Look at a claim: remember its facts, find its signals, keep both. It changes nothing on the claim."""

from __future__ import annotations

from dataclasses import asdict

from baohe.kernel.decisions import hash_inputs
from baohe.plumbing import clock
from baohe.plumbing.queues import queue_behind
from baohe.rooms.fraud import sealing, surroundings
from baohe.rooms.fraud.contracts import ClaimFacts, Signal
from baohe.rooms.fraud.models import ClaimTrace, KnownClaim, Look, RaisedSignal
from baohe.rooms.fraud.rules.keeping import kept_until
from baohe.rooms.fraud.rules.seen import Seen
from baohe.rooms.fraud.rules.signals import RULES, signals


def look(facts: ClaimFacts) -> tuple[Signal, ...]:
    """The signals of this claim, the heaviest first. Inside the caller's transaction, before any lock of a claim.

    The same facts in the same surroundings are one look, however often it is asked for.
    """
    remember(facts)
    sight = surroundings.seen(facts)
    found = signals(sight)
    _keep(facts, sight, found)
    return found


def remember(facts: ClaimFacts) -> None:
    """The facts and marks alone, for later claims to be compared with. As `look`, inside the caller's transaction."""
    marks = sorted({(mark.kind, sealing.mark_index(mark)) for mark in facts.marks})
    _queue(marks)
    _remember(facts, marks)


def _queue(marks: list[tuple[str, bytes]]) -> None:
    """Two claims with one invoice at once would each find it unused; the second waits for the first."""
    queue_behind("fraud", (f"{kind}:".encode() + mark for kind, mark in marks))


def _remember(facts: ClaimFacts, marks: list[tuple[str, bytes]]) -> None:
    """What is known of a draft is written anew: a corrected invoice number must not accuse anybody for ever."""
    KnownClaim.objects.update_or_create(
        claim_id=facts.claim_id,
        defaults={
            "shard_key": facts.shard_key,
            "account_id": facts.account_id,
            "policy_id": facts.policy_id,
            "event": facts.event,
            "noticed_on": facts.noticed_on,
            "amount_fen": facts.amount_fen,
            "keep_until": kept_until(facts.noticed_on, facts.cover.end),
            "provider_index": sealing.provider_index(facts.provider),
        },
    )
    ClaimTrace.objects.filter(claim_id=facts.claim_id).delete()
    ClaimTrace.objects.bulk_create(
        ClaimTrace(
            claim_id=facts.claim_id, shard_key=facts.shard_key, account_id=facts.account_id, kind=kind, mark=mark
        )
        for kind, mark in marks
    )


def _keep(facts: ClaimFacts, sight: Seen, found: tuple[Signal, ...]) -> None:
    look_id, moment = clock.new_id(), clock.now()
    row, fresh = Look.objects.get_or_create(
        shard_key=facts.shard_key,
        claim_id=facts.claim_id,
        rule_version=RULES,
        input_hash=hash_inputs(sealing.plain(sight)),
        defaults={"id": look_id, "seen_sealed": sealing.seal_seen(look_id, sight), "looked_at": moment},
    )
    if not fresh:
        return
    rows = []
    for signal in found:
        signal_id = clock.new_id()
        rows.append(
            RaisedSignal(
                id=signal_id,
                look=row,
                claim_id=facts.claim_id,
                shard_key=facts.shard_key,
                code=signal.code,
                weight=signal.weight,
                text_sealed=sealing.seal_text(signal_id, signal.text),
                points_to=[asdict(point) for point in signal.points_to],
                raised_at=moment,
            )
        )
    RaisedSignal.objects.bulk_create(rows)
