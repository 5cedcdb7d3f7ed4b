"""A database for one command of `baohe`: the running platform's, the named server's, or one started just for it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from baohe.launch import data_folder, environment, postgres_session
from baohe.launch.postgres.server import Addresses
from baohe.launch.supervisor import Supervisor


@contextmanager
def database() -> Iterator[Addresses]:
    """The addresses. Raises a Refusal."""
    path = data_folder.chosen()
    named = postgres_session.named()
    if named is not None:
        yield named
    elif data_folder.holder(path) is not None:
        yield postgres_session.running(path)
    else:
        data_folder.check(path)
        supervisor = Supervisor(lambda line: None)
        with data_folder.hold(path, "baohe") as folder:
            try:
                yield postgres_session.start(folder, supervisor, lambda line: None)
            finally:
                supervisor.stop()


@contextmanager
def scratch() -> Iterator[None]:
    """Django on an empty installation of its own, gone afterwards: a bench must not write into real books."""
    with _environment_restored(), tempfile.TemporaryDirectory(prefix="baohe-scratch-") as place:
        os.environ.pop("BAOHE_DATABASE_URL", None)
        os.environ["BAOHE_DATA"] = place
        with django_ready(as_owner=True):
            from django.core.management import call_command

            call_command("migrate", interactive=False, verbosity=0)
            yield


@contextmanager
def django_ready(*, as_owner: bool = False) -> Iterator[None]:
    """Inside the block Django works on the installation's data, whether or not the platform runs; `as_owner` for
    what changes tables."""
    with _environment_restored(), database() as addresses:
        address = addresses.owner if as_owner else addresses.application
        given = environment.for_children(data=data_folder.chosen(), database=address, host="127.0.0.1", port=8000)
        os.environ.update(given)
        import django

        django.setup()
        yield


@contextmanager
def _environment_restored() -> Iterator[None]:
    """What the block tells Django and its children by the environment ends with the block: the next command of this
    process must not take our ports and folders for its caller's wish."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
