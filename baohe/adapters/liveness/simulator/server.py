"""The simulated provider: its routes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from baohe.adapters.liveness import keys, protocol
from baohe.adapters.liveness.port import FAILED, GIVEN_UP, PASSED
from baohe.adapters.liveness.simulator import sessions
from baohe.adapters.liveness.simulator.notifier import LivenessNotifier
from baohe.adapters.simulating.answers import Answer, CutLine, see_other
from baohe.adapters.simulating.faults import COMMON, Faults, Switches
from baohe.adapters.simulating.notifier import SCHEDULE
from baohe.adapters.simulating.pages import Pages, policy
from baohe.adapters.simulating.server import Request, Simulator, bad_weather
from baohe.adapters.simulating.store import Store, path_of

_PAGES = Path(__file__).with_name("pages")
_NEEDED = ("out_session", "nonce", "subject", "notify_url", "return_url")
_PRESSED = {"pass": PASSED, "fail": FAILED, "leave": GIVEN_UP}


class LivenessSimulator(Simulator):
    """`replayed_result`: the result carries the nonce and verdict of an earlier session · `other_session`: it names
    the number of another session."""

    switches = COMMON | Switches(counted=frozenset(["replayed_result", "other_session"]))

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        schedule: tuple[float, ...] = SCHEDULE,
        path: Path | None = None,
    ) -> None:
        self._key = keys.simulator_key()
        self._merchant, self._merchant_key = keys.merchant(), keys.merchant_key().public_key()
        store = Store(path or path_of("liveness"), sessions.TABLES)
        faults = Faults(store, self.switches)
        self._teller = LivenessNotifier(store, faults, self._key, self._merchant, schedule)
        self._pages = Pages(_PAGES, "模拟人脸核身", "不会打开摄像头")
        super().__init__(store, faults, self._teller, host=host, port=port)

    def route(self, request: Request) -> Answer | None:
        match request.method, request.path:
            case "POST", ["v1", "sessions"]:
                return self._gateway(request, None)
            case "GET", ["v1", "sessions", number]:
                return self._gateway(request, number)
            case "GET", ["face", token]:
                return self._show(token)
            case "POST", ["face", token, pressed] if pressed in _PRESSED:
                return self._decide(token, _PRESSED[pressed])
            case "GET", ["liveness.css"]:
                return self._pages.styles("liveness.css")
        return None

    def _gateway(self, request: Request, number: str | None) -> Answer:
        """Raises `CutLine` when the answer is to be lost."""
        if weather := bad_weather(self.faults):
            return weather
        body = json.dumps(self._work(request.form(), number), ensure_ascii=False, separators=(",", ":")).encode()
        if self.faults.strikes("lose_reply"):
            raise CutLine
        headers = {protocol.SIGNATURE: protocol.sign(body, self._key)}
        return Answer(200, body, "application/json; charset=utf-8", headers)

    def _work(self, form: Mapping[str, str], number: str | None) -> dict[str, Any]:
        if form.get("merchant") != self._merchant or not protocol.form_is_signed(form, self._merchant_key):
            return {"code": protocol.BAD_REQUEST, "message": "验签出错"}
        with self.store.write() as db:
            if number is not None:
                try:
                    return {"code": protocol.OK, **sessions.words(sessions.by_number(db, number))}
                except LookupError:
                    return {"code": protocol.NOT_FOUND, "message": "没有这个会话"}
            if not all(form.get(name) for name in _NEEDED):
                return {"code": protocol.BAD_REQUEST, "message": "缺少参数"}
            row = sessions.open_session(db, form)
        page = f"{self.address}/face/{row['token']}"
        return {"code": protocol.OK, "session": row["session"], "nonce": row["nonce"], "page": page}

    def _show(self, token: str) -> Answer:
        row = sessions.by_token(self.store, token)
        if row is None:
            return self._pages.page("message.html", status=404, title="找不到这次核身", words="请回到保和重新发起。")
        actions = [protocol.ACTIONS[name] for name in row["actions"].split(",")]
        return self._pages.page("liveness.html", return_url=row["return_url"], session=row, actions=actions)

    def _decide(self, token: str, verdict: str) -> Answer:
        if verdict == PASSED and self.faults.strikes("refuse"):
            verdict = FAILED
        row, now = sessions.decide(self.store, token, verdict)
        if row is None:
            return self._pages.page("message.html", status=404, title="找不到这次核身", words="请回到保和重新发起。")
        if now:
            self._teller.tell(row)
        return see_other(row["return_url"], policy(row["return_url"]))
