"""What an error code means: the address in the `type` of every problem document leads here."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from baohe.faces.problems import problem_response
from baohe.faces.public.pages import page
from baohe.kernel.errors import BaoheError, NotFound


@dataclass(frozen=True, slots=True)
class Explained:
    code: str
    status: int
    zh: str
    en: str
    next_zh: str
    next_en: str


@require_safe
def problem_list(request: HttpRequest) -> HttpResponse:
    return page("problems.html", {"problems": sorted(explanations().values(), key=lambda item: item.code)})


@require_safe
def problem_page(request: HttpRequest, code: str) -> HttpResponse:
    found = explanations().get(code)
    if found is None:
        return problem_response(NotFound(what="错误码"))
    if "text/html" not in request.headers.get("Accept", "text/html"):
        facts = {
            "code": found.code,
            "status": found.status,
            "message": {"zh": found.zh, "en": found.en},
            "next": {"zh": found.next_zh, "en": found.next_en},
        }
        return JsonResponse(facts, json_dumps_params={"ensure_ascii": False})
    return page("problem.html", {"problem": found})


def explanations() -> dict[str, Explained]:
    """Every published error by its code, read from the classes themselves so that none can be forgotten."""
    found: dict[str, Explained] = {}
    waiting: list[type[BaoheError]] = [BaoheError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        words = [_with_gaps(text) for text in (kind.zh, kind.en, kind.next_zh, kind.next_en)]
        found.setdefault(kind.code, Explained(kind.code, kind.status, *words))
    return found


def _with_gaps(template: str) -> str:
    """`{reason_zh}` → `…`: the facts belong to one case, the page explains all of them."""
    return "".join(text + ("…" if name is not None else "") for text, name, _, _ in Formatter().parse(template))
