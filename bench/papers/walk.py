"""The set through the real flow: first notice → papers → the worker reads → the claimant confirms → submit → decision.

Each claim is submitted twice by claimants made of rules, from the same readings; the first time is undone:

careless  confirms every doubtful field as it was read, whatever that is
honest    confirms every doubtful field with what the paper truly says; looks at no other field

Whoever meddled with a paper (`Claim.insists`) confirms what he wrote, both times. The database is a throw-away one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from PIL import Image

from baohe.adapters.ocr.contracts import PaperReading
from baohe.config.wiring import handlers
from baohe.flows import settle_claim
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import ports
from baohe.rooms.claims.contracts import ClaimView, FirstNotice, PaperView
from baohe.rooms.claims.errors import PictureDoubted
from baohe.rooms.policies import parties
from bench.papers.story import PAY, Claim, Given
from tests.claims import world

_PRINTED: Mapping[str, tuple[str, ...]] = {
    "patient": ("patient_name", "buyer_name", "customer"),
    "date": ("issue_date", "date"),
    "hospital": ("hospital", "seller_name", "company", "shop"),
    "number": ("invoice_number", "number"),
}
"""Field of the room → how the labels call it; the others are called the same."""
_COUNTED = ("invoice", "bill")
_NOTHING = ("social_paid", "self_paid", "recovered")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one submission. `paid_fen` is 0 where a person decides; `refused` is a machine's no."""

    outcome: str
    paid_fen: int
    reasons: tuple[str, ...]
    refused: bool

    def wrong(self, claim: Claim) -> bool:
        """Money that should not have gone out, or another sum."""
        return self.outcome == "pay" and (claim.expected != PAY or self.paid_fen != claim.expected_fen)


@dataclass(frozen=True, slots=True)
class Walked:
    """One claim of the set. Readings in the order of its papers (None: not read); seconds of the whole, the
    claimant's own time left out, and of reading alone."""

    claim: Claim
    readings: tuple[PaperReading | None, ...]
    careless: Outcome
    honest: Outcome
    seconds: float
    reading_seconds: float


def walk(set_: Iterator[Claim]) -> Iterator[Walked]:
    """Each claim of the set, one after the other: a repetition comes behind what it repeats."""
    with clock.travel(world.NOW), _watched() as watch:
        for claim in set_:
            yield _walked(claim, watch)


@dataclass(slots=True)
class _Watch:
    """Beside the reader: what it answered and how long it took."""

    readings: list[PaperReading]
    seconds: float = 0.0


@contextmanager
def _watched() -> Iterator[_Watch]:
    watch, read = _Watch([]), ports.read_paper

    def timed(jpeg: bytes, today: date, kind: str) -> PaperReading:
        begin = time.perf_counter()
        watch.readings.append(read(jpeg, today, kind))
        watch.seconds += time.perf_counter() - begin
        return watch.readings[-1]

    ports.read_paper = timed
    try:
        yield watch
    finally:
        ports.read_paper = read


def _walked(claim: Claim, watch: _Watch) -> Walked:
    account = world.claimant(phone=f"139{uuid4().int % 10**8:08d}")
    policy, pictures = _policy(account, claim), [given.jpeg() for given in claim.papers]
    watch.seconds, readings = 0.0, []
    begin = time.perf_counter()
    notice = FirstNotice(policy, claim.cover.event, claim.cover.sentence, claim.happened_on)
    draft = claims.first_notice(account, notice, str(uuid4()))
    given_in = []
    for given, picture in zip(claim.papers, pictures, strict=True):
        watch.readings.clear()
        paper_id = _given_in(account, draft.id, given.kind, picture)
        if paper_id is not None:
            given_in.append((given, paper_id))
        _work()
        readings.append(watch.readings[-1] if watch.readings else None)
    drafted = time.perf_counter() - begin
    careless = _undone(lambda: _submit(claim, account, draft.id, given_in, honest=False))
    begin = time.perf_counter()
    honest = _submit(claim, account, draft.id, given_in, honest=True)
    seconds = drafted + time.perf_counter() - begin
    return Walked(_without_pictures(claim), tuple(readings), careless, honest, seconds, watch.seconds)


