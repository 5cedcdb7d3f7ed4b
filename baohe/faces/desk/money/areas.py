"""The money areas that the desk's left column lists, each with what waits in it."""

from __future__ import annotations

from collections.abc import Callable

from baohe.faces.desk.queue import Queue

AREAS: tuple[Callable[[], Queue], ...] = ()
