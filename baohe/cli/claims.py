"""`baohe claims …`: what the platform makes of the papers of a claim, on its own and without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from baohe.adapters.ocr.contracts import PaperReading, ReadValue
from baohe.cli.claims_fraud import app as fraud

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
app.add_typer(fraud, name="fraud")
_FILES = typer.Argument(..., metavar="FILE…", help="Photographs: JPEG, PNG or WebP.")
_AS_JSON = typer.Option(False, "--json", help="One JSON object a file, instead of a table.")
_NO_FILE, _NO_PICTURE, _TOO_LARGE, _ILLEGIBLE = 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a file was not read, for people, and the exit code that says so to programs."""

    sentence: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class _Read:
    reading: PaperReading
    width: int
    height: int


@app.command()
def read(files: list[Path] = _FILES, as_json: bool = _AS_JSON) -> None:
    """Read papers of a claim: which kind each one is, and its fields.

    --json prints {"kind": …, "fields": {name: {"value", "confidence", "box"}}}, and "file" as well when several are
    given. Confidence is 0 to 1. A box is [x, y, width, height] in pixels of the picture as given, upright after its
    EXIF rotation. A field that was not found is left out. The date of a receipt is as printed, with the day in "iso".

    kinds: medical_invoice vat_invoice receipt hospital_summary id_card bank_card accident_certificate repair_bill other

    Exit: 0 read · 2 no such file · 3 not a picture · 4 too large · 5 nothing legible.
    """
    exit_code = 0
    for path in files:
        told = _read(path)
        if isinstance(told, _Refused):
            print(f"{path.name}: {told.sentence}" if len(files) > 1 else told.sentence, file=sys.stderr)
            exit_code = exit_code or told.exit_code
        elif as_json:
            named = {"file": str(path)} if len(files) > 1 else {}
            print(json.dumps({**named, **_as_object(told)}, ensure_ascii=False), flush=True)
        else:
            _table(path, told.reading.kind, _found(told.reading))
    if exit_code:
        raise typer.Exit(exit_code)


def _read(path: Path) -> _Read | _Refused:
    from baohe.adapters.ocr import paper
    from baohe.kernel.dates import business_date
    from baohe.plumbing import pictures

    try:
        size = path.stat().st_size
        pictures.refuse_oversize(size)
        content = path.read_bytes()
        picture = pictures.make_safe(content)
        width, height = pictures.size_of(content)
    except OSError as missing:
        return _Refused(f"打不开 {path}：{missing.strerror} · cannot open {path}", _NO_FILE)
    except pictures.PictureTooLarge as refused:
        return _Refused(_sentence(refused), _TOO_LARGE)
    except (pictures.PictureKindUnknown, pictures.PictureNeedsConversion, pictures.PictureUnreadable) as refused:
        return _Refused(_sentence(refused), _NO_PICTURE)
    reading = paper.read_paper(picture.jpeg, business_date(datetime.now(UTC)))
    if not reading.legible:
        return _Refused(
            "看不清：照片上没有认出可用的文字，请在亮处对正重拍 · "
            "nothing legible: take the picture again, straight and in good light",
            _ILLEGIBLE,
        )
    return _Read(reading, width, height)


def _sentence(refused: Any) -> str:
    return f"{refused.message_zh} · {refused.message_en}"


def _found(reading: PaperReading) -> Sequence[ReadValue]:
    return [field for field in reading.fields if field.value]


def _as_object(told: _Read) -> dict[str, Any]:
    return {
        "kind": told.reading.kind,
        "fields": {
            field.code: {
                "value": field.value,
                "confidence": round(field.confidence / 100, 2),
                "box": _pixels(field.box, told.width, told.height),
                **({"iso": field.iso} if field.iso else {}),
            }
            for field in _found(told.reading)
        },
    }


def _pixels(box: tuple[int, ...], width: int, height: int) -> list[int]:
    """1/10,000 of the sides → pixels."""
    sides = (width, height, width, height)
    return [round(part * side / 10_000) for part, side in zip(box, sides, strict=False)] or [0, 0, 0, 0]


def _table(path: Path, kind: str, fields: Sequence[ReadValue]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("字段 field", "值 value", "把握 confidence", title=f"{path.name} · {kind}", title_justify="left")
    for field in fields:
        table.add_row(field.code, field.value, f"{field.confidence} %" + (" ?" if field.doubtful else ""))
    Console().print(table)
