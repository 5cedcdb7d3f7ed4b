"""The bugs meet the real simulators and the real sale."""

from __future__ import annotations

from tests.billing.conftest import bank  # noqa: F401 - stands where the card network stands
from tests.payments.conftest import (  # noqa: F401 - fixtures are found by their names here
    bank_keys,
    cover,
    deliver,
    made_bank_keys,
    made_keys,
    network,
    open_payment,
    queued,
    wallet,
    work,
)
from tests.sale.conftest import lin, now  # noqa: F401
