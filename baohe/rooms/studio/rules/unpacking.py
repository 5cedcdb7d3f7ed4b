"""An upload → files by name. Pure; refuses whatever could reach outside of the folder or swell in memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from baohe.rooms.studio.errors import UploadRefused

LARGEST_UPLOAD = 8 * 1024 * 1024
LARGEST_CONTENT = 32 * 1024 * 1024
MOST_FILES = 300
PAPERS = (".md", ".markdown", ".html", ".htm", ".csv", ".txt", ".xlsx")
"""What a filing may consist of."""
_SYMLINK = 0o120000
_IGNORED = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$)")


def unpack(uploads: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an upload: the contents of its one archive, or the files themselves.

    Raises `UploadRefused` naming the file: too large, too many, a path out of the folder, a link, a password.
    """
    if not uploads:
        raise _no("", "没有选文件", "no file was chosen")
    if sum(map(len, uploads.values())) > LARGEST_UPLOAD:
        raise _no("", "超过 8 MB", "is larger than 8 MB")
    files: dict[str, bytes] = {}
    for name, content in uploads.items():
        if name.lower().endswith(".zip"):
            if len(uploads) > 1:
                raise _no(name, "压缩包请单独上传", "upload an archive by itself")
            return _unzip(name, content)
        files[_plain(PurePosixPath(name.replace("\\", "/")).name)] = content
    return files


def _unzip(name: str, content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _contents(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as torn:
        raise _no(name, "不是完整的 zip 文件", "is not a whole zip archive") from torn


def _contents(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise _no("", f"超过 {MOST_FILES} 个文件", f"holds more than {MOST_FILES} files")
    files: dict[str, bytes] = {}
    left = LARGEST_CONTENT
    for entry in entries:
        place = _plain(entry.filename)
        if entry.flag_bits & 0x1:
            raise _no(place, "有密码", "is protected by a password")
        if (entry.external_attr >> 16) & 0o170000 == _SYMLINK:
            raise _no(place, "是一个链接", "is a link")
        if _IGNORED.search(place):
            continue
        if place in files:
            raise _no(place, "出现了两次", "stands in the archive twice")
        # The announced size can lie: read at most one byte more than may still come.
        with archive.open(entry) as stream:
            files[place] = stream.read(left + 1)
        left -= len(files[place])
        if left < 0:
            raise _no("", "解开后超过 32 MB", "is larger than 32 MB when unpacked")
    return files


def _plain(name: str) -> str:
    """A relative path without `..`; Windows' slashes turned."""
    path = PurePosixPath(name.replace("\\", "/"))
    shown = name[:80].encode(errors="replace").decode()
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0] or "\x00" in name:
        raise _no(shown, "路径指向文件夹之外", "points outside of the folder")
    if len(str(path)) > 200 or not str(path).isprintable():
        raise _no(shown, "文件名不能用", "has a name that cannot be used")
    return str(path)


def _no(place: str, zh: str, en: str) -> UploadRefused:
    return UploadRefused(place=place, reason_zh=zh, reason_en=en)
