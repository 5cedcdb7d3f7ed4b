"""The few pages the server draws itself: plain, one style sheet, no script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template import Context, Engine
from django.views.decorators.http import require_safe

_HERE = Path(__file__).parent
_ENGINE = Engine(dirs=[str(_HERE / "templates")])
_FILES = {"pages.css": "text/css; charset=utf-8"}


def page(template: str, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page from `templates/`; everything in `facts` is escaped."""
    text = _ENGINE.get_template(template).render(Context(facts))
    response = HttpResponse(text, status=status)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def site_file(request: HttpRequest, name: str) -> HttpResponse:
    if name not in _FILES:
        raise Http404
    response = HttpResponse((_HERE / "site" / name).read_bytes(), content_type=_FILES[name])
    response["Cache-Control"] = "public, max-age=300"
    return response
