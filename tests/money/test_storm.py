"""Random acts under all faults of all providers end with right books, and each check of that has teeth."""

from __future__ import annotations

import pytest

from baohe.rooms.reconciliation import facade as reconciliation
from tests.money import truth
from tests.money.providers import Providers
from tests.money.storm import Storm

ACTS = 400


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_acts_leave_right_books(providers: Providers) -> None:
    storm = Storm(20261122, providers)
    storm.blow(ACTS)
    storm.end()
    assert truth.imbalance() == []
    assert truth.double_payments(providers) == []
    assert truth.limbo(providers) == []
    assert truth.books_off(providers) == []
    assert reconciliation.problems() == []
