"""`baohe simulate`: the outside world on this machine, clearly marked as such."""

from __future__ import annotations

import os
import signal
import threading
from typing import Annotated

import typer

app = typer.Typer(help="外部系统的模拟器 · simulators of the outside world", no_args_is_help=True)


@app.callback()
def simulate() -> None:
    """Keeps `wallet` a subcommand while it is the only one."""


@app.command()
def wallet(
    port: Annotated[int, typer.Option(help="端口 · port")] = 8001,
    host: Annotated[str, typer.Option(help="地址 · address to listen on")] = "127.0.0.1",
    fault: Annotated[list[str] | None, typer.Option(help="故障开关，如 lose_notify=1 · a fault to inject")] = None,
) -> None:
    """模拟钱包：真实的签名、通知与查询，不会扣真钱 · a protocol-true wallet that moves no money."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    from baohe.adapters.wallet.simulator.faults import BadFault, parse
    from baohe.adapters.wallet.simulator.server import WalletSimulator

    try:
        switches = {name: value for text in fault or [] for name, value in parse(text).items()}
    except BadFault as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    try:
        simulator = WalletSimulator(port, host=host)
    except OSError as taken:
        typer.echo(f"端口 {port} 无法使用 · port {port} cannot be used: {taken.strerror}", err=True)
        raise typer.Exit(1) from taken
    simulator.faults.set(switches)
    simulator.start()
    print(f"模拟钱包 · simulated wallet: {simulator.address}", flush=True)
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    stopped.wait()
    simulator.stop()
