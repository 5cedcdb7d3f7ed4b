"""Flight delay settles itself from reported facts; the highest step of one flight counts, once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from baohe.flows import settle_claim
from baohe.kernel.errors import InvalidInput
from baohe.kernel.ids import shard_of
from baohe.rooms.claims.models import Claim
from baohe.rooms.payments.models import Payout
from tests.claims import world

FLIGHT = "yizhan-flight-delay@2026-05-01"


@pytest.fixture
def seller(on_sale: None) -> UUID:
    return uuid4()


def ticket(seller: UUID, reference: str, benefit: int = 400) -> UUID:
    """A seller's insured ticket for a flight of today."""
    return world.policy(
        seller,
        FLIGHT,
        shard_key=shard_of(f"{seller}:{reference}"),
        person_id=None,
        parties_sealed=None,
        partner_id=seller,
        partner_reference=reference,
        payment_id=None,
        proposal_id=None,
        inputs={"benefit": str(benefit)},
        sum_insured_fen=benefit * 100,
        start=date(2026, 11, 22),
        end=date(2026, 11, 25),
        content_digest="0" * 64,
    )


def happened(seller: UUID, reference: str, event: str, days: int = 0) -> settle_claim.EventSettled:
    return settle_claim.settle_event(seller, reference, event, world.NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("event", "fen"),
    [
        ("flight_late_15", 4_000),
        ("flight_late_30", 8_000),
        ("flight_late_45", 12_000),
        ("flight_cancelled", 20_000),
        ("flight_diverted", 20_000),
    ],
)
def test_each_step_pays_its_share_with_no_human(seller: UUID, event: str, fen: int) -> None:
    ticket(seller, "T-1")
    first, again = happened(seller, "T-1", event), happened(seller, "T-1", event)
    assert (first.decision, first.amount_fen, first.repeated) == ("pay", fen, False)
    assert (again.amount_fen, again.repeated) == (fen, True)
    assert Payout.objects.count() == 1


def test_a_higher_step_of_the_same_flight_pays_the_difference(seller: UUID) -> None:
    ticket(seller, "T-1", benefit=1_200)
    steps = ("flight_late_15", "flight_late_45", "flight_cancelled")
    assert [happened(seller, "T-1", event).amount_fen for event in steps] == [12_000, 24_000, 24_000]


def test_a_step_already_paid_goes_to_a_person(seller: UUID) -> None:
    ticket(seller, "T-1")
    happened(seller, "T-1", "flight_cancelled")
    assert happened(seller, "T-1", "flight_diverted").decision == "refer"
    assert Payout.objects.count() == 1


def test_a_flight_outside_the_days_covered_goes_to_a_person(seller: UUID) -> None:
    ticket(seller, "T-1")
    assert happened(seller, "T-1", "flight_late_45", days=-1).decision == "refer"


def test_an_event_of_another_product_is_refused(seller: UUID) -> None:
    ticket(seller, "T-1")
    with pytest.raises(InvalidInput):
        happened(seller, "T-1", "parcel_returned")
    assert Claim.objects.count() == 0
