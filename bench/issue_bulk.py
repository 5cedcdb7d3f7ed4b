"""`issue.bulk`: a partner's policies a second, 1,000 orders a call, beside COPY of the same rows.

Ours is the whole story of a call: each order checked and priced, then one transaction with the policies, the
postings, the evidence leaves and the event. The reference is COPY of the very policy rows, as ready-made text, into a
table with the same columns, checks and indexes but without triggers. Both commit durably, take turns, and begin with
empty tables.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.db import connection, transaction

from baohe.cli.bench import Measure
from baohe.flows import wait_for_data
from baohe.flows.issue_in_bulk import Order, issue_in_bulk
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.partners import facade as partners
from baohe.rooms.partners.contracts import PartnerView

ORDERS = 1_000
ROUNDS = 5
PRODUCT = "yizhan-freight-return"


def measure() -> Measure:
    """Policies a second; the best of `ROUNDS` each, so that a neighbour's noise hits neither."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    partner = partners.create_partner("bench", "测速店")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain_policy (LIKE policies_policy INCLUDING ALL)")
    ours, plain = [], []
    try:
        for round_ in range(ROUNDS):
            ours.append(_ours(partner, round_))
            plain.append(_plain(round_))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE plain_policy")
    if problems := ledger.check():
        raise AssertionError(problems)
    return Measure(max(ours), "policies/s", max(plain))


def _ours(partner: PartnerView, round_: int) -> float:
    version = catalog.current(PRODUCT, clock.today())
    inputs = {item.code: item.default for item in version.rating_inputs}
    named = wait_for_data.facts_asked(version)
    orders = [
        Order(f"{round_}-{number}", PRODUCT, clock.today(), inputs | dict.fromkeys(named, f"LABEL-{round_}-{number}"))
        for number in range(ORDERS)
    ]
    begin = time.perf_counter()
    outcomes = issue_in_bulk(partner, orders)
    seconds = time.perf_counter() - begin
    if sum(outcome.status == "issued" for outcome in outcomes) != ORDERS:
        raise AssertionError("not every order was issued")
    return ORDERS / seconds


def _plain(round_: int) -> float:
    """The rows that our round just wrote, copied as text from memory."""
    rows = f"SELECT * FROM policies_policy WHERE partner_reference LIKE '{round_}-%'"
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
            text = b"".join(bytes(part) for part in copy)
        begin = time.perf_counter()
        with transaction.atomic(), cursor.copy("COPY plain_policy FROM STDIN") as copy:
            copy.write(text)
        return text.count(b"\n") / (time.perf_counter() - begin)
