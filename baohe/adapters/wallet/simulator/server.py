"""The simulator as a small HTTP server of the standard library: routes, faults by hand, and nothing else."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import structlog
from django.conf import settings

from baohe.adapters.wallet import keys
from baohe.adapters.wallet.simulator import bill
from baohe.adapters.wallet.simulator.answers import Answer, CutLine, as_json, text
from baohe.adapters.wallet.simulator.cashier import Cashier
from baohe.adapters.wallet.simulator.faults import BadFault, Faults
from baohe.adapters.wallet.simulator.gateway import Gateway
from baohe.adapters.wallet.simulator.notifier import SCHEDULE, Notifier
from baohe.adapters.wallet.simulator.store import Store

MAX_BODY = 64 * 1024
log = structlog.get_logger()


class WalletSimulator:
    """The whole simulated wallet; `start` binds the door, `address` says where it is."""

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        schedule: tuple[float, ...] = SCHEDULE,
        path: Path | None = None,
    ) -> None:
        key = keys.simulator_key()
        self.store = Store(path or Path(settings.BAOHE_DATA) / "simulators" / "wallet.sqlite")
        self.faults = Faults(self.store)
        self.notifier = Notifier(self.store, self.faults, key, schedule)
        self.gateway = Gateway(self.store, self.faults, key, keys.app_id(), keys.app_public_key())
        self.cashier = Cashier(self.store, self.notifier, key)
        self._server = _Server((host, port), _Handler)
        self._server.wallet = self
        self.address = f"http://{host}:{self._server.server_address[1]}"

    def serve(self) -> None:
        """Serve until `stop`, in this thread."""
        self.notifier.start()
        self._server.serve_forever(poll_interval=0.2)

    def start(self) -> None:
        threading.Thread(target=self.serve, name="wallet-simulator", daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.notifier.stop()
        self.store.close()

    def answer(self, method: str, target: str, content_type: str, body: bytes) -> Answer:
        """Raises `CutLine`."""
        parts = urlsplit(target)
        match method, parts.path.strip("/").split("/"):
            case "GET" | "POST", ["gateway.do"]:
                return self.gateway.answer({**_form(parts.query), **_form(body.decode("utf-8", "replace"))})
            case "GET", ["cashier", token]:
                return self.cashier.show(token)
            case "POST", ["cashier", token, "pay"]:
                return self.cashier.pay(token)
            case "POST", ["cashier", token, "cancel"]:
                return self.cashier.cancel(token)
            case "GET", ["cashier.css"]:
                return self.cashier.styles()
            case "GET", ["bill", token]:
                return bill.download(self.store, token)
            case "GET", ["favicon.ico"]:
                return Answer(204, b"")
            case "GET", ["faults"]:
                return as_json(self.faults.all())
            case "POST", ["faults"]:
                return self._set_faults(content_type, body)
            case "GET", ["health"]:
                return as_json({"ok": True})
        return text("not found", 404)

    def _set_faults(self, content_type: str, body: bytes) -> Answer:
        # A foreign web page can post a form here but not JSON, so it cannot throw the switches.
        if not content_type.startswith("application/json"):
            return as_json({"error": "send application/json"}, 415)
        try:
            switches = json.loads(body)
            if not isinstance(switches, dict):
                raise BadFault("send an object of switches")
            self.faults.set(switches)
        except (ValueError, RecursionError) as wrong:
            return as_json({"error": str(wrong)}, 400)
        return as_json(self.faults.all())


def _form(text_: str) -> dict[str, str]:
    return dict(parse_qsl(text_, keep_blank_values=True, max_num_fields=100))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    wallet: WalletSimulator


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 15
    server_version = "BaoheWalletSimulator"
    sys_version = ""

    def do_GET(self) -> None:
        self._handle(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            self._send(text("body too large", 413))
            return
        self._handle(self.rfile.read(int(length)))

    def _handle(self, body: bytes) -> None:
        try:
            answer = self.server.wallet.answer(self.command, self.path, self.headers.get("Content-Type", ""), body)
        except CutLine:
            self.close_connection = True
            return
        except ValueError as wrong:
            log.info("unreadable_request", error=repr(wrong))
            answer = text("unreadable request", 400)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        headers = {
            "Content-Type": answer.content_type,
            "Content-Length": str(len(answer.body)),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            **answer.headers,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: addresses hold signed words that belong in no log."""
