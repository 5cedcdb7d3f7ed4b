"""Who may stand in a contract (SALE-11, SALE-12, SALE-13)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.policies.contracts import BeneficiaryChoice
from baohe.rooms.policies.errors import BeneficiariesDoNotAddUp, MinorDeathCoverLimit, PartiesNotPossible
from baohe.rooms.policies.rules import parties

START = date(2026, 11, 23)
ADULT_BIRTH = date(1990, 5, 1)
INSURED = uuid4()


@pytest.mark.rule("SALE-11")
@pytest.mark.parametrize("relation", ["self", "spouse", "child", "parent"])
def test_close_family_may_be_insured_for_death(relation: str) -> None:
    parties.insurable_interest(relation, covers_death=True)


@pytest.mark.rule("SALE-11")
def test_another_person_may_be_insured_for_costs_but_not_for_death() -> None:
    parties.insurable_interest("other", covers_death=False)
    with pytest.raises(PartiesNotPossible):
        parties.insurable_interest("other", covers_death=True)


@pytest.mark.rule("SALE-11")
@pytest.mark.parametrize(
    ("relation", "birth", "allowed"),
    [
        ("child", date(2015, 1, 1), True),
        ("spouse", date(2015, 1, 1), False),
        ("parent", date(2010, 1, 1), False),
        ("spouse", date(2008, 11, 23), True),  # 18 on the first covered day
        ("spouse", date(2008, 11, 24), False),
    ],
)
def test_death_cover_of_a_minor_only_by_the_parents(relation: str, birth: date, allowed: bool) -> None:
    if allowed:
        parties.minor_bought_by_parent(relation, birth, START, covers_death=True)
    else:
        with pytest.raises(PartiesNotPossible):
            parties.minor_bought_by_parent(relation, birth, START, covers_death=True)


@pytest.mark.rule("SALE-11")
def test_a_minor_cannot_be_policyholder() -> None:
    parties.policyholder_is_adult(date(2008, 11, 22), date(2026, 11, 22))
    with pytest.raises(PartiesNotPossible):
        parties.policyholder_is_adult(date(2008, 11, 23), date(2026, 11, 22))


@pytest.mark.rule("SALE-11")
@pytest.mark.parametrize(
    ("relation", "birth", "covers_death", "asked"),
    [
        ("self", ADULT_BIRTH, True, False),
        ("spouse", ADULT_BIRTH, True, True),
        ("spouse", ADULT_BIRTH, False, False),
        ("child", date(2015, 1, 1), True, False),  # parents of minors are excepted
        ("child", date(2000, 1, 1), True, True),
    ],
)
def test_whose_consent_is_needed(relation: str, birth: date, covers_death: bool, asked: bool) -> None:
    assert parties.insured_must_consent(relation, birth, START, covers_death) is asked


@pytest.mark.rule("SALE-12")
@pytest.mark.parametrize(
    ("on", "limit_fen"),
    [
        (date(2026, 11, 22), 20_000_000),  # nine
        (date(2026, 11, 23), 50_000_000),  # the tenth birthday
        (date(2034, 11, 22), 50_000_000),  # the last day at seventeen
        (date(2034, 11, 23), None),  # eighteen
    ],
)
def test_the_limit_changes_on_the_birthday(on: date, limit_fen: int | None) -> None:
    assert parties.minor_limit_fen(date(2016, 11, 23), on) == limit_fen


@pytest.mark.rule("SALE-12")
@pytest.mark.parametrize(
    ("birth", "held_fen", "asked_fen", "allowed"),
    [
        (date(2016, 11, 24), 0, 20_000_000, True),
        (date(2016, 11, 24), 0, 20_000_001, False),
        (date(2016, 11, 24), 10_000_000, 10_000_000, True),
        (date(2016, 11, 24), 10_000_000, 10_000_001, False),
        (date(2016, 11, 23), 20_000_000, 30_000_000, True),
        (date(2016, 11, 23), 20_000_000, 30_000_001, False),
        (date(2008, 11, 23), 10**12, 10**12, True),
        (date(2016, 11, 24), 90_000_000, 0, True),
    ],
)
def test_the_sum_of_all_policies_counts(birth: date, held_fen: int, asked_fen: int, allowed: bool) -> None:
    if allowed:
        parties.within_minor_limit(birth, START, held_fen, asked_fen)
    else:
        with pytest.raises(MinorDeathCoverLimit):
            parties.within_minor_limit(birth, START, held_fen, asked_fen)


@pytest.mark.rule("SALE-12")
def test_a_new_limit_counts_from_its_day() -> None:
    limits = (*parties.MINOR_LIMITS, parties.MinorLimit(date(2027, 1, 1), 10, 30_000_000))
    birth = date(2020, 1, 1)
    assert parties.minor_limit_fen(birth, date(2026, 12, 31), limits) == 20_000_000
    assert parties.minor_limit_fen(birth, date(2027, 1, 1), limits) == 30_000_000


def named(*shares: tuple[int, int], people: list[UUID] | None = None) -> list[BeneficiaryChoice]:
    ids = people or [uuid4() for _ in shares]
    return [
        BeneficiaryChoice(person_id=id_, rank=rank, share_percent=share)
        for id_, (rank, share) in zip(ids, shares, strict=True)
    ]


@pytest.mark.rule("SALE-13")
@pytest.mark.parametrize(
    "choices",
    [
        named(),
        named((1, 100)),
        named((1, 33), (1, 33), (1, 34)),
        named((1, 50), (1, 50), (2, 100)),
        named((1, 100), (2, 60), (2, 40), (3, 100)),
    ],
)
def test_shares_of_each_order_that_add_up(choices: list[BeneficiaryChoice]) -> None:
    parties.check_beneficiaries(choices, INSURED, covers_death=True)


SAME = uuid4()


@pytest.mark.rule("SALE-13")
@pytest.mark.parametrize(
    "choices",
    [
        named((1, 99)),
        named((1, 60), (1, 60)),
        named((1, 50), (2, 50)),
        named((2, 100)),
        named((1, 100), (3, 100)),
        named((1, 50), (1, 50), people=[SAME, SAME]),
        named((1, 100), people=[INSURED]),
    ],
)
def test_beneficiaries_that_do_not_add_up_are_refused(choices: list[BeneficiaryChoice]) -> None:
    with pytest.raises(BeneficiariesDoNotAddUp):
        parties.check_beneficiaries(choices, INSURED, covers_death=True)


@pytest.mark.rule("SALE-13")
def test_no_beneficiary_without_a_death_benefit() -> None:
    with pytest.raises(BeneficiariesDoNotAddUp):
        parties.check_beneficiaries(named((1, 100)), INSURED, covers_death=False)


@pytest.mark.rule("SALE-13")
@given(shares=st.lists(st.integers(1, 100), min_size=1, max_size=10))
def test_only_a_hundred_percent_passes(shares: list[int]) -> None:
    choices = named(*[(1, share) for share in shares])
    if sum(shares) == 100:
        parties.check_beneficiaries(choices, INSURED, covers_death=True)
    else:
        with pytest.raises(BeneficiariesDoNotAddUp):
            parties.check_beneficiaries(choices, INSURED, covers_death=True)
