"""The simulated bank: its routes."""

from __future__ import annotations

from pathlib import Path

from baohe.adapters.simulating.answers import Answer
from baohe.adapters.simulating.faults import COMMON, Faults, Switches
from baohe.adapters.simulating.notifier import SCHEDULE
from baohe.adapters.simulating.server import Request, Simulator
from baohe.adapters.simulating.store import Store, path_of
from baohe.adapters.transfer import keys
from baohe.adapters.transfer.requests import Customer
from baohe.adapters.transfer.simulator.channel import Channel
from baohe.adapters.transfer.simulator.notifier import BankNotifier
from baohe.adapters.transfer.simulator.page import InstructionPage
from baohe.adapters.transfer.simulator.store import TABLES


class TransferSimulator(Simulator):
    """The whole simulated bank. `pending` (seconds) keeps payments out waiting that long before they are decided."""

    switches = COMMON | Switches(measured=frozenset({"pending"}))

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        schedule: tuple[float, ...] = SCHEDULE,
        path: Path | None = None,
    ) -> None:
        key, customer = keys.simulator_key(), Customer(keys.customer_id(), keys.account())
        store = Store(path or path_of("transfer"), TABLES)
        faults = Faults(store, self.switches)
        self.bank = BankNotifier(store, faults, key, customer, schedule)
        self.channel = Channel(store, faults, key, customer, keys.customer_public_key())
        self.page = InstructionPage(store, self.bank, faults, customer, keys.customer_public_key())
        super().__init__(store, faults, self.bank, host=host, port=port)

    def route(self, request: Request) -> Answer | None:
        self.bank.catch_up()
        match request.method, request.path:
            case "POST", ["channel"]:
                return self.channel.answer(request)
            case "GET", ["pay"]:
                return self.page.open(request.form())
            case "GET", ["instruction", token]:
                return self.page.show(token)
            case "POST", ["instruction", token, "transfer"]:
                return self.page.transfer(token, request.form())
            case "GET", ["instruction.css"]:
                return self.page.styles()
        return None
