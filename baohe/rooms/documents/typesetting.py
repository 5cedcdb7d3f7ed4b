"""Typst as a reused compiler: fonts are read once a process, then a policy takes milliseconds.

Reads only the templates' folder, the fonts of the locked wheel and the bold subset beside the templates; no system
fonts, so every machine prints alike.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst

from baohe.rooms.documents import registry
from baohe.rooms.documents.errors import DocumentCannotBePrinted
from baohe.rooms.documents.registry import Template

_STANDARD: Literal["a-2b"] = "a-2b"
_one_at_a_time = threading.Lock()


def print_template(template: Template, content: Mapping[str, Any], at: datetime) -> bytes:
    """PDF/A-2b of a template filled with `content`; the same input gives the same bytes.

    Raises `DataFieldMissing`, `DataFieldUnknown`, `DocumentCannotBePrinted`.
    """
    registry.check(template, content)
    return typeset(content, at, template.path)


def typeset(content: Mapping[str, Any], at: datetime, source: Path) -> bytes:
    """The same for a source that is no registered template. Raises `DocumentCannotBePrinted`."""
    try:
        with _one_at_a_time:  # the compiler keeps its world between calls and is not for two threads at once
            printed = _compiler(source).compile(
                format="pdf",
                sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
                pdf_standards=_STANDARD,
                timestamp=int(at.astimezone(UTC).timestamp()),
            )
    except typst.TypstError as failure:
        raise DocumentCannotBePrinted(reason=str(failure)) from failure
    if not isinstance(printed, bytes):
        raise DocumentCannotBePrinted(reason="the typesetter returned no single file")
    return printed


@functools.lru_cache(maxsize=16)
def _compiler(source: Path) -> typst.Compiler:
    inside = source.is_relative_to(registry.TEMPLATES)
    fonts = [pylopdf_fonts_zh_cn.sans_path().parent, registry.TEMPLATES / "fonts"]
    return typst.Compiler(
        input=str(source),
        root=str(registry.TEMPLATES if inside else source.parent),
        font_paths=[str(folder) for folder in fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": "{}"},
    )
