"""A quote made under version 1 prices the same after version 3 (PUB-2): a policy keeps its version for life."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.errors import PublishedVersionChanged
from baohe.rooms.catalog.rules.package import Raw
from baohe.rooms.catalog.tests.conftest import read
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.rules.tariff import compile_tariff

CODE = "haijia-medical-a"
ASKED = {"age": "34", "social_insurance": "yes", "deductible": "10000"}


def dearer(day: str, by_yuan: int, **changed_step: object) -> Raw:
    """A later version of the medical package: every rate dearer, perhaps another formula."""
    raw: Raw = copy.deepcopy(read(CODE))
    raw["version"] = raw["product"]["effective_from"] = day
    header, *rows = raw["rates"]["premium"]
    raw["rates"]["premium"] = [header, *[[*row[:-1], f"{float(row[-1]) + by_yuan:.2f}"] for row in rows]]
    if changed_step:
        raw["formula"]["steps"].insert(1, changed_step)
    return raw


@pytest.mark.rule("PUB-2")
@pytest.mark.django_db
def test_a_quote_of_version_one_prices_the_same_after_version_three() -> None:
    first = read(CODE)
    catalog.publish([first])
    begin = date.fromisoformat(first["version"])
    version = catalog.current(CODE, begin)
    quoted = rating.rater(version).price(ASKED)
    path = rating.rater(version).path(ASKED)

    catalog.publish([dearer("2026-07-03", 12)])
    tax = {"op": "factor", "bp": 10_600, "label": {"zh": "含税", "en": "With tax"}}
    catalog.publish([dearer("2026-10-05", 24, **tax)])

    premiums = [
        rating.rater(catalog.current(CODE, day)).premium(ASKED)
        for day in (begin, date(2026, 7, 2), date(2026, 7, 3), date(2026, 10, 5))
    ]
    assert premiums == [31_200, 31_200, 32_400, 35_616]
    replayed = catalog.version(quoted.version_id)
    assert replayed.content_hash == version.content_hash
    # From the cache, and compiled anew: the same fen, steps in words and path.
    assert rating.rater(replayed).price(ASKED) == quoted
    assert rating.Rater(compile_tariff(replayed)).price(ASKED) == quoted
    assert rating.rater(replayed).path(ASKED) == path


@pytest.mark.django_db
def test_a_published_version_is_not_repriced() -> None:
    catalog.publish([read(CODE)])

    with pytest.raises(PublishedVersionChanged):
        catalog.publish([dearer(read(CODE)["version"], 1)])

    assert rating.rater(catalog.version(f"{CODE}@{read(CODE)['version']}")).premium(ASKED) == 31_200
