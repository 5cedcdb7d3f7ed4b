"""What a camera wrote beside the pixels, read once before it is stripped: moment, device, program. Never the place.

DATA-1: where a picture was taken is location data, no purpose of ours has a consent for it, and so it is not read.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime

from PIL import Image

_ORIENTATION, _MAKE, _MODEL, _SOFTWARE, _CHANGED = 0x0112, 0x010F, 0x0110, 0x0131, 0x0132
_PHOTO, _TAKEN = 0x8769, 0x9003
_LONGEST = 80
_EDITORS = (
    "photoshop",
    "gimp",
    "pixelmator",
    "affinity",
    "paint.net",
    "picsart",
    "snapseed",
    "pixelcut",
    "canva",
    "meitu",
    "美图",
    "醒图",
    "xingtu",
    "photoscape",
    "coreldraw",
    "inshot",
)
"""Programs made to change what a picture shows; a telephone's own version number is none of them."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What the file says of itself; a stranger wrote it, so it is a hint and no proof. "" where it says nothing.

    `taken_at` is the camera's own local time, "2026-11-20T18:05:00". `editor` is the program named, if it is one that
    changes pictures.
    """

    taken_at: str = ""
    device: str = ""
    software: str = ""
    editor: str = ""


NONE = Traces()


def orientation_of(picture: Image.Image) -> int:
    """1 to 8 as EXIF counts; 1 where nothing sensible is said."""
    said = _tags(picture).get(_ORIENTATION, 1)
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


def traces_of(picture: Image.Image) -> Traces:
    """Of an opened picture. Broken metadata is no metadata: it is no reason to send a photograph back."""
    tags = _tags(picture)
    device = " ".join(dict.fromkeys(part for part in (_text(tags.get(_MAKE)), _text(tags.get(_MODEL))) if part))
    software = _text(tags.get(_SOFTWARE))
    editor = next((name for name in _EDITORS if name in software.lower()), "")
    return Traces(_moment(tags.get(_TAKEN) or tags.get(_CHANGED)), device[:_LONGEST], software, editor)


def _tags(picture: Image.Image) -> dict[int, object]:
    try:
        exif = picture.getexif()
        return {**dict(exif), **exif.get_ifd(_PHOTO)}
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, struct.error):
        # Pillow's reader of directories fails in all of these ways on a torn or looped one.
        return {}


def _text(value: object) -> str:
    plain = value.decode("utf-8", "replace") if isinstance(value, bytes) else value if isinstance(value, str) else ""
    return "".join(letter for letter in plain if letter.isprintable()).strip()[:_LONGEST]


def _moment(value: object) -> str:
    try:
        return datetime.strptime(_text(value)[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007 - the camera's own
    except ValueError:
        return ""
