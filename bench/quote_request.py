"""`quote.request`: prices a second over HTTP from a running server, beside its own health page.

Ours is `POST /api/shop/v1/price`: the request read and checked, the product of the day found, the premium with its
steps and the path of ages computed, JSON written. The reference is `GET /healthz` of the same server: routing,
middleware and one `SELECT 1`. Same clients, same loopback, same run, in turns; the server as `baohe run` starts it.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from baohe.cli.bench import Measure
from baohe.launch import programs
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog

CLIENTS = 4
REQUESTS = 800
ROUNDS = 3
PRODUCT = "haijia-medical-a"
_PATIENCE_SECONDS = 60


def measure() -> Measure:
    """Answers a second; the best of `ROUNDS` each, taking turns."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    version = catalog.current(PRODUCT, clock.today())
    inputs = {item.code: item.default for item in version.rating_inputs} | {"age": "34"}
    asked = json.dumps({"product": PRODUCT, "inputs": inputs}).encode()
    with _server() as port:
        _ask(port, "POST", "/api/shop/v1/price", asked, 40)  # both processes have compiled the product
        rates = [
            (_rate(port, "POST", "/api/shop/v1/price", asked), _rate(port, "GET", "/healthz", b""))
            for _ in range(ROUNDS)
        ]
    return Measure(max(ours for ours, _ in rates), "requests/s", max(health for _, health in rates))


def _rate(port: int, method: str, path: str, body: bytes) -> float:
    wrong: list[Exception] = []

    def client() -> None:
        try:
            _ask(port, method, path, body, REQUESTS // CLIENTS)
        except (OSError, http.client.HTTPException, RuntimeError) as failure:
            wrong.append(failure)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begin
    if wrong:
        raise wrong[0]
    return REQUESTS / seconds


def _ask(port: int, method: str, path: str, body: bytes, times: int) -> None:
    """`times` requests over one kept connection; every answer must be 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(times):
        connection.request(method, path, body or None, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:200]!r}")
    connection.close()


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(programs.server("127.0.0.1", port), env=dict(os.environ), stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return _ask(port, "GET", "/healthz", b"", 1)
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")
