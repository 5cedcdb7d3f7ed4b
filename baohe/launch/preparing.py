"""The process that prepares: migrations with progress, demo world, static files. Run by `preparation`."""

from __future__ import annotations

import importlib.util
import io
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def main(tasks: list[str]) -> int:
    django.setup()
    if "database" in tasks:
        migrate()
        if settings.BAOHE_DEMO:
            demo_world()
    if "static" in tasks:
        call_command("collectstatic", interactive=False, verbosity=0)
    return 0


def migrate() -> None:
    """Django's own `migrate`, with its lines folded into one that counts."""
    executor = MigrationExecutor(connection)
    total = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", interactive=False, verbosity=1, no_color=True, stdout=_Counter(total))


def demo_world() -> None:
    """The demo story, when the program carries one."""
    if importlib.util.find_spec("baohe.demo.world") is None:
        return
    from baohe.demo.world import build

    print("  演示数据 · demo world", flush=True)
    build()


class _Counter(io.StringIO):
    """Takes what `migrate` writes and shows one line, rewritten in place on a terminal."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total, self._done = total, 0

    def write(self, text: str) -> int:
        if text.strip() == "OK":
            self._done += 1
            start, end = ("\r", "") if sys.stdout.isatty() else ("", "\n")
            last = self._done == self._total
            if sys.stdout.isatty() or last or self._done % 20 == 0:
                line = f"{start}  数据库结构 · migrations {self._done}/{self._total}"
                print(line, end="\n" if last else end, flush=True)
        return len(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
