"""The database for this start: the server that `BAOHE_DATABASE_URL` names, or the embedded one.

`BAOHE_DATABASE_OWNER_URL` is the same database for the role that owns the tables; without it the platform's own role
migrates, and then only the triggers keep it from changing the books.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from baohe.launch.data_folder import DataFolder
from baohe.launch.postgres import cluster, safety, server
from baohe.launch.postgres.server import Addresses
from baohe.launch.supervisor import Supervisor


def start(folder: DataFolder, supervisor: Supervisor, say: Callable[[str], None]) -> Addresses:
    """The addresses of a database that is safe to use. Raises a Refusal."""
    found = named()
    if found is None:
        say("建立数据库 · creating the database" if cluster.is_new(folder) else "启动数据库 · starting the database")
        found = server.start(server.open_cluster(folder), supervisor)
    safety.check(found.application)
    (folder.path / "database").write_text(found.application)
    (folder.path / "database.owner").write_text(found.owner)
    return found


def named() -> Addresses | None:
    """The server of the environment; None for the embedded one."""
    address = os.environ.get("BAOHE_DATABASE_URL", "")
    return Addresses(address, os.environ.get("BAOHE_DATABASE_OWNER_URL") or address) if address else None


def running(path: Path) -> Addresses:
    """What the platform that holds the folder wrote down at its start."""
    return Addresses((path / "database").read_text(), (path / "database.owner").read_text())
