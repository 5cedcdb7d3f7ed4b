"""The thing insured, as a package asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from baohe.rooms.catalog import facade
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.package import Raw

PLATE: dict[str, Any] = {
    "code": "plate",
    "name": {"zh": "车牌号", "en": "Plate number"},
    "pattern": "[京沪][A-Z][A-Z0-9]{5}",
    "example": "京A12345",
    "sealed": False,
}


def test_the_fields_are_read_in_their_order(raw: Raw) -> None:
    raw["product"]["insured_object"] = [PLATE, {**PLATE, "code": "second"}]
    first, second = facade.check_package(raw).insured_object
    assert (first.code, first.name.en, first.sealed, second.code) == ("plate", "Plate number", False, "second")
    assert first.accepts("沪B54321")
    assert not first.accepts("沪B54321 ")


def test_a_package_without_a_thing_stays_as_it_was(raw: Raw) -> None:
    assert facade.check_package(raw).insured_object == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"example": "12345"}, "example"),
        ({"pattern": "[A-Z"}, "pattern"),
        ({"pattern": "(A+)+", "example": "AAA"}, "pattern"),
        ({"code": "Plate Number"}, "code"),
        ({"name": {"zh": "车牌号"}}, "name.en"),
        ({"sealed": "yes"}, "sealed"),
    ],
)
def test_a_wrong_field_is_named(raw: Raw, change: dict[str, Any], field: str) -> None:
    raw["product"]["insured_object"] = [{**PLATE, **change}]
    with pytest.raises(NotPublishable) as refusal:
        facade.check_package(raw)
    assert refusal.value.facts["field"] == f"product.insured_object[0].{field}"


def test_one_code_stands_once(raw: Raw) -> None:
    raw["product"]["insured_object"] = [PLATE, PLATE]
    with pytest.raises(NotPublishable):
        facade.check_package(raw)