def _given_in(account: UUID, claim_id: UUID, kind: str, picture: bytes) -> UUID | None:
    """The paper; a picture that is doubted on arrival is kept all the same, as somebody does who has no better one.
    None for one on which nothing can be seen: it is not taken, and the claim asks for the paper."""
    try:
        return claims.add_paper(account, claim_id, kind, picture).id
    except PictureDoubted as doubt:
        if not doubt.facts["may_keep"]:
            return None
        return claims.add_paper(account, claim_id, kind, picture, anyway=True).id


def _without_pictures(claim: Claim) -> Claim:
    """Two gigabytes of pixels would wait for the figures otherwise."""
    seen = Image.new("L", (1, 1))
    papers = tuple(replace(given, paper=replace(given.paper, picture=seen)) for given in claim.papers)
    return replace(claim, papers=papers)


def _policy(account: UUID, claim: Claim) -> UUID:
    policy_id = clock.new_id()
    who = parties.Parties(claim.insured, date(1990, 5, 4), "male", "self", "1101********0000", ())
    return world.policy(
        account,
        claim.cover.version_id,
        id=policy_id,
        parties_sealed=parties.seal("policies_policy", policy_id, who),
        inputs=dict(claim.cover.inputs),
        sum_insured_fen=claim.cover.sum_insured,
        issued_at=world.NOW.replace(year=2025),
        **claim.policy,
    )


def _work() -> None:
    """The worker without the wallet: payouts stay requested."""
    known = {topic: act for topic, act in handlers().items() if not topic.startswith("payments.payout_")}
    while outbox.work_once(known):
        pass


def _undone(act: Callable[[], Outcome]) -> Outcome:
    with transaction.atomic():
        outcome = act()
        transaction.set_rollback(True)
    return outcome


def _submit(
    claim: Claim, account: UUID, claim_id: UUID, given_in: Sequence[tuple[Given, UUID]], *, honest: bool
) -> Outcome:
    papers = {paper.id: paper for paper in claims.claim(account, claim_id).papers}
    for given, paper_id in given_in:
        if given.kind in _COUNTED:
            truly = honest and not claim.insists
            values = confirmed(papers[paper_id], truth_of(given) if truly else None)
            if values:
                claims.correct_fields(account, claim_id, paper_id, values)
    settle_claim.submit_claim(account, claim_id, str(uuid4()))
    return _outcome(claims.claim(account, claim_id))


def confirmed(paper: PaperView, truth: Mapping[str, str] | None) -> dict[str, str]:
    """What a claimant types: every doubtful field, by the truth where he tells it, else as it was read. A word that
    was not read cannot be confirmed unread; a sum that was not read is confirmed as nothing."""
    values = {}
    for field in paper.fields:
        if not field.doubtful:
            continue
        value = field.value if truth is None else _true(field.code, truth)
        if value or field.kind == "money" and (truth is None or field.code in _NOTHING):
            values[field.code] = value
    return values


def truth_of(given: Given) -> dict[str, str]:
    """What the paper says, a receipt's day as a form takes it."""
    more = {"date": given.paper.iso, "number": given.paper.number}
    return {**given.paper.truth, **{code: value for code, value in more.items() if value}}


def _true(code: str, truth: Mapping[str, str]) -> str:
    return next((truth[name] for name in _PRINTED.get(code, (code,)) if name in truth), "")


def _outcome(claim: ClaimView) -> Outcome:
    decision = claim.decision
    if decision is None:
        raise AssertionError(f"claim {claim.id} was submitted and not decided")
    paid = decision.outcome == "pay"
    return Outcome(
        decision.outcome,
        (decision.amount_fen or 0) if paid else 0,
        tuple(reason.code for reason in decision.reasons),
        decision.outcome == "refuse" or claim.state == "refused_by_person",
    )
