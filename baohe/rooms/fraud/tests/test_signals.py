"""Every signal just on and just off its edge, with the figures it must tell."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from math import log
from uuid import UUID

import pytest

from baohe.rooms.fraud.contracts import STRONG, CoverDays, Signal, SimilarPicture
from baohe.rooms.fraud.rules import providers, repeats, timing
from baohe.rooms.fraud.rules.seen import Frequency, ProviderFigures, Seen, SharedInvoice
from baohe.rooms.fraud.rules.signals import asks_for_person, signals
from baohe.rooms.fraud.rules.titles import TITLES

ME, POLICY, OTHER, CLAIM, PAPER = (UUID(int=number) for number in range(1, 6))
TUESDAY = date(2026, 11, 17)
COVER = CoverDays(bought_on=date(2026, 2, 26), start=date(2026, 3, 1), end=date(2027, 3, 1))
QUIET = Seen(account_id=ME, policy_id=POLICY, happened_on=TUESDAY, noticed_on=TUESDAY, cover=COVER)


def test_nothing_around_a_claim_is_no_signal() -> None:
    assert signals(QUIET) == ()
    assert not asks_for_person(())


@pytest.mark.parametrize(
    ("happened_on", "waiting_ends", "day"),
    [
        (TUESDAY, TUESDAY, 1),
        (TUESDAY, TUESDAY - timedelta(days=6), 7),
        (TUESDAY, TUESDAY - timedelta(days=7), None),
        (TUESDAY, TUESDAY + timedelta(days=1), None),
        (TUESDAY, None, None),
    ],
)
def test_the_first_days_after_the_waiting_period(happened_on: date, waiting_ends: date | None, day: int | None) -> None:
    found = timing.after_waiting(replace(QUIET, cover=replace(COVER, waiting_ends=waiting_ends)))
    assert (found.text.zh if found else None) == (f"出险在等待期结束后的第 {day} 天" if day else None)


@pytest.mark.parametrize(("days", "found"), [(0, True), (6, True), (7, False)])
def test_bought_shortly_before(days: int, found: bool) -> None:
    seen = replace(QUIET, cover=replace(COVER, start=TUESDAY - timedelta(days=days)))
    signal = timing.bought_shortly_before(seen)
    assert (signal is not None) is found
    if signal:
        assert f"on day {days + 1} of cover" in signal.text.en


def test_with_a_waiting_period_an_early_purchase_is_told_once() -> None:
    seen = replace(QUIET, cover=replace(COVER, start=TUESDAY, waiting_ends=TUESDAY))
    assert [signal.code for signal in signals(seen)] == ["after_waiting"]


@pytest.mark.parametrize(("days", "found"), [(0, True), (29, True), (30, False), (-1, False)])
def test_a_sum_raised_shortly_before(days: int, found: bool) -> None:
    seen = replace(QUIET, cover=replace(COVER, raised_on=TUESDAY - timedelta(days=days)))
    assert (timing.raised_shortly_before(seen) is not None) is found


@pytest.mark.parametrize(("left", "found"), [(1, True), (7, True), (8, False), (0, False)])
def test_shortly_before_the_end(left: int, found: bool) -> None:
    """On the first day after, cover is over: that is for the rules of the claim."""
    seen = replace(QUIET, cover=replace(COVER, end=TUESDAY + timedelta(days=left)))
    assert (timing.before_end(seen) is not None) is found


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 20), None),
        (date(2026, 11, 21), "周末"),
        (date(2026, 10, 1), "法定节假日"),
        (date(2026, 10, 8), None),
        (date(2026, 9, 20), None),  # a Sunday worked for National Day
    ],
)
def test_a_free_day(day: date, said: str | None) -> None:
    signal = timing.free_day(replace(QUIET, happened_on=day))
    assert (signal.text.zh if signal else None) == (f"出险日 {day} 是{said}" if said else None)


@pytest.mark.parametrize(
    ("account", "policy", "said"),
    [
        (Frequency(2, 5), Frequency(1, 3), None),
        (Frequency(3, 3), Frequency(1, 1), "同一账号 30 天内 3 件、90 天内 3 件理赔"),
        (Frequency(1, 6), Frequency(1, 1), "同一账号 30 天内 1 件、90 天内 6 件理赔"),
        (Frequency(2, 2), Frequency(2, 2), "同一保单 30 天内 2 件、90 天内 2 件理赔"),
    ],
)
def test_many_claims(account: Frequency, policy: Frequency, said: str | None) -> None:
    signal = timing.claims_frequent(replace(QUIET, of_account=account, of_policy=policy))
    assert (signal.text.zh if signal else None) == said


def test_an_invoice_of_another_account_is_strong_and_one_of_the_same_is_not() -> None:
    strange = repeats.invoice_repeated(replace(QUIET, invoices=(SharedInvoice(CLAIM, OTHER),)))
    own = repeats.invoice_repeated(replace(QUIET, invoices=(SharedInvoice(CLAIM, ME),)))
    assert strange is not None
    assert own is not None
    assert strange.strong
    assert not own.strong
    assert "其中 1 件是别的账号" in strange.text.zh
    assert [(point.kind, point.id) for point in strange.points_to] == [("claim", str(CLAIM))]


def test_a_picture_tells_how_near_it_is_and_is_never_strong_alone() -> None:
    seen = replace(QUIET, pictures=(SimilarPicture(CLAIM, PAPER, OTHER, 2),))
    signal = repeats.picture_similar(seen)
    assert signal is not None
    assert "差 2 位" in signal.text.zh
    assert not signal.strong


def _figures(code: str, claims: int, yuan: float) -> ProviderFigures:
    return ProviderFigures(code, claims, log(yuan * 100))


PEERS = tuple(_figures(f"p{number}", 10 + number % 3, 900 + 40 * number) for number in range(8))


@pytest.mark.parametrize(
    ("own", "peers", "found"),
    [
        (_figures("own", 12, 9_000), PEERS, True),
        (_figures("own", 12, 1_000), PEERS, False),
        (_figures("own", 12, 50), PEERS, False),
        (_figures("own", 7, 9_000), PEERS, False),
        (_figures("own", 12, 9_000), PEERS[:4], False),
        (_figures("own", 400, 1_000), PEERS, True),
        (None, PEERS, False),
    ],
    ids=["dear", "usual", "cheap", "too few claims", "too few peers", "far too many", "no provider"],
)
def test_a_provider_unlike_its_peers(
    own: ProviderFigures | None, peers: tuple[ProviderFigures, ...], found: bool
) -> None:
    assert (providers.unusual(replace(QUIET, provider=own, peers=peers)) is not None) is found


def test_peers_of_one_price_do_not_make_a_small_difference_infinite() -> None:
    assert providers.robust_z(log(101), [log(100)] * 9) < 1


@pytest.mark.rule("SERV-9")
def test_a_signal_has_no_outcome_and_weak_ones_ask_for_nobody() -> None:
    assert {field.name for field in fields(Signal)} == {"code", "weight", "text", "points_to"}
    every_weak = replace(
        QUIET,
        happened_on=date(2026, 11, 21),
        cover=replace(COVER, waiting_ends=date(2026, 11, 18), end=date(2026, 11, 25)),
        of_account=Frequency(3, 3),
        provider=_figures("own", 12, 9_000),
        peers=PEERS,
    )
    found = signals(every_weak)
    assert [signal.weight for signal in found] == [20, 20, 20, 10, 5]
    assert max(signal.weight for signal in found) < STRONG
    assert not asks_for_person(found)


def test_every_signal_has_a_title() -> None:
    strong = replace(QUIET, invoices=(SharedInvoice(CLAIM, OTHER),))
    assert all(signal.code in TITLES for signal in signals(strong))
    assert asks_for_person(signals(strong))
