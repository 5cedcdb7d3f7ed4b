"""Which pages the app has: the manifest that its build leaves beside it, kept for ever once something was recorded.

Without a built app (a server alone, whose clients draw their own pages) there is one build with no pages of ours.
"""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from baohe.kernel.canonical import digest
from baohe.plumbing import clock
from baohe.rooms.recordings.contracts import BuildView
from baohe.rooms.recordings.errors import PageUnknown
from baohe.rooms.recordings.models import Build, Style

MANIFEST = "recorded-pages.json"
UNBUILT = "unbuilt"


def current() -> BuildView:
    """The build that this server serves now."""
    path = Path(settings.BAOHE_APP) / MANIFEST
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else BuildView(UNBUILT, {}, {})


def known(build_id: str) -> Build:
    """The row of a build, kept with its stylesheets when it is the one served now. Raises `PageUnknown`."""
    row = Build.objects.filter(id=build_id).first()
    if row is not None:
        return row
    view = current()
    if view.id != build_id:
        raise PageUnknown()
    return _keep(view)


def version_of(build: Build, page: str) -> str:
    """Digest of a page as this build holds it. A page that the build does not name raises `PageUnknown`."""
    if build.id == UNBUILT:
        return digest({"page": page, "build": UNBUILT})
    found = build.pages.get(page)
    if found is None:
        raise PageUnknown()
    return str(found)


def _keep(view: BuildView) -> Build:
    styles = [Style(digest=_sha256(content), content=content) for content in _contents(view)]
    Style.objects.bulk_create(styles, ignore_conflicts=True)
    row = Build(id=view.id, pages=dict(view.pages), styles=dict(view.styles), known_at=clock.now())
    Build.objects.bulk_create([row], ignore_conflicts=True)
    return row


def _contents(view: BuildView) -> list[bytes]:
    folder = Path(settings.BAOHE_APP)
    return [(folder / file).read_bytes() for file in view.styles]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@functools.lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> BuildView:
    told: dict[str, Any] = json.loads(path.read_text())
    return BuildView(str(told["build"]), dict(told["pages"]), dict(told["styles"]))
