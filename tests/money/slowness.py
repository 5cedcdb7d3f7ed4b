"""What `slow` does in a storm, where nobody waits for real.

A provider that is slower than its callers' patience is held until the storm lets it go: it works off the request long
after the caller has gone, and maybe after the caller has asked again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from types import ModuleType, SimpleNamespace

import httpx
import pytest

from baohe.adapters.deduction import client as deduction
from baohe.adapters.simulating import server
from baohe.adapters.simulating.answers import Answer
from baohe.adapters.simulating.server import Request, Simulator
from baohe.adapters.transfer import client as transfer
from baohe.adapters.wallet import client as wallet

PATIENCE_SECONDS = 5
"""What the clients wait for a reply. Past it their real time-out is shortened, so that a storm has no lulls."""
_CLIENTS: Mapping[str, ModuleType] = {"wallet": wallet, "deduction": deduction, "transfer": transfer}
_USUAL = {
    code: {name: value for name, value in vars(client).items() if isinstance(value, httpx.Timeout)}
    for code, client in _CLIENTS.items()
}
_AT_ONCE = httpx.Timeout(2.0, read=0.02)
_LONGEST_SECONDS = 60


class Slowness:
    def __init__(self, simulators: Mapping[str, Simulator], monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._moved = threading.Condition()
        self._working = 0
        self._may_go = threading.Event()
        self.late = 0
        monkeypatch.setattr(server, "time", SimpleNamespace(sleep=self._wait))
        for simulator in simulators.values():
            simulator.answer = self._counted(simulator.answer)

    def throw(self, code: str, seconds: int) -> None:
        """From now on the callers of `code` give up at once, or have their patience again."""
        client = _CLIENTS[code]
        for name, usual in _USUAL[code].items():
            self._monkeypatch.setattr(client, name, _AT_ONCE if seconds > PATIENCE_SECONDS else usual)

    def let_go(self) -> None:
        """Whoever is held works now; returns when all have."""
        self._may_go.set()
        with self._moved:
            assert self._moved.wait_for(lambda: self._working == 0, _LONGEST_SECONDS)
        self._may_go = threading.Event()

    def _wait(self, seconds: float) -> None:
        if seconds > PATIENCE_SECONDS:
            self.late += 1
            assert self._may_go.wait(_LONGEST_SECONDS)

    def _counted(self, answer: Callable[[Request], Answer]) -> Callable[[Request], Answer]:
        def counted(request: Request) -> Answer:
            self._one_more(1)
            try:
                return answer(request)
            finally:
                self._one_more(-1)

        return counted

    def _one_more(self, change: int) -> None:
        with self._moved:
            self._working += change
            self._moved.notify_all()
