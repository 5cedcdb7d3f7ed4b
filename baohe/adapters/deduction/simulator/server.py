"""The simulated card network: its routes."""

from __future__ import annotations

from pathlib import Path

from baohe.adapters.deduction import keys
from baohe.adapters.deduction.simulator import settlement
from baohe.adapters.deduction.simulator.gateway import Gateway
from baohe.adapters.deduction.simulator.notifier import NetworkNotifier
from baohe.adapters.deduction.simulator.signing import SigningPage
from baohe.adapters.deduction.simulator.store import TABLES
from baohe.adapters.simulating.answers import Answer
from baohe.adapters.simulating.faults import COMMON, Faults, Switches
from baohe.adapters.simulating.notifier import SCHEDULE
from baohe.adapters.simulating.server import Request, Simulator
from baohe.adapters.simulating.store import Store, path_of


class DeductionSimulator(Simulator):
    """The whole simulated network. Its own switch `undecided` keeps every transaction undecided so many seconds."""

    switches = COMMON | Switches(measured=frozenset({"undecided"}))

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        schedule: tuple[float, ...] = SCHEDULE,
        path: Path | None = None,
    ) -> None:
        key, mer_id = keys.simulator_key(), keys.mer_id()
        store = Store(path or path_of("deduction"), TABLES)
        faults = Faults(store, self.switches)
        notifier = NetworkNotifier(store, faults, key, mer_id, schedule)
        self.gateway = Gateway(store, faults, notifier, key, mer_id, keys.merchant_public_key())
        self.page = SigningPage(store, key, mer_id)
        super().__init__(store, faults, notifier, host=host, port=port)

    def route(self, request: Request) -> Answer | None:
        match request.method, request.path:
            case "GET" | "POST", ["gateway", "api", "frontTransReq.do"]:
                return self.gateway.front(request.form())
            case "POST", ["gateway", "api", "backTransReq.do" | "queryTrans.do"]:
                return self.gateway.answer(request.form())
            case "POST", [""]:
                return self.gateway.answered(
                    request.form(), lambda words: dict(settlement.file(self.store, self.faults, words))
                )
            case "GET", ["agreement", token]:
                return self.page.show(token)
            case "POST", ["agreement", token, "sign"]:
                form = request.form()
                return self.page.sign(token, form.get("card", ""), form.get("owner", ""))
            case "POST", ["agreement", token, "cancel"]:
                return self.page.give_up(token)
            case "GET", ["agreement.css"]:
                return self.page.styles()
        return None
