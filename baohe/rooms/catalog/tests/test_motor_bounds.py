"""The insurer's own factor keeps the bounds of the day on which the version goes on sale (PUB-2)."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from baohe.rooms.catalog import facade
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.motor import bounds_on
from baohe.rooms.catalog.rules.source import Raw


@pytest.fixture
def motor() -> Raw:
    return facade.read_package(settings.BAOHE_PRODUCTS / "chiye-commercial-motor" / "2026-01-10")


@pytest.mark.rule("PUB-2")
@pytest.mark.parametrize("figure", ["4999", "15001"])
def test_a_factor_outside_the_bounds_is_refused_with_its_row(motor: Raw, figure: str) -> None:
    motor["rates"]["own_factor"][3][-1] = figure
    with pytest.raises(NotPublishable) as refused:
        facade.check_package(motor)
    assert refused.value.facts["field"] == "rates.own_factor[4]"
    assert figure in str(refused.value.facts["reason_zh"])


@pytest.mark.rule("PUB-2")
def test_the_bounds_are_those_of_the_first_day_of_sale(motor: Raw) -> None:
    assert (bounds_on(date(2022, 1, 1)).lowest_bp, bounds_on(date(2022, 1, 1)).highest_bp) == (6_500, 13_500)
    motor["product"]["effective_from"] = "2022-01-01"
    motor["rates"]["own_factor"][3][-1] = "14000"
    with pytest.raises(NotPublishable):
        facade.check_package(motor)
    motor["product"]["effective_from"] = "2026-01-10"
    motor["cases"] = {"price": motor["cases"]["price"][:1]}
    assert facade.check_package(motor).line == "commercial_motor"
