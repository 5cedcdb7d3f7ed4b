"""Parts of a sum over carriers: whatever the shares and however it is cut, each gets its share of the whole."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from baohe.flows import bookkeeping
from baohe.kernel.money import BASIS, apply_bp, split
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import Carrier, ProductVersion
from baohe.rooms.ledger.facade import movements

PACKAGE = Path(settings.BAOHE_PRODUCTS) / "songtao-large-accident" / "2026-10-20"


@cache
def filed() -> ProductVersion:
    return catalog.parse_package(catalog.read_package(PACKAGE))


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, ...]:
    """2 to 6 shares in bp, the lead first."""
    cuts = draw(st.sets(st.integers(1, BASIS - 1), min_size=1, max_size=5))
    return tuple(after - before for before, after in pairwise([0, *sorted(cuts), BASIS]))


def carried_by(shares_bp: tuple[int, ...]) -> ProductVersion:
    lead = filed().insurer
    return replace(
        filed(),
        coinsurance=tuple(Carrier(replace(lead, code=f"c{n}"), share_bp) for n, share_bp in enumerate(shares_bp)),
    )


AMOUNTS = st.lists(st.integers(1, 10**9) | st.integers(1, 20), min_size=1, max_size=12)


@given(shares(), AMOUNTS)
def test_parts_of_a_sum_re_add_for_every_carrier_and_in_all(shares_bp: tuple[int, ...], parts: list[int]) -> None:
    version, held = carried_by(shares_bp), dict.fromkeys(range(len(shares_bp)), 0)
    for before, part in zip([0, *accumulate(parts)], parts, strict=False):
        given_out = bookkeeping.by_carrier(version, part, before)
        assert sum(fen for _, fen in given_out) == part
        for n, (_, fen) in enumerate(given_out):
            held[n] += fen
        assert list(held.values()) == split(before + part, shares_bp)
        assert all(abs(held[n] * BASIS - (before + part) * share_bp) < BASIS for n, share_bp in enumerate(shares_bp))


@given(shares(), AMOUNTS, st.integers(1, 5_000))
def test_a_premium_given_back_in_parts_leaves_nobody_with_a_fen(
    shares_bp: tuple[int, ...], parts: list[int], commission_bp: int
) -> None:
    version = replace(carried_by(shares_bp), commission_bp=commission_bp)
    whole = sum(parts)
    premium = bookkeeping.shared(version, whole, movements.premium_received)
    commission = bookkeeping.shared(version, apply_bp(whole, commission_bp), movements.commission_accrued)
    books: dict[str, int] = {}
    for posting in (*premium, *commission):
        books[posting.account] = books.get(posting.account, 0) + posting.amount_fen
    for before, part in zip([0, *accumulate(parts)], parts, strict=False):
        for posting in (
            *bookkeeping.shared(version, part, movements.refund_decided, before),
            *bookkeeping._commission(version, part, movements.commission_clawed_back, before),
        ):
            books[posting.account] = books.get(posting.account, 0) + posting.amount_fen
    for carrier in version.coinsurance:
        branch = f"insurer/{carrier.insurer.code}/"
        assert sum(fen for account, fen in books.items() if account.startswith(branch)) == 0
    assert sum(books.values()) == 0


def test_one_insurer_carries_all_of_it() -> None:
    assert bookkeeping.by_carrier(replace(filed(), coinsurance=()), 99, 7) == [("songtao", 99)]
    assert [c.share_bp for c in replace(filed(), coinsurance=()).carriers] == [BASIS]


@pytest.mark.rule("PUB-1")
@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("share_bp: 4000", "share_bp: 4001", "product.coinsurance"),
        ("share_bp: 4000", "share_bp: 0", "product.coinsurance[1].share_bp"),
        ("share_bp: 4000", "share_bp: forty", "product.coinsurance[1].share_bp"),
        ("code: songtao, share", "code: suihe, share", "product.coinsurance[0].code"),
        ("- code: suihe", "- code: songtao", "product.coinsurance[1].code"),
        ("licence: 示例许可证 P-0084", "", "product.coinsurance[1].licence"),
        ("quota: 2000", "quota: 0", "product.quota"),
        ("channels: [app]", "channels: [app, open_api]", "product.quota"),
    ],
)
def test_a_wrong_share_is_told_with_its_file_and_line(before: str, after: str, field: str) -> None:
    files = catalog.read_files(PACKAGE)
    assert before in files["product.yaml"]
    broken = {**files, "product.yaml": files["product.yaml"].replace(before, after)}
    version, faults, _ = catalog.check_files("songtao-large-accident", "2026-10-20", broken)
    assert version is None
    assert ("product.yaml", field) in [(fault.facts["file"], fault.facts["field"]) for fault in faults]
    assert all(fault.facts["line"] for fault in faults)
