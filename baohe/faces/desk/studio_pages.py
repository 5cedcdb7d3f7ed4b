"""Looking at a draft: where its rates come from, as the consumer sees it, its cases, prices, chart and differences."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baohe.faces.desk import studio_prices, studio_source
from baohe.faces.desk.session import at_desk
from baohe.faces.desk.studio_frame import READERS, show_draft
from baohe.faces.shop import product_page
from baohe.flows import publish_product
from baohe.kernel.errors import NotFound
from baohe.kernel.regions import provinces
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.rating import facade as rating
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import DraftView


@require_GET
@at_desk(*READERS)
def source(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Each table of the filing beside what was read from it."""
    draft = studio.draft(draft_id)
    if not draft.sources:
        raise NotFound(what="备案材料")
    sheet = studio_source.sheet(draft, request.GET.get("table", ""))
    return show_draft(request, "desk/studio/source.html", "studio-source", draft, sheet=sheet)


@require_GET
@at_desk(*READERS)
def preview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The facts of the product page, made by the code that makes the shop's."""
    draft = studio.draft(draft_id)
    proof = publish_product.prove(draft)
    facts = {}
    if proof.version is not None:
        version = proof.version
        inputs = rating.complete(version, version.from_inputs)
        path = studio_prices.answer(version, inputs)
        facts = {"detail": product_page.detail(catalog.card_of(version), version), "path": path}
    return show_draft(request, "desk/studio/preview.html", "studio-preview", draft, proof=proof, **facts)


@require_GET
@at_desk(*READERS)
def cases(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = studio.draft(draft_id)
    return show_draft(request, "desk/studio/cases.html", "studio-cases", draft)


@require_GET
@at_desk(*READERS)
def what_if(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Filters live in the address: a price can be sent to a colleague."""
    draft = studio.draft(draft_id)
    proof = publish_product.prove(draft)
    said = {name: value[:40] for name, value in request.GET.items()}
    facts = {}
    if proof.version is not None:
        facts = {
            "fields": studio_prices.fields(proof.version, said),
            "answer": studio_prices.answer(proof.version, said),
            "regions": [(code, name.zh, code == said.get("region")) for code, name in provinces().items()],
            "sold_regions": [provinces()[code].zh for code in proof.version.regions],
        }
    return show_draft(request, "desk/studio/what_if.html", "studio-what-if", draft, proof=proof, **facts)


@require_GET
@at_desk(*READERS)
def chart(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = studio.draft(draft_id)
    proof = publish_product.prove(draft)
    said = {name: value[:40] for name, value in request.GET.items()}
    facts = {}
    if proof.version is not None:
        version = proof.version
        drawn = studio_prices.rate_chart(version, said)
        by = studio_prices.by_input(version)
        without = tuple(item.code for item in (drawn.across if drawn else None, by) if item is not None)
        facts = {"chart": drawn, "by": by, "fields": studio_prices.fields(version, said, without)}
    return show_draft(request, "desk/studio/chart.html", "studio-chart", draft, proof=proof, **facts)


@require_GET
@at_desk(*READERS)
def diff(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Against the version it follows, or another of the same product."""
    draft = studio.draft(draft_id)
    against = request.GET.get("against", "")[:60]
    others, _ = catalog.shelf(1, 100, draft.product_code)
    known = [entry.version_id for entry in others if entry.version_id != draft.version_id]
    base = against if against in known else catalog.version_before(draft.product_code, draft.version)
    changes, fault = _changes(draft, base)
    return show_draft(
        request, "desk/studio/diff.html", "studio-diff", draft, changes=changes, base=base, known=known, fault=fault
    )


def _changes(draft: DraftView, base: str | None) -> tuple[object, str]:
    if base is None:
        return None, ""
    try:
        after = catalog.raw_of(draft.product_code, draft.version, publish_product.files_of(draft))
    except catalog.NotPublishable as fault:
        return None, fault.message_zh
    return catalog.difference(catalog.raw_package(base), after), ""
