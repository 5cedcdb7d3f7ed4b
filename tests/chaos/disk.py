"""A disk whose power can be cut.

As root: an ext4 image on a loop device. Cutting copies the image file while PostgreSQL stands still: the copy holds
what had reached the "disk", and nothing that waited in the page cache of the file system on it. Where mounting is
not allowed the disk is a plain folder and the cut is a kill of every process at once: what PostgreSQL had not handed
to the system is lost, which is the part that `synchronous_commit=off` plays with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Protocol

_IMAGE_MB = 512


class Disk(Protocol):
    folder: Path

    def freeze_copy(self) -> None:
        """Keep what is on the disk now. Every process that writes to it must stand still."""

    def wake_with_the_copy(self) -> None:
        """After the machine came back: only what `freeze_copy` kept is there. No process may use the disk."""

    def close(self) -> None: ...


def make_disk(place: Path) -> Disk:
    place.mkdir()
    if os.geteuid() == 0 and shutil.which("mkfs.ext4"):
        try:
            return LoopDisk(place)
        except subprocess.CalledProcessError:
            pass
    return PlainDisk(place)


class LoopDisk:
    def __init__(self, place: Path) -> None:
        self._image = place / "disk.img"
        self._copy = place / "after.img"
        self.folder = place / "mounted"
        self.folder.mkdir()
        with self._image.open("wb") as image:
            image.truncate(_IMAGE_MB << 20)
        _run("mkfs.ext4", "-q", "-F", str(self._image))
        self._mounted = False
        self._mount(self._image)

    def freeze_copy(self) -> None:
        _run("cp", "--sparse=always", str(self._image), str(self._copy))

    def wake_with_the_copy(self) -> None:
        self._unmount()
        self._mount(self._copy)

    def close(self) -> None:
        self._unmount()

    def _mount(self, image: Path) -> None:
        _run("mount", "-o", "loop", str(image), str(self.folder))
        self._mounted = True

    def _unmount(self) -> None:
        if self._mounted:
            _run("umount", "--lazy", str(self.folder))
            self._mounted = False


class PlainDisk:
    def __init__(self, place: Path) -> None:
        self.folder = place / "plain"
        self.folder.mkdir()

    def freeze_copy(self) -> None:
        """The kill that follows is the cut."""

    def wake_with_the_copy(self) -> None:
        """The folder is what survived."""

    def close(self) -> None:
        """Nothing is mounted."""


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
