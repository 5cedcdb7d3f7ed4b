"""The catalogue, open to everybody: lists, details, clauses, rates, questions (PUB-1, PUB-4, SALE-4)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.views.decorators.http import etag
from ninja import Query, Router
from ninja.decorators import decorate_view

from baohe.faces.shop import feed, product_page, shapes
from baohe.faces.shop.schemas import catalog as schema
from baohe.faces.shop.schemas.basis import Page
from baohe.faces.shop.schemas.sale import Questionnaire
from baohe.faces.shop.session import account_id
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import Facet, ProductVersion
from baohe.rooms.people import facade as people

router = Router(tags=["catalog"])


_RANKINGS = ("order_by", "sort", "sort_by", "order", "ordering", "rank_by")


@router.get("products", response=schema.ProductPage)
def products(
    request: HttpRequest,
    q: str = Query("", max_length=60),
    scene: str = Query("", max_length=20),
    line: str = Query("", max_length=30),
    insurer: str = Query("", max_length=30),
    max_age: int | None = Query(None, ge=0, le=120, description="products that still accept this age"),
    term: str = Query("", max_length=10, description="order | days | year | years | life"),
    waiting: str = Query("", max_length=10, description="none | 30 | 90 | longer"),
    page: int = Query(1, ge=1, le=10_000),
    size: int = Query(20, ge=1, le=50),
    order_by: str | None = Query(None, description="always refused: no ranking by price or anything else (PUB-3)"),
) -> schema.ProductPage:
    for name in _RANKINGS:
        catalog.refuse_ranking(request.GET.get(name))
    found = catalog.search(
        q=q,
        scene=scene,
        line=line,
        insurer=insurer,
        max_age=max_age,
        term=term,
        waiting=waiting,
        page=page,
        size=size,
    )
    return schema.ProductPage(
        items=[shapes.card(item) for item in found.items],
        total=found.total,
        page=found.page,
        size=found.size,
        facets=[_facet(facet) for facet in found.facets],
        corrected=found.corrected,
        partly=found.partly,
        hints=list(found.hints),
    )


@router.get("search/hints", response=list[schema.SearchHint])
def search_hints(request: HttpRequest, q: str = Query("", max_length=60)) -> list[schema.SearchHint]:
    """Completions of what is being typed: at most eight."""
    return [schema.SearchHint(kind=h.kind, value=h.value, text=shapes.text(h.text)) for h in catalog.hints(q)]


@router.get("versions", response=Page[schema.PublishedVersion])
@decorate_view(etag(feed.feed_tag))
def versions(
    request: HttpRequest, page: int = Query(1, ge=1, le=10_000), size: int = Query(100, ge=1, le=500)
) -> Page[schema.PublishedVersion]:
    """Every version ever sold, in machine-readable form (PUB-4). Conditional by `ETag`."""
    entries, total = catalog.feed(page, size)
    return Page[schema.PublishedVersion](items=[feed.published(e) for e in entries], total=total, page=page, size=size)


@router.get("products/{code}", response=schema.ProductDetail)
def product(request: HttpRequest, code: str) -> schema.ProductDetail:
    version = catalog.current(code, clock.today())
    return product_page.detail(catalog.card(code), version)


@router.get("products/{code}/clauses", response=schema.Clauses)
@decorate_view(etag(feed.page_tag))
def clauses(
    request: HttpRequest, code: str, version: str = Query("", max_length=20, description="default: on sale today")
) -> schema.Clauses:
    return product_page.clauses(_version(code, version))


@router.get("products/{code}/rates", response=schema.RateTable)
@decorate_view(etag(feed.page_tag))
def rates(
    request: HttpRequest,
    code: str,
    table: str = Query("", max_length=40, description="name of the table; default: the first"),
    page: int = Query(1, ge=1, le=10_000),
    size: int = Query(100, ge=1, le=500),
    version: str = Query("", max_length=20),
) -> schema.RateTable:
    return product_page.rates(_version(code, version), table, page, size)


@router.get("products/{code}/questions", response=Questionnaire)
def questions(request: HttpRequest, code: str, person_id: UUID | None = None) -> Questionnaire:
    version = catalog.current(code, clock.today())
    known: dict[str, str] = {}
    if person_id is not None:
        person = people.person_view(account_id(request), person_id)
        known = {"sex": person.sex}
    return product_page.questionnaire(version, known)


def _facet(facet: Facet) -> schema.Facet:
    choices = [
        schema.FacetChoice(value=c.value, label=shapes.text(c.label), products=c.products) for c in facet.choices
    ]
    return schema.Facet(code=facet.code, name=shapes.text(facet.name), choices=choices)


def _version(code: str, version: str) -> ProductVersion:
    if not version:
        return catalog.current(code, clock.today())
    if "@" in version:
        raise InvalidInput(field="version", reason_zh="版本号形如 2026-03-01", reason_en="looks like 2026-03-01")
    try:
        return catalog.version(f"{code}@{version}")
    except NotFound:
        raise NotFound(what=f"{code} {version}") from None
