"""The door: is the port free, and does the server answer behind it?"""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable

from baohe.launch.refusals import DidNotAnswer, PortInUse

_PATIENCE_SECONDS = 90


def check_free(host: str, port: int) -> None:
    """Raise `PortInUse`. Without SO_REUSEPORT, so that a server which shares its port is seen too."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortInUse(port=port, other=port + 10 if port < 65000 else 8000) from None


def wait_for_answer(host: str, port: int, where: str, meanwhile: Callable[[], bool]) -> bool:
    """Until the server answers anything at all. `meanwhile` runs between tries; False from it gives up quietly."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not meanwhile():
            return False
        if _answers(host, port):
            return True
    raise DidNotAnswer(seconds=_PATIENCE_SECONDS, where=where)


def _answers(host: str, port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
    try:
        line.request("HEAD", "/api/shop/v1/session")
        line.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        line.close()
