"""What an underwriter does to a rule set: change rows, keep cases, read in a file, submit; a second one releases."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.rules.pages import draft_page
from baohe.faces.desk.rules.rows import typed_rows
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import RuleCase, RulePage

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_LARGEST_FILE = 512_000


@require_POST
@at_desk("underwriter")
def start(request: HttpRequest) -> HttpResponse:
    try:
        base = UUID(request.POST.get("base", ""))
        scope = request.POST.get("scope", "").strip()[:60] or "*"
        draft_id = underwriting.start_rules(staff_at(request).id, base, scope, request.POST.get("name", "")[:120])
    except ValueError:
        messages.error(request, "请选一个版本作底稿")
        return redirect("desk:rules")
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("desk:rules")
    return redirect("desk:rules-draft", draft_id)


@require_POST
@at_desk("underwriter")
def table(request: HttpRequest, draft_id: UUID, table_id: str) -> HttpResponse:
    """Save the rows; a refused save leaves everything that was typed on the page."""
    page = underwriting.rule_draft(draft_id)
    found = next((item for item in page.tables if item.id == table_id), page.tables[0])
    rows = typed_rows(found, request.POST)
    try:
        underwriting.save_table(staff_at(request).id, draft_id, _revision(request), found.id, rows)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return draft_page(request, draft_id, found.id, refusal.status, rows)
    return redirect(f"{reverse('desk:rules-draft', args=[draft_id])}?table={found.id}")


@require_POST
@at_desk("underwriter")
def cases(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Add a case that differs from another in a few facts, or drop one."""

    def act(page: RulePage) -> None:
        dropped = request.POST.get("drop")
        kept = [case for case in page.cases if case.name != dropped]
        if dropped is None:
            kept.append(_typed_case(request, page))
        underwriting.save_cases(staff_at(request).id, draft_id, _revision(request), kept)

    return _done(request, draft_id, act, "用例已保存")


@require_POST
@at_desk("underwriter")
def read_in(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def act(page: RulePage) -> None:
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > _LARGEST_FILE:
            raise InvalidInput(field="file", reason_zh="请选一个 512 KB 以内的 JSON", reason_en="a JSON up to 512 KB")
        try:
            text = file.read().decode("utf-8")
        except UnicodeDecodeError as wrong:
            raise InvalidInput(field="file", reason_zh="应为 UTF-8", reason_en="should be UTF-8") from wrong
        underwriting.import_rules(staff_at(request).id, draft_id, _revision(request), text)

    return _done(request, draft_id, act, "已读入，原来的表已替换")


@require_POST
@at_desk("underwriter")
def submit(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def act(page: RulePage) -> None:
        try:
            day = date.fromisoformat(request.POST.get("effective_from", ""))
        except ValueError as wrong:
            raise InvalidInput(field="effective_from", reason_zh="请写日期", reason_en="should be a day") from wrong
        note = request.POST.get("note", "")[:500]
        underwriting.submit_rules(staff_at(request).id, draft_id, _revision(request), day, note)

    return _done(request, draft_id, act, "已送审，等另一位核保员发布")


@require_POST
@at_desk("underwriter")
def release(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    try:
        released = underwriting.release_rules(staff_at(request).id, draft_id)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return draft_page(request, draft_id, "", refusal.status)
    messages.success(request, "已发布，从生效日起用它决定")
    return redirect("desk:rules-released", released)


@require_POST
@at_desk("underwriter")
def give_back(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    return _done(request, draft_id, lambda _: underwriting.return_rules(staff_at(request).id, draft_id), "已退回修改")


def _done(request: HttpRequest, draft_id: UUID, act: Callable[[RulePage], None], said: str) -> HttpResponse:
    table_id = request.POST.get("table", "")[:60]
    try:
        act(underwriting.rule_draft(draft_id))
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return draft_page(request, draft_id, table_id, refusal.status, said=request.POST.dict())
    messages.success(request, said)
    return redirect(f"{reverse('desk:rules-draft', args=[draft_id])}?table={table_id}")


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


def _typed_case(request: HttpRequest, page: RulePage) -> RuleCase:
    base = next((case for case in page.cases if case.name == request.POST.get("base")), None)
    if base is None:
        raise InvalidInput(field="base", reason_zh="请选一个用例作底", reason_en="needs a case to begin with")
    facts = dict(base.facts)
    for line in re.split(r"[\n,，;；]", request.POST.get("changes", "")[:2_000]):
        name, _, value = (part.strip() for part in line.partition("="))
        if name:
            facts[name] = int(value) if _WHOLE.fullmatch(value) else value.strip('"')
    loading = request.POST.get("loading_bp", "") or "0"
    if not _WHOLE.fullmatch(loading):
        raise InvalidInput(field="loading_bp", reason_zh="应为整数", reason_en="should be a whole number")
    return replace(
        base,
        name=request.POST.get("name", "")[:80],
        facts=facts,
        outcome=request.POST.get("outcome", ""),
        loading_bp=int(loading),
    )
