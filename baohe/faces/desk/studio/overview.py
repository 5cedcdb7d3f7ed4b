"""The studio's first pages: drafts and versions on the shelf, one draft whole, one version whole."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baohe.faces.desk.frame import show
from baohe.faces.desk.session import at_desk, staff_at
from baohe.faces.desk.studio.forms import ApproveForm, NumberForm, ReturnForm, StopForm, UploadForm
from baohe.faces.desk.studio.frame import READERS, RECENT, show_draft, show_version, sold
from baohe.flows import publish_product
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import ROLES

PAGE = 20


@require_GET
@at_desk(*READERS)
def shelf(request: HttpRequest) -> HttpResponse:
    return shelf_page(request, UploadForm())


def shelf_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    """Also where a refused upload ends: with what was typed."""
    number = _number(request, "page")
    drafts, total = studio.drafts(_number(request, "drafts"), PAGE)
    entries, versions = catalog.shelf(number, PAGE)
    today = clock.today()
    return show(
        request,
        "desk/studio/shelf.html",
        "studio",
        status=status,
        drafts=drafts,
        recent=drafts[:RECENT],
        drafts_total=total,
        drafts_page=_number(request, "drafts"),
        entries=[(entry, sold(entry, today)) for entry in entries],
        versions=versions,
        page=number,
        size=PAGE,
        form=form,
        is_maker=staff_at(request).has(*ROLES),
    )


@require_GET
@at_desk(*READERS)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    return draft_page(request, draft_id)


def draft_page(request: HttpRequest, draft_id: UUID, failed: object = None, status: int = 200) -> HttpResponse:
    """The overview of a draft: what holds, what does not, who did what, and what can be done."""
    found = studio.draft(draft_id)
    proof = publish_product.prove(found)
    lines = publish_product.check_lines(found, proof)
    number = found.filing_number or studio.number_in(found.files)
    forms_here = {
        "approve": ApproveForm(),
        "return": ReturnForm(),
        "number": NumberForm(initial={"filing_number": number}),
    }
    if failed is not None:
        forms_here[failed.key] = failed  # type: ignore[attr-defined]
    staff = staff_at(request)
    return show_draft(
        request,
        "desk/studio/draft.html",
        "studio-draft",
        found,
        status,
        proof=proof,
        lines=lines,
        failing=[line for line in lines if not line.passed],
        events=studio.events_of(draft_id),
        forms=forms_here,
        may_decide=staff.has(*ROLES) and found.submitter_id != staff.id,
        ready=all(line.passed for line in lines) and proof.version is not None,
    )


@require_GET
@at_desk(*READERS)
def version(request: HttpRequest, version_id: str) -> HttpResponse:
    return version_page(request, version_id, StopForm())


def version_page(request: HttpRequest, version_id: str, form: StopForm, status: int = 200) -> HttpResponse:
    entry = catalog.shelf_entry(version_id)
    return show_version(
        request,
        "desk/studio/version.html",
        "studio-version",
        entry,
        status,
        others=catalog.shelf(1, 100, entry.product_code)[0],
        events=studio.events_of_version(version_id),
        form=form,
    )


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 5 and int(text) else 1
