"""`baohe db …`: the database of the installation, whether the platform runs or not."""

from __future__ import annotations

import os
import subprocess

import typer

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
