"""Bringing files in and changing them: upload, a new draft from a version, the text of one file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.faces.desk.studio.forms import SaveForm, StopForm, UploadForm
from baohe.faces.desk.studio.frame import READERS, show_draft
from baohe.faces.desk.studio.overview import draft_page, shelf_page, version_page
from baohe.flows import bring_in_product
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import ROLES

LONGEST_HERE = 1_500_000
"""Bytes of a file that are edited in the page; a longer one is brought by upload."""


@require_POST
@at_desk(*ROLES)
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST)
    if not form.is_valid():
        return shelf_page(request, form, status=422)
    said = form.cleaned_data
    try:
        draft = bring_in_product.upload(staff_at(request).id, _uploads(request), said["product_code"], said["version"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return shelf_page(request, form, status=refusal.status)
    messages.success(request, "已收下，下面是它的检查结果")
    return redirect("desk:studio-draft", draft_id=draft.id)


@require_POST
@at_desk(*ROLES)
def draft_from(request: HttpRequest, version_id: str) -> HttpResponse:
    name = request.POST.get("version", "").strip()[:10]
    try:
        draft = bring_in_product.draft_from(staff_at(request).id, version_id, name)
    except BaoheError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, sentence(refusal))
        return version_page(request, version_id, StopForm(), status=refusal.status)
    messages.success(request, "已从这个版本另起一份草案")
    return redirect("desk:studio-draft", draft_id=draft.id)


@require_POST
@at_desk(*ROLES)
def replace(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Files of an upload over those of an open draft; what it does not name stays."""
    try:
        bring_in_product.replace(staff_at(request).id, draft_id, _uploads(request))
    except BaoheError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, sentence(refusal))
        return draft_page(request, draft_id, status=refusal.status)
    messages.success(request, "已换上新的文件")
    return redirect("desk:studio-draft", draft_id=draft_id)


@require_GET
@at_desk(*READERS)
def edit(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    return _editor(request, draft_id, request.GET.get("file", "")[:60])


@require_POST
@at_desk(*ROLES)
def save(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有存：页面送来的内容不完整")
        return _editor(request, draft_id, request.POST.get("file", "")[:60], status=422)
    said = form.cleaned_data
    try:
        studio.save(staff_at(request).id, draft_id, said["revision"], {said["file"]: said["text"]})
    except BaoheError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, sentence(refusal))
        return _editor(request, draft_id, said["file"], typed=said["text"], status=refusal.status)
    messages.success(request, "已存")
    response = redirect("desk:studio-edit", draft_id=draft_id)
    response["Location"] += f"?file={said['file']}"
    return response


def _uploads(request: HttpRequest) -> dict[str, bytes]:
    """Read at most one byte more than may come."""
    found: dict[str, bytes] = {}
    for file in request.FILES.getlist("files"):
        found[str(file.name)] = file.read(studio.LARGEST_UPLOAD + 1)
    return found


def _editor(
    request: HttpRequest, draft_id: UUID, file: str, typed: str | None = None, status: int = 200
) -> HttpResponse:
    draft = studio.draft(draft_id)
    possible = file in catalog.PACKAGE_FILES or catalog.RATE_FILE.match(file) is not None
    shown = file if possible else "product.yaml"
    text = draft.files.get(shown, "") if typed is None else typed
    return show_draft(
        request,
        "desk/studio/edit.html",
        "studio-edit",
        draft,
        status,
        file=shown,
        text=text,
        lines=text.count("\n") + 1,
        too_long=len(text.encode()) > LONGEST_HERE,
        names=sorted({*draft.files, *catalog.PACKAGE_FILES}, key=lambda name: ("/" in name, name)),
    )
