"""Typst as a reused compiler: fonts are read once a process, then a policy takes milliseconds.

Reads only the template's folder and the fonts of the locked wheel; no system fonts, so every machine prints alike.
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

from baohe.rooms.documents.errors import DocumentCannotBePrinted

POLICY = Path(__file__).parent / "templates" / "policy.typ"
_STANDARD: Literal["a-2b"] = "a-2b"
_one_at_a_time = threading.Lock()


def typeset(content: Mapping[str, Any], at: datetime, template: Path = POLICY) -> bytes:
    """PDF/A-2b of a template filled with `content`; the same input gives the same bytes.

    Raises `DocumentCannotBePrinted`.
    """
    try:
        with _one_at_a_time:  # the compiler keeps its world between calls and is not for two threads at once
            printed = _compiler(template).compile(
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


@functools.lru_cache(maxsize=4)
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(
        input=str(template),
        root=str(template.parent),
        font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)],
        ignore_system_fonts=True,
        sys_inputs={"data": "{}"},
    )
