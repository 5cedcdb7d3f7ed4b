"""The door: is the port free, and does the server answer behind it?"""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Mapping

from baohe.launch.refusals import DidNotAnswer, PortInUse

_PATIENCE_SECONDS = 90
_SIMULATORS = {
    "wallet": ("模拟钱包", "the simulated wallet"),
    "deduction": ("模拟代扣银行", "the bank of simulated deductions"),
    "timestamp": ("模拟时间戳机构", "the simulated time-stamp authority"),
    "oracles": ("模拟数据源", "the simulated sources of data"),
    "transfer": ("模拟转账银行", "the bank of simulated transfers"),
    "liveness": ("模拟人脸核身", "the simulated liveness check"),
}


def check_all_free(host: str, port: int, beside: Mapping[str, int]) -> None:
    """The platform's own port and those of the simulators `beside` it (name → port). Raises `PortInUse`."""
    _check_free(host, port, ("平台", "the platform"), port)
    for name, its_port in beside.items():
        _check_free("127.0.0.1", its_port, _SIMULATORS[name], port)


def _check_free(host: str, port: int, whose: tuple[str, str], door: int) -> None:
    """Without SO_REUSEPORT, so that a server which shares its port is seen too."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            other = door + 10 if door < 65000 else 8000
            raise PortInUse(port=port, whose_zh=whose[0], whose_en=whose[1], other=other) from None


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
