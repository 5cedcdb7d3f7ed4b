"""Who hangs together with whom, and by what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.fraud.contracts import CARD, DEVICE, PHONE, CoverDays
from baohe.rooms.fraud.rules.links import MOST_ACCOUNTS, components, linked, paths, private
from baohe.rooms.fraud.rules.seen import Seen, Trace
from baohe.rooms.fraud.rules.signals import asks_for_person

A, B, C, D = (UUID(int=number) for number in range(1, 5))
DAY = date(2026, 11, 17)


def trace(account: UUID, kind: str, mark: str) -> Trace:
    return Trace(account, kind, mark, UUID(int=account.int + 100))


def seen(*traces: Trace) -> Seen:
    return Seen(A, UUID(int=9), DAY, DAY, CoverDays(DAY, DAY, DAY), traces=traces)


def test_a_shared_payout_account_is_strong_and_shows_the_way() -> None:
    signal = linked(seen(trace(A, CARD, "3fa2b1"), trace(B, CARD, "3fa2b1")))
    assert signal is not None
    assert signal.strong
    assert signal.text.zh == "与另外 1 个账号相连：本账号 —收款账户 #3fa2— 账号 0002"
    assert [(point.kind, point.id) for point in signal.points_to] == [
        ("account", str(B)),
        ("claim", str(UUID(int=102))),
    ]


def test_a_telephone_is_weak_because_families_share_it() -> None:
    signal = linked(seen(trace(A, PHONE, "p"), trace(B, PHONE, "p")))
    assert signal is not None
    assert not signal.strong


def test_a_connection_over_another_account_is_weaker_than_a_direct_one() -> None:
    far = linked(seen(trace(A, DEVICE, "d"), trace(B, DEVICE, "d"), trace(B, CARD, "k"), trace(C, CARD, "k")))
    assert far is not None
    assert far.weight == 40  # the device; the card lies one account away
    assert "设备 #d— … —收款账户 #k" in far.text.zh


def test_the_shortest_way_is_told() -> None:
    traces = [
        trace(A, PHONE, "p"),
        trace(B, PHONE, "p"),
        trace(B, CARD, "k"),
        trace(C, CARD, "k"),
        trace(A, DEVICE, "d"),
    ]
    ways = paths([*traces, trace(C, DEVICE, "d")], A)
    assert ways == {B: ((PHONE, "p"),), C: ((DEVICE, "d"),)}


def test_what_everybody_uses_connects_nobody() -> None:
    crowd = [trace(UUID(int=number), DEVICE, "clinic") for number in range(1, MOST_ACCOUNTS + 2)]
    assert private(crowd) == ()
    assert linked(seen(*crowd)) is None
    assert linked(seen(*crowd[:-1])) is not None


def test_other_people_among_themselves_are_not_this_claims_matter() -> None:
    assert linked(seen(trace(A, CARD, "own"), trace(B, CARD, "k"), trace(C, CARD, "k"))) is None


_traces = st.lists(
    st.builds(
        trace,
        st.integers(1, 12).map(lambda n: UUID(int=n)),
        st.sampled_from([CARD, PHONE, DEVICE]),
        st.sampled_from("abcdef"),
    ),
    max_size=25,
)


@given(_traces)
def test_union_find_agrees_with_walking(traces: list[Trace]) -> None:
    kept = private(traces)
    for group in components(traces):
        for account in group:
            assert {account, *paths(kept, account)} == group


def test_a_family_on_one_account_is_told_plainly_and_asks_nobody_to_look() -> None:
    shared = seen(trace(A, CARD, "3fa2b1"), trace(B, CARD, "3fa2b1"))
    signal = linked(replace(shared, kin=(B,)))
    assert signal is not None
    assert not signal.strong
    assert not asks_for_person((signal,))
    assert "其中 1 个是登记过的家人：一家人共用账户、手机或设备很常见" in signal.text.zh
    assert "1 of them is registered family" in signal.text.en


def test_a_stranger_beside_the_family_on_one_account_is_strong() -> None:
    shared = seen(*(trace(one, CARD, "3fa2b1") for one in (A, B, C)))
    signal = linked(replace(shared, kin=(B,)))
    assert signal is not None
    assert signal.strong


def test_a_payout_account_of_a_ring_is_never_public_and_a_clinics_is() -> None:
    ring = [trace(UUID(int=number), CARD, "k") for number in range(1, MOST_ACCOUNTS + 3)]
    signal = linked(seen(*ring))
    assert signal is not None
    assert signal.strong
    assert linked(seen(*(trace(UUID(int=number), CARD, "k") for number in range(1, 53)))) is None
