"""Products on sale on a Sunday, and a woman of 34 with a quote for medical cover."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.underwriting.tests.declared import NOW, quoted
from tests.shelf import put_on_sale


@pytest.fixture
def sunday(db: None) -> Iterator[None]:
    put_on_sale()
    with clock.travel(NOW):
        yield


@pytest.fixture
def person() -> PersonView:
    return PersonView(
        id=clock.new_id(),
        account_id=clock.new_id(),
        name="林知夏",
        relation="self",
        birth=date(1992, 3, 1),
        sex="female",
        identity_masked="310115********0012",
        social_insurance=True,
        occupation_code=None,
        occupation_class=None,
        region=Text("上海市浦东新区", "Pudong New Area, Shanghai"),
    )


@pytest.fixture
def quote(sunday: None, person: PersonView) -> QuoteView:
    return quoted(person, "haijia-medical-a", {})
