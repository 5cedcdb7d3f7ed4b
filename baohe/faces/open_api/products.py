"""What a partner may write, and what it costs."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from baohe.faces.open_api.schemas import (
    InputChoice,
    OpenProduct,
    OrderInput,
    PriceAnswer,
    PriceCall,
    PriceStep,
    Text,
)
from baohe.flows.issue_in_bulk import NotSoldHere, sold_to_partners
from baohe.kernel import decisions
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating

router = Router(tags=["products"])


@router.get("products", response=list[OpenProduct], summary="Products of the open API")
def products(request: HttpRequest) -> list[OpenProduct]:
    return [_product(v) for v in catalog.on_sale("open_api", clock.today()) if sold_to_partners(v)]


@router.post(
    "prices",
    response=PriceAnswer,
    summary="Price one order, with the steps that lead to it",
)
def price(request: HttpRequest, call: PriceCall) -> PriceAnswer:
    version = catalog.current(call.product, clock.today())
    if not sold_to_partners(version):
        raise NotSoldHere(product=call.product)
    answer = rating.rater(version).price(version.sold_in(call.inputs))
    return PriceAnswer(
        product=version.product_code,
        version=version.version,
        premium_fen=answer.premium_fen,
        steps=[PriceStep(label=_text(s.label), value=s.value, source=_text(s.source)) for s in answer.steps],
    )


def _product(version: ProductVersion) -> OpenProduct:
    terms = list(version.period.terms.values())
    return OpenProduct(
        code=version.product_code,
        version=version.version,
        name=_text(version.name),
        insurer=_text(version.insurer.name),
        promise=_text(version.promise),
        cover_days=terms[0].days or None,
        inputs=[
            OrderInput(
                code=item.code,
                name=_text(item.name),
                kind=item.kind,
                choices=[InputChoice(value=c.value, label=_text(c.label)) for c in item.choices],
                minimum=item.minimum,
                maximum=item.maximum,
            )
            for item in version.rating_inputs
        ],
        events=[InputChoice(value=e.code, label=_text(e.label)) for e in version.claim_rules.events],
    )


def _text(text: decisions.Text) -> Text:
    return Text(zh=text.zh, en=text.en)
