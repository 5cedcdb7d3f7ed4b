"""What every child process is given between fork and exec: a leash, and an identity that may run PostgreSQL.

Only plain system calls happen there; the launcher has one thread, so the fork is safe.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_libc = ctypes.CDLL(None, use_errno=True)

Preparation = Callable[[], None]


def on_a_leash(stop: signal.Signals, identity: Preparation | None = None) -> Preparation:
    """The child gets `stop` when its parent dies in whatever way, so that a kill -9 leaves nothing behind."""
    parent = os.getpid()

    def prepare() -> None:
        if identity is not None:
            identity()
        # After the identity: a change of credentials clears the leash.
        _libc.prctl(_PR_SET_PDEATHSIG, stop, 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the leash was on
            os._exit(1)

    return prepare


def in_user_namespace(inner_uid: int) -> Preparation:
    """Root outside, `inner_uid` inside: the files stay root's own, and the program sees an ordinary user."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()

    def prepare() -> None:
        if _libc.unshare(_CLONE_NEWUSER) != 0:
            os._exit(126)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{inner_uid} {outer_uid} 1")
        _write("/proc/self/gid_map", f"{inner_uid} {outer_gid} 1")

    return prepare


def as_account(uid: int, gid: int) -> Preparation:
    """Drop root for good."""

    def prepare() -> None:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)

    return prepare


def python(*arguments: str) -> list[str]:
    """This interpreter, without the caller's folder on the path of imports."""
    return [sys.executable, *arguments]


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    os.write(descriptor, text.encode())
    os.close(descriptor)
