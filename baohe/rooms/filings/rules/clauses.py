"""The clauses of a filing as a package's wording, and the few facts that they state without a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable

from baohe.rooms.filings.rules.numbers import clean

_NUMBERED = re.compile(r"^#*\s*(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s*([^\d\s.…．].{0,60})$")
_CONTENTS = re.compile(r"[.…．]{4,}|^\d{1,2}(?:\.\d+)?[^。]{0,20}\.{2,}")
_EXCLUDES = re.compile(r"责任免除|免责")
_ROW = re.compile(r"</tr\s*>", re.IGNORECASE)
_SQUARE = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,300}>")


def wording_of(text: str) -> str:
    """Chapters as `## n`, points as `### n.n`, tables as lines; every sentence of the source is kept."""
    lines = [
        "<!-- 由材料原文整理，发布前请逐条核对 · made from the filing; check every point before publishing -->",
        "",
    ]
    read = [(line, _heading(line)) for line in _lines(text)]
    last = {found[1]: place for place, (_, found) in enumerate(read) if found}
    for place, (line, found) in enumerate(read):
        if found and last[found[1]] == place:
            number, title = found[1], found[2].strip()
            mark = "##" if "." not in number else "###"
            lines += ["", f"{mark} {number} {title}{' 〔免责〕' if _EXCLUDES.search(title) and '.' in number else ''}"]
        else:
            lines.append(line.lstrip("# ").strip())
    return "\n".join(lines).strip() + "\n"


def _heading(line: str) -> re.Match[str] | None:
    """A numbered heading. The table of contents says them first: of equal numbers the last is the heading."""
    found = _NUMBERED.match(line)
    return found if found and not _CONTENTS.search(line) and "。" not in found[2] else None


def _lines(text: str) -> Iterable[str]:
    flat = _ROW.sub("\n", _SQUARE.sub(" ", text))
    for line in flat.replace("\r\n", "\n").split("\n"):
        heading = line.lstrip().startswith("#")
        said = clean(_TAG.sub(" ", line.lstrip("# ")))
        if said:
            yield f"# {said}" if heading else said


def facts_of(text: str) -> dict[str, int]:
    """waiting_days, cooling_off_days, min_age_days, max_age: only what every mention says alike."""
    said = clean(_TAG.sub(" ", text)).replace(" ", "")
    found = {
        "cooling_off_days": _only(re.findall(r"(\d{1,3})[日天](?:[（(]即)?的?犹豫期", said)),
        "waiting_days": _only(
            re.findall(r"(\d{1,3})[日天](?:[（(]这\d{1,3}[日天]的时间段称为“?等待期|的?等待期)", said)
        ),
        "max_age": _only(re.findall(r"投保年龄(?:范围)?(?:为|是|：).{0,24}?至(\d{1,3})周岁", said)),
    }
    days = _only(re.findall(r"投保年龄(?:范围)?(?:为|是|：)出生满(\d{1,3})[日天]", said))
    years = _only(re.findall(r"投保年龄(?:范围)?(?:为|是|：)(\d{1,3})周岁", said))
    found["min_age_days"] = (
        days if days is not None else (years * 365 + (years + 3) // 4 if years is not None else None)
    )
    return {name: number for name, number in found.items() if number is not None}


def _only(numbers: list[str]) -> int | None:
    """The number when all mentions agree."""
    return int(numbers[0]) if numbers and len(set(numbers)) == 1 else None
