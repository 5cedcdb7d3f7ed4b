"""The simulated time-stamp authority: its routes and its switches.

| switch | value | what it does |
|---|---|---|
| down | times | the line is cut before anything is read |
| slow | seconds | every answer waits that long: later than the platform waits |
| http_500, garbage | times | the answer is no reply |
| refuse | times | a proper refusal: system failure |
| wrong_nonce, wrong_hash | times | a proper stamp of another question |
| wrong_time | seconds | the stamp's moment lies that long in the past |
| expired | times | signed with a certificate that ran out |
| forged_sign | times | signed by a stranger under the authority's certificate |
"""

from __future__ import annotations

from pathlib import Path

from baohe.adapters.simulating.answers import Answer, CutLine
from baohe.adapters.simulating.faults import Faults, Switches
from baohe.adapters.simulating.server import Request, Simulator, bad_weather
from baohe.adapters.simulating.store import Store, path_of
from baohe.adapters.timestamp.simulator import stamping

SWITCHES = Switches(
    counted=frozenset(["down", "http_500", "garbage", "refuse", "wrong_nonce", "wrong_hash", "expired", "forged_sign"]),
    measured=frozenset(["slow", "wrong_time"]),
)


class _Nobody:
    """It tells nobody anything: it is only asked."""

    def start(self) -> None:
        return

    def stop(self) -> None:
        return


class TimestampSimulator(Simulator):
    switches = SWITCHES

    def __init__(self, port: int = 0, *, host: str = "127.0.0.1", path: Path | None = None) -> None:
        store = Store(path or path_of("timestamp"))
        super().__init__(store, Faults(store, self.switches), _Nobody(), host=host, port=port)

    def route(self, request: Request) -> Answer | None:
        if request.path not in (["tsa"], ["tsa.crl"]):
            return None
        if self.faults.strikes("down"):
            raise CutLine
        if answer := bad_weather(self.faults):
            return answer
        if (request.method, request.path) == ("POST", ["tsa"]):
            return Answer(200, stamping.reply(request.body, self.faults), "application/timestamp-reply")
        return Answer(200, stamping.revocation_list(), "application/pkix-crl")
