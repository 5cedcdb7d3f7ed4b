"""The consumer app as built files: every page of it is the same shell, and the browser's router does the rest."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from baohe.faces.problems import problem_response
from baohe.faces.public.pages import page
from baohe.kernel.errors import NotFound

_SERVER_SIDE = (
    "api/",
    "open/",
    "openapi/",
    "callbacks/",
    "desk/",
    "log/",
    "catalogue/",
    "static/",
    "problems/",
    "site/",
    "assets/",
)
_LOOKS_LIKE_A_FILE = re.compile(r"\.[a-z][a-z0-9]{1,10}$")
_IMMUTABLE = "public, max-age=31536000, immutable"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@csrf_exempt
def app(request: HttpRequest, path: str = "") -> HttpResponse:
    """A built file where there is one, the shell for a page, a problem document for what is not there.

    Nothing is changed here, so a write to an address that no API knows is told just that, token or not.
    """
    if request.method not in ("GET", "HEAD"):
        if path.startswith(_SERVER_SIDE):
            return problem_response(NotFound(what="页面"))
        return HttpResponseNotAllowed(["GET", "HEAD"])
    root = Path(settings.BAOHE_APP)
    found = _built_file(root, path)
    if found is not None:
        return _file(request, found, _IMMUTABLE if path.startswith("assets/") else "no-cache")
    if path.startswith(_SERVER_SIDE) or _LOOKS_LIKE_A_FILE.search(path):
        return problem_response(NotFound(what="页面"))
    shell = root / "index.html"
    if not shell.is_file():
        return page("not_built.html", {}, status=503)
    return _file(request, shell, "no-cache")


def _built_file(root: Path, path: str) -> Path | None:
    if not path or path.endswith("/") or "\x00" in path:
        return None
    try:
        found = (root / path).resolve()
        return found if found.is_relative_to(root.resolve()) and found.is_file() else None
    except OSError:  # longer than any name on a disk
        return None


def _file(request: HttpRequest, found: Path, caching: str) -> HttpResponse:
    stand = found.stat()
    tag = f'"{stand.st_mtime_ns:x}-{stand.st_size:x}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        content, encoding = _best_encoding(request, found)
        response = HttpResponse(content.read_bytes(), content_type=_content_type(found))
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = tag
    response["Cache-Control"] = caching
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _best_encoding(request: HttpRequest, found: Path) -> tuple[Path, str]:
    """The precompressed file beside `found` that the browser accepts, or the file itself."""
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    for name, suffix in _ENCODINGS:
        packed = found.with_name(found.name + suffix)
        if name in accepted and packed.is_file():
            return packed, name
    return found, ""


def _content_type(found: Path) -> str:
    return _TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
