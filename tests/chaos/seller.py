"""Sells without pause against the database of the environment and writes down what was acknowledged.

`python -m tests.chaos.seller prepare` makes tables and products; `… sell FILE` appends one acknowledged policy number
a line. It runs the real transaction: policy, postings, evidence leaf and event.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django must be ready first
from django.core.management import call_command  # noqa: E402

from baohe.flows import wait_for_data  # noqa: E402
from baohe.flows.issue_in_bulk import Order, issue_in_bulk  # noqa: E402
from baohe.plumbing import clock  # noqa: E402
from baohe.rooms.catalog import facade as catalog  # noqa: E402
from baohe.rooms.partners import facade as partners  # noqa: E402

THREADS = 4
PRODUCT = "yizhan-freight-return"


def prepare() -> None:
    call_command("migrate", verbosity=0)
    catalog.sync_packages(settings.BAOHE_PRODUCTS)


def sell(acknowledged: Path) -> None:
    partner = partners.create_partner("power-shop", "停电测试店")
    version = catalog.current(PRODUCT, clock.today())
    inputs = {item.code: item.default for item in version.rating_inputs}

    def without_pause(n: int) -> None:
        with acknowledged.open("a", buffering=1) as paper:
            for count in range(1_000_000):
                named = dict.fromkeys(wait_for_data.facts_asked(version), f"LABEL-{n}-{count}")
                order = Order(f"T{n}-{count}", PRODUCT, clock.today(), inputs | named)
                outcome = issue_in_bulk(partner, [order])[0]
                paper.write(f"{outcome.number}\n")

    for n in range(THREADS):
        threading.Thread(target=without_pause, args=(n,)).start()


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        sell(Path(sys.argv[2]))
