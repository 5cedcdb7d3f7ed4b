"""The basket: put in, take out, price again, and pay what is ready in one payment."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router, Status

from baohe.faces.shop import basket_page, shapes
from baohe.faces.shop.payments import started
from baohe.faces.shop.schemas.basket import Basket, BasketCount, BasketItemIn, BasketPaymentIn
from baohe.faces.shop.schemas.sale import PaymentStarted
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import basket, pay_basket
from baohe.rooms.baskets import facade as baskets

router = Router(tags=["basket"], auth=signed_in)


@router.get("basket", response=Basket)
def show(request: HttpRequest) -> Basket:
    return basket_page.page(basket.entries(account_id(request)))


@router.get("basket/count", response=BasketCount)
def count(request: HttpRequest) -> BasketCount:
    return BasketCount(count=baskets.count(account_id(request)))


@router.post("basket/items", response={201: Basket})
def add(request: HttpRequest, body: BasketItemIn) -> Status[Basket]:
    """Adding the same quote again is the same item."""
    owner = account_id(request)
    basket.add(owner, shapes.identifier("quote_id", body.quote_id), body.instalment)
    return Status(201, basket_page.page(basket.entries(owner)))


@router.delete("basket/items/{uuid:item_id}", response=Basket)
def remove(request: HttpRequest, item_id: UUID) -> Basket:
    owner = account_id(request)
    basket.remove(owner, item_id)
    return basket_page.page(basket.entries(owner))


@router.post("basket/items/{uuid:item_id}/price", response=Basket)
def price_again(request: HttpRequest, item_id: UUID) -> Basket:
    """A new quote for an item whose quote ran out; the price before stays beside it."""
    owner = account_id(request)
    basket.reprice(owner, item_id)
    return basket_page.page(basket.entries(owner))


@router.post("basket/payment", response={201: PaymentStarted})
def pay(
    request: HttpRequest, body: BasketPaymentIn, idempotency_key: str = Header(alias="Idempotency-Key")
) -> Status[PaymentStarted]:
    choices = [
        pay_basket.ItemChoice(
            shapes.identifier(f"items.{index}.item_id", pick.item_id), pick.instalment, pick.deduction_agreed
        )
        for index, pick in enumerate(body.items)
    ]
    intent = pay_basket.start_payment(account_id(request), choices, idempotency_key, body.provider)
    return Status(201, started(intent))
