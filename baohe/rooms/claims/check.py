"""Does what is set aside add up: moves, open claims, and the books?"""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q, Sum

from baohe.plumbing import outbox
from baohe.rooms.claims.models import Claim, ClaimShare, Recovery, RecoveryMove, ReserveMove
from baohe.rooms.claims.money import outstanding_fen
from baohe.rooms.claims.reserves import MOVED
from baohe.rooms.ledger import facade as ledger

_OPEN = Q(claim__state__in=("draft", "with_person")) | Q(claim__review_open=True)


def problems() -> list[str]:
    """Sentences; empty when all is well. Moves whose entry is still on its way are counted as not booked."""
    closed = ReserveMove.objects.exclude(_OPEN).values("claim__number").annotate(left=Sum("amount_fen")).exclude(left=0)
    found = [f"closed claim {one['claim__number']} still holds {one['left']} fen of reserve" for one in closed[:20]]
    on_books, set_aside = _on_books(), outstanding_fen() - _on_the_way()
    if on_books["claims_reserve"] != -set_aside:
        found.append(f"claims reserve: {set_aside} fen, the ledger holds {-on_books['claims_reserve']}")
    expected = Recovery.objects.aggregate(sum=Sum("expected_fen"))["sum"] or 0
    settled = RecoveryMove.objects.aggregate(sum=Sum("amount_fen"))["sum"] or 0
    if on_books["recoverable"] != expected - settled:
        found.append(f"recoverable: {expected - settled} fen, the ledger holds {on_books['recoverable']}")
    over = Claim.objects.filter(state="paid", amount_fen__gt=0).exclude(payments__isnull=False)
    shares = ClaimShare.objects.filter(state="paid").exclude(payments__done_at__isnull=False).select_related("claim")
    found += [f"a share of claim {one.claim.number} is paid without a payout" for one in shares[:20]]
    return [*found, *(f"claim {row.number} is paid without a payout" for row in over[:20])]


def _on_books() -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for account, fen in ledger.balances("insurer").items():
        sums[account.rpartition("/")[2]] += fen
    return sums


def _on_the_way() -> int:
    """Fen of moves that the worker has not booked yet."""
    waiting = [payload["move"] for payload in outbox.payloads_ahead(MOVED)]
    return int(ReserveMove.objects.filter(id__in=waiting).aggregate(sum=Sum("amount_fen"))["sum"] or 0)
