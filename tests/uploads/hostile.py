"""Files that people should not be able to hand in, built here byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(kind: str = "PNG", size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bag:
        bag.writestr("../../etc/passwd", "root::0:0")
    return out.getvalue()


def pdf(
    *objects: bytes, catalog: bytes = b"", pages: int = 1, page: bytes = b"", content: bytes = b"", trailer: bytes = b""
) -> bytes:
    """A whole PDF: `objects` are numbered from 3 + 2 × pages on; the others are catalog, pages and their contents."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(pages))
    bodies = [b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)]
    for n in range(pages):
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents %d 0 R%s>>" % (4 + 2 * n, page)
        )
        bodies.append(stream(content))
    return written([*bodies, *objects], trailer)


def stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), head, content)


def written(bodies: Iterable[bytes], trailer: bytes = b"") -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start))
    return out.getvalue()


def with_script() -> bytes:
    return pdf(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")


def with_hidden_script() -> bytes:
    """The name is written with escapes, and the action's kind stands in another object."""
    return pdf(b"/J#61vaScript", b"<</S 5 0 R/J#53(app.alert\\(1\\))>>", catalog=b"/OpenAction 6 0 R")


def with_script_in_object_stream() -> bytes:
    """The action lies packed in an object stream, where a search of the bytes does not see it."""
    action = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    inner = b"6 0 " + action
    packed = zlib.compress(inner)
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
        stream(b""),
        stream(packed, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"),
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    rows = [(0, 0, 255), *((1, place, 0) for place in places), (2, 5, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    out.write(b"7 0 obj\n" + stream(table, b"/Type/XRef/Size 8/W[1 4 1]/Root 1 0 R") + b"\nendobj\n")
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def with_launch() -> bytes:
    return pdf(page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(calc.exe)>>>>]")


def with_attachment() -> bytes:
    names = b"/Names<</EmbeddedFiles<</Names[(a.exe)5 0 R]>>>>"
    return pdf(b"<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>", stream(b"MZ", b"/Type/EmbeddedFile"), catalog=names)


def encrypted() -> bytes:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(b)]" % (b"o" * 32, b"u" * 32)
    return pdf(trailer=lock)


def page_bomb() -> bytes:
    """A content stream of a few kilobytes that unpacks to a hundred million operators."""
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * 20_000_000, 9)
    twice = zlib.compress(packed, 9)
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
            stream(twice, b"/Filter[/FlateDecode/FlateDecode]"),
        ]
    )


def object_bomb() -> bytes:
    """An object stream that unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(1000)) + packer.flush()
    bomb = stream(packed, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    bodies = [b"<</Type/Catalog/Pages 2 0 R/Extra 4 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", bomb]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    rows = [(0, 0, 255), *((1, place, 0) for place in places), (2, 3, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    out.write(b"5 0 obj\n" + stream(table, b"/Type/XRef/Size 6/W[1 4 1]/Root 1 0 R") + b"\nendobj\n")
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def png_bomb() -> bytes:
    """Few bytes, ten thousand million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def png_and_pdf() -> bytes:
    """A picture whose comment, near its start, is the head of a PDF; both kinds of reader open it."""
    whole = picture("PNG")
    body = b"comment\x00" + with_script()
    chunk = struct.pack(">I", len(body)) + b"tEXt" + body + struct.pack(">I", zlib.crc32(b"tEXt" + body))
    return whole[:33] + chunk + whole[33:]
