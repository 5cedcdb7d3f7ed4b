"""Which package an upload is: its code, its version, its files as text. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.studio.errors import UploadRefused


@dataclass(frozen=True, slots=True)
class Packed:
    """`code` and `version` as the folders of the upload name them, "" where they do not."""

    code: str
    version: str
    files: dict[str, str]


def is_package(files: Mapping[str, bytes]) -> bool:
    return any(PurePosixPath(name).name == "product.yaml" for name in files)


def package_in(files: Mapping[str, bytes]) -> Packed:
    """The one package of an upload. Raises `UploadRefused`, and `NotPublishable` for a file that is no UTF-8 text."""
    roots = sorted(PurePosixPath(name).parent for name in files if PurePosixPath(name).name == "product.yaml")
    if len(roots) != 1:
        zh = "里有多个产品包，请一次上传一个版本"
        raise UploadRefused(place="", reason_zh=zh, reason_en="holds several packages; upload one version at a time")
    parts = roots[0].parts
    code, version = (parts[-2], parts[-1]) if len(parts) >= 2 else ("", "")
    texts: dict[str, str] = {}
    for name, content in files.items():
        path = PurePosixPath(name)
        if not path.is_relative_to(roots[0]):
            raise _stray(name)
        inner = str(path.relative_to(roots[0]))
        if inner not in catalog.PACKAGE_FILES and not catalog.RATE_FILE.match(inner):
            raise _stray(name)
        if len(content) > catalog.LARGEST_FILE:
            raise UploadRefused(place=inner, reason_zh="超过 4 MB", reason_en="is larger than 4 MB")
        texts[inner] = catalog.decode(content, inner, f"{code or '?'}@{version or '?'}")
        if "\x00" in texts[inner]:
            raise UploadRefused(place=inner, reason_zh="含有不能用的字符", reason_en="holds characters of no text")
    return Packed(code, version, texts)


def _stray(name: str) -> UploadRefused:
    return UploadRefused(place=name, reason_zh="不是产品包里的文件", reason_en="is no file of a product package")
