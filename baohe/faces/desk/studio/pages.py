"""Looking at a draft or a published version: as the consumer sees it, its cases, prices, chart and differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baohe.faces.desk.session import at_desk
from baohe.faces.desk.studio import prices
from baohe.faces.desk.studio import source as papers
from baohe.faces.desk.studio.frame import READERS, Subject, show_draft, show_subject, subject_of
from baohe.faces.shop import product_page
from baohe.flows import publish_product
from baohe.kernel.errors import NotFound
from baohe.kernel.regions import provinces
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.rating import facade as rating
from baohe.rooms.studio import facade as studio


@require_GET
@at_desk(*READERS)
def source(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Each table of the filing beside what was read from it."""
    draft = studio.draft(draft_id)
    if not draft.sources:
        raise NotFound(what="备案材料")
    sheet = papers.sheet(draft, request.GET.get("table", ""))
    return show_draft(request, "desk/studio/source.html", "studio-source", draft, sheet=sheet)


@require_GET
@at_desk(*READERS)
def preview(request: HttpRequest, draft_id: UUID | None = None, version_id: str = "") -> HttpResponse:
    """The facts of the product page, made by the code that makes the shop's."""
    subject = subject_of(draft_id, version_id)
    version = subject.proof.version
    facts = {}
    if version is not None:
        path = prices.answer(version, rating.complete(version, version.from_inputs))
        facts = {"detail": product_page.detail(catalog.card_of(version), version), "path": path}
    return show_subject(request, "preview", subject, **facts)


@require_GET
@at_desk(*READERS)
def cases(request: HttpRequest, draft_id: UUID | None = None, version_id: str = "") -> HttpResponse:
    return show_subject(request, "cases", subject_of(draft_id, version_id))


@require_GET
@at_desk(*READERS)
def what_if(request: HttpRequest, draft_id: UUID | None = None, version_id: str = "") -> HttpResponse:
    """Filters live in the address: a price can be sent to a colleague."""
    subject = subject_of(draft_id, version_id)
    version = subject.proof.version
    said = {name: value[:40] for name, value in request.GET.items()}
    facts = {}
    if version is not None:
        facts = {
            "fields": prices.fields(version, said),
            "answer": prices.answer(version, said),
            "regions": [(code, name.zh, code == said.get("region")) for code, name in provinces().items()],
            "sold_regions": [provinces()[code].zh for code in version.regions],
        }
    return show_subject(request, "what_if", subject, **facts)


@require_GET
@at_desk(*READERS)
def chart(request: HttpRequest, draft_id: UUID | None = None, version_id: str = "") -> HttpResponse:
    subject = subject_of(draft_id, version_id)
    version = subject.proof.version
    said = {name: value[:40] for name, value in request.GET.items()}
    facts = {}
    if version is not None:
        drawn = prices.rate_chart(version, said)
        by = prices.by_input(version)
        without = tuple(item.code for item in (drawn.across if drawn else None, by) if item is not None)
        facts = {"chart": drawn, "by": by, "fields": prices.fields(version, said, without)}
    return show_subject(request, "chart", subject, **facts)


@require_GET
@at_desk(*READERS)
def diff(request: HttpRequest, draft_id: UUID | None = None, version_id: str = "") -> HttpResponse:
    """Against the version it follows, or another of the same product."""
    subject = subject_of(draft_id, version_id)
    against = request.GET.get("against", "")[:60]
    others, _ = catalog.shelf(1, 100, subject.product_code)
    known = [entry.version_id for entry in others if entry.version_id != subject.version_id]
    base = against if against in known else _before(subject)
    changes, fault = _changes(subject, base)
    return show_subject(request, "diff", subject, changes=changes, base=base, known=known, fault=fault)


def _before(subject: Subject) -> str | None:
    """A published version is never set against a later one unasked."""
    before = catalog.version_before(subject.product_code, subject.version)
    if subject.draft is None and before is not None and before > subject.version_id:
        return None
    return before


def _changes(subject: Subject, base: str | None) -> tuple[object, str]:
    if base is None:
        return None, ""
    try:
        after = _raw(subject)
    except catalog.NotPublishable as fault:
        return None, fault.message_zh
    return catalog.difference(catalog.raw_package(base), after), ""


def _raw(subject: Subject) -> Mapping[str, Any]:
    if subject.draft is None:
        return catalog.raw_package(subject.version_id)
    return catalog.raw_of(subject.product_code, subject.version, publish_product.files_of(subject.draft))
