"""Every hostile file is refused with its own reason, before anything is written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from baohe.kernel.errors import BaoheError
from baohe.plumbing.pictures import PictureKindUnknown, PictureTooLarge, PictureUnreadable
from baohe.plumbing.uploads import PdfRefused, UploadInfected, UploadIsTwoThings, safe_pages
from tests.uploads import hostile

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def stored() -> list[Path]:
    return [path for path in (Path(settings.BAOHE_DATA) / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(hostile.png_and_pdf, UploadIsTwoThings, id="png and pdf"),
        pytest.param(lambda: hostile.picture("JPEG") + hostile.archive(), UploadIsTwoThings, id="jpeg and zip"),
        pytest.param(lambda: hostile.pdf() + hostile.archive(), UploadIsTwoThings, id="pdf and zip"),
        pytest.param(lambda: hostile.pdf() + b"<script>alert(1)</script>", UploadIsTwoThings, id="pdf and page"),
        pytest.param(lambda: b"\n" * 40 + hostile.pdf(), PictureKindUnknown, id="pdf behind a gap"),
        pytest.param(hostile.png_bomb, PictureTooLarge, id="png bomb"),
        pytest.param(lambda: SVG, PictureKindUnknown, id="svg with script"),
        pytest.param(hostile.archive, PictureKindUnknown, id="zip named .pdf"),
        pytest.param(lambda: b"MZ" + b"\0" * 600, PictureKindUnknown, id="program"),
        pytest.param(lambda: b"%PDF-1.7\n" + b"\0" * 60_000_000, PictureTooLarge, id="60 MB"),
        pytest.param(lambda: hostile.picture("JPEG")[:200], PictureUnreadable, id="half a jpeg"),
        pytest.param(lambda: b"", PictureKindUnknown, id="nothing"),
        pytest.param(lambda: hostile.EICAR, UploadInfected, id="eicar"),
        pytest.param(lambda: hostile.pdf(hostile.stream(hostile.EICAR)), UploadInfected, id="eicar in a pdf"),
        pytest.param(lambda: hostile.picture("JPEG") + hostile.EICAR, UploadInfected, id="eicar behind a jpeg"),
    ],
)
def test_what_is_no_paper_is_refused(content, error: type[BaoheError]) -> None:
    before = stored()

    with pytest.raises(error) as refusal:
        safe_pages(content())

    assert stored() == before
    assert refusal.value.message_zh and refusal.value.problem()["next"]["zh"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (hostile.with_script, "script"),
        (hostile.with_hidden_script, "script"),
        (hostile.with_script_in_object_stream, "script"),
        (hostile.with_launch, "launch"),
        (hostile.with_attachment, "embedded"),
        (hostile.encrypted, "encrypted"),
        (lambda: hostile.pdf(pages=21), "pages"),
        (lambda: hostile.pdf()[: len(hostile.pdf()) // 2], "unreadable"),
        (lambda: b"%PDF-1.7\nnonsense", "unreadable"),
        (lambda: hostile.pdf(pages=0), "unreadable"),
        (hostile.page_bomb, "heavy"),
        (hostile.object_bomb, "heavy"),
    ],
)
def test_a_pdf_that_does_more_than_show_pages_is_refused(content, reason: str) -> None:
    before = stored()

    with pytest.raises(PdfRefused) as refusal:
        safe_pages(content())

    assert refusal.value.facts["reason"] == reason
    assert stored() == before


def test_a_plain_pdf_becomes_one_picture_a_page() -> None:
    pages = safe_pages(hostile.pdf(pages=3, content=b"0 0 1 rg 100 100 200 200 re f"))

    assert len(pages) == 3
    with Image.open(io.BytesIO(pages[0].jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1696, 2400))
        assert picture.getpixel((570, 1830))[2] > 200 > 60 > picture.getpixel((570, 1830))[0]


def test_a_photograph_stays_one_picture() -> None:
    [page] = safe_pages(hostile.picture("JPEG"))

    assert (page.width, page.height) == (320, 240)
