"""A simulator as a small HTTP server of the standard library: its routes, faults by hand, and nothing else."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

import structlog

from baohe.adapters.simulating.answers import Answer, CutLine, as_json, text
from baohe.adapters.simulating.faults import BadFault, Faults
from baohe.adapters.simulating.pages import base_styles
from baohe.adapters.simulating.store import Store

MAX_BODY = 64 * 1024
log = structlog.get_logger()


class Teller(Protocol):
    """Whoever sends the notifications; most are a `Notifier`."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is the address cut at its slashes; header names are in lower case."""

    method: str
    path: list[str]
    query: str
    headers: dict[str, str]
    body: bytes

    def form(self) -> dict[str, str]:
        """The fields of the address and of a posted form, together. Raises ValueError when there are too many."""
        return {**_fields(self.query), **_fields(self.body.decode("utf-8", "replace"))}


class Simulator:
    """The door is bound at once; `address` says where it is. A simulator gives its own `route`."""

    def __init__(self, store: Store, faults: Faults, notifier: Teller, *, host: str, port: int) -> None:
        self.store = store
        self.faults = faults
        self.notifier = notifier
        self._server = _Server((host, port), _Handler)
        self._server.simulator = self
        self.address = f"http://{host}:{self._server.server_address[1]}"

    def route(self, request: Request) -> Answer | None:
        """None for an address that does not exist. Raises `CutLine`."""
        raise NotImplementedError

    def serve(self) -> None:
        """Serve until `stop`, in this thread."""
        self.notifier.start()
        self._server.serve_forever(poll_interval=0.2)

    def start(self) -> None:
        threading.Thread(target=self.serve, name="simulator", daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.notifier.stop()
        self.store.close()

    def answer(self, request: Request) -> Answer:
        """Raises `CutLine`."""
        match request.method, request.path:
            case "GET", ["favicon.ico"]:
                return Answer(204, b"")
            case "GET", ["faults"]:
                return as_json(self.faults.all())
            case "POST", ["faults"]:
                return self._set_faults(request)
            case "GET", ["health"]:
                return as_json({"ok": True})
            case "GET", ["base.css"]:
                return base_styles()
        return self.route(request) or text("not found", 404)

    def _set_faults(self, request: Request) -> Answer:
        # A foreign web page can post a form here but not JSON, so it cannot throw the switches.
        if not request.headers.get("content-type", "").startswith("application/json"):
            return as_json({"error": "send application/json"}, 415)
        try:
            switches = json.loads(request.body)
            if not isinstance(switches, dict):
                raise BadFault("send an object of switches")
            self.faults.set(switches)
        except (ValueError, RecursionError) as wrong:
            return as_json({"error": str(wrong)}, 400)
        return as_json(self.faults.all())


def bad_weather(faults: Faults) -> Answer | None:
    """What a gateway answers before it has read anything, when `slow`, `http_500` or `garbage` strikes."""
    if seconds := faults.size("slow"):
        time.sleep(seconds)
    if faults.strikes("http_500"):
        return text("Internal Server Error", 500)
    if faults.strikes("garbage"):
        return Answer(200, b"<html><body>Please try again later</body></html>")
    return None


def _fields(form: str) -> dict[str, str]:
    return dict(parse_qsl(form, keep_blank_values=True, max_num_fields=100))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    simulator: Simulator


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 15
    server_version = "BaoheSimulator"
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
            answer = self.server.simulator.answer(self._request(body))
        except CutLine:
            self.close_connection = True
            return
        except ValueError as wrong:
            log.info("unreadable_request", error=repr(wrong))
            answer = text("unreadable request", 400)
        try:
            self._send(answer)
        except ConnectionError:  # whoever asked has lost patience: what was done stays done
            self.close_connection = True

    def _request(self, body: bytes) -> Request:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, parts.path.strip("/").split("/"), parts.query, headers, body)

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
