"""`baohe simulate`: the outside world on this machine, clearly marked as such."""

from __future__ import annotations

import importlib
import os
import signal
import threading
from typing import Annotated, Any

import typer

app = typer.Typer(help="外部系统的模拟器 · simulators of the outside world", no_args_is_help=True)

Host = Annotated[str, typer.Option(help="地址 · address to listen on")]
Fault = Annotated[list[str] | None, typer.Option(help="故障开关，如 lose_notify=1 · a fault to inject")]


@app.command()
def wallet(
    port: Annotated[int, typer.Option(help="端口 · port")] = 8001, host: Host = "127.0.0.1", fault: Fault = None
) -> None:
    """模拟钱包：真实的签名、通知与查询，不会扣真钱 · a protocol-true wallet that moves no money."""
    _serve("模拟钱包 · simulated wallet", "wallet.simulator.server:WalletSimulator", port, host, fault or [])


@app.command()
def deduction(
    port: Annotated[int, typer.Option(help="端口 · port")] = 8002, host: Host = "127.0.0.1", fault: Fault = None
) -> None:
    """模拟银行卡网络：签约、扣款、退款、对账文件，不会扣真钱 · a protocol-true card network that moves no money."""
    title = "模拟银行卡网络 · simulated card network"
    _serve(title, "deduction.simulator.server:DeductionSimulator", port, host, fault or [])


@app.command()
def transfer(
    port: Annotated[int, typer.Option(help="端口 · port")] = 8003, host: Host = "127.0.0.1", fault: Fault = None
) -> None:
    """模拟银行：ISO 20022 报文与对账单，不会转真钱 · a bank that speaks ISO 20022 and moves no money."""
    _serve("模拟银行 · simulated bank", "transfer.simulator.server:TransferSimulator", port, host, fault or [])


@app.command()
def liveness(
    port: Annotated[int, typer.Option(help="端口 · port")] = 8004, host: Host = "127.0.0.1", fault: Fault = None
) -> None:
    """模拟人脸核身：签名的会话与结果，不打开摄像头 · a protocol-true liveness check that opens no camera."""
    title = "模拟人脸核身 · simulated liveness check"
    _serve(title, "liveness.simulator.server:LivenessSimulator", port, host, fault or [])


@app.command()
def timestamp(
    port: Annotated[int, typer.Option(help="端口 · port")] = 8005, host: Host = "127.0.0.1", fault: Fault = None
) -> None:
    """模拟时间戳机构：RFC 3161 请求与回复，不是真的授时 · an authority that speaks RFC 3161, and is none."""
    title = "模拟时间戳机构 · simulated time-stamp authority"
    _serve(title, "timestamp.simulator.server:TimestampSimulator", port, host, fault or [])


@app.command()
def oracles(
    port: Annotated[int, typer.Option(help="端口 · port")] = 8006, host: Host = "127.0.0.1", fault: Fault = None
) -> None:
    """模拟数据源：航班、气象、退货、传感器各三家，各自签名，不是真的数据 · twelve sources that sign invented facts."""
    _serve(
        "模拟数据源 · simulated sources of data", "oracles.simulator.server:OraclesSimulator", port, host, fault or []
    )


def _serve(title: str, kind: str, port: int, host: str, faults: list[str]) -> None:
    """Open a simulator by its place among the adapters and serve until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    module, _, name = kind.partition(":")
    simulator_of: Any = getattr(importlib.import_module(f"baohe.adapters.{module}"), name)
    try:
        switches = {name: value for text in faults for name, value in simulator_of.switches.parse(text).items()}
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    try:
        simulator = simulator_of(port, host=host)
    except OSError as taken:
        typer.echo(f"端口 {port} 无法使用 · port {port} cannot be used: {taken.strerror}", err=True)
        raise typer.Exit(1) from taken
    simulator.faults.set(switches)
    simulator.start()
    print(f"{title}: {simulator.address}", flush=True)
    stopped = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stopped.set())
    stopped.wait()
    simulator.stop()
