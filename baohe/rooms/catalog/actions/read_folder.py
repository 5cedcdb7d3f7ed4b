"""A package folder → its files as text, and its raw contents."""

from __future__ import annotations

from pathlib import Path

from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.source import NAMES, Raw, raw_of

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of one file of a package."""


def packages_below(folder: Path) -> list[Path]:
    """Every `<product_code>/<version>` folder that holds a product.yaml, in order; `folder` may be one product's."""
    return sorted(path.parent for depth in ("*", "*/*") for path in folder.glob(f"{depth}/product.yaml"))


def read_package(folder: Path) -> Raw:
    """The contents of one package. Raises `NotPublishable` for a missing or unreadable file."""
    return raw_of(folder.parent.name, folder.name, read_files(folder))


def read_files(folder: Path) -> dict[str, str]:
    """The files of a package, by their names within it. Raises `NotPublishable` for one that is no text."""
    name = f"{folder.parent.name}@{folder.name}"
    paths = [folder / file for file in NAMES] + sorted((folder / "rates").glob("*.csv"))
    return {str(path.relative_to(folder)): _text(path, folder, name) for path in paths if path.exists()}


def _text(path: Path, folder: Path, name: str) -> str:
    file = str(path.relative_to(folder))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unreadable(name, file, "超过 4 MB", "is larger than 4 MB")
        return decode(path.read_bytes(), file, name)
    except OSError as wrong:
        raise _unreadable(name, file, f"读不出来：{wrong}", f"cannot be read: {wrong}") from wrong


def decode(content: bytes, file: str, name: str) -> str:
    """UTF-8 text with plain line ends. Raises `NotPublishable` naming the line that is something else."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        zh, en = "不是 UTF-8 编码（另存为 UTF-8 再上传）", "is not UTF-8; save it as UTF-8"
        raise _unreadable(name, file, zh, en, line) from wrong


def _unreadable(name: str, file: str, zh: str, en: str, line: int = 0) -> NotPublishable:
    return NotPublishable(package=name, field=file, reason_zh=zh, reason_en=en, rule="PUB-1", file=file, line=line)
