"""The simulated wallet: its routes."""

from __future__ import annotations

from pathlib import Path

from baohe.adapters.simulating.answers import Answer
from baohe.adapters.simulating.faults import COMMON, Faults
from baohe.adapters.simulating.notifier import SCHEDULE
from baohe.adapters.simulating.server import Request, Simulator
from baohe.adapters.simulating.store import Store, path_of
from baohe.adapters.wallet import keys
from baohe.adapters.wallet.simulator import bill
from baohe.adapters.wallet.simulator.cashier import Cashier
from baohe.adapters.wallet.simulator.gateway import Gateway
from baohe.adapters.wallet.simulator.notifier import WalletNotifier
from baohe.adapters.wallet.simulator.store import TABLES


class WalletSimulator(Simulator):
    """The whole simulated wallet."""

    switches = COMMON

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        schedule: tuple[float, ...] = SCHEDULE,
        path: Path | None = None,
    ) -> None:
        key = keys.simulator_key()
        store = Store(path or path_of("wallet"), TABLES)
        faults = Faults(store, self.switches)
        notifier = WalletNotifier(store, faults, key, schedule)
        self.gateway = Gateway(store, faults, key, keys.app_id(), keys.app_public_key())
        self.cashier = Cashier(store, notifier, faults, key)
        super().__init__(store, faults, notifier, host=host, port=port)

    def route(self, request: Request) -> Answer | None:
        match request.method, request.path:
            case "GET" | "POST", ["gateway.do"]:
                return self.gateway.answer(request.form())
            case "GET", ["cashier", token]:
                return self.cashier.show(token)
            case "POST", ["cashier", token, "pay"]:
                return self.cashier.pay(token, request.form().get("payer", ""))
            case "POST", ["cashier", token, "cancel"]:
                return self.cashier.cancel(token)
            case "GET", ["bill", token]:
                return bill.download(self.store, token, self.faults)
        return None
