"""The database of the tests: the one of `BAOHE_DATABASE_URL`, or an embedded one made for this session alone.

It is started while pytest imports this file, before Django reads its settings: they take the data folder and the
address from the environment once. Hence pytest's own option DJANGO_SETTINGS_MODULE stays unset.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

_session = ExitStack()
atexit.register(_session.close)


def _private_data_folder() -> None:
    folder = tempfile.mkdtemp(prefix="baohe-tests-")
    _session.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["BAOHE_DATA"] = folder


def _embedded_database() -> None:
    from baohe.launch import data_folder
    from baohe.launch.postgres import server
    from baohe.launch.supervisor import Supervisor

    supervisor = Supervisor(print)
    _session.callback(supervisor.stop)
    folder = _session.enter_context(data_folder.hold(Path(os.environ["BAOHE_DATA"]), "pytest"))
    # The superuser: the tests make and drop databases of their own. fsync stays on, as everywhere.
    os.environ["BAOHE_DATABASE_URL"] = server.start_for_tests(folder, supervisor)


if "BAOHE_DATA" not in os.environ:
    _private_data_folder()
if not os.environ.get("BAOHE_DATABASE_URL"):
    _embedded_database()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")

pytest_plugins = ["tests.simulators"]

from hypothesis import HealthCheck, settings  # noqa: E402 - beside what it configures

# A slow machine fails no property: how long an example takes is measured by the benches, not here.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

import django  # noqa: E402 - after the environment is complete

django.setup()


def pytest_unconfigure() -> None:
    """Stop here, where output is still shown, and not among the interpreter's last acts."""
    from django.db import connections

    connections.close_all()
    _session.close()


# Django empties all tables after a test with real transactions; the append-only tables refuse that, as they should.
# Only the flush itself runs with triggers off (a superuser's right that the platform's own role does not have), so
# a test that truncates by hand is still refused. DELETE, because TRUNCATE gives every table a new file and flushes
# it: seconds a test for tables that are empty anyway.
from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: E402 - needs the settings


def _flush_past_the_triggers(
    self: DatabaseOperations, style: object, tables: list[str], *, reset_sequences: bool = False, **_: object
) -> list[str]:
    deletes = [f"DELETE FROM {self.quote_name(table)}" for table in tables]  # noqa: S608 - quoted names
    return ["SET LOCAL session_replication_role = replica", *deletes]


DatabaseOperations.sql_flush = _flush_past_the_triggers
