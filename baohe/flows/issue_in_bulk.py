"""A partner insures its own orders: priced together, written in one transaction, refused one by one (SALE-1).

What this flow will not do: advise, quote to a consumer or take papers for one. The partner is the policyholder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from baohe.flows import bookkeeping, wait_for_data
from baohe.kernel.canonical import digest
from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.plumbing import clock, outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.partners.contracts import PartnerView
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BulkIssue, BulkResult, OrderInsured
from baohe.rooms.rating import facade as rating

LATEST_START = timedelta(days=30)
"""A partner may write cover ahead for as long as a quote of prices stays filed for it."""


class ReferenceTaken(BaoheError):
    code = "reference_taken"
    status = 409
    zh = "业务编号 {reference} 已经用于内容不同的另一单"
    en = "Reference {reference} is taken by an order with other content"
    next_zh = "新的订单请换新的编号；要查原单请按编号查询"
    next_en = "Use a new reference for a new order; look the earlier one up by its reference"


class NotSoldHere(BaoheError):
    code = "not_sold_here"
    status = 422
    zh = "{product} 不在开放接口销售"
    en = "{product} is not sold through the open API"
    next_zh = "请从产品列表选择"
    next_en = "Choose from the list of products"


@dataclass(frozen=True, slots=True)
class Order:
    """One item of a call, already well formed. `start` is the first covered business day."""

    reference: str
    product: str
    start: date
    inputs: Mapping[str, str]
    insured: OrderInsured | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order; `error` exactly when it was refused."""

    reference: str
    status: str
    number: str | None = None
    premium_fen: int | None = None
    start: date | None = None
    last_day: date | None = None
    error: BaoheError | None = None


def issue_in_bulk(partner: PartnerView, orders: Sequence[Order]) -> list[Outcome]:
    """Issue every order that can be issued; answers stand in the order of `orders`.

    Refused alone, with its reason: unknown product, input outside the filed table, a start outside today … +30
    days, a telephone that is none, a reference that was used with other content (also twice within the call), a parcel
    that another order named.
    """
    prepared = _prepare(partner, orders)
    issuable = {p.reference: p for p in prepared if isinstance(p, BulkIssue)}
    results = {r.reference: r for r in _write(partner, list(issuable.values()))} if issuable else {}
    return [_outcome(item, results) for item in prepared]


def _prepare(partner: PartnerView, orders: Sequence[Order]) -> list[BulkIssue | Outcome]:
    today = clock.today()
    shelf = _Shelf(today)
    seen: dict[str, Order] = {}
    prepared: list[BulkIssue | Outcome] = []
    for order in orders:
        try:
            if seen.setdefault(order.reference, order) != order:
                raise ReferenceTaken(reference=order.reference)
            prepared.append(_bulk_issue(partner, order, shelf.version(order.product), today))
        except BaoheError as refusal:
            prepared.append(Outcome(order.reference, "refused", error=refusal))
    shared = wait_for_data.shared(list({p.reference: p for p in prepared if isinstance(p, BulkIssue)}.values()))
    return [
        Outcome(p.reference, "refused", error=shared[p.reference]) if p.reference in shared else p for p in prepared
    ]


def sold_to_partners(version: ProductVersion) -> bool:
    """A partner insures its own orders here. Cover that depends on a person is written with that person (SALE-1)."""
    return "open_api" in version.channels and all(item.source != "person" for item in version.rating_inputs)


