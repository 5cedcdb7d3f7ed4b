"""What a person hands in: a photograph, or a PDF that becomes pictures. Nothing of the file itself is kept.

A file is known by its first bytes, never by its name or declared type, and must be one thing only: a picture that is
also a PDF or an archive is refused before any decoder sees it. A PDF is opened in a process of its own, with little
memory and time (`pdf_pages.py`); scripts, attachments, programs to start, encryption and bombs are refused there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

from baohe.kernel.errors import BaoheError
from baohe.plumbing import pdf_pages, picture_grain, pictures
from baohe.plumbing.picture_grain import Place
from baohe.plumbing.pictures import SafePicture

_WORKER = Path(pdf_pages.__file__)
_AT_ONCE = threading.BoundedSemaphore(2)
"""PDFs opened at a time by one process; the next one waits its turn, briefly."""

_DECODING = threading.BoundedSemaphore(3)
"""Photographs decoded at a time by one process: a hundred at once wait, and take the memory of three."""

_PATIENCE = 20
"""Seconds that a photograph waits for its turn."""

_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_ZIP_END = b"PK\x05\x06"


class UploadIsTwoThings(BaoheError):
    code = "upload_is_two_things"
    status = 422
    zh = "这个文件同时是两种东西（{found}），不能收"
    en = "This file is two things at once ({found}) and cannot be taken"
    next_zh = "请重新拍一张照片，或重新导出 PDF；填过的内容都还在"
    next_en = "Take a photograph, or export the PDF again; what you typed is kept"


class UploadInfected(BaoheError):
    code = "upload_infected"
    status = 422
    zh = "这个文件带有已知的恶意代码特征，没有保存"
    en = "This file carries a known mark of malicious code and was not kept"
    next_zh = "请用手机直接拍照上传；填过的内容都还在"
    next_en = "Take a photograph with the phone instead; what you typed is kept"


class PdfRefused(BaoheError):
    """`reason`: script | embedded | launch | media | encrypted | pages | heavy | unreadable."""

    code = "pdf_refused"
    status = 422
    zh = "这份 PDF 不能收：{reason_zh}"
    en = "This PDF cannot be taken: {reason_en}"
    next_zh = "请把需要的几页截图或拍照上传；填过的内容都还在"
    next_en = "Upload screenshots or photographs of the pages; what you typed is kept"


class TooManyUploads(BaoheError):
    code = "too_many_uploads"
    status = 503
    zh = "上传的人有点多"
    en = "Many people are uploading at the moment"
    next_zh = "请几秒后再传一次；填过的内容都还在"
    next_en = "Upload it again in a few seconds; what you typed is kept"


_WHY = {
    "script": ("里面有脚本", "it contains a script"),
    "embedded": ("里面夹带了别的文件", "it carries another file"),
    "launch": ("里面有会打开程序或网址的动作", "it contains an action that starts something"),
    "media": ("里面有音视频或 3D 内容", "it contains media"),
    "encrypted": ("加了密码", "it is encrypted"),
    "pages": ("超过 {limit} 页", "it has more than {limit} pages"),
    "heavy": ("展开后太大", "it is far too large once unpacked"),
    "unreadable": ("打不开，可能没有传完整", "it cannot be opened; it may be incomplete"),
}


def refuse_oversize(size: int | None) -> None:
    """Raises `PictureTooLarge` for a declared size over 10 MB, before a byte is read."""
    pictures.refuse_oversize(size)


def safe_pages(content: bytes) -> tuple[SafePicture, ...]:
    """One picture of a photograph, or one of each page of a PDF. Raises what `pictures.make_safe` raises,
    `UploadIsTwoThings`, `UploadInfected`, `PdfRefused`, `TooManyUploads`."""
    refuse_oversize(len(content))
    if _EICAR in content:
        raise UploadInfected()
    if content.startswith(b"%PDF-"):
        _refuse_two_things(content, "PDF")
        return _from_pdf(content)
    return (safe_picture(content),)


def safe_picture(content: bytes) -> SafePicture:
    """One photograph; a PDF is none. Raises what `safe_pages` raises of pictures."""
    refuse_oversize(len(content))
    if _EICAR in content:
        raise UploadInfected()
    if content[:3] == b"\xff\xd8\xff" or content[:4] in (b"\x89PNG", b"RIFF"):
        _refuse_two_things(content, "picture")
    if not _DECODING.acquire(timeout=_PATIENCE):
        raise TooManyUploads()
    try:
        return pictures.make_safe(content)
    finally:
        _DECODING.release()


def odd_places(content: bytes) -> tuple[Place, ...]:
    """Places of a photograph that `safe_picture` took whose grain does not fit; of a PDF, none are known. Raises
    `TooManyUploads`."""
    if content.startswith(b"%PDF-"):
        return ()
    if not _DECODING.acquire(timeout=_PATIENCE):
        raise TooManyUploads()
    try:
        return picture_grain.odd_places(content)
    finally:
        _DECODING.release()


def _refuse_two_things(content: bytes, kind: str) -> None:
    if kind != "PDF" and b"%PDF-" in content[:1024]:
        raise UploadIsTwoThings(found="picture + PDF")
    if _ends_as_archive(content):
        raise UploadIsTwoThings(found=f"{kind} + ZIP")
    if kind == "PDF" and content[content.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \x00") and b"%%EOF" in content:
        raise UploadIsTwoThings(found="PDF + ?")


def _ends_as_archive(content: bytes) -> bool:
    """An archive's directory that ends exactly where the file ends, as every unpacker looks for it."""
    place = content.rfind(_ZIP_END, max(0, len(content) - 65_557))
    if place < 0 or place + 22 > len(content):
        return False
    comment = int.from_bytes(content[place + 20 : place + 22], "little")
    return place + 22 + comment == len(content)


def _from_pdf(content: bytes) -> tuple[SafePicture, ...]:
    if not _AT_ONCE.acquire(timeout=pdf_pages.SECONDS_WHOLE):
        raise TooManyUploads()
    try:
        answer = _in_own_process(content)
    finally:
        _AT_ONCE.release()
    head, _, rest = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise _refusal(said["refused"], said["limit"])
    pages = []
    for _ in range(said["pages"]):
        size = int.from_bytes(rest[:8], "big")
        pages.append(pictures.make_safe(rest[8 : 8 + size]))  # what a broken process wrote is a stranger's file too
        rest = rest[8 + size :]
    return tuple(pages)


def _in_own_process(content: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, an empty environment
            [sys.executable, "-I", str(_WORKER)],
            input=content,
            capture_output=True,
            timeout=pdf_pages.SECONDS_WHOLE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refusal("heavy") from None
    if done.returncode != 0 or not done.stdout:
        raise _refusal("heavy")  # killed by its limits
    return done.stdout


def _refusal(code: str, limit: str = "") -> PdfRefused:
    zh, en = _WHY[code]
    return PdfRefused(reason=code, reason_zh=zh.format(limit=limit), reason_en=en.format(limit=limit))
