"""kill -9 in the middle of 100 sales: of the web server, of the worker, of PostgreSQL.

The customers keep at it as real ones do. Afterwards no acknowledged policy may be missing, none doubled, and the
books must balance.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import httpx
import pytest

from tests.journey.books import faults
from tests.journey.customer import Customer, Refused, Sale, pay_at_cashier
from tests.journey.installation import Installation

SALES = 100
CUSTOMERS = 6
PRODUCT = "suihe-account-security"
"""Of covers on a life the rules send a person to a colleague after a few; of this one nobody has too many."""
PATIENCE_SECONDS = 120
KILLED_AFTER = {15: ("granian",), 40: ("baohe.launch.worker",), 65: ("postgres", "-D")}

Result = TypeVar("Result")


def keep_at_it(act: Callable[[], Result], again: Callable[[Refused], bool] = lambda refused: False) -> Result:
    """Repeat `act` while the server is away (no connection, 5xx, 429) or `again` says that the refusal will pass."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
        except Refused as refused:
            if time.monotonic() > deadline or not (refused.status >= 500 or refused.status == 429 or again(refused)):
                raise
        time.sleep(0.3)


def _midnight_came(refused: Refused) -> bool:
    """The first day of cover was tomorrow when it was chosen and is today when it is paid: a customer chooses anew."""
    return refused.problem.get("code") == "start_not_possible"


class Crowd:
    """Customers who buy one after the other until `SALES` sales are acknowledged."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.acknowledged: list[str] = []
        self.failures: list[str] = []
        self._orders: queue.SimpleQueue[int] = queue.SimpleQueue()
        for n in range(SALES):
            self._orders.put(n)

    def start(self) -> list[threading.Thread]:
        crowd = [threading.Thread(target=self._buy_until_done, args=(n,)) for n in range(CUSTOMERS)]
        for customer in crowd:
            customer.start()
        return crowd

    def _buy_until_done(self, n: int) -> None:
        with Customer(self.installation.origin, f"1390000{n + 1:04d}") as customer:
            keep_at_it(customer.sign_in)
            me = keep_at_it(lambda: self._me(customer, n))
            while True:
                try:
                    self._orders.get_nowait()
                except queue.Empty:
                    return
                try:
                    self.acknowledged.append(keep_at_it(lambda: self._one_sale(customer, me)))
                except (AssertionError, httpx.HTTPError) as failure:
                    self.failures.append(repr(failure))

    def _me(self, customer: Customer, n: int) -> str:
        known = customer.ask("GET", "people")
        return (known[0] if known else customer.add_self(serial=n + 1, occupation_code="010101"))["id"]

    def _one_sale(self, customer: Customer, person_id: str) -> str:
        sale: Sale = keep_at_it(lambda: customer.prepare_sale(PRODUCT, person_id), again=_midnight_came)
        keep_at_it(lambda: pay_at_cashier(sale.cashier_url))
        return keep_at_it(lambda: customer.wait_for_policy(sale, PATIENCE_SECONDS))


def _kill_on_the_way(installation: Installation, crowd: Crowd, threads: list[threading.Thread]) -> list[str]:
    killed = []
    for after, words in sorted(KILLED_AFTER.items()):
        while len(crowd.acknowledged) < after and any(thread.is_alive() for thread in threads):
            time.sleep(0.05)
        victims = installation.pids(*words)
        assert victims, f"no process {words} to kill"
        for pid in victims if words[0] == "granian" else victims[:1]:
            os.kill(pid, signal.SIGKILL)
        killed.append(words[0])
    return killed


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory):
    with Installation(tmp_path_factory.mktemp("kill") / "data") as running:
        yield running


@pytest.mark.field_bug(4)
@pytest.mark.field_bug(28)
def test_a_hundred_sales_survive_three_kills(installation: Installation) -> None:
    crowd = Crowd(installation)
    threads = crowd.start()
    killed = _kill_on_the_way(installation, crowd, threads)
    for thread in threads:
        thread.join(PATIENCE_SECONDS * 2)

    assert killed == ["granian", "baohe.launch.worker", "postgres"]
    assert crowd.failures == []
    assert len(crowd.acknowledged) == SALES
    assert len(set(crowd.acknowledged)) == SALES
    with installation.database() as database:
        held = {str(id_) for (id_,) in database.execute("SELECT id FROM policies_policy").fetchall()}
        assert set(crowd.acknowledged) <= held
        assert faults(database) == {}
