"""From a claim's facts to what the rules see: every look-up goes by an index and is bounded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Avg, Count, FloatField, Q
from django.db.models.functions import Cast, Ln

from baohe.rooms.fraud import sealing
from baohe.rooms.fraud.contracts import INVOICE, ClaimFacts, Mark, SimilarPicture
from baohe.rooms.fraud.models import ClaimTrace, KnownClaim, KnownPicture
from baohe.rooms.fraud.rules import pictures
from baohe.rooms.fraud.rules.links import most_accounts
from baohe.rooms.fraud.rules.seen import Frequency, ProviderFigures, Seen, SharedInvoice, Trace

_STEPS = 2
"""How many accounts a connection may go over: account, mark, account, mark, account."""

_MOST_TRACES = 200
_MOST_USES = 1_600
_MOST_SHARING = 50
_MOST_INVOICES = 20
_MOST_PICTURES = 20
_MOST_CANDIDATES = 500
_PEER_CLAIMS = 5_000
_PEER_DAYS = 365
_MOST_PEERS = 200


def seen(facts: ClaimFacts) -> Seen:
    """What is known around this claim, whose own facts were remembered before."""
    own, peers = _providers(facts)
    return Seen(
        account_id=facts.account_id,
        policy_id=facts.policy_id,
        happened_on=facts.happened_on,
        noticed_on=facts.noticed_on,
        cover=facts.cover,
        invoices=_invoices(facts),
        traces=_traces(facts.account_id),
        pictures=_pictures(facts.claim_id),
        of_account=_frequency(Q(account_id=facts.account_id), facts.noticed_on),
        of_policy=_frequency(Q(policy_id=facts.policy_id), facts.noticed_on),
        provider=own,
        peers=peers,
        kin=tuple(sorted(set(facts.kin))),
    )


def sharing(account_id: UUID, marks: Collection[Mark]) -> tuple[UUID, ...]:
    """The other accounts that left one of these marks, or one that this account left before, invoices aside; at most
    50. Whether they are one family, a flow asks elsewhere."""
    wanted = {(mark.kind, sealing.mark_index(mark)) for mark in marks if mark.kind != INVOICE}
    uses = _users_of({*wanted, *_marks_of({account_id})})
    return tuple(sorted({account for _, account, _, _ in uses} - {account_id})[:_MOST_SHARING])


def similar_to(picture: int, without_claim: UUID | None = None) -> tuple[SimilarPicture, ...]:
    """The known pictures within NEAR bits, the nearest first, at most 20; four indexes, no scan."""
    wanted = Q()
    for place, band in enumerate(pictures.bands(picture)):
        wanted |= Q(**{f"band_{place}__in": pictures.probes(band)})
    rows = KnownPicture.objects.filter(wanted)
    if without_claim is not None:
        rows = rows.exclude(claim_id=without_claim)
    near = [
        SimilarPicture(row.claim_id, row.paper_id, row.account_id, away)
        for row in rows.order_by("paper_id")[:_MOST_CANDIDATES]
        if (away := pictures.distance(picture, hash_of(row))) <= pictures.NEAR
    ]
    return tuple(sorted(near, key=lambda one: (one.distance, one.paper_id))[:_MOST_PICTURES])


def hash_of(row: KnownPicture) -> int:
    stored = (row.band_0, row.band_1, row.band_2, row.band_3)
    return sum(band << pictures.BAND_BITS * place for place, band in enumerate(stored))


def _invoices(facts: ClaimFacts) -> tuple[SharedInvoice, ...]:
    own = [sealing.mark_index(mark) for mark in facts.marks if mark.kind == INVOICE]
    if not own:
        return ()
    rows = ClaimTrace.objects.filter(kind=INVOICE, mark__in=own).exclude(claim_id=facts.claim_id)
    found = rows.order_by("claim_id").values_list("claim_id", "account_id").distinct()[:_MOST_INVOICES]
    return tuple(SharedInvoice(claim, account) for claim, account in found)


def _traces(account_id: UUID) -> tuple[Trace, ...]:
    """The neighbourhood of an account, breadth first, never through a mark that is public."""
    known: dict[tuple[UUID, str, bytes], UUID] = {}
    frontier: set[UUID] = {account_id}
    done: set[UUID] = set()
    for _ in range(_STEPS):
        marks = _marks_of(frontier)
        done |= frontier
        frontier = set()
        for claim, account, kind, mark in _users_of(marks):
            known.setdefault((account, kind, mark), claim)
            frontier |= {account} - done
        if not frontier:
            break
    return tuple(
        Trace(account, kind, sealing.code_of(mark), claim)
        for (account, kind, mark), claim in sorted(known.items(), key=lambda item: (str(item[0][0]), *item[0][1:]))
    )


def _marks_of(accounts: Collection[UUID]) -> list[tuple[str, bytes]]:
    rows = ClaimTrace.objects.filter(account_id__in=accounts).exclude(kind=INVOICE)
    found = rows.order_by("kind", "mark").values_list("kind", "mark").distinct()[:_MOST_TRACES]
    return [(kind, bytes(mark)) for kind, mark in found]


def _users_of(marks: Collection[tuple[str, bytes]]) -> list[tuple[UUID, UUID, str, bytes]]:
    """(claim, account, kind, mark) of every use; a public mark is left out whole."""
    wanted = Q()
    for kind in {kind for kind, _ in marks}:
        wanted |= Q(kind=kind, mark__in=[mark for one, mark in marks if one == kind])
    if not marks:
        return []
    counted = (
        ClaimTrace.objects.filter(wanted).values("kind", "mark").annotate(users=Count("account_id", distinct=True))
    )
    public = {(row["kind"], bytes(row["mark"])) for row in counted if row["users"] > most_accounts(row["kind"])}
    rows = ClaimTrace.objects.filter(wanted).order_by("id").values_list("claim_id", "account_id", "kind", "mark")
    kept = [(claim, account, kind, bytes(mark)) for claim, account, kind, mark in rows[:_MOST_USES]]
    return [one for one in kept if (one[2], one[3]) not in public]


def _pictures(claim_id: UUID) -> tuple[SimilarPicture, ...]:
    found: dict[UUID, SimilarPicture] = {}
    for row in KnownPicture.objects.filter(claim_id=claim_id).order_by("paper_id")[:_MOST_PICTURES]:
        for one in similar_to(hash_of(row), without_claim=claim_id):
            if one.paper_id not in found or one.distance < found[one.paper_id].distance:
                found[one.paper_id] = one
    return tuple(found[paper] for paper in sorted(found))


def _frequency(whose: Q, until: date) -> Frequency:
    counts = KnownClaim.objects.filter(
        whose, noticed_on__gt=until - timedelta(days=90), noticed_on__lte=until
    ).aggregate(in_30=Count("claim_id", filter=Q(noticed_on__gt=until - timedelta(days=30))), in_90=Count("claim_id"))
    return Frequency(counts["in_30"], counts["in_90"])


def _providers(facts: ClaimFacts) -> tuple[ProviderFigures | None, tuple[ProviderFigures, ...]]:
    """This claim's provider and the others of its event, over the latest claims of a year."""
    own = sealing.provider_index(facts.provider)
    if own is None:
        return None, ()
    since = facts.noticed_on - timedelta(days=_PEER_DAYS)
    latest = KnownClaim.objects.filter(
        event=facts.event, noticed_on__gt=since, provider_index__isnull=False, amount_fen__gt=0
    ).order_by("-noticed_on", "claim_id")[:_PEER_CLAIMS]
    rows = (
        KnownClaim.objects.filter(claim_id__in=latest.values("claim_id"))
        .values("provider_index")
        .annotate(claims=Count("claim_id"), log_mean=Avg(Ln(Cast("amount_fen", FloatField()))))
        .order_by("-claims", "provider_index")
    )
    figures = {
        index: ProviderFigures(sealing.code_of(index), row["claims"], round(row["log_mean"], 6))
        for row in rows[: _MOST_PEERS + 1]
        if (index := bytes(row["provider_index"] or b""))
    }
    mine = figures.pop(own, None)
    return mine, tuple(figures.values())
