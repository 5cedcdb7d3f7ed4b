from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.keeping import Kept


def test_the_least_recently_used_leaves_first() -> None:
    kept: Kept[str, int] = Kept(100)
    kept.put("a", 1, 40)
    kept.put("b", 2, 40)
    assert kept.get("a") == 1

    kept.put("c", 3, 40)

    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_what_is_larger_than_the_room_is_kept_alone() -> None:
    kept: Kept[str, int] = Kept(100)
    kept.put("a", 1, 40)
    kept.put("b", 2, 400)

    assert (len(kept), kept.get("b")) == (1, 2)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 60))))
def test_the_room_is_never_exceeded(puts: list[tuple[int, int]]) -> None:
    kept: Kept[int, int] = Kept(100)
    weights: dict[int, int] = {}
    for key, weight in puts:
        kept.put(key, weight, weight)
        weights[key] = weight
        assert sum(weights[k] for k in range(6) if kept.get(k) is not None) <= 100
