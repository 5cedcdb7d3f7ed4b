"""The simulated sources: their routes."""

from __future__ import annotations

import json
from pathlib import Path

from baohe.adapters.oracles.protocol import BadReport, moment, read
from baohe.adapters.oracles.simulator.lines import SOURCES, SWITCHES, TABLES, Lines
from baohe.adapters.simulating.answers import Answer, as_json, text
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.server import Request, Simulator
from baohe.adapters.simulating.store import Store, path_of
from baohe.plumbing import clock


class _Nobody:
    """Sources are asked; they call nobody."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class OraclesSimulator(Simulator):
    switches = SWITCHES

    def __init__(self, port: int = 0, *, host: str = "127.0.0.1", path: Path | None = None) -> None:
        store = Store(path or path_of("oracles"), TABLES)
        faults = Faults(store, self.switches)
        self.lines = Lines(store, faults)
        super().__init__(store, faults, _Nobody(), host=host, port=port)

    def route(self, request: Request) -> Answer | None:
        match request.method, request.path:
            case "GET", ["sources", source, "reports"] if source in SOURCES:
                if self.lines.strikes("silent", source):
                    return text("Service Unavailable", 503)
                return as_json(self.lines.after(source, int(request.form().get("after", "0"))))
            case "POST", ["facts"]:
                return self._hear(request)
        return None

    def _hear(self, request: Request) -> Answer:
        # A foreign web page can post a form here but not JSON, so it can invent no facts.
        if not request.headers.get("content-type", "").startswith("application/json"):
            return as_json({"error": "send application/json"}, 415)
        try:
            told = json.loads(request.body)
            place = tuple(told["place"]) if told.get("place") else None
            at = moment(told["observed_at"], "observed_at") if told.get("observed_at") else clock.now()
            content = {**told, "source": "flight-a", "sequence": 1, "observed_at": f"{at}", "issued_at": f"{at}"}
            fact = read(content)
            self.lines.tell(fact.measure, fact.subject, fact.value, at, place and (place[0], place[1]))
        except (BadReport, KeyError, TypeError, AttributeError, ValueError) as wrong:
            return as_json({"error": f"unreadable: {wrong}"}, 400)
        return as_json({"told": True})
