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
from baohe.flows import wait_for_data
from baohe.flows.issue_in_bulk import NotSoldHere, sold_to_partners
from baohe.kernel import decisions
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating

router = Router(tags=["products"])
_FACTS = {
    "flight": decisions.Text("航班号，如 MU5101", "Flight number such as MU5101"),
    "day": decisions.Text("计划起飞日，如 2026-11-22", "Scheduled day such as 2026-11-22"),
    "parcel": decisions.Text("退货面单号（随单预制）", "Number of the return label made with the order"),
    "device": decisions.Text("传感器编号", "Number of the sensor"),
}
"""Not of the price: what the policy waits for."""


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
        ]
        + [
            OrderInput(code=code, name=_text(_FACTS[code]), kind="text", choices=[], minimum=None, maximum=None)
            for code in wait_for_data.facts_asked(version)
        ],
        events=[InputChoice(value=e.code, label=_text(e.label)) for e in version.claim_rules.events],
    )


def _text(text: decisions.Text) -> Text:
    return Text(zh=text.zh, en=text.en)
