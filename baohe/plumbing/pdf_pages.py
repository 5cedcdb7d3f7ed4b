"""Run as a program of its own, once a PDF: bytes in, pictures out, and nothing else survives.

`python -I pdf_pages.py` reads a PDF from standard input and answers with one JSON line (`{"pages": n}` or
`{"refused": code, "limit": …}`), then for each page eight bytes of length and a JPEG. It limits its own memory,
time, open files and file size before it imports a parser: what a stranger's file does to a parser ends here.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

MAX_PAGES = 20
MAX_OBJECTS = 20_000
SIDE = 2_400
"""Longest side of a rendered page in pixels: 200 dots an inch of A4."""

MEMORY = 768 * 1024 * 1024
SECONDS = 15
SECONDS_WHOLE = 25
"""Wall time that the caller waits, a second core's worth of patience above the processor time."""

_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/SubmitForm": "launch",
    "/ImportData": "launch",
    "/GoToR": "launch",
    "/GoToE": "embedded",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
}
_KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "script",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
    "/RichMediaContent": "media",
}

_NAMING = {
    "/S": _ACTIONS,
    "/Type": {"/EmbeddedFile": "embedded"},
    "/Subtype": {"/FileAttachment": "embedded", "/RichMedia": "media", "/Movie": "media", "/Screen": "media"},
}


class Refused(Exception):
    def __init__(self, code: str, limit: str = "") -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


def main() -> int:
    _limit()
    content = sys.stdin.buffer.read()
    try:
        pages = _pages(content)
    except Refused as no:
        _say({"refused": no.code, "limit": no.limit})
        return 0
    except MemoryError:
        _say({"refused": "heavy", "limit": ""})
        return 0
    _say({"pages": len(pages)})
    for page in pages:
        sys.stdout.buffer.write(len(page).to_bytes(8, "big") + page)
    sys.stdout.buffer.flush()
    return 0


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")


def _pages(content: bytes) -> list[bytes]:
    import pypdfium2  # after the limits

    _look_inside(content)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise Refused("unreadable") from None
    count = len(document)
    if count == 0:
        raise Refused("unreadable")
    if count > MAX_PAGES:
        raise Refused("pages", str(MAX_PAGES))
    return [_picture(document[number]) for number in range(count)]


def _picture(page: Any) -> bytes:
    width, height = page.get_size()
    if min(width, height) < 1 or max(width, height) > 20_000 or max(width, height) > 50 * min(width, height):
        raise Refused("unreadable")
    bitmap = page.render(scale=SIDE / max(width, height), may_draw_forms=False)
    out = io.BytesIO()
    bitmap.to_pil().convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def _look_inside(content: bytes) -> None:
    """Walk every object the file names, also inside object streams; names are compared decoded, so that
    `/J#61vaScript` is no hiding place."""
    from pyhanko.pdf_utils.misc import PdfDecodeLimitError, PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            raise Refused("encrypted")
        _walk(reader)
    except PdfDecodeLimitError:
        raise Refused("heavy") from None
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, EOFError, OSError):
        # What the parser meets in a broken file comes in all these ways; each means "not a whole PDF".
        raise Refused("unreadable") from None


def _walk(reader: Any) -> None:
    from pyhanko.pdf_utils import generic

    waiting: list[Any] = [reader.trailer_view]
    seen: set[tuple[int, int]] = set()
    steps = 0
    while waiting:
        thing = waiting.pop()
        steps += 1
        if steps > MAX_OBJECTS * 20 or len(seen) > MAX_OBJECTS:
            raise Refused("heavy")
        if isinstance(thing, generic.IndirectObject):
            if (thing.idnum, thing.generation) not in seen:
                seen.add((thing.idnum, thing.generation))
                waiting.append(reader.get_object(thing))
        elif isinstance(thing, generic.ArrayObject):
            waiting += [thing.raw_get(place) for place in range(len(thing))]
        elif isinstance(thing, generic.DictionaryObject):
            waiting += _entries(reader, thing)


def _entries(reader: Any, thing: Any) -> list[Any]:
    """What a dictionary holds, once nothing in it is refused. A name may be written as a reference to a name."""
    from pyhanko.pdf_utils import generic

    found = []
    for key in thing:
        name, value = str(key), thing.raw_get(key)
        if name in _KEYS:
            raise Refused(_KEYS[name])
        if name in _NAMING:
            named = reader.get_object(value) if isinstance(value, generic.IndirectObject) else value
            code = _NAMING[name].get(str(named))
            if code is not None:
                raise Refused(code)
        found.append(value)
    return found


if __name__ == "__main__":
    sys.exit(main())
