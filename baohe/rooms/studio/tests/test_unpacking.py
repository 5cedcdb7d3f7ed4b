"""Bad uploads: each one clear refusal, and no bytes of it anywhere."""

from __future__ import annotations

import io
import zipfile

import pytest

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.rules import unpacking


def archive(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return made.getvalue()


def link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        entry = zipfile.ZipInfo("a@1/product.yaml")
        entry.external_attr = 0o120777 << 16
        target.writestr(entry, "/etc/passwd")
    return made.getvalue()


def locked() -> bytes:
    content = bytearray(archive({"product.yaml": b"x: 1"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(content)


BAD = {
    "nothing": ({}, "没有选文件"),
    "too large": ({"a.md": b"x" * (unpacking.LARGEST_UPLOAD + 1)}, "8 MB"),
    "no archive": ({"a.zip": b"PK but no more"}, "zip"),
    "torn archive": ({"a.zip": archive({"product.yaml": b"x" * 5_000})[:-40]}, "zip"),
    "out of the folder": ({"a.zip": archive({"../../etc/passwd": b"x"})}, "文件夹之外"),
    "from the root": ({"a.zip": archive({"/etc/passwd": b"x"})}, "文件夹之外"),
    "from a drive": ({"a.zip": archive({"C:\\windows\\a.md": b"x"})}, "文件夹之外"),
    "a link": ({"a.zip": link()}, "链接"),
    "a password": ({"a.zip": locked()}, "密码"),
    "swells": ({"a.zip": archive({"a.md": b"\0" * (unpacking.LARGEST_CONTENT + 10)})}, "32 MB"),
    "too many": ({"a.zip": archive({f"{n}.md": b"" for n in range(unpacking.MOST_FILES + 1)})}, "300"),
    "an archive among files": ({"a.zip": archive({}), "b.md": b""}, "单独上传"),
}


@pytest.mark.parametrize(("uploads", "said"), BAD.values(), ids=BAD)
def test_a_bad_upload_is_one_clear_refusal(uploads: dict[str, bytes], said: str) -> None:
    with pytest.raises(studio.UploadRefused) as refusal:
        studio.unpack(uploads)

    assert said in refusal.value.message_zh
    assert refusal.value.facts["reason_en"]


def test_what_packers_leave_behind_is_passed_over() -> None:
    files = studio.unpack(
        {"a.zip": archive({"p/2027-01-01/product.yaml": b"x: 1", "__MACOSX/p": b"", "p/.DS_Store": b""})}
    )

    assert list(files) == ["p/2027-01-01/product.yaml"]


def test_the_folders_name_code_and_version() -> None:
    packed = studio.package_in(
        {"x/cat-cover/2027-01-01/product.yaml": b"a: 1", "x/cat-cover/2027-01-01/rates/a.csv": b""}
    )

    assert (packed.code, packed.version) == ("cat-cover", "2027-01-01")
    assert sorted(packed.files) == ["product.yaml", "rates/a.csv"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a/1/product.yaml": b"", "b/1/product.yaml": b""}, "多个产品包"),
        ({"product.yaml": b"", "setup.py": b""}, "不是产品包里的文件"),
        ({"a/b/product.yaml": b"", "notes.md": b""}, "不是产品包里的文件"),
        ({"product.yaml": b"", "rates/a.csv": b"x" * (catalog.LARGEST_FILE + 1)}, "4 MB"),
        ({"product.yaml": b"a: \x00"}, "字符"),
    ],
)
def test_what_is_no_package_is_refused(files: dict[str, bytes], said: str) -> None:
    with pytest.raises(studio.UploadRefused) as refusal:
        studio.package_in(files)

    assert said in refusal.value.message_zh


def test_the_number_of_the_filing_changes_one_line_only() -> None:
    files = {"product.yaml": "a: 1\nfiling_number: 待备案\nb: 2\n", "clauses.md": "x"}

    filed = studio.filed(files, '海岬〔2027〕"1" 号')

    assert filed["product.yaml"] == 'a: 1\nfiling_number: "海岬〔2027〕\\"1\\" 号"\nb: 2\n'
    assert filed["clauses.md"] == "x"
    assert studio.number_in(files) == ""
    assert studio.number_in({"product.yaml": "filing_number: 海岬 1 号  # as filed\n"}) == "海岬 1 号"
    assert studio.number_in(studio.filed({"product.yaml": "a: 1"}, "N 1")) == "N 1"
