"""What the long-term and guarantee lines need of a package: cash values, months, events that a person settles."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules import publishing
from baohe.rooms.catalog.rules.package import Raw
from baohe.rooms.catalog.tests.conftest import read


def changed(code: str) -> Raw:
    return copy.deepcopy(read(code))


def refusal(raw: Raw) -> NotPublishable:
    with pytest.raises(NotPublishable) as refused:
        publishing.check(raw)
    return refused.value


@pytest.mark.rule("PUB-4")
@pytest.mark.parametrize("code", ["qingcen-critical-illness", "lanjiang-whole-life", "lanjiang-annuity"])
def test_a_long_contract_without_its_cash_values_is_not_published(code: str) -> None:
    raw = changed(code)
    raw["formula"]["tables"] = [table for table in raw["formula"]["tables"] if table["name"] != "cash_values"]
    assert refusal(raw).facts["rule"] == "PUB-4"


@pytest.mark.rule("PUB-4")
def test_the_cash_value_document_is_needed_beside_the_table() -> None:
    raw = changed("lanjiang-whole-life")
    raw["product"]["documents"] = [one for one in raw["product"]["documents"] if one["code"] != "cash_values"]
    assert refusal(raw).facts["field"] == "product.documents"


@pytest.mark.rule("PUB-6")
@pytest.mark.parametrize(
    "code", ["qingcen-critical-illness", "lanjiang-whole-life", "lanjiang-annuity", "yunshan-sudden-death"]
)
def test_internet_life_says_so_in_its_name(code: str) -> None:
    raw = changed(code)
    raw["product"]["clause_name"] = raw["product"]["clause_name"].replace("互联网", "")
    assert refusal(raw).facts["rule"] == "PUB-6"


@pytest.mark.rule("PUB-7")
def test_long_term_health_keeps_fifteen_days_of_cooling_off() -> None:
    raw = changed("qingcen-critical-illness")
    raw["product"]["cooling_off_days"] = 14
    assert refusal(raw).facts["field"] == "product.cooling_off_days"


@pytest.mark.rule("SERV-9")
def test_an_event_without_steps_is_never_paid_by_a_machine() -> None:
    raw = changed("suihe-credit-guarantee")
    raw["claims"]["events"][0]["instant_limit_fen"] = 100_000
    assert refusal(raw).facts["field"] == "claims.events[0].steps"
    bounded = changed("suihe-credit-guarantee")
    del bounded["claims"]["events"][0]["at_most"]
    assert refusal(bounded).facts["field"] == "claims.events[0].steps"


@pytest.mark.parametrize(
    ("months", "end"), [("3", date(2027, 2, 28)), ("6", date(2027, 5, 30)), ("36", date(2029, 11, 30))]
)
def test_a_term_of_months_ends_on_the_same_day_or_the_last_of_a_shorter_month(months: str, end: date) -> None:
    version = publishing.check(read("suihe-credit-guarantee"))
    assert version.cover_period(date(2026, 11, 30), None, {"term_months": months}).end == end
