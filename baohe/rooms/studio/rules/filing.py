"""The number of the filing in product.yaml, which comes only after the approval. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

AWAITED = "待备案"
"""Stands in product.yaml until the regulator has given a number."""
_LINE = re.compile(r"^filing_number:.*$", re.MULTILINE)


def filed(files: Mapping[str, str], number: str) -> dict[str, str]:
    """The files with the number in product.yaml; not a byte beside it changes."""
    line = f"filing_number: {json.dumps(number, ensure_ascii=False)}"
    text = files.get("product.yaml", "")
    if _LINE.search(text):
        text = _LINE.sub(lambda _: line, text, count=1)
    else:
        text = f"{text.rstrip()}\n{line}\n"
    return {**files, "product.yaml": text}


def number_in(files: Mapping[str, str]) -> str:
    """The number that product.yaml already carries, "" if none."""
    found = _LINE.search(files.get("product.yaml", ""))
    if found is None:
        return ""
    value = found[0].partition(":")[2].partition(" #")[0].strip().strip("\"'")
    return "" if value == AWAITED else value
