"""Who is connected with whom by an account, a device or a telephone: union-find, and the shortest way to tell. Pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.fraud.contracts import CARD, DEVICE, PHONE, Pointer, Signal
from baohe.rooms.fraud.rules.seen import Seen, Trace

MOST_ACCOUNTS = 8
"""A mark of more accounts is public (a shop's telephone, a clinic's tablet) and connects nobody."""

_MOST_PAYEES = 50
"""Nobody else's payout account is public: nine claimants who are paid into one are the very thing that is looked for.
Above this it is taken for a clinic's or an employer's."""

_WEIGHTS = {CARD: 60, DEVICE: 40, PHONE: 30}
_FAR = 20
_KIN = 15
"""A family has one account, one telephone and one tablet: that is told, and asks nobody to look."""

_MOST_TOLD = 3
_MOST_POINTED = 20
_NAMES = {
    CARD: Text("收款账户", "payout account"),
    DEVICE: Text("设备", "device"),
    PHONE: Text("手机号", "telephone"),
}
_Mark = tuple[str, str]


def most_accounts(kind: str) -> int:
    """How many accounts may share a mark before it is public."""
    return _MOST_PAYEES if kind == CARD else MOST_ACCOUNTS


def components(traces: Iterable[Trace]) -> list[frozenset[UUID]]:
    """The accounts that hang together, the largest group first; accounts of public marks alone stand alone."""
    parent: dict[object, object] = {}

    def root(node: object) -> object:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for trace in (kept := private(traces)):
        parent[root(trace.account_id)] = root((trace.kind, trace.mark))
    groups: dict[object, set[UUID]] = defaultdict(set)
    for trace in kept:
        groups[root(trace.account_id)].add(trace.account_id)
    return sorted(map(frozenset, groups.values()), key=lambda group: (-len(group), sorted(group)))


def private(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Without the marks that too many accounts share."""
    kept = tuple(traces)
    users: dict[_Mark, set[UUID]] = defaultdict(set)
    for trace in kept:
        users[trace.kind, trace.mark].add(trace.account_id)
    return tuple(trace for trace in kept if len(users[trace.kind, trace.mark]) <= most_accounts(trace.kind))


def paths(traces: Sequence[Trace], start: UUID) -> dict[UUID, tuple[_Mark, ...]]:
    """The shortest chain of marks from `start` to every account it is connected with, `start` left out."""
    marks_of: dict[UUID, set[_Mark]] = defaultdict(set)
    accounts_of: dict[_Mark, set[UUID]] = defaultdict(set)
    for trace in traces:
        marks_of[trace.account_id].add((trace.kind, trace.mark))
        accounts_of[trace.kind, trace.mark].add(trace.account_id)
    found: dict[UUID, tuple[_Mark, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        account = waiting.popleft()
        for mark in sorted(marks_of[account], key=lambda one: (-_WEIGHTS[one[0]], one)):
            for other in sorted(accounts_of[mark] - found.keys()):
                found[other] = (*found[account], mark)
                waiting.append(other)
    del found[start]
    return found


def linked(seen: Seen) -> Signal | None:
    """The accounts in one group with the claimant's; the weight is that of the strongest direct mark, and small where
    it is shared in the family alone."""
    traces = private(seen.traces)
    group = next((group for group in components(traces) if seen.account_id in group), frozenset())
    if len(group) < 2:
        return None
    ways = paths(traces, seen.account_id)
    order = sorted(ways, key=lambda one: (len(ways[one]), -_WEIGHTS[ways[one][0][0]], one))
    weight = max(_weight(way, account in seen.kin) for account, way in ways.items())
    others = len(ways)
    more_zh, more_en = ("", "") if others <= _MOST_TOLD else ("；等", "; and more")
    told = order[:_MOST_TOLD]
    text = Text(
        f"与另外 {others} 个账号相连：" + "；".join(_way(ways[one], one, "zh") for one in told) + more_zh,
        f"connected with {others} other account{'s' if others > 1 else ''}: "
        + "; ".join(_way(ways[one], one, "en") for one in told)
        + more_en,
    )
    text = _with_kin(text, sum(one in seen.kin for one in ways))
    claims = sorted({trace.claim_id for trace in traces if trace.account_id in ways})
    points = [Pointer("account", str(one)) for one in order[:_MOST_POINTED]]
    points += [Pointer("claim", str(one)) for one in claims[:_MOST_POINTED]]
    return Signal("account_linked", weight, text, tuple(points))


def _weight(way: Sequence[_Mark], is_kin: bool) -> int:
    if is_kin:
        return _KIN
    return _WEIGHTS[way[0][0]] if len(way) == 1 else _FAR


def _with_kin(text: Text, kin: int) -> Text:
    if not kin:
        return text
    return Text(
        f"{text.zh}。其中 {kin} 个是登记过的家人：一家人共用账户、手机或设备很常见",
        f"{text.en}. {kin} of them {'is' if kin == 1 else 'are'} registered family: a family often shares an account, a"
        " telephone or a device",
    )


def _way(way: Sequence[_Mark], end: UUID, language: str) -> str:
    """“本账号 —收款账户 #3fa2— 账号 7c1e”; the accounts between stand as dots."""
    names = [getattr(_NAMES[kind], language) + f" #{mark[:4]}" for kind, mark in way]
    start, account = ("本账号", "账号") if language == "zh" else ("this account", "account")
    return f"{start} —" + "— … —".join(names) + f"— {account} {str(end)[-4:]}"
