"""What exists for one insured, over all accounts and shards: death cover (SALE-12), and every cover there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from baohe.plumbing import clock, vault
from baohe.rooms.people import facade as people
from baohe.rooms.policies.contracts import CoverHeld
from baohe.rooms.policies.models import Endorsement, Policy, Proposal
from baohe.rooms.policies.rules.parties import minor_limit_fen

_MOST = 500


def index_of(identity_number: str) -> bytes:
    """Keyed hash of the insured's identity number: the same child under either parent's account."""
    return vault.blind_index("policies.insured", identity_number.strip().upper())


def index_of_person(account_id: UUID, person_id: UUID) -> bytes:
    """`index_of` of a person of this account; the read of the number is logged. Raises `NotFound`."""
    return index_of(people.person(account_id, person_id, "system:policies", "SALE-12").identity_number)


def covers_of(account_id: UUID, person_id: UUID) -> tuple[CoverHeld, ...]:
    """Everything the person is insured for or is about to be: policies that have not ended, in whoever's account, and
    proposals being paid. Sums insured are those of today, after endorsements; death cover is what `held_fen` counts.
    At most `_MOST` of each, the latest first; nobody has as many. Raises `NotFound`."""
    index = index_of_person(account_id, person_id)
    held = Policy.objects.filter(
        insured_index=index, cancelled_at=None, lapsed_on=None, ended_by_claim_on=None, end__gt=clock.today()
    )
    paying = Proposal.objects.filter(insured_index=index, state="paying")
    lowered = Endorsement.objects.filter(policy=OuterRef("pk"), valid_from__lte=clock.today()).order_by("-number")
    sum_now = Coalesce(Subquery(lowered.values("sum_after_fen")[:1]), F("sum_insured_fen"))
    rows = [
        *held.order_by("-issued_at").values_list("version_id", sum_now, "death_cover_fen")[:_MOST],
        *paying.order_by("-created_at").values_list("version_id", "sum_insured_fen", "death_cover_fen")[:_MOST],
    ]
    return tuple(CoverHeld(*row) for row in rows)


def minor_over_cap(birth: date, day: date, held: Sequence[CoverHeld], asked_fen: int) -> bool:
    """SALE-12 asked as a question: would `asked_fen` of death cover more pass the cap of a minor?"""
    limit = minor_limit_fen(birth, day)
    return limit is not None and asked_fen > 0 and sum(item.death_cover_fen for item in held) + asked_fen > limit


def held_fen(insured_index: bytes, except_proposal: UUID) -> int:
    """Policies that still run plus proposals being paid, without the one that asks. Call under `lock_insured`."""
    policies = Policy.objects.filter(
        insured_index=insured_index,
        cancelled_at=None,
        lapsed_on=None,
        ended_by_claim_on=None,
        death_cover_fen__gt=0,
        end__gt=clock.today(),
    ).aggregate(total=Sum("death_cover_fen"))["total"]
    paying = (
        Proposal.objects.filter(insured_index=insured_index, state="paying")
        .exclude(id=except_proposal)
        .aggregate(total=Sum("death_cover_fen"))["total"]
    )
    return int(policies or 0) + int(paying or 0)
