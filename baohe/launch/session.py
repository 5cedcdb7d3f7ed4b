"""A database for one command of `baohe`: the running platform's, the named server's, or one started just for it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from baohe.launch import data_folder, environment, postgres_session
from baohe.launch.supervisor import Supervisor


@contextmanager
def database() -> Iterator[str]:
    """The address. Raises a Refusal."""
    path = data_folder.chosen()
    if os.environ.get("BAOHE_DATABASE_URL"):
        yield os.environ["BAOHE_DATABASE_URL"]
    elif data_folder.holder(path) is not None:
        yield (path / "database").read_text()
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
    with tempfile.TemporaryDirectory(prefix="baohe-scratch-") as place:
        os.environ.pop("BAOHE_DATABASE_URL", None)
        os.environ["BAOHE_DATA"] = place
        with django_ready():
            from django.core.management import call_command

            call_command("migrate", interactive=False, verbosity=0)
            yield


@contextmanager
def django_ready() -> Iterator[None]:
    """Inside the block Django works on the installation's data, whether or not the platform runs."""
    with database() as address:
        given = environment.for_children(data=data_folder.chosen(), database=address, host="127.0.0.1", port=8000)
        os.environ.update(given)
        import django

        django.setup()
        yield
