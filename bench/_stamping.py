"""The time-stamp authority beside a measure: a process of its own, as in real life, so that its work is not counted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings


@contextmanager
def authority() -> Iterator[None]:
    """The simulated authority on a free port; the platform's side is told where it is."""
    command = [sys.executable, "-m", "baohe.cli.main", "simulate", "timestamp", "--port", "0"]
    environment = {**os.environ, "BAOHE_DATA": str(settings.BAOHE_DATA)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None, "the simulated authority did not start"
            with override_settings(BAOHE_TIMESTAMP=address[0]):
                yield
        finally:
            process.terminate()
