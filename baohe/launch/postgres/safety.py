"""Is this database one that keeps what it has confirmed?"""

from __future__ import annotations

import psycopg

from baohe.launch.postgres.binaries import NEWEST, OLDEST
from baohe.launch.refusals import DatabaseUnreachable, DatabaseVersion, UnsafeDurability

_PLACE = "BAOHE_DATABASE_URL"
_CURES = {
    "fsync": ("在 postgresql.conf 中把它设为 on", "Set it to on in postgresql.conf"),
    "full_page_writes": ("在 postgresql.conf 中把它设为 on", "Set it to on in postgresql.conf"),
    "synchronous_commit": (
        "在服务器、数据库和账号上都把它设为 on",
        "Set it to on for the server, the database and the role",
    ),
    "data_checksums": (
        "停掉服务器并运行 pg_checksums --enable",
        "Stop the server and run pg_checksums --enable",
    ),
}
# "local" and "remote_write" still flush here before they confirm; "off" does not.
_SAFE = {"fsync": {"on"}, "full_page_writes": {"on"}, "data_checksums": {"on"}}
_SAFE["synchronous_commit"] = {"on", "remote_apply", "remote_write", "local"}


def check(address: str) -> None:
    """Raise a Refusal unless the server at `address` is of a known version and its settings are durable.

    Asked as the platform's own role on its own database, so that a setting of the role or database counts.
    """
    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            _check_version(connection.info.server_version // 10000)
            for setting, safe in _SAFE.items():
                row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
                value = str(row[0]) if row else "?"
                if value not in safe:
                    cure_zh, cure_en = _CURES[setting]
                    raise UnsafeDurability(setting=setting, value=value, cure_zh=cure_zh, cure_en=cure_en)
    except psycopg.Error as failure:
        raise DatabaseUnreachable(reason=_one_line(failure), where=_PLACE) from failure


def _check_version(major: int) -> None:
    if not OLDEST <= major <= NEWEST:
        raise DatabaseVersion(found=str(major), known=f"{OLDEST}–{NEWEST}")


def _one_line(failure: psycopg.Error) -> str:
    lines = str(failure).strip().splitlines()
    return lines[0] if lines else type(failure).__name__
