"""The cluster of the data folder: made once, atomically, and described so that it can be started."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from baohe.launch.data_folder import DataFolder
from baohe.launch.postgres.binaries import Binaries
from baohe.launch.postgres.identity import Identity
from baohe.launch.processes import Preparation
from baohe.launch.refusals import BrokenDataFolder, DatabaseUnreachable, DatabaseVersion
from baohe.plumbing.secret_files import write_once

DATABASE = "baohe"
OWNER = "baohe"
"""Owns the tables and migrates them; nothing that answers a request signs in as it."""
APPLICATION = "baohe_app"
"""What the running platform signs in as: it may add to the books, not change them (`grants`)."""
SUPERUSER = "postgres"
_SOCKET_NAME = "/.s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 107  # sun_path holds 108 bytes with its closing NUL


@dataclass(frozen=True, slots=True)
class Cluster:
    folder: DataFolder
    binaries: Binaries
    identity: Identity
    sockets: Path

    def url(self, user: str = OWNER, database: str = DATABASE) -> str:
        """A libpq address. The password stays in a file of the data folder: no process shows it."""
        return (
            f"postgresql://{user}@/{database}?host={quote(str(self.sockets), safe='/')}"
            f"&passfile={quote(str(self.folder.keys / 'pgpass'), safe='/')}"
        )

    def command(self) -> list[str]:
        """The postmaster. Durability settings are left to PostgreSQL's safe defaults and checked after the start."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "256MB",
            "max_wal_size": "2GB",
            "logging_collector": "on",
            "log_directory": str(self.folder.cluster / "log"),
            "log_filename": "postgres-%a.log",
            "log_truncate_on_rotation": "on",
            "log_rotation_age": "1d",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.binaries.program("postgres"), "-D", str(self.folder.cluster), *options]

    @property
    def prepare(self) -> Preparation | None:
        return self.identity.prepare


def is_new(folder: DataFolder) -> bool:
    return not folder.cluster.exists()


def check(folder: DataFolder, binaries: Binaries) -> None:
    """Refuse a cluster that is torn or of another major version. Writes nothing."""
    if is_new(folder):
        return
    for part in ("postgres/PG_VERSION", "postgres/global/pg_control", "postgres/postgresql.conf", "keys/database"):
        if not (folder.path / part).is_file():
            raise BrokenDataFolder(folder=str(folder.path), reason_zh=f"缺少 {part}", reason_en=f"{part} is missing")
    found = (folder.cluster / "PG_VERSION").read_text().strip()
    if found != str(binaries.major):
        raise DatabaseVersion(found=f"{found} ({folder.cluster})", known=str(binaries.major))


def create(cluster: Cluster) -> None:
    """initdb beside the final place, then rename: a start that was killed half-way leaves no half cluster."""
    draft = cluster.folder.path / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password = draft.with_name("postgres.password")
    password.unlink(missing_ok=True)
    write_once(password, _password(cluster.folder))
    for path in (draft, password):
        cluster.identity.give(path)
    try:
        _initdb(cluster, draft, password)
    finally:
        password.unlink()
    draft.replace(cluster.folder.cluster)


def sockets_for(folder: DataFolder, identity: Identity) -> Path:
    """A private folder for the socket: in the data folder, or under a short path where the name would not fit."""
    path = folder.path / "run"
    if len(os.fsencode(str(path) + _SOCKET_NAME)) > _LONGEST_SOCKET_PATH:
        # An account of its own cannot enter XDG_RUNTIME_DIR of another.
        base = os.environ.get("XDG_RUNTIME_DIR", "/tmp") if not identity.account else "/tmp"  # noqa: S108
        name = hashlib.sha256(os.fsencode(folder.path)).hexdigest()[:12]
        path = Path(base) / f"baohe-{os.geteuid()}-{name}"
    path.mkdir(mode=0o700, exist_ok=True)
    state = path.lstat()
    # Somebody else may have laid a folder or link of that name in /tmp, to sit between us and the database.
    if not stat.S_ISDIR(state.st_mode) or state.st_uid not in (os.geteuid(), identity.owner[0]):
        raise DatabaseUnreachable(reason=f"{path} belongs to somebody else", where=str(path))
    path.chmod(0o700)
    identity.give(path)
    return path


def write_passfile(folder: DataFolder) -> None:
    write_once(folder.keys / "pgpass", f"*:*:*:*:{_password(folder)}\n")


def _initdb(cluster: Cluster, draft: Path, password: Path) -> None:
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        if cluster.binaries.major >= 17
        else ["--locale=C.UTF-8"]
    )
    command = [
        cluster.binaries.program("initdb"),
        *("-D", str(draft), "-U", SUPERUSER, "--encoding=UTF8", "--data-checksums", *locale),
        *("--auth-local=scram-sha-256", "--auth-host=scram-sha-256", f"--pwfile={password}"),
    ]
    done = subprocess.run(command, preexec_fn=cluster.prepare, capture_output=True, text=True, cwd="/")
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["initdb"])[-1]
        raise DatabaseUnreachable(reason=reason, where=str(cluster.folder.path))


def _password(folder: DataFolder) -> str:
    path = folder.keys / "database"
    if not path.exists():
        write_once(path, secrets.token_hex(24))
    return path.read_text()