class _Shelf:
    """The versions of this call: one look-up a product, not one an order."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._versions: dict[str, ProductVersion] = {}

    def version(self, product: str) -> ProductVersion:
        """Raises `NotFound`, `NotOnSale`, `NotSoldHere`."""
        if product not in self._versions:
            version = catalog.current(product, self._today)
            if not sold_to_partners(version):
                raise NotSoldHere(product=product)
            self._versions[product] = version
        return self._versions[product]


def _bulk_issue(partner: PartnerView, order: Order, version: ProductVersion, today: date) -> BulkIssue:
    if not today <= order.start <= today + LATEST_START:
        raise InvalidInput(
            field="start",
            reason_zh=f"起保日须在 {today} 至 {today + LATEST_START} 之间",
            reason_en=f"the first covered day must lie between {today} and {today + LATEST_START}",
        )
    inputs = version.sold_in(order.inputs)
    priced = {code: value for code, value in inputs.items() if code not in wait_for_data.facts_asked(version)}
    unknown = sorted(set(priced) - {item.code for item in version.rating_inputs})
    if unknown:
        raise InvalidInput(field=f"inputs.{unknown[0]}", reason_zh="没有这一项", reason_en="there is no such input")
    premium_fen = rating.rater(version).premium(priced)
    period = version.cover_period(order.start, None, inputs)
    wait_for_data.refuse_unwatchable(version, inputs, period.start, period.end)
    return BulkIssue(
        partner_id=partner.id,
        reference=order.reference,
        version_id=version.id,
        product_code=version.product_code,
        start=period.start,
        end=period.end,
        premium_fen=premium_fen,
        inputs=dict(inputs),
        sum_insured_fen=version.sum_insured.fen(inputs),
        insured=None if order.insured is None else _insured(order.insured),
    )


def _insured(told: OrderInsured) -> OrderInsured:
    """As it is kept. Raises `InvalidInput`."""
    phone = people.normal_phone(told.phone, "insured.phone") if told.phone else ""
    return OrderInsured(told.name.strip(), phone, told.identity_last.upper())


def _write(partner: PartnerView, issues: Sequence[BulkIssue]) -> list[BulkResult]:
    """One transaction for the whole call: policies, postings, evidence and one event."""
    by_reference = {issue.reference: issue for issue in issues}
    with transaction.atomic():
        results = policies.issue_many(issues)
        new = [result for result in results if result.outcome == "new"]
        if new:
            versions = {issue.version_id: catalog.version(issue.version_id) for issue in issues}
            ledger.post_many([_entry(partner, by_reference[r.reference], r, versions) for r in new])
            evidence.append_many([_leaf(by_reference[r.reference], r, versions) for r in new])
            wait_for_data.watch_orders(by_reference, new)
            outbox.publish(
                "policies.issued_in_bulk",
                partner.id,
                new[0].shard_key,
                {"partner": str(partner.id), "policies": [str(r.policy_id) for r in new]},
            )
    return results


def _entry(
    partner: PartnerView, issue: BulkIssue, result: BulkResult, versions: Mapping[str, ProductVersion]
) -> ledger.Entry:
    return bookkeeping.bulk_premium(
        partner=partner.id,
        version=versions[issue.version_id],
        amount_fen=issue.premium_fen,
        ref=str(result.policy_id),
        shard_key=result.shard_key,
        memo=result.number,
        on=clock.today(),
    )


def _leaf(issue: BulkIssue, result: BulkResult, versions: Mapping[str, ProductVersion]) -> evidence.NewLeaf:
    return evidence.NewLeaf(
        kind="policy_issued",
        subject=str(result.policy_id),
        shard_key=result.shard_key,
        facts=policy_facts(issue, result.number, versions[issue.version_id].content_hash),
    )


def policy_facts(issue: BulkIssue, number: str, content_hash: str) -> dict[str, Any]:
    """What the log commits to for a bulk policy: no personal data, and enough to rebuild it from the row."""
    return {
        "number": number,
        "version": issue.version_id,
        "content_hash": content_hash,
        "start": issue.start.isoformat(),
        "end": issue.end.isoformat(),
        "premium_fen": issue.premium_fen,
        "inputs": digest(dict(issue.inputs)),
    }


def _outcome(item: BulkIssue | Outcome, results: Mapping[str, BulkResult]) -> Outcome:
    if isinstance(item, Outcome):
        return item
    result = results[item.reference]
    if result.outcome == "other":
        return Outcome(item.reference, "refused", error=ReferenceTaken(reference=item.reference))
    return Outcome(
        reference=item.reference,
        status="issued" if result.outcome == "new" else "repeated",
        number=result.number,
        premium_fen=item.premium_fen,
        start=item.start,
        last_day=item.end - timedelta(days=1),
    )
