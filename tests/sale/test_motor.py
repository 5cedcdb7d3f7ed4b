"""A car is insured as a person buys it: plate and frame number asked, price to the yuan, nobody refused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from baohe.flows import underwrite
from baohe.kernel.errors import InvalidInput
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from baohe.rooms.policies.errors import InsuredObjectNeeded
from baohe.rooms.quoting.models import Quote
from tests.sale import steps
from tests.sale.world import Customer

COMPULSORY, COMMERCIAL = "chiye-compulsory-motor", "chiye-commercial-motor"
CAR = {"plate": "沪A12345", "vin": "LSVAA0000EX000001"}


def proposed(customer: Customer, product: str, car: dict[str, str], **inputs: str) -> ProposalView:
    """By the package's own underwriting rules, with the car named."""
    quote = steps.quoted(customer, product=product, **inputs)
    answers = {} if product == COMPULSORY else {"hire": "no", "changed": "no"}
    declaration = underwrite.declare(customer.id, quote.id, answers, health_consent=False)
    assert declaration.outcome == "accept"
    return policies.draft_proposal(customer.id, declaration, customer.me, (), None, "single", car)


def bought(customer: Customer, product: str, **inputs: str) -> PolicyView:
    return steps.sold(proposed(customer, product, CAR, **inputs))


@pytest.mark.rule("SERV-6")
def test_compulsory_cover_is_sold_to_a_driver_with_a_fatal_accident(lin: Customer) -> None:
    policy = bought(lin, COMPULSORY, vehicle="family_lt6", region="31", record="death")
    assert policy.premium_fen == 123_500
    assert policy.sum_insured_fen == 20_000_000
    assert (policy.start, policy.end) == (date(2026, 11, 23), date(2027, 11, 23))


def test_commercial_cover_is_sold_with_the_covers_chosen(lin: Customer) -> None:
    policy = bought(lin, COMMERCIAL, damage_cover="no", seat_cover="none", third_party="1000000")
    exact = (Fraction(744) + 72) * Fraction(8, 10) * Fraction(9, 10) * Fraction(98, 100)
    assert policy.premium_fen == int(exact * 100 + Fraction(1, 2))
    assert policy.sum_insured_fen == 100_000_000


@pytest.mark.parametrize("wrong", [{"plate": "12345", "vin": CAR["vin"]}, {"plate": CAR["plate"]}])
def test_without_its_plate_and_frame_number_no_car_is_insured(lin: Customer, wrong: dict[str, str]) -> None:
    with pytest.raises(InsuredObjectNeeded):
        proposed(lin, COMPULSORY, wrong)


def test_a_new_car_needs_no_plate_yet(lin: Customer) -> None:
    assert proposed(lin, COMPULSORY, {**CAR, "plate": "新车"}, record="new").premium_fen == 95_000


def test_a_region_outside_the_mainland_has_no_scheme(lin: Customer) -> None:
    with pytest.raises(InvalidInput) as refused:
        steps.quoted(lin, product=COMPULSORY, region="81")
    assert refused.value.facts["field"] == "region"
    assert Quote.objects.count() == 0


def test_a_stated_driving_score_waits_for_a_person(lin: Customer) -> None:
    quote = steps.quoted(lin, product=COMMERCIAL, driving_score="90_100")
    declaration = underwrite.declare(lin.id, quote.id, {"hire": "no", "changed": "no"}, health_consent=False)
    assert declaration.outcome == "refer"
    assert [reason.code for reason in declaration.reasons] == ["score_to_check"]
