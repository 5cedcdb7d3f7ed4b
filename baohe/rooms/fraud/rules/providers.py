"""A hospital or shop whose claims are unlike those of its peers: robust z-scores on logarithms. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from baohe.kernel.decisions import Text
from baohe.rooms.fraud.contracts import Pointer, Signal
from baohe.rooms.fraud.rules.seen import ProviderFigures, Seen

LEAST_CLAIMS = 8
"""Of a provider, before its mean says anything."""

LEAST_PEERS = 5
FAR = 3.5
"""Robust z-score from which a provider is unusual (Iglewicz and Hoaglin)."""

_LEAST_SPREAD = 0.05
"""Peers that agree to the fen would make every difference infinite; 0.05 is about 5 % of the amount."""


def robust_z(value: float, peers: Sequence[float]) -> float:
    """How far from the peers' median, in robust standard deviations (0.6745 / median absolute deviation)."""
    middle = median(peers)
    spread = median(abs(peer - middle) for peer in peers)
    return 0.6745 * (value - middle) / max(spread, _LEAST_SPREAD)


def unusual(seen: Seen) -> Signal | None:
    """The provider's mean amount, or its number of claims, far above its peers'. Far below is nobody's gain."""
    own = seen.provider
    peers = [peer for peer in seen.peers if peer.claims >= LEAST_CLAIMS and (own is None or peer.code != own.code)]
    if own is None or own.claims < LEAST_CLAIMS or len(peers) < LEAST_PEERS:
        return None
    amounts = robust_z(own.log_mean, [peer.log_mean for peer in peers])
    counts = robust_z(math.log(own.claims), [math.log(peer.claims) for peer in peers])
    if max(amounts, counts) < FAR:
        return None
    return Signal(
        "provider_unusual", 20, _text(own, peers, by_amount=amounts >= counts), (Pointer("provider", own.code),)
    )


def _text(own: ProviderFigures, peers: Sequence[ProviderFigures], *, by_amount: bool) -> Text:
    if by_amount:
        typical = math.exp(median(peer.log_mean for peer in peers)) / 100
        mean = math.exp(own.log_mean) / 100
        return Text(
            f"这家机构 {own.claims} 件理赔的几何平均金额 ¥{mean:,.0f}，{len(peers)} 家同类的中位数 ¥{typical:,.0f}",
            f"Its {own.claims} claims come to ¥{mean:,.0f} each (geometric mean); the median of {len(peers)} peers is"
            f" ¥{typical:,.0f}",
        )
    typical = median(peer.claims for peer in peers)
    return Text(
        f"这家机构近期 {own.claims} 件理赔，{len(peers)} 家同类的中位数是 {typical:.0f} 件",
        f"It has {own.claims} recent claims; the median of {len(peers)} peers is {typical:.0f}",
    )
