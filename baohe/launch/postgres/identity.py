"""As whom PostgreSQL runs. It refuses root, and a data folder often lies where only root may go (/root, 0700).

1. Not root: as ourselves.
2. Root, and the kernel gives user namespaces: as root's own files seen through a namespace in which we are an
   ordinary user. No account is made, no folder is opened to others, and no ownership changes; the process has
   no capability outside of its namespace.
3. Root without namespaces (a container with the usual seccomp filter): as the system account `baohe`, which gets
   the cluster folder and passage through the data folder by group, and nothing else. Parent folders stay as they
   are; where the account cannot pass them, the start is refused in one sentence.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from baohe.launch.processes import Preparation, as_account, in_user_namespace
from baohe.launch.refusals import UnusableAccount

ACCOUNT = "baohe"


@dataclass(frozen=True, slots=True)
class Identity:
    """`prepare` runs in the child before exec; `owner` is the (uid, gid) the cluster's files must have."""

    prepare: Preparation | None
    owner: tuple[int, int]
    account: str = ""

    def give(self, path: Path) -> None:
        if (os.geteuid(), os.getegid()) != self.owner:
            os.chown(path, *self.owner)

    def take_over(self, cluster: Path) -> None:
        """A folder that was last used in another of the three ways belongs to another account: make it ours."""
        if os.geteuid() == 0 and cluster.stat().st_uid != self.owner[0]:
            for path in (cluster, *cluster.rglob("*")):
                os.chown(path, *self.owner, follow_symlinks=False)


def choose(data: Path, programs: Path) -> Identity:
    """Decide for this machine. Raises `UnusableAccount`."""
    if os.geteuid() != 0:
        return Identity(None, (os.geteuid(), os.getegid()))
    inner = pwd.getpwnam("nobody").pw_uid
    if _works(in_user_namespace(inner)):
        return Identity(in_user_namespace(inner), (0, 0))
    return system_account(data, programs)


def system_account(data: Path, programs: Path) -> Identity:
    """The third way: make the account if needed and let it pass `data`, but no parent of it."""
    entry = _account()
    os.chown(data, 0, entry.pw_gid)
    data.chmod(0o710)
    identity = Identity(as_account(entry.pw_uid, entry.pw_gid), (entry.pw_uid, entry.pw_gid), ACCOUNT)
    for folder in (data, programs):
        if not _works(as_account(entry.pw_uid, entry.pw_gid), ["test", "-x", str(folder)]):
            raise UnusableAccount(account=ACCOUNT, folder=str(folder))
    return identity


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        tool = shutil.which("useradd") or "/usr/sbin/useradd"
        subprocess.run(
            [tool, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
            check=True,
        )
        return pwd.getpwnam(ACCOUNT)


def _works(prepare: Preparation, command: list[str] | None = None) -> bool:
    try:
        done = subprocess.run(command or ["true"], preexec_fn=prepare, capture_output=True, cwd="/")
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
