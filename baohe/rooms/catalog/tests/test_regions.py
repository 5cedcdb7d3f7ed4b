"""Where a product is sold (PUB-2): the region counts only when the caller gives one."""

from __future__ import annotations

import pytest

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog import facade
from baohe.rooms.catalog.rules.package import Raw
from baohe.rooms.rating import facade as rating

HERE = {"age": "34"}


def test_the_whole_country_unless_the_package_says_so(raw: Raw) -> None:
    version = facade.check_package(raw)

    assert version.regions == ()
    assert rating.complete(version, {**HERE, "region": "440106"}) == rating.complete(version, HERE)


@pytest.mark.rule("PUB-2")
@pytest.mark.parametrize("region", ["44", "440106", "99", "Shanghai", "", "\ud800"])
def test_another_region_is_refused_by_name(raw: Raw, region: str) -> None:
    raw["product"]["regions"] = ["310000", "32", "31"]
    version = facade.check_package(raw)

    with pytest.raises(InvalidInput) as refusal:
        rating.complete(version, {**HERE, "region": region})

    assert version.regions == ("31", "32")
    assert refusal.value.facts["field"] == "region"
    assert "上海市、江苏省" in refusal.value.message_zh
    assert "Shanghai, Jiangsu" in refusal.value.message_en
    refusal.value.message_zh.encode()


@pytest.mark.parametrize("region", ["31", "310115", "320000"])
def test_a_region_of_sale_costs_what_it_costs_everywhere(raw: Raw, region: str) -> None:
    raw["product"]["regions"] = ["31", "32"]
    version = facade.check_package(raw)
    inputs = rating.complete(version, {**HERE, "region": region})

    assert rating.rater(version).premium(inputs) == 31_200


@pytest.mark.parametrize("regions", [["99"], ["x"], [""], [31], "31"])
def test_a_region_that_is_none_cannot_be_published(raw: Raw, regions: object) -> None:
    raw["product"]["regions"] = regions

    with pytest.raises(facade.NotPublishable) as refusal:
        facade.check_package(raw)

    assert refusal.value.facts["field"] == "product.regions"
