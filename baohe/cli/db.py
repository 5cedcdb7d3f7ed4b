"""`baohe db …`: the database of the installation, whether the platform runs or not."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

import typer

if TYPE_CHECKING:
    from baohe.rooms.policies.facade import Indexed

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)


@app.command()
def migrate() -> None:
    """Bring the tables up to date."""
    from baohe.launch.session import django_ready

    with django_ready(as_owner=True):
        from baohe.launch.preparing import migrate as bring_up_to_date

        bring_up_to_date()
    _give_rights()


def _give_rights() -> None:
    """A new table is the owner's alone until the platform is given its rights on it."""
    from baohe.launch.postgres import grants
    from baohe.launch.session import database

    with database() as addresses:
        grants.give(addresses)


@app.command()
def check() -> None:
    """Version and durability settings: exit 0 when safe, 17 or 18 with the reason when not."""
    from baohe.launch.postgres import safety
    from baohe.launch.session import database

    with database() as addresses:
        safety.check(addresses.application)
        print("数据库安全 · the database keeps what it confirms")


@app.command()
def index_insured() -> None:
    """Let policies of before there was an index of the insured be found by it. Repeated it goes on where it stopped.

    Exit 1 with the ids of those whose person cannot be opened, or has another identity number by now.
    """
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.rooms.policies import facade as policies

        filled, left = 0, 0
        for batch in chain(_batches(policies.index_proposals), _batches(policies.index_insured)):
            filled, left = filled + batch.filled, left + len(batch.left)
            for row_id in batch.left:
                print(f"  没有补上 · left {row_id}")
    print(f"补上 {filled}，没有补上 {left} · filled {filled}, left {left}")
    if left:
        raise typer.Exit(1)


def _batches(fill: Callable[[UUID | None], Indexed]) -> Iterator[Indexed]:
    """Each batch in its own transaction, from the first row to the last."""
    batch = fill(None)
    yield batch
    while batch.last is not None:
        batch = fill(batch.last)
        yield batch


@app.command()
def url() -> None:
    """Print the address of the running database, for psql or a backup tool. It holds no password."""
    from baohe.launch.session import database

    with database() as addresses:
        print(addresses.application)


@app.command()
def shell() -> None:
    """Open psql on it."""
    from baohe.launch.postgres import binaries
    from baohe.launch.session import database

    with database() as addresses:
        subprocess.run([binaries.find().program("psql"), addresses.application], env=dict(os.environ), check=False)  # noqa: S603
