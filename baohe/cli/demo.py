"""`baohe demo …`: the demo world."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)


@app.command()
def build() -> None:
    """Make what is missing of it. Safe to repeat."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.flows.demo_world import build_demo_world

        build_demo_world()


@app.command()
def accounts() -> None:
    """Who may sign in, and how."""
    from baohe.flows import demo_world
    from baohe.launch import data_folder

    for label, text in demo_world.accounts(data_folder.chosen()):
        print(f"{label}: {text}")
