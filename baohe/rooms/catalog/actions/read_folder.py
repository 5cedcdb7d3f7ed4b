"""A package folder → its raw contents. The only place that reads YAML; nothing is read again after publishing."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import yaml

from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.package import Raw

_PARTS = ("product", "exclusions", "formula", "underwriting", "claims", "cases")
_CODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_VERSION = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_LARGEST_FILE = 4 * 1024 * 1024


class _PlainLoader(yaml.CSafeLoader):
    """YAML 1.2's plain scalars: `no` stays text, a date stays text, so a package hashes the same everywhere."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.rsplit(":", 1)[1] in ("int", "null", "merge")]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def packages_below(folder: Path) -> list[Path]:
    """Every `<product_code>/<version>` folder that holds a product.yaml, in order."""
    return sorted(path.parent for path in folder.glob("*/*/product.yaml"))


def read_package(folder: Path) -> Raw:
    """The contents of one package. Raises `NotPublishable` for a missing or unreadable file."""
    code, version = folder.parent.name, folder.name
    name = f"{code}@{version}"
    if not _CODE.match(code) or not _VERSION.match(version):
        raise NotPublishable(
            package=name,
            field="folder",
            reason_zh="应为 产品代码/年-月-日",
            reason_en="should be product-code/year-month-day",
            rule="PUB-1",
        )
    raw: Raw = {"code": code, "version": version, "clauses": _text(folder, "clauses.md", name)}
    for part in _PARTS:
        raw[part] = _yaml(folder, f"{part}.yaml", name)
    raw["questionnaire"] = (
        _yaml(folder, "questionnaire.yaml", name) if (folder / "questionnaire.yaml").exists() else None
    )
    raw["rates"] = {
        path.stem: list(csv.reader(io.StringIO(_text(folder, f"rates/{path.name}", name))))
        for path in sorted((folder / "rates").glob("*.csv"))
    }
    return raw


def _text(folder: Path, file: str, name: str) -> str:
    path = folder / file
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError("file is larger than 4 MB")
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, ValueError) as wrong:
        raise _unreadable(name, file, wrong) from wrong


def _yaml(folder: Path, file: str, name: str) -> Any:
    try:
        # _PlainLoader derives from the safe loader: it builds no Python objects.
        return yaml.load(_text(folder, file, name), Loader=_PlainLoader)  # noqa: S506
    except yaml.YAMLError as wrong:
        raise _unreadable(name, file, wrong) from wrong


def _unreadable(name: str, file: str, wrong: Exception) -> NotPublishable:
    return NotPublishable(
        package=name, field=file, reason_zh=f"读不出来：{wrong}", reason_en=f"cannot be read: {wrong}", rule="PUB-1"
    )
