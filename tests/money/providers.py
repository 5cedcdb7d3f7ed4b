"""The three simulated providers in this process, and the payer's hand on each of them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import httpx
import pytest
from django.test import Client

from baohe.adapters.deduction.simulator import ledger as network
from baohe.adapters.providers import registry
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.server import Simulator
from baohe.adapters.transfer import protocol as channel
from baohe.adapters.transfer.simulator import accounts
from baohe.rooms.payments import facade as payments
from tests.money.slowness import Slowness
from tests.payments.conftest import HOLDER
from tests.simulators import Serving

RETURN = "http://shop.example/pay"
PATIENT = (0.0, *(60.0,) * 12)
_FORM = "application/x-www-form-urlencoded"


class Providers:
    """`simulators` by code. What they tell is delivered by hand, to the platform's own doors."""

    def __init__(self, serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
        self.simulators: dict[str, Simulator] = {code: serving(code, PATIENT) for code in registry.CODES}
        for code, simulator in self.simulators.items():
            simulator.notifier.deliver = lambda address, words, code=code: _post(code, words)
        self.slowness = Slowness(self.simulators, monkeypatch)
        self.struck: set[tuple[str, str]] = set()
        for code, simulator in self.simulators.items():
            _watch(code, simulator.faults, self.struck)

    def address(self, code: str) -> str:
        return self.simulators[code].address

    def deliver(self) -> None:
        """Every simulator tells what is due now."""
        for simulator in self.simulators.values():
            while simulator.notifier.work_once():
                pass

    def switches(self) -> set[tuple[str, str]]:
        """Every fault that exists, as the simulators list them themselves: (provider, switch)."""
        return {(code, name) for code, its in self.simulators.items() for name in its.faults.switches.names()}

    def throw(self, code: str, name: str, size: int) -> None:
        self.simulators[code].faults.set({name: size})
        if name == "slow":
            self.slowness.throw(code, size)

    def calm(self) -> None:
        self.slowness.let_go()
        for code, name in self.switches():
            self.throw(code, name, 0)

    def pay(self, intent_id, code: str, **choice: str) -> None:
        """The payer opens the page they were sent to and pays; `choice` are mistakes at the bank's page."""
        page = httpx.get(payments.cashier_url(intent_id, RETURN), follow_redirects=False)
        if page.status_code != 303:
            return  # the page says that it is too late, or that the provider is away
        place = self.address(code) + page.headers["location"]
        httpx.post(f"{place}/pay" if code == "wallet" else f"{place}/transfer", data=choice)

    def sign_agreement(self, account_id, card: str = "8888"):
        agreement, url = payments.sign_agreement(account_id, HOLDER, RETURN)
        page = httpx.get(url, follow_redirects=False)
        httpx.post(f"{self.address('deduction')}{page.headers['location']}/sign", data={"card": card})
        return payments.refresh_agreement(agreement.id)

    def held(self, code: str) -> int:
        """Fen that the provider holds for the platform, by its own books."""
        if code == "transfer":  # what lay there before the first day is not in its movements
            return self.simulators[code].store.balance(accounts.TRUST)
        return self.simulators[code].store.balance("merchant")

    def partly(self, code: str) -> dict[str, int]:
        """Our number → fen of refunds of which the provider moved less than asked, and said so."""
        query = {
            "wallet": "SELECT r.out_request_no AS n, r.amount_fen AS f FROM refund r JOIN partial_refund p"
            " ON p.out_trade_no = r.out_trade_no AND p.out_request_no = r.out_request_no",
            "transfer": "SELECT number AS n, moved_fen AS f FROM instruction WHERE moved_fen < amount_fen"
            " AND status = 'ACSC'",
            "deduction": "SELECT order_id AS n, moved_fen AS f FROM txn WHERE moved_fen < amount_fen"
            " AND decided_at <> ''",
        }[code]
        return {row["n"]: row["f"] for row in self.rows(code, query)}

    def trades(self, code: str) -> dict[str, int]:
        """The provider's own number → fen of every payment it took."""
        query = {
            "wallet": "SELECT trade_no AS n, amount_fen AS f FROM trade",
            "transfer": "SELECT reference AS n, amount_fen AS f FROM entry WHERE kind = 'payment'",
            "deduction": "SELECT query_id AS n, moved_fen AS f FROM txn WHERE kind = '11'",
        }[code]
        return {row["n"]: row["f"] for row in self.rows(code, query)}

    def rows(self, code: str, query: str, *words: object) -> list[dict]:
        with self.simulators[code].store.write() as db:
            return [dict(row) for row in db.execute(query, words)]

    def captured(self) -> list[tuple[str, str, int]]:
        """(provider, order number, fen) of all money that payers really paid for one of our orders."""
        wallet = self.rows("wallet", "SELECT out_trade_no AS o, amount_fen AS f FROM trade WHERE paid_at IS NOT NULL")
        bank = self.rows(
            "transfer", "SELECT number AS o, amount_fen AS f FROM entry WHERE kind = 'payment' AND number <> ''"
        )
        card = self.rows(
            "deduction", "SELECT reserved AS o, moved_fen AS f, code FROM txn WHERE kind = '11' AND decided_at <> ''"
        )
        moved = [row for row in card if network.has_moved(row["code"])]
        return [
            (code, row["o"], row["f"])
            for code, rows in (("wallet", wallet), ("transfer", bank), ("deduction", moved))
            for row in rows
        ]


def _watch(code: str, faults: Faults, struck: set[tuple[str, str]]) -> None:
    """Remember each switch that was on when the simulator looked at it."""
    strikes, size = faults.strikes, faults.size

    def watched_strikes(name: str) -> bool:
        hit = strikes(name)
        struck.update({(code, name)} if hit else ())
        return hit

    def watched_size(name: str) -> int:
        value = size(name)
        struck.update({(code, name)} if value else ())
        return value

    faults.strikes, faults.size = watched_strikes, watched_size


def _post(code: str, words: Mapping[str, str]) -> str:
    client = Client(enforce_csrf_checks=True)
    if code == "transfer":
        answer = client.post(
            "/callbacks/transfer",
            words["message"].encode(),
            content_type=channel.CONTENT_TYPE,
            headers={channel.SIGNATURE: words["signature"]},
        )
    else:
        answer = client.post(f"/callbacks/{code}", urlencode(words), content_type=_FORM)
    return answer.content.decode().strip()
