"""核保规则 at the desk: which sets decide, a draft with its tables and cases, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baohe.faces.desk.frame import show
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.rules.rows import OUTCOMES, shown_rows
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import RuleRow, Simulation

READERS = ("underwriter", "auditor")


@require_GET
@at_desk(*READERS)
def shelf(request: HttpRequest) -> HttpResponse:
    return show(
        request,
        "desk/rules/shelf.html",
        "rules",
        sets=underwriting.rule_sets(),
        drafts=underwriting.rule_drafts(),
        may_write=staff_at(request).has("underwriter"),
    )


@require_GET
@at_desk(*READERS)
def released(request: HttpRequest, set_id: UUID) -> HttpResponse:
    return show(request, "desk/rules/released.html", "rules", page=underwriting.rule_set(set_id))


@require_GET
@at_desk(*READERS)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    return draft_page(request, draft_id, request.GET.get("table", ""))


@require_GET
@at_desk(*READERS)
def released_file(request: HttpRequest, set_id: UUID) -> HttpResponse:
    return _file(underwriting.rule_set(set_id).content, f"rules-{set_id}")


@require_GET
@at_desk(*READERS)
def draft_file(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    return _file(underwriting.rule_draft(draft_id).content, f"rules-draft-{draft_id}")


def draft_page(
    request: HttpRequest,
    draft_id: UUID,
    table_id: str,
    status: int = 200,
    typed: list[RuleRow] | None = None,
    said: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The draft with one table open. `typed` are rows that were refused and stay on the page; `said` what was typed
    into a form that was refused."""
    page = underwriting.rule_draft(draft_id)
    staff = staff_at(request)
    table = next((item for item in page.tables if item.id == table_id), page.tables[0])
    may_write = staff.has("underwriter")
    simulated, untried = _simulation(request, draft_id)
    return show(
        request,
        "desk/rules/draft.html",
        "rules",
        status=status,
        page=page,
        table=table,
        rows=shown_rows(table, typed),
        outcomes=OUTCOMES,
        facts=underwriting.rule_facts(),
        failing=sum(not case.passed for case in page.cases),
        simulated=simulated,
        untried=untried,
        today=clock.today().isoformat(),
        said=said or {},
        may_edit=may_write and page.submitted_at is None,
        may_release=may_write and page.submitted_at is not None and page.author_id != staff.id,
        may_return=may_write and page.submitted_at is not None,
    )


def _simulation(request: HttpRequest, draft_id: UUID) -> tuple[Simulation | None, str]:
    """Only when asked for: it decides for the whole sample twice."""
    if request.GET.get("simulate") != "1":
        return None, ""
    try:
        return underwriting.simulate_rules(draft_id), ""
    except BaoheError as refusal:
        return None, sentence(refusal)


def _file(content: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer
