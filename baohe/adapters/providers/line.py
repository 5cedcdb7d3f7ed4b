"""A line to a provider: one fresh connection a call, so that no call shares another's fate."""

from __future__ import annotations

import functools
import ssl

import httpx


def open_line(timeout: float | httpx.Timeout) -> httpx.Client:
    """Follows no redirect and asks no proxy of the environment: the address that was configured is the one that is
    called. What comes back is not compressed: a small reply cannot unpack into a large one."""
    return httpx.Client(
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        verify=_trusted(),
        headers={"Accept-Encoding": "identity"},
    )


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Reading the list of certificate authorities takes longer than most calls: once a process."""
    return httpx.create_ssl_context(trust_env=False)
