"""The database for this start: the server that `BAOHE_DATABASE_URL` names, or the embedded one."""

from __future__ import annotations

import os
from collections.abc import Callable

from baohe.launch.data_folder import DataFolder
from baohe.launch.postgres import cluster, safety, server
from baohe.launch.supervisor import Supervisor


def start(folder: DataFolder, supervisor: Supervisor, say: Callable[[str], None]) -> str:
    """The address of a database that is safe to use. Raises a Refusal."""
    address = os.environ.get("BAOHE_DATABASE_URL", "")
    if not address:
        say("建立数据库 · creating the database" if cluster.is_new(folder) else "启动数据库 · starting the database")
        address = server.start(server.open_cluster(folder), supervisor)
    safety.check(address)
    (folder.path / "database").write_text(address)
    return address
