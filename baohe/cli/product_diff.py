"""`baohe product diff A B`: what changed between two packages, words and rates."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts.diff import Piece, VersionDiff

_MOST = 40
_MARKS = {"same": "{}", "inserted": "{{+{}+}}", "removed": "[-{}-]"}
_KINDS = {"added": "新增 added", "removed": "删去 removed", "changed": "改动 changed", "reshaped": "换列 reshaped"}


def diff(
    before: Path = typer.Argument(..., help="A package folder.", exists=True, file_okay=False),  # noqa: B008 - Typer's way
    after: Path = typer.Argument(..., help="The package folder to compare with it.", exists=True, file_okay=False),  # noqa: B008 - Typer's way
    as_json: bool = typer.Option(False, "--json", help="One JSON object."),
) -> None:
    """What changed from A to B: wording, rates cell by cell, everything else. Exit 0 when they are the same, 1 when
    they differ, 2 when one cannot be read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    import django

    django.setup()
    from baohe.kernel.errors import BaoheError
    from baohe.rooms.catalog import facade as catalog

    try:
        found = catalog.difference(*(catalog.read_package(folder.resolve()) for folder in (before, after)))
    except BaoheError as refusal:
        print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
        raise typer.Exit(2) from None
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, default=str))
    else:
        _show(found)
    raise typer.Exit(0 if found.same else 1)


def _show(found: VersionDiff) -> None:
    print(f"{found.before} → {found.after}" + ("：没有差别 · no difference" if found.same else ""))
    for change in found.wording:
        print(f"\n条款 {change.number} {change.title}（{_KINDS[change.kind]}）\n  {_words(change.pieces)}")
    for table in found.tables:
        counts = f"改 {table.changed} 增 {table.added} 减 {table.removed} 不变 {table.same}"
        print(f"\n费率 {table.name}（{_KINDS[table.kind]}；{counts}）")
        for spread in table.spreads:
            print(f"  {spread.column} {spread.value}: {spread.cells} 格 · cells, {spread.lowest}% … {spread.highest}%")
        for cell in table.cells[:_MOST]:
            key = ", ".join(f"{column}={value}" for column, value in cell.key)
            percent = f" ({cell.percent:+}%)" if cell.percent is not None else ""
            print(f"    {key}: {cell.old or '—'} → {cell.new or '—'}{percent}")
        if len(table.cells) > _MOST:
            print(f"    … 共 {table.changed + table.added + table.removed} 格 · cells in all（--json 列出更多）")
    for part in found.parts:
        print(f"\n{part.title.zh} · {part.title.en}")
        for field in part.fields[:_MOST]:
            said = _words(field.pieces) if field.pieces else f"{field.old or '—'} → {field.new or '—'}"
            print(f"  {field.path}: {said}")
        if len(part.fields) > _MOST:
            print(f"  … 共 {len(part.fields)} 处 · places in all")


def _words(pieces: tuple[Piece, ...]) -> str:
    return "".join(_MARKS[piece.kind].format(piece.text) for piece in pieces).replace("\n", "\n  ")
