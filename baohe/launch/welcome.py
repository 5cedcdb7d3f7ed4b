"""What to open, and as whom."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import Console

from baohe.launch.data_folder import DataFolder

_LABEL_COLUMNS = 24


def show(environment: Mapping[str, str], folder: DataFolder) -> None:
    origin = environment["BAOHE_ORIGIN"]
    lines = [
        ("手机应用 · app", f"{origin}/"),
        ("工作台 · desk", f"{origin}/desk/"),
        ("开放接口 · open API", f"{origin}/openapi/open/"),
    ]
    if environment["BAOHE_DEMO"] == "1":
        lines += _demo_accounts(folder)
    lines += [("数据 · data", str(folder.path)), ("日志 · logs", str(folder.logs))]
    console = Console(highlight=False)
    console.print("\n[bold]保和已就绪 · Baohe is running[/bold]   Ctrl-C 停止 · stops everything\n")
    for label, text in lines:
        # cell_len: a Chinese character takes two columns
        console.print(f"  {label}{' ' * (_LABEL_COLUMNS - cell_len(label))}{text}", soft_wrap=True, markup=False)
    console.print()


def _demo_accounts(folder: DataFolder) -> list[tuple[str, str]]:
    """Read from the demo world itself; empty when the program carries none."""
    if importlib.util.find_spec("baohe.demo.world") is None:
        return []
    from baohe.demo import world

    return world.accounts(folder.path)
