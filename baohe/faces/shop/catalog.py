"""The catalogue, open to everybody: lists, details, clauses, rates, questions (PUB-1, PUB-4, SALE-4)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from baohe.faces.shop import product_page, shapes
from baohe.faces.shop.schemas import catalog as schema
from baohe.faces.shop.schemas.basis import Page
from baohe.faces.shop.schemas.sale import Questionnaire
from baohe.faces.shop.session import account_id
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.people import facade as people

router = Router(tags=["catalog"])


@router.get("products", response=Page[schema.ProductCard])
def products(
    request: HttpRequest,
    q: str = Query("", max_length=60),
    scene: str = Query("", max_length=20),
    line: str = Query("", max_length=30),
    insurer: str = Query("", max_length=30),
    max_age: int | None = Query(None, ge=0, le=120, description="products that still accept this age"),
    page: int = Query(1, ge=1, le=10_000),
    size: int = Query(20, ge=1, le=50),
) -> Page[schema.ProductCard]:
    found = catalog.search(q=q, scene=scene, line=line, insurer=insurer, max_age=max_age, page=page, size=size)
    return Page[schema.ProductCard](
        items=[shapes.card(item) for item in found.items], total=found.total, page=found.page, size=found.size
    )


@router.get("versions", response=Page[schema.PublishedVersion])
def versions(
    request: HttpRequest, page: int = Query(1, ge=1, le=10_000), size: int = Query(100, ge=1, le=500)
) -> Page[schema.PublishedVersion]:
    """Every version ever sold, in machine-readable form (PUB-4)."""
    entries, total = catalog.feed(page, size)
    return Page[schema.PublishedVersion](
        items=[
            schema.PublishedVersion(
                product=e.product_code,
                version=e.version,
                clause_name=e.clause_name,
                filing_number=e.filing_number,
                insurer=e.insurer,
                effective_from=e.effective_from,
                sale_ends=e.sale_ends,
                content_hash=e.content_hash,
                clauses_url=e.clauses_url,
                rates_url=e.rates_url,
            )
            for e in entries
        ],
        total=total,
        page=page,
        size=size,
    )


@router.get("products/{code}", response=schema.ProductDetail)
def product(request: HttpRequest, code: str) -> schema.ProductDetail:
    version = catalog.current(code, clock.today())
    return product_page.detail(catalog.card(code), version)


@router.get("products/{code}/clauses", response=schema.Clauses)
def clauses(
    request: HttpRequest, code: str, version: str = Query("", max_length=20, description="default: on sale today")
) -> schema.Clauses:
    return product_page.clauses(_version(code, version))


@router.get("products/{code}/rates", response=schema.RateTable)
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


def _version(code: str, version: str) -> ProductVersion:
    if not version:
        return catalog.current(code, clock.today())
    if "@" in version:
        raise InvalidInput(field="version", reason_zh="版本号形如 2026-03-01", reason_en="looks like 2026-03-01")
    try:
        return catalog.version(f"{code}@{version}")
    except NotFound:
        raise NotFound(what=f"{code} {version}") from None
