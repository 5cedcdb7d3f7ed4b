"""Open a recording and hold every byte of it against its chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baohe.plumbing import vault
from baohe.rooms.recordings import builds, sealing
from baohe.rooms.recordings.contracts import Finding
from baohe.rooms.recordings.errors import PageUnknown, PartTooLarge, PartUnreadable
from baohe.rooms.recordings.models import Page, Part, Recording
from baohe.rooms.recordings.rules import chain, events


@dataclass(frozen=True, slots=True)
class Opened:
    """The plain parts that could be read, in order, and what is not as it was recorded."""

    contents: tuple[bytes, ...]
    findings: tuple[Finding, ...]


def opened(row: Recording) -> Opened:
    """Read every part. A changed, missing or exchanged part is named; what can be read is still given."""
    try:
        key = sealing.open_key(row.id, row.key_sealed or b"")
    except vault.SealedDataUnreadable:
        return Opened((), (_finding(row, None, "密钥打不开", "the key cannot be opened"),))
    parts = list(Part.objects.filter(recording=row, shard_key=row.shard_key).order_by("number"))
    contents: list[bytes] = []
    findings: list[Finding] = []
    head = chain.START
    for expected, part in enumerate(parts):
        content = None if part.body is None else sealing.decrypt(key, row.id, part.number, bytes(part.body))
        findings += _against_chain(row, expected, part, head, content)
        head = part.digest
        contents += [] if content is None else [content]
    if len(parts) != row.next_part or head != row.head:
        findings.append(_finding(row, None, "末尾和封存时不一样", "its end is not what was kept"))
    return Opened(tuple(contents), tuple(findings) or _pages(row, contents))


def _against_chain(row: Recording, expected: int, part: Part, head: str, content: bytes | None) -> list[Finding]:
    if part.number != expected:
        return [_finding(row, expected, "缺了一段", "a part is missing")]
    if content is None:
        return [_finding(row, part.number, "内容被改动过", "its content was changed")]
    if chain.link(head, content) != part.digest:
        return [_finding(row, part.number, "和前一段接不上", "it does not follow the part before")]
    return []


def _pages(row: Recording, contents: Sequence[bytes]) -> tuple[Finding, ...]:
    """The list of pages is a reading aid: it must say what the parts say."""
    listed = [
        (page.part, page.at, page.kind, page.page, page.version, page.subjects, page.shown)
        for page in Page.objects.filter(recording=row).order_by("id")
    ]
    try:
        told = [
            (
                number,
                mark.at,
                mark.kind,
                mark.page,
                builds.version_of(row.build, mark.page),
                [str(subject) for subject in mark.subjects],
                dict(mark.shown),
            )
            for number, content in enumerate(contents)
            for mark in events.read(content).pages
        ]
    except (PartUnreadable, PartTooLarge, PageUnknown):
        told = []
    same = listed == told
    return () if same else (_finding(row, None, "页面清单和内容不符", "its list of pages is not what it holds"),)


def _finding(row: Recording, part: int | None, zh: str, en: str) -> Finding:
    return Finding(row.id, part, zh, en)
