"""`baohe demo …`: the demo world."""

from __future__ import annotations

from datetime import timedelta

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)


@app.command()
def build() -> None:
    """补齐演示数据，可重复运行 · make what is missing of it; safe to repeat."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.demo import world

        world.build()


@app.command()
def accounts() -> None:
    """谁能登录、怎么登录 · who may sign in, and how."""
    from baohe.demo import world
    from baohe.launch import data_folder

    for label, text in world.accounts(data_folder.chosen()):
        print(f"{label}: {text}")


@app.command()
def clock(days: int = typer.Argument(..., help="比真实时间晚几天，0 即现在 · days ahead of now")) -> None:
    """拨动整个平台的时钟 · move the clock of the whole installation."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.plumbing import clock as the_clock

        the_clock.move(timedelta(days=days))
        print(f"{the_clock.now():%Y-%m-%d %H:%M %Z}")
