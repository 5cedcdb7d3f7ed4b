"""Every operation of every API, called as its own OpenAPI document says and as it forbids.

Whatever comes in, the answer is one that the document promises: a known status, a known content type, the shape of
the schema, and never a server error. The seed is fixed, so a failure comes back until it is mended.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from baohe.adapters.deduction import keys as network_keys
from baohe.adapters.transfer import keys as bank_keys
from baohe.adapters.wallet import keys as wallet_keys
from tests.contract import belongings
from tests.contract.belongings import Owned
from tests.contract.doors import CustomersDoor, PartnersDoor, platform

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CONFIG = SchemathesisConfig.from_dict({"generation": {"deterministic": True, "max-examples": 12}})

customers_door, partners_door = CustomersDoor(), PartnersDoor()
shop = schemathesis.openapi.from_wsgi("/openapi/shop.json", customers_door, config=CONFIG)
open_api = schemathesis.openapi.from_wsgi("/openapi/open.json", partners_door, config=CONFIG)
public = schemathesis.openapi.from_wsgi("/openapi/public.json", platform, config=CONFIG)

bounded = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """What is made below is made once for the module and committed; it is gone afterwards."""
    for keys in (wallet_keys, network_keys, bank_keys):  # their public halves, without which nobody is sent to pay
        keys.simulator_key()
    yield django_db_blocker
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def customers(opened: Any) -> Owned:
    with opened.unblock():
        account, owned = belongings.of_the_customer()
        customers_door.sign_in(account)
    return owned


@pytest.fixture(scope="module")
def partners(opened: Any) -> Owned:
    with opened.unblock():
        partners_door.partner, owned = belongings.of_the_partner()
    return owned


def call(case: schemathesis.Case, owned: Owned) -> None:
    """One generated request, in a transaction of its own so that the next meets the same world."""
    turn = random.Random(f"{case.operation.label} {case.path_parameters} {case.query} {case.body}")
    for values in (case.path_parameters, case.body):
        _lend(values, owned, turn)
    # The platform lets go of a connection after a request; here the test's own transaction is on it.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with transaction.atomic():
        case.call_and_validate(checks=CHECKS)
        transaction.set_rollback(True)


def _lend(values: Any, owned: Owned, turn: random.Random) -> None:
    """Two times of three an id that was made up becomes one that exists."""
    if isinstance(values, dict):
        for name in values.keys() & owned.keys():
            if isinstance(values[name], str) and turn.random() < 0.67:
                values[name] = turn.choice(owned[name])


@shop.parametrize()
@bounded
def test_the_shop_answers_as_documented(case: schemathesis.Case, customers: Owned) -> None:
    call(case, customers)


@open_api.parametrize()
@bounded
def test_the_open_api_answers_as_documented(case: schemathesis.Case, partners: Owned) -> None:
    call(case, partners)


@public.parametrize()
@bounded
def test_the_public_api_answers_as_documented(case: schemathesis.Case, opened: None) -> None:
    call(case, {})
