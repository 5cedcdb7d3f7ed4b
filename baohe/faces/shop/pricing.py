"""Prices and comparison, open to everybody; a quote binds a price to a signed-in customer's person."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop import compare_page, shapes
from baohe.faces.shop.schemas import catalog as schema
from baohe.faces.shop.schemas import sale
from baohe.faces.shop.session import account_id, signed_in
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.rating import facade as rating

router = Router(tags=["pricing"])


@router.post("price", response=schema.Price)
def price(request: HttpRequest, body: schema.PriceRequest) -> schema.Price:
    version = catalog.current(body.product, clock.today())
    rater = rating.rater(version)
    inputs = rating.complete(version, body.inputs)
    answer = rater.price(inputs)
    return shapes.price(
        answer,
        product_code=version.product_code,
        version=version.version,
        path=rater.path(inputs),
        path_until_age=version.formula.path_until_age,
    )


@router.post("compare", response=schema.Comparison)
def compare(request: HttpRequest, body: schema.CompareRequest) -> schema.Comparison:
    catalog.refuse_ranking(body.order_by)
    today = clock.today()
    versions = [catalog.current(code, today) for code in body.products]
    prices = [rating.indication(version, body.inputs) for version in versions]
    compared = catalog.compare(versions, prices)
    columns = [shapes.card(card) for card in catalog.cards(body.products, today)]
    return compare_page.comparison(columns, compared)


@router.post("quotes", response={201: sale.Quote}, auth=signed_in)
def make_quote(request: HttpRequest, body: sale.QuoteRequest) -> Status[sale.Quote]:
    owner = account_id(request)
    person = people.person_view(owner, shapes.identifier("person_id", body.person_id))
    quote = quoting.make_quote(owner, person, body.product, body.inputs)
    version = catalog.version(quote.version_id)
    answer = sale.Quote(
        id=str(quote.id),
        product=version.product_code,
        version=version.version,
        person_id=str(quote.person_id),
        price=shapes.price(
            quote.price,
            product_code=version.product_code,
            version=version.version,
            path=rating.rater(version).path(quote.inputs),
            path_until_age=version.formula.path_until_age,
        ),
        valid_until=quote.valid_until,
        signature=quote.signature,
    )
    return Status(201, answer)
