"""`baohe run`."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def run(
    port: int = typer.Option(8000, min=1, max=65532, help="The door. The simulators take the next three."),
    host: str = typer.Option("127.0.0.1", help="The address to listen on."),
) -> None:
    """Start the platform: database, migrations, demo world, server, worker. Ctrl-C stops everything.

    Exit codes: 0 stopped by a signal; 10 port in use; 11 already running; 12 newer data folder; 13 broken data
    folder; 14 disk full; 15 no PostgreSQL; 16 database unreachable; 17 unsafe durability settings; 18 database
    version; 19 preparation failed; 20 no account for PostgreSQL; 21 the server does not answer.
    """
    from baohe.launch.running import run as run_platform

    run_platform(host, port)
