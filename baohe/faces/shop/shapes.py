"""Frozen contracts of the rooms → schemas of the shop. Only names change places here; nothing is decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from baohe.faces.shop.schemas import basis
from baohe.faces.shop.schemas import catalog as schema
from baohe.kernel import decisions
from baohe.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from baohe.rooms.catalog import contracts as catalog
    from baohe.rooms.rating import contracts as rating


def text(value: decisions.Text) -> basis.Text:
    return basis.Text(zh=value.zh, en=value.en)


def text_or_none(value: decisions.Text | None) -> basis.Text | None:
    return None if value is None else text(value)


def choices(items: Iterable[catalog.Choice]) -> list[basis.Choice]:
    return [basis.Choice(value=c.value, label=text(c.label), detail=text_or_none(c.detail)) for c in items]


def reasons(items: Iterable[decisions.Reason]) -> list[basis.Reason]:
    return [basis.Reason(code=r.code, text=text(r.text), clause=r.clause) for r in items]


def titled(items: Iterable[catalog.Titled]) -> list[basis.Titled]:
    return [basis.Titled(title=text(item.title), detail=text(item.detail)) for item in items]


def carriers(version: catalog.ProductVersion) -> list[schema.Carrier]:
    return [
        schema.Carrier(name=text(c.insurer.name), short_name=text(c.insurer.short_name), share_bp=c.share_bp)
        for c in version.coinsurance
    ]


def instalments(items: Iterable[rating.Instalment]) -> list[schema.Instalment]:
    return [
        schema.Instalment(
            code=i.code,
            name=text(i.name),
            count=i.count,
            each_fen=i.each_fen,
            total_fen=i.total_fen,
            extra_fen=i.extra_fen,
        )
        for i in items
    ]


def card(value: catalog.Card) -> schema.ProductCard:
    return schema.ProductCard(
        code=value.code,
        version=value.version,
        name=text(value.name),
        promise=text(value.promise),
        line=value.line,
        scenes=list(value.scenes),
        insurer=schema.InsurerBrief(
            code=value.insurer_code, name=text(value.insurer_name), short_name=text(value.insurer_short_name)
        ),
        figures=[basis.Labelled(label=text(f.label), value=text(f.value)) for f in value.figures],
        from_fen=value.from_fen,
        from_period=value.from_period,
        from_conditions=text(value.from_conditions),
        tag=text_or_none(value.tag),
        sold_here=value.sold_here,
    )


def coverages(items: Iterable[catalog.Coverage]) -> list[schema.Coverage]:
    return [
        schema.Coverage(code=c.code, name=text(c.name), detail=text(c.detail), limit=text(c.limit), clause=c.clause)
        for c in items
    ]


def price(
    value: rating.Price,
    *,
    product_code: str,
    version: str,
    path: Iterable[rating.PathPoint],
    path_until_age: int | None,
) -> schema.Price:
    points = [schema.PathPoint(age=p.age, premium_fen=p.premium_fen) for p in path]
    return schema.Price(
        product=product_code,
        version=version,
        premium_fen=value.premium_fen,
        period=value.period,
        instalments=instalments(value.instalments),
        steps=[schema.PriceStep(label=text(s.label), value=s.value, source=text(s.source)) for s in value.steps],
        path=points,
        path_until_age=path_until_age,
        path_total_fen=sum(point.premium_fen for point in points),
    )


def identifier(field: str, value: str) -> UUID:
    """The UUID a client wrote as text. Raises `InvalidInput` naming the field."""
    try:
        return UUID(value)
    except ValueError:
        raise InvalidInput(field=field, reason_zh="不是有效的编号", reason_en="is not a valid id") from None
