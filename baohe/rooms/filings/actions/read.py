"""Read a filing: a folder, or files by name. Nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from baohe.rooms.filings.contracts import Problem, RateBook, SourceFile
from baohe.rooms.filings.errors import NothingToRead
from baohe.rooms.filings.rules import roles, sayings
from baohe.rooms.filings.rules.book import book_of
from baohe.rooms.filings.rules.csv_source import read_csv
from baohe.rooms.filings.rules.html_source import read_html
from baohe.rooms.filings.rules.markdown_source import read_markdown
from baohe.rooms.filings.rules.reading import read_source
from baohe.rooms.filings.rules.source import LARGEST_FILE, Source, decoded, hold_to_limits, unreadable
from baohe.rooms.filings.rules.xlsx_source import read_xlsx

MOST_FILES = 200
"""Files of one filing."""
_SAVE_AS = ("请在表格软件里打开，另存为 .xlsx 或 .csv", "Open it in a spreadsheet program and save it as .xlsx or .csv")


def read(filing: Path | Mapping[str, bytes], name: str = "") -> RateBook:
    """The rate book of a folder (its own files; `history` and other sub-folders are earlier versions and are not
    read) or of uploads by file name. Raises `FilingUnreadable` naming file and place, or `NothingToRead`.
    """
    if isinstance(filing, Path):
        name = name or filing.resolve().name
        contents = _contents(filing)
    else:
        name = name or "upload"
        contents = dict(sorted(filing.items()))
        for file, content in contents.items():
            _refuse_large(file, len(content))
    files: list[SourceFile] = []
    texts: dict[str, str] = {}
    told: list[Problem] = []
    sources: list[tuple[str, Source]] = []
    for file, content in contents.items():
        role, source, text = _one(file, content, told)
        files.append(SourceFile(file, role, hashlib.sha256(content).hexdigest(), len(content)))
        if text and role in ("clauses", "statement"):
            texts[role] = f"{texts[role]}\n\n{text}" if role in texts else text
        if source is not None:
            sources.append((role, hold_to_limits(source)))
    if not sources:
        raise NothingToRead(folder=name)
    return book_of(name, files, sources, texts, told)


def _contents(folder: Path) -> dict[str, bytes]:
    if folder.is_file():
        paths = [folder]
    else:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
    if len(paths) > MOST_FILES:
        raise unreadable(folder.name, f"超过 {MOST_FILES} 个文件", f"holds more than {MOST_FILES} files")
    contents: dict[str, bytes] = {}
    for path in paths:
        suffix = roles.suffix_of(path.name)
        if suffix not in roles.READABLE and suffix not in roles.REFUSED and not roles.role_of(path.name):
            continue
        _refuse_large(path.name, path.stat().st_size)
        try:
            contents[path.name] = path.read_bytes()
        except OSError as wrong:
            raise unreadable(path.name, f"打不开：{wrong.strerror}", f"cannot be opened: {wrong.strerror}") from wrong
    return contents


def _refuse_large(file: str, size: int) -> None:
    if size > LARGEST_FILE:
        most = LARGEST_FILE // (1024 * 1024)
        raise unreadable(
            file,
            f"有 {size:,} 字节，上限 {most} MB",
            f"has {size:,} bytes; the limit is {most} MB",
            "请拆成几个文件",
            "Split the file",
        )


def _one(file: str, content: bytes, told: list[Problem]) -> tuple[str, Source | None, str]:
    """Role, source when it holds rates, text when it is words."""
    suffix, role = roles.suffix_of(file), roles.role_of(file)
    if suffix in roles.REFUSED:
        zh, en = roles.REFUSED[suffix]
        raise unreadable(file, zh, en, *_SAVE_AS)
    if suffix not in roles.READABLE:
        if role in ("rates", "cash_values"):
            raise unreadable(file, "不是可读的格式", "is in no format that can be read here", *_SAVE_AS)
        return "other", None, ""
    if suffix in roles.XLSX:
        _refuse_disguised(file, content)
        source = read_xlsx(file, content)
        return (role, source, "") if role in ("rates", "cash_values") else _by_content(role, source)
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise unreadable(file, "内容不是文字", "holds no text", *_SAVE_AS)
    text, code = decoded(file, content)
    if code != "UTF-8":
        told.append(sayings.encoding(file, code))
    role = role or (roles.role_by_content(text) if suffix not in roles.CSV else "")
    if role in ("clauses", "statement"):
        return role, None, text
    if suffix in roles.CSV:
        source = read_csv(file, text)
    else:
        source = read_html(file, text) if suffix in roles.HTML else read_markdown(file, text)
    return (role, source, text) if role else _by_content("", source)


def _refuse_disguised(file: str, content: bytes) -> None:
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise unreadable(file, "是旧版或加密的 Excel 文件", "is an old or an encrypted Excel file", *_SAVE_AS)


def _by_content(role: str, source: Source) -> tuple[str, Source | None, str]:
    """A file whose name does not say is read when it holds rates."""
    if role in ("clauses", "statement"):
        return role, None, ""
    return ("rates", source, "") if read_source(hold_to_limits(source)).cells else ("other", None, "")
