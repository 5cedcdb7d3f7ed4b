"""How much is asked for a premium, and the copy that a large one waits for (SALE-15)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from baohe.flows import identify
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.errors import CardNotReadable
from baohe.rooms.identification.models import Step
from baohe.rooms.identification.rules.keeping import kept_until
from baohe.rooms.identification.rules.thresholds import THRESHOLDS, Threshold, demand
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.policies.errors import StepsMissing
from tests.identity.sample_card import card, draw_back, draw_front
from tests.sale import steps
from tests.sale.world import Customer

ANNUITY = "lanjiang-annuity"
TODAY = date(2026, 11, 22)
YUAN = 100


@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize(
    ("contract_yuan", "year_yuan", "level", "why"),
    [
        (300, 300, 1, ""),
        (199_999, 199_999, 1, ""),
        (200_000, 200_000, 2, "transfer_contract"),
        (1_000, 200_000, 2, "year_written"),
        (499_999, 499_999, 2, "transfer_contract"),
        (500_000, 500_000, 3, "large_contract"),
        (1_000, 1_000_000, 3, "large_year"),
    ],
)
def test_a_premium_needs_the_level_of_the_highest_threshold_it_reaches(
    contract_yuan: int, year_yuan: int, level: int, why: str
) -> None:
    found = demand(contract_yuan * YUAN, year_yuan * YUAN, TODAY)
    assert (found.level, found.threshold) == (level, why)


@pytest.mark.rule("SALE-15")
def test_thresholds_are_dated_and_the_later_datum_of_a_code_holds() -> None:
    tighter = Threshold("transfer_contract", date(2027, 1, 1), "contract", 5_000_000, 2, "a later rule", False)
    known = (*THRESHOLDS, tighter)
    assert demand(6_000_000, 6_000_000, date(2026, 12, 31), known).level == 1
    assert demand(6_000_000, 6_000_000, date(2027, 1, 1), known).level == 2
    assert demand(90_000_000, 90_000_000, date(2007, 7, 31)).level == 1
    assert all(one.source for one in THRESHOLDS)


@pytest.mark.rule("SALE-15")
@pytest.mark.rule("SALE-6")
def test_records_are_kept_ten_years_and_longer_while_the_contract_runs() -> None:
    assert kept_until(date(2026, 2, 28)) == date(2036, 2, 28)
    assert kept_until(date(2026, 2, 28), date(2046, 5, 1)) == date(2056, 5, 1)


@pytest.fixture
def large(lin: Customer) -> ProposalView:
    """An annuity whose whole premium is over the first threshold."""
    proposal = steps.drafted(lin, product=ANNUITY, instalment="yearly", inputs={"pension": "24000", "pay_period": "10"})
    assert identify.demanded(proposal).level == 2
    return proposal


@pytest.mark.rule("SALE-15")
def test_a_small_sale_is_no_longer_than_before(lin: Customer) -> None:
    assert list(identify.needs(steps.drafted(lin))) == []


@pytest.mark.rule("SALE-15")
def test_a_large_premium_is_not_paid_before_the_copy(lin: Customer, large: ProposalView) -> None:
    signed = steps.signed(large)
    with pytest.raises(StepsMissing) as refused:
        steps.purchase.start_payment(lin.id, signed.id, "yearly", True, "key-1")
    assert (refused.value.facts["codes"], PaymentIntent.objects.count()) == (["identification"], 0)
    front, back = steps.own_card(lin.id)
    done = identify.keep_copy(lin.id, signed.id, front, back)
    assert done.kept_until == date(2036, 11, 22)
    assert steps.purchase.start_payment(lin.id, signed.id, "yearly", True, "key-2").state == "created"


@pytest.mark.rule("SALE-15")
def test_the_copy_is_sealed_and_cannot_be_deleted(lin: Customer, large: ProposalView) -> None:
    steps.identified(large)
    row = Step.objects.get()
    assert identification.copy_of(lin.me.id, "front")[:3] == b"\xff\xd8\xff"
    stored = [
        path.read_bytes() for path in (Path(settings.BAOHE_DATA) / "files" / "identification").glob(f"{row.id}.*")
    ]
    assert len(stored) == 2
    assert not any(content[:3] == b"\xff\xd8\xff" or b"JFIF" in content for content in stored)
    for wipe in (lambda: Step.objects.all().delete(), lambda: Step.objects.update(kept_until=TODAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            wipe()
    assert Step.objects.get() == row


@pytest.mark.rule("SALE-15")
def test_somebody_elses_card_is_refused_and_not_kept(lin: Customer, large: ProposalView, tmp_path: Path) -> None:
    front = draw_front(tmp_path / "f.jpg", card(5)).read_bytes()
    back = draw_back(tmp_path / "b.jpg", card(5)).read_bytes()
    with pytest.raises(CardNotReadable) as refused:
        identify.keep_copy(lin.id, large.id, front, back)
    assert refused.value.facts["problem"] == "other_person"
    with pytest.raises(CardNotReadable) as refused:
        identify.keep_copy(lin.id, large.id, back, front)
    assert refused.value.facts["problem"] == "wrong_side"
    assert Step.objects.count() == 0
